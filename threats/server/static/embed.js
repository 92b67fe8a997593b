// @ts-check
// The height of an embedded chart. In the frame this reports the height that the chart needs; on
// the page around it, it gives each frame the height that it reports.

const ASK = "threat-themes-height";

if (document.documentElement.hasAttribute("data-embedded")) {
  const report = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().bottom + scrollY) + 16;
    parent.postMessage({ [ASK]: height }, "*");
  };
  new ResizeObserver(report).observe(document.body);
  addEventListener("message", (event) => event.data === ASK && report());
} else {
  const frames = () => [...document.querySelectorAll("iframe")];
  addEventListener("message", (event) => {
    const height = Number(event.data?.[ASK]);
    const frame = frames().find((one) => one.contentWindow === event.source);
    if (height > 0 && frame?.src.startsWith(`${event.origin}/`)) frame.style.height = `${height}px`;
  });
  // A frame that was quicker than this script has reported already.
  for (const frame of frames()) {
    if (frame.src.includes("/embed/")) frame.contentWindow?.postMessage(ASK, "*");
  }
}
