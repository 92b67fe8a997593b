// @ts-check
// The published pages: charts from scripts of data, the filter, and both searches. Nothing is
// fetched, so that the pages also work from a disk.

(() => {
  "use strict";
  const site = JSON.parse(document.body.dataset.site ?? "{}");
  /** @type {Record<string, any>} */
  const store = {};
  const loads = new Map();
  const MAX_RESULTS = 10;

  /** Called by each script of data. */
  Object.assign(window, {
    threatThemes: (/** @type {string} */ name, /** @type {any} */ content) => {
      store[name] = content;
    },
    threatThemesFetch: answer,
  });

  /** @param {string} query */
  function folder(query) {
    return query.replaceAll("&", "-").replaceAll("=", "-") || "all";
  }

  /**
   * Answer as fetch does, from the scripts of data.
   * @param {string} address
   */
  async function answer(address) {
    const [path, asked = ""] = address.split("?");
    // Only the colours and the width for which a card was prepared.
    const query = asked.replace(/&?(theme=dark|narrow=1)/g, "");
    const [, name, part] = path.match(/^cards\/([^/.]+)(?:\/(\w+))?\.json$/) ?? [];
    const pack = part === "meetings" ? null : await load(folder(query));
    const found = pack === null ? behind(name, query) : part ? pack.tables[name] : card(pack, name);
    const type = "application/json";
    return { ok: true, status: 200, headers: { get: () => type }, json: async () => found };
  }

  /**
   * Return a card with what all cards of its script share.
   * @param {any} pack
   * @param {string} name
   */
  function card(pack, name) {
    const { figure, ...rest } = pack.cards[name];
    if (!figure) return rest;
    const layout = { ...figure.layout, template: pack.template };
    return { ...rest, labels: pack.labels, figure: { ...figure, layout } };
  }

  /**
   * The meetings behind a mark are in the live dashboard alone.
   * @param {string} name
   * @param {string} query
   */
  function behind(name, query) {
    const place = /** @type {HTMLElement} */ (document.querySelector(`[data-card="${name}"]`));
    const asked = [query, site.language].filter(Boolean).join("&");
    const live = `${site.dashboard}/${place.dataset.page}?${asked}#${name}`;
    const rows = site.dashboard ? [[[site.labels.live, live]]] : [];
    return { title: site.labels.behind, columns: [""], rows };
  }

  /** @param {string} name */
  function load(name) {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `data/${name}.js`;
        script.addEventListener("load", () => resolve(unpack(store[name])));
        script.addEventListener("error", () => reject(new Error(name)));
        document.head.append(script);
      }));
    }
    return loads.get(name);
  }

  /**
   * Return the data of a script: JSON, compressed, in the letters of base64.
   * @param {string} packed
   */
  function unpack(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  /** The filter of the address, if the page has one. */
  function filter() {
    const form = document.querySelector("form.filter");
    if (!form) return "";
    const asked = new URLSearchParams(location.search);
    const params = new URLSearchParams();
    for (const choice of form.querySelectorAll("select")) {
      const value = asked.get(choice.name) ?? "";
      choice.value = value;
      if (choice.value !== value) choice.value = "";
      if (choice.value) params.set(choice.name, choice.value);
      choice.addEventListener("change", () => {
        const chosen = [...form.querySelectorAll("select")].filter((one) => one.value);
        location.search = String(new URLSearchParams(chosen.map((one) => [one.name, one.value])));
      });
    }
    return String(params);
  }

  function start() {
    search();
    lookUp();
    const query = filter();
    // The same view in another language.
    for (const other of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[hreflang]"))) {
      other.search = location.search;
    }
    const prepared = !query.includes("&");
    for (const part of document.querySelectorAll("[data-unfiltered]")) {
      part.toggleAttribute("hidden", Boolean(query));
    }
    document.querySelector(".unprepared")?.toggleAttribute("hidden", prepared);
    const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-card]"));
    const canUnpack = "DecompressionStream" in window;
    document.querySelector(".packed")?.toggleAttribute("hidden", canUnpack);
    if (!canUnpack) return;
    for (const place of places) {
      const own = place.dataset.query ?? (place.dataset.whole ? "" : query);
      if (!prepared && !place.dataset.whole) continue;
      /** @type {any} */ (window).threatThemesShowCard({
        data: {
          address: `cards/${place.dataset.card}.json${own ? `?${own}` : ""}`,
          anchors: [place.dataset.card],
          version: site.version, level: 2, mark: "", labels: site.labels.card,
        },
        parentElement: place,
        setStateValue: () => {},
      });
    }
  }

  /**
   * Return whether a text has every word of a query, without regard to accents.
   * @param {string} text
   * @param {string} query
   */
  function fits(text, query) {
    return plain(query).split(/\s+/).filter(Boolean).every((word) => text.includes(word));
  }

  /** Search the names on the page, with their other words, and link what fits best first. */
  function lookUp() {
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.lookup"));
    const field = form?.querySelector("input");
    const status = form?.querySelector(".looked");
    const list = form?.querySelector(".results");
    if (!form || !field || !status || !list) return;
    const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-words]")]).map((entry) => (
      { entry, name: plain(entry.textContent ?? ""), words: plain(entry.dataset.words ?? "") }
    ));
    const show = () => {
      const wanted = plain(field.value).trim();
      const found = wanted ? entries.filter(({ words }) => fits(words, wanted)) : [];
      const rank = (/** @type {{name: string, words: string}} */ { name, words }) => (
        words.split("|").includes(wanted) ? 0 : name.startsWith(wanted) ? 1 : fits(name, wanted) ? 2 : 3
      );
      found.sort((one, other) => rank(one) - rank(other));
      list.replaceChildren(...found.slice(0, MAX_RESULTS).map(({ entry }) => entry.cloneNode(true)));
      status.textContent = wanted ? site.labels.results.replace("{number}", String(found.length)) : "";
      if (wanted) list.append(meetingsWith(field.value));
    };
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      list.querySelector("a")?.click();
    });
    field.addEventListener("input", show);
    show();
  }

  /**
   * Return the entry that leads to the search of the meetings.
   * @param {string} query
   */
  function meetingsWith(query) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = `meetings.html?${new URLSearchParams({ q: query })}`;
    link.textContent = site.labels.all_meetings;
    entry.append(link);
    return entry;
  }

  /** Show the rows of the table of meetings that have every word. */
  function search() {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector("input.search"));
    const number = document.querySelector(".found");
    if (!field || !number) return;
    const rows = [...document.querySelectorAll("tbody > tr")].map((row) => (
      { row, words: plain(row.textContent ?? "") }
    ));
    const show = () => {
      let found = 0;
      for (const { row, words } of rows) {
        const shown = fits(words, field.value);
        row.toggleAttribute("hidden", !shown);
        found += Number(shown);
      }
      number.textContent = String(found);
    };
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    field.addEventListener("input", show);
    show();
  }

  /** @param {string} text */
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  document.addEventListener("DOMContentLoaded", start);
})();
