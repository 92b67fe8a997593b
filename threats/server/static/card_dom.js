// @ts-check
// Elements of a card. Text goes in as text, never as HTML.

/**
 * @typedef {{columns: string[], numeric?: boolean[], rows: (string | [string, string])[][]}} Table
 */

/**
 * Return an element with attributes and children. Attributes without a value are left out.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, /** @type {any} */ (value));
    else if (value !== false && value != null) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/**
 * Return a link, which opens only addresses of web pages and of this site.
 * @param {string} text
 * @param {string} address
 * @param {Record<string, unknown>} [attributes]
 */
export function link(text, address, attributes = {}) {
  const outside = /^[a-z][a-z0-9+.-]*:/i.test(address);
  if (outside && !/^https?:/i.test(address)) return element("span", {}, text);
  const target = outside ? { target: "_blank", rel: "noopener" } : { target: "_self" };
  return element("a", { href: address, ...target, ...attributes }, text);
}

/**
 * Return a table that scrolls sideways where it is too wide.
 * @param {Table} content
 * @param {string} caption
 */
export function table({ columns, numeric = [], rows }, caption) {
  const kind = (/** @type {number} */ column) => (numeric[column] ? "number" : null);
  const head = columns.map((name, column) =>
    element("th", { scope: "col", class: kind(column), dir: "auto" }, name),
  );
  const body = rows.map((row) =>
    element(
      "tr",
      {},
      ...row.map((cell, column) =>
        element(
          "td",
          { class: kind(column), dir: "auto" },
          Array.isArray(cell) ? (cell[1] ? link(cell[0], cell[1]) : cell[0]) : cell,
        ),
      ),
    ),
  );
  const shown = element(
    "table",
    {},
    element("caption", { class: "unseen" }, caption),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...body),
  );
  return element("div", { class: "wide card-table", tabindex: 0, role: "group", "aria-label": caption }, shown);
}

/**
 * Return a text that the reader can copy, under a title.
 * @param {string} title
 * @param {string} text
 * @param {{copy: string, copied: string}} labels
 */
export function copyBox(title, text, labels) {
  const area = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { readonly: "", rows: Math.min(6, lines(text)), "aria-label": title })
  );
  area.value = text;
  const button = copyButton(() => text, labels);
  return element("div", { class: "card-copy" }, element("p", {}, title), area, button);
}

/** @param {string} text */
function lines(text) {
  return text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 90), 0);
}

/**
 * Return a button that copies a text and says so.
 * @param {() => string} text
 * @param {{copy: string, copied: string}} labels
 */
export function copyButton(text, labels) {
  const said = element("span", { role: "status", class: "unseen" });
  const button = element("button", { type: "button", click: () => copy(text(), button, said, labels) }, labels.copy);
  return element("span", {}, button, said);
}

/**
 * @param {string} text
 * @param {HTMLElement} button
 * @param {HTMLElement} said
 * @param {{copy: string, copied: string}} labels
 */
async function copy(text, button, said, labels) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page without TLS has no clipboard, but can copy what is selected.
    const area = /** @type {HTMLTextAreaElement} */ (element("textarea", { class: "unseen" }));
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.textContent = said.textContent = labels.copied;
  setTimeout(() => {
    button.textContent = labels.copy;
    said.textContent = "";
  }, 2000);
}
