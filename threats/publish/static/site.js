// @ts-check
// The published pages: charts from scripts of data, the filter, and the search. Nothing is fetched,
// so that the pages also work from a disk.

(() => {
  "use strict";
  const site = JSON.parse(document.body.dataset.site ?? "{}");
  /** @type {Record<string, any>} */
  const store = {};
  const loads = new Map();

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
    const found = part === "meetings" ? behind(name, query) : await load(
      `${folder(query)}/${name}${part ? `.${part}` : ""}`,
    );
    const type = "application/json";
    return { ok: true, status: 200, headers: { get: () => type }, json: async () => found };
  }

  /**
   * The meetings behind a mark are in the live dashboard alone.
   * @param {string} name
   * @param {string} query
   */
  function behind(name, query) {
    const place = /** @type {HTMLElement} */ (document.querySelector(`[data-card="${name}"]`));
    const live = `${site.dashboard}/${place.dataset.page}?${query}#${name}`;
    const rows = site.dashboard ? [[[site.labels.live, live]]] : [];
    return { title: site.labels.behind, columns: [""], rows };
  }

  /** @param {string} name */
  function load(name) {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `data/${name}.js`;
        script.addEventListener("load", () => resolve(store[name]));
        script.addEventListener("error", () => reject(new Error(name)));
        document.head.append(script);
      }));
    }
    return loads.get(name);
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
    const query = filter();
    const prepared = !query.includes("&");
    for (const part of document.querySelectorAll("[data-unfiltered]")) {
      part.toggleAttribute("hidden", Boolean(query));
    }
    document.querySelector(".unprepared")?.toggleAttribute("hidden", prepared);
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-card]"))) {
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
    search();
  }

  /** Show the rows of the table of meetings that have every word, without regard to accents. */
  function search() {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector("input.search"));
    const number = document.querySelector(".found");
    if (!field || !number) return;
    const rows = [...document.querySelectorAll("tbody > tr")].map((row) => (
      { row, words: plain(row.textContent ?? "") }
    ));
    const show = () => {
      const wanted = plain(field.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const { row, words } of rows) {
        const fits = wanted.every((word) => words.includes(word));
        row.toggleAttribute("hidden", !fits);
        found += Number(fits);
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
