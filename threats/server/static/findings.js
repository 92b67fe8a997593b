// @ts-check
// The findings of the start page: headline, bars, strength, link, and a sentence to copy.

import { copyButton, element, link } from "./card_dom.js";

/**
 * @typedef {{name: string, headline: string, bars: [string, number, string][], basis: string,
 *   strength: string, address: string, threats: [string, string][], sentence: string}} Finding
 * @typedef {{title: string, help: string, findings: Finding[],
 *   labels: {show: string, copy: string, copied: string, text: string}}} FindingsData
 */

/**
 * Called by Streamlit when the findings appear and whenever they change.
 * @param {{data: FindingsData, parentElement: HTMLElement}} component
 */
export default function showFindings({ data, parentElement }) {
  const key = JSON.stringify(data);
  if (parentElement.dataset.findings === key) return;
  parentElement.dataset.findings = key;
  const items = data.findings.map((finding) => card(finding, data.labels));
  parentElement.replaceChildren(
    element(
      "section",
      { class: "findings", "aria-label": data.title },
      ...items,
    ),
    element("p", { class: "card-soft" }, data.help),
  );
}

/**
 * @param {Finding} finding
 * @param {FindingsData["labels"]} labels
 */
function card(finding, labels) {
  const rows = finding.bars.flatMap(([label, share, figure]) => [
    element("dt", {}, label),
    element("dd", {}, bar(share), element("span", {}, figure)),
  ]);
  const see = link(labels.show, finding.address, {
    class: "card-button",
    "aria-label": `${labels.show}: ${finding.headline}`,
  });
  const threats = finding.threats.map(([label, address]) =>
    link(label, address, { class: "card-button", "aria-label": `${label}: ${finding.headline}` }),
  );
  return element(
    "article",
    { class: "card finding", id: finding.name },
    element("h2", {}, finding.headline),
    element("dl", {}, ...rows),
    element("p", { class: "card-soft" }, `${finding.strength} · ${finding.basis}`),
    element("p", { class: "card-row" }, see, ...threats, copyButton(() => finding.sentence, labels)),
  );
}

/**
 * Return a bar as a drawing; its figure is beside it as text.
 * @param {number} share
 */
function bar(share) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("aria-hidden", "true");
  for (const [name, width] of [["finding-rail", 1], ["finding-bar", share]]) {
    const part = document.createElementNS(space, "rect");
    part.setAttribute("class", String(name));
    part.setAttribute("width", `${100 * Number(width)}%`);
    part.setAttribute("height", "100%");
    drawing.append(part);
  }
  return drawing;
}
