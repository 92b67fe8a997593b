// The first card of the page travels while Streamlit starts; card.js takes it if the address is right.
(() => {
  const first = document.currentScript.dataset.card;
  if (!first) return;
  const chosen = Object.keys(localStorage).find((name) => name.startsWith("stActiveTheme"));
  const system = matchMedia("(prefers-color-scheme: dark)").matches;
  const own = chosen && /"name":"[^"]*(Dark|Light)/i.exec(localStorage[chosen])?.[1].toLowerCase();
  const address = new URL(first, document.baseURI);
  if (own ? own === "dark" : system) address.searchParams.append("theme", "dark");
  if (window.innerWidth < 640) address.searchParams.append("narrow", "1");
  const answer = fetch(address).then(
    (response) => (response.ok ? response.json() : undefined),
    () => undefined,
  );
  window.threatThemesEarly = { address: first.split("?")[0] + address.search, answer };
})();

// Some networks block the connection by which the page gets its content. After a while a link leads
// to the plain page of this view.
(() => {
  const { blocked, plain } = document.currentScript.dataset;
  const patience = 10_000; // milliseconds
  const first = location.pathname;
  let connected = Date.now();
  const look = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    const state = app?.getAttribute("data-test-connection-state");
    const notice = document.querySelector(".blocked");
    // Only the first HTML knows the plain page of its address.
    if (state === "CONNECTED" || location.pathname !== first) {
      connected = Date.now();
      notice?.remove();
    } else if (!notice && document.body && Date.now() - connected > patience) {
      const link = document.createElement("a");
      link.href = plain.split("?")[0] + location.search;
      link.textContent = blocked;
      const place = document.createElement("p");
      place.className = "blocked";
      place.setAttribute("role", "alert");
      place.append(link);
      document.body.append(place);
    }
  };
  if (plain) setInterval(look, 1000);
})();

// Elements that scroll sideways get keyboard focus and a name, and the links to pages become a
// landmark. Streamlit has no setting for either.
(() => {
  // A restarted server has no state of the page, so it would treat the next click as a visit. On
  // reconnecting, Streamlit's key for another run makes it read the view from the address first. A
  // click during that run is still lost.
  let app, up, lost;
  const connected = () => {
    const now = app.getAttribute("data-test-connection-state") === "CONNECTED";
    if (now && lost) {
      for (const kind of ["keydown", "keyup"]) {
        const key = { key: "r", code: "KeyR", keyCode: 82, which: 82, bubbles: true };
        document.dispatchEvent(new KeyboardEvent(kind, key));
      }
    }
    lost = up && !now;
    up ||= now;
  };
  const watch = () => {
    const found = document.querySelector('[data-testid="stApp"]');
    if (!found || found === app) return;
    app = found;
    up = lost = false;
    connected();
    const attributeFilter = ["data-test-connection-state"];
    new MutationObserver(connected).observe(app, { attributes: true, attributeFilter });
  };
  let desk = "";
  // After a decision the review starts at its top, which says what was decided.
  const followDesk = () => {
    const top = document.querySelector('[class*="st-key-desk_top_"]');
    const name = top?.className.match(/st-key-desk_top_\d+/)?.[0] ?? "";
    if (name === desk) return;
    desk = name;
    if (!top) return;
    top.setAttribute("tabindex", "-1");
    top.focus({ preventScroll: true });
    top.scrollIntoView({ block: "center" });
  };
  // Streamlit names its own controls in English.
  let labels = {}, renamed = false;
  const named = (text) => {
    if (labels[text]) return labels[text];
    for (const [english, other] of Object.entries(labels)) {
      const [start, end] = english.split("{name}");
      if (end === undefined || !text.startsWith(start) || !text.endsWith(end)) continue;
      return other.replace("{name}", text.slice(start.length, text.length - end.length));
    }
    return text;
  };
  const name = (switched) => {
    const told = switched?.querySelector("[data-labels]")?.dataset.labels;
    if (!switched || (!told && !renamed)) return;
    renamed = Boolean(told);
    labels = told ? JSON.parse(told) : {};
    for (const control of document.querySelectorAll("[aria-label]")) {
      const shown = control.getAttribute("aria-label");
      // What is ours stands for the name that it replaced, also after a change of the language.
      const text = shown === control.dataset.named ? control.dataset.english : shown;
      if (named(text) === shown) continue;
      control.dataset.english = text;
      control.dataset.named = named(text);
      control.setAttribute("aria-label", named(text));
    }
  };
  const mend = () => {
    watch();
    followDesk();
    for (const table of document.querySelectorAll('[data-testid="stTable"] table')) {
      const place = table.parentElement;
      place.classList.add("wide");
      reach(place, named("Table, scrolls sideways"));
    }
    for (const name of ["selection_summary", "search_status"]) {
      document.querySelector(`.st-key-${name}:not([role])`)?.setAttribute("role", "status");
    }
    const switched = document.querySelector('[class*="st-key-language_"]');
    const language = /st-key-language_([a-z]+)/.exec(switched?.className)?.[1];
    if (language) document.documentElement.lang = language;
    name(switched);
    const pages = document.querySelector(".st-key-pages");
    if (pages && !pages.hasAttribute("role")) {
      pages.setAttribute("role", "navigation");
      pages.setAttribute("aria-label", named("Pages"));
    }
    const last = (address) => address.split("?")[0].split("/").pop();
    for (const link of document.querySelectorAll(".st-key-pages a")) {
      const here = last(link.getAttribute("href") ?? "") === last(location.pathname);
      if (!here) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) link.setAttribute("aria-current", "page");
    }
  };
  const reach = (place, name) => {
    const wide = place.scrollWidth > place.clientWidth + 1;
    if (wide === place.hasAttribute("tabindex")) return;
    if (wide) {
      place.setAttribute("tabindex", "0");
      place.setAttribute("role", "group");
      place.setAttribute("aria-label", name);
    } else {
      for (const attribute of ["tabindex", "role", "aria-label"]) place.removeAttribute(attribute);
    }
  };
  // Streamlit opens every link in a new tab, which would stay empty for a file.
  addEventListener(
    "click",
    (event) => {
      const file = event.target.closest?.('a[href*="/download/"]');
      if (file) file.target = "_self";
    },
    true,
  );
  let waiting = 0;
  const soon = () => {
    if (!waiting) {
      waiting = setTimeout(() => {
        waiting = 0;
        mend();
      }, 250);
    }
  };
  const start = () => {
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
    addEventListener("resize", soon);
    soon();
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
