// @ts-check
// The card of a chart. It gets an address, fetches the card from there and draws it in place, so
// that another filter moves nothing on the page.

import { copyBox, element, link, table } from "./card_dom.js";
import {
  drawChart, endHover, followWidth, forget, hover, marksOf, neighbour, saveImage, topLeft,
} from "./card_chart.js";

/**
 * @typedef {{address: string, anchors: string[], version: string, level: number, mark: string,
 *   labels: {loading: string, failed: string, retry: string}}} CardData
 * @typedef {{data: CardData, parentElement: HTMLElement,
 *   setStateValue: (name: string, value: unknown) => void}} Component
 */

const MARGIN = "600px"; // below the screen, where a card is fetched before it is seen
const TRIES = 4;
const MARK_PATIENCE = 5000; // milliseconds until the server knows of a click

const NARROW = 640; // pixels, below which a chart has fewer and shorter labels

/** @type {Map<HTMLElement, Card>} */
const cards = new Map();

/**
 * Called by Streamlit when the card appears and whenever its data change.
 * @param {Component} component
 */
export default function showCard({ data, parentElement, setStateValue }) {
  let card = cards.get(parentElement);
  if (!card) {
    card = new Card(parentElement);
    cards.set(parentElement, card);
  }
  card.update(data, setStateValue);
  followLook();
  // Streamlit also calls this when one change follows another quickly.
  return () => {
    if (parentElement.isConnected) return;
    cards.get(parentElement)?.remove();
    cards.delete(parentElement);
  };
}

class Card {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.root = element("article", { class: "card" });
    this.plot = element("div", { class: "card-plot" });
    this.ring = element("div", { class: "card-ring", hidden: "" });
    this.frame = element(
      "div",
      {
        class: "card-frame",
        tabindex: 0,
        role: "group",
        keydown: (/** @type {KeyboardEvent} */ event) => this.press(event),
        blur: () => this.leave(),
      },
      element("div", { class: "card-chart" }, this.plot, this.ring),
    );
    this.told = element("p", { class: "unseen", role: "status" });
    this.behind = element("section", { class: "card-behind", tabindex: -1, hidden: "" });
    this.content = "";
    this.key = "";
    this.mark = "";
    this.address = "";
    this.sent = 0;
    this.shownMark = /** @type {string | undefined} */ (undefined);
    this.focused = /** @type {import("./card_chart.js").Mark | null} */ (null);
    this.abort = new AbortController();
    // A margin counts only from the element that scrolls.
    const root = parent.closest('[data-testid="stMain"]');
    const options = { root, rootMargin: MARGIN };
    this.near = new IntersectionObserver((entries) => this.approach(entries), options);
    parent.append(this.root);
    this.widths = followWidth(this.plot);
  }

  /**
   * @param {CardData} data
   * @param {(name: string, value: unknown) => void} send
   */
  update(data, send) {
    this.data = data;
    this.send = send;
    const address = drawnAs(data.address);
    const key = `${data.version} ${address}`;
    if (key !== this.key) {
      this.key = key;
      this.address = address;
      this.abort.abort();
      this.abort = new AbortController();
      if (!this.content) this.wait(data.labels.loading);
      this.root.setAttribute("aria-busy", "true");
      this.near.disconnect();
      this.near.observe(this.root);
      if (this.anchored()) this.root.scrollIntoView();
    } else this.followMark();
  }

  anchored() {
    return !this.content && Boolean(this.data?.anchors.includes(location.hash.slice(1)));
  }

  /** @param {IntersectionObserverEntry[]} entries */
  approach(entries) {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    this.near.disconnect();
    this.load(this.abort.signal);
  }

  /** @param {AbortSignal} signal */
  async load(signal) {
    try {
      const card = await fetchJson(this.address, signal);
      if (signal.aborted) return;
      const first = this.anchored();
      await this.draw(card);
      if (first) this.root.scrollIntoView();
      if (!signal.aborted) this.root.setAttribute("aria-busy", "false");
      this.shownMark = undefined;
      this.followMark();
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      this.fail();
    }
  }

  /** @param {string} text */
  wait(text) {
    this.root.replaceChildren(element("p", { class: "card-wait" }, text));
  }

  fail() {
    const labels = this.data?.labels;
    const again = () => {
      this.wait(labels?.loading ?? "");
      this.load(this.abort.signal);
    };
    this.content = "";
    this.root.setAttribute("aria-busy", "false");
    this.root.replaceChildren(
      element(
        "p",
        { class: "card-wait", role: "alert" },
        `${labels?.failed} `,
        element("button", { type: "button", click: again }, labels?.retry ?? ""),
      ),
    );
  }

  /** @param {any} card */
  async draw(card) {
    this.card = card;
    if (card.empty !== undefined) {
      this.content = "empty";
      this.root.replaceChildren(element("p", { class: "card-empty" }, card.empty));
      return;
    }
    const height = card.figure.layout.height ?? 450;
    this.plot.style.minHeight = `${height}px`;
    this.frame.classList.toggle("wide", card.wide);
    this.frame.setAttribute("aria-label", card.wide ? `${card.caption} ${card.labels.scroll}` : card.caption);
    this.frame.title = "";
    const open = new Set(
      [...this.root.querySelectorAll("details[open]")].map((one) => /** @type {HTMLElement} */ (one).dataset.part),
    );
    const heading = element(`h${this.data?.level}`, { id: card.name }, card.title, " ", link("#", `#${card.name}`, {
      class: "card-anchor", "aria-label": `${card.labels.anchor}: ${card.title}`,
    }));
    const rest = card.caption.slice(card.finding.length).trim();
    const parts = [
      heading,
      element("p", { class: "card-finding" }, card.finding),
      element("p", { class: "card-soft" }, card.subtitle),
      this.frame,
      this.told,
      this.behind,
      rest && element("p", { class: "card-caption" }, rest),
      element(
        "div",
        { class: "card-folds" },
        fold("share", card.labels.share, () => this.shareParts(), true),
        fold("data", card.labels.data, () => this.dataParts()),
        ...(card.notes.length ? [fold("notes", card.labels.notes, () => card.notes.map(note))] : []),
        ...(card.terms.length ? [fold("terms", card.labels.terms, () => [terms(card.terms)])] : []),
      ),
    ];
    this.root.replaceChildren(...parts.filter(Boolean));
    this.content = card.name;
    for (const part of open) {
      const fold = this.root.querySelector(`details[data-part="${part}"]`);
      if (fold) fold.setAttribute("open", "");
    }
    this.focused = null;
    this.ring.hidden = true;
    await drawChart(this.plot, card.figure);
    this.listen();
  }

  listen() {
    const plot = /** @type {any} */ (this.plot);
    if (plot.listening) return;
    plot.listening = true;
    plot.on("plotly_click", (/** @type {any} */ event) => {
      const mark = event.points?.[0]?.customdata?.[0];
      if (mark) this.choose(String(mark));
    });
    plot.on("plotly_afterplot", () => this.circle(this.focused ?? this.find(this.mark)));
  }

  /** @param {string} mark */
  find(mark) {
    return mark ? (marksOf(this.plot).find((one) => one.mark === mark) ?? null) : null;
  }

  /** @param {import("./card_chart.js").Mark | null} mark */
  circle(mark) {
    this.ring.hidden = !mark;
    if (!mark) return;
    Object.assign(this.ring.style, {
      left: `${mark.x - mark.width / 2}px`,
      top: `${mark.y - mark.height / 2}px`,
      width: `${mark.width}px`,
      height: `${mark.height}px`,
    });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.target !== this.frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const marks = event.key.startsWith("Arrow") ? marksOf(this.plot) : [];
    if (marks.length) {
      const now = this.focused && marks.find((one) => one.mark === this.focused?.mark);
      this.focused = now ? neighbour(marks, now, event.key) : topLeft(marks);
      this.circle(this.focused);
      this.told.textContent = hover(this.plot, this.focused);
      this.frame.scrollLeft = this.focused.x - this.frame.clientWidth / 2;
    } else if ((event.key === "Enter" || event.key === " ") && this.focused) {
      this.choose(this.focused.mark);
    } else return;
    event.preventDefault();
  }

  leave() {
    this.focused = null;
    endHover(this.plot);
    this.circle(this.find(this.mark));
  }

  /**
   * Show the meetings behind a mark at once, and tell the server, which keeps it in the address.
   * @param {string} mark
   */
  choose(mark) {
    this.send?.("mark", mark);
    // A region alone sets the filter.
    if (/^region:\S+$/.test(mark)) return;
    this.sent = Date.now();
    this.mark = mark;
    this.focused = null;
    endHover(this.plot);
    this.showMark(true);
  }

  /** Follow the mark of the address, unless the server does not know of a click yet. */
  followMark() {
    const mark = this.data?.mark ?? "";
    if (mark === this.mark) this.sent = 0;
    else if (Date.now() - this.sent < MARK_PATIENCE) return;
    this.mark = mark;
    this.showMark(false);
  }

  /** @param {boolean} focus */
  async showMark(focus) {
    if (!this.content || this.content === "empty") return;
    const wanted = `${this.key} ${this.mark}`;
    if (this.shownMark === wanted) return;
    this.shownMark = wanted;
    this.root.querySelector('details[data-part="share"][open]')?.dispatchEvent(new Event("toggle"));
    this.circle(this.find(this.mark));
    if (!this.mark) {
      this.behind.hidden = true;
      this.behind.replaceChildren();
      return;
    }
    const labels = this.card.labels;
    const [path, query = ""] = this.address.split("?");
    const params = new URLSearchParams(query);
    for (const name of ["theme", "narrow"]) params.delete(name);
    for (const part of this.mark.split(" ")) params.append("mark", part);
    this.behind.hidden = false;
    this.behind.replaceChildren(element("p", {}, labels.loading));
    try {
      const signal = this.abort.signal;
      const found = await fetchJson(`${path.replace(".json", "/meetings.json")}?${params}`, signal);
      if (this.shownMark !== wanted) return;
      const heading = element(`h${(this.data?.level ?? 2) + 1}`, {}, found.title);
      const close = element("button", { type: "button", click: () => this.close() }, labels.close);
      const rows = found.rows.length ? [table(found, found.title)] : [];
      this.behind.replaceChildren(element("div", { class: "card-behind-head" }, heading, close), ...rows);
      if (focus) {
        this.told.textContent = found.title;
        this.behind.focus({ preventScroll: true });
        this.behind.scrollIntoView({ block: "nearest" });
      }
    } catch (error) {
      if (this.shownMark !== wanted) return;
      console.error(error);
      this.shownMark = undefined;
      this.behind.replaceChildren(element("p", { role: "alert" }, this.data?.labels.failed ?? ""));
    }
  }

  close() {
    this.sent = Date.now();
    this.mark = "";
    this.send?.("mark", "");
    this.showMark(false);
    this.frame.focus({ preventScroll: true });
  }

  shareParts() {
    const { share, labels, name } = this.card;
    // As in the address of the page: without the kinds of click data.
    const parts = this.mark.split(" ").filter(Boolean);
    const marks = parts.map((part) => ["mark", part.slice(part.indexOf(":") + 1)]);
    const files = share.files.map((/** @type {any} */ file) =>
      link(file.label, withParams(file.address, marks), { class: "card-button", title: file.help }),
    );
    const own = ["png", "svg"].map((format) =>
      element(
        "button",
        { type: "button", click: () => saveImage(this.plot, /** @type {any} */ (format), name) },
        format.toUpperCase(),
      ),
    );
    const citations = share.citations.map((/** @type {any} */ one) =>
      element("button", { type: "button", click: () => save(one.text, one.file) }, one.label),
    );
    return [
      element("p", { class: "card-row" }, ...files),
      element("p", { class: "card-soft" }, this.card.source),
      ...(share.images ? [] : [element("p", { class: "card-row" }, `${labels.image}: `, ...own)]),
      copyBox(labels.link, pageLink(share.link), labels),
      ...(share.embed_html ? [copyBox(labels.embed, share.embed_html, labels)] : []),
      copyBox(labels.cite, share.cite, labels),
      element("p", { class: "card-row" }, ...citations),
      ...share.code.map((/** @type {any} */ one) => copyBox(one.label, one.text, labels)),
    ];
  }

  dataParts() {
    const place = element("div", {}, element("p", {}, this.card.labels.loading));
    const [path, query] = this.address.split("?");
    const address = path.replace(".json", "/table.json") + (query ? `?${query}` : "");
    fetchJson(address, this.abort.signal).then(
      (found) => place.replaceChildren(table(found, `${this.card.labels.data}: ${this.card.title}`)),
      (error) => {
        if (error.name !== "AbortError") place.replaceChildren(element("p", { role: "alert" }, this.data?.labels.failed ?? ""));
      },
    );
    return [place];
  }

  remove() {
    this.abort.abort();
    this.near.disconnect();
    this.widths.disconnect();
    forget(this.plot);
    this.root.remove();
  }
}

/**
 * Return a folded part that is filled when it opens, the first time or each time.
 * @param {string} part
 * @param {string} label
 * @param {() => Node[]} fill
 * @param {boolean} [again]
 */
function fold(part, label, fill, again = false) {
  const body = element("div", { class: "card-fold" });
  const details = /** @type {HTMLDetailsElement} */ (
    element("details", { "data-part": part }, element("summary", {}, label), body)
  );
  details.addEventListener("toggle", () => {
    if (details.open && (again || !body.hasChildNodes())) body.replaceChildren(...fill());
  });
  return details;
}

/** @param {string} words */
function note(words) {
  return element("p", {}, words);
}

/** @param {[string, string][]} pairs */
function terms(pairs) {
  return element("dl", {}, ...pairs.flatMap(([term, words]) => [element("dt", {}, term), element("dd", {}, words)]));
}

/**
 * Save a text as a file.
 * @param {string} text
 * @param {string} name
 */
function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * @param {string} address
 * @param {string[][]} params
 */
function withParams(address, params) {
  if (!params.length) return address;
  const [path, query = ""] = address.split("?");
  const all = new URLSearchParams(query);
  for (const [name, value] of params) all.append(name, value);
  return `${path}?${all}`;
}

/**
 * Return the address of a card with the theme and for the width that the page has now.
 * @param {string} address
 */
function drawnAs(address) {
  const app = document.querySelector('[data-testid="stApp"]');
  const schemes = app ? getComputedStyle(app).colorScheme : "";
  // Forced colours allow both, as the system chooses.
  const open = schemes.includes("light") && !matchMedia("(prefers-color-scheme: dark)").matches;
  const params = schemes.includes("dark") && !open ? [["theme", "dark"]] : [];
  if (window.innerWidth < NARROW) params.push(["narrow", "1"]);
  return withParams(address, params);
}

let following = false;

/** Fetch all cards again when the theme changes, or the screen becomes narrow or wide. */
function followLook() {
  const app = document.querySelector('[data-testid="stApp"]');
  if (following || !app) return;
  following = true;
  const again = () => cards.forEach((card) => card.data && card.send && card.update(card.data, card.send));
  new MutationObserver(again).observe(app, { attributes: true, attributeFilter: ["class"] });
  addEventListener("resize", again);
}

/**
 * Return the link to a chart with all options of the page, if it is the page that is open.
 * @param {string} address
 */
function pageLink(address) {
  const found = new URL(address, document.baseURI);
  if (found.pathname === location.pathname) found.search = location.search;
  return found.href;
}

/**
 * Return JSON from an address; wait and ask again while the server is busy.
 * @param {string} address
 * @param {AbortSignal} signal
 */
async function fetchJson(address, signal) {
  // The first HTML of the page has asked for the first card already.
  const early = /** @type {any} */ (window).threatThemesEarly;
  if (early?.address === address) {
    const answer = early.answer;
    delete (/** @type {any} */ (window).threatThemesEarly);
    const found = await answer;
    if (found) return found;
  }
  for (let tried = 1; ; tried += 1) {
    const response = await fetch(address, { signal });
    const busy = response.status === 503 || response.status === 429;
    if (busy && tried < TRIES) {
      const seconds = Math.min(10, Number(response.headers.get("retry-after")) || 1);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      if (signal.aborted) throw new DOMException("aborted", "AbortError");
      continue;
    }
    const json = response.headers.get("content-type")?.startsWith("application/json");
    if (!response.ok || !json) throw new Error(`${address}: ${response.status}`);
    return response.json();
  }
}
