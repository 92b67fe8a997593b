// @ts-check
// Keeps the text of the page that codes a text, and its corrected rows, in this tab, for when the
// session of the page is lost. They are sent to no place but this page.

import { element } from "./card_dom.js";

const PLACE = "threat-themes-draft";
const SHOWN = 120; // characters of the text in the notice

/** The session in which this page last showed a text. */
let shownIn = "";
let listening = false;

/**
 * Keep what the page shows, or offer what an earlier session showed.
 * @param {{data: {session: string, text: string, rows: unknown, labels: Record<string, string>},
 *   parentElement: HTMLElement, setTriggerValue: (name: string, value: string) => void}} component
 */
export default function keepDraft({ data, parentElement, setTriggerValue }) {
  listen();
  if (data.text) {
    write({ text: data.text, rows: data.rows });
    shownIn = data.session;
    parentElement.replaceChildren();
    return;
  }
  // The reader has emptied the field: there is nothing to give back.
  if (shownIn === data.session) remove();
  const kept = read();
  if (!kept) {
    parentElement.replaceChildren();
    return;
  }
  const start = kept.text.trim().slice(0, SHOWN);
  const restore = () => setTriggerValue("restored", JSON.stringify(kept));
  const drop = () => {
    remove();
    parentElement.replaceChildren();
  };
  parentElement.replaceChildren(
    element(
      "div",
      { class: "card kept-draft", role: "status" },
      element("p", {}, data.labels.found),
      element("blockquote", { dir: "auto" }, start.length < kept.text.trim().length ? `${start}…` : start),
      element(
        "p",
        { class: "card-row" },
        element("button", { type: "button", class: "card-button", click: restore }, data.labels.restore),
        element("button", { type: "button", class: "card-button", click: drop }, data.labels.drop),
      ),
    ),
  );
}

/** Keep also what was typed and not analysed yet. */
function listen() {
  if (listening) return;
  listening = true;
  addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement) || !target.closest(".st-key-code_text")) return;
    if (target.value.trim()) write({ text: target.value, rows: null });
    else remove();
  });
}

/** @returns {{text: string, rows: unknown} | null} */
function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    return typeof kept?.text === "string" && kept.text.trim() ? kept : null;
  } catch {
    return null;
  }
}

/** @param {{text: string, rows: unknown}} draft */
function write(draft) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(draft));
  } catch {
    // A browser may allow no storage; then the text lives as long as its session.
  }
}

function remove() {
  try {
    sessionStorage.removeItem(PLACE);
  } catch {
    // As above.
  }
}
