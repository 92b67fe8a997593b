// Tells the server whether the screen is narrow, so that charts come with fewer and shorter labels;
// nothing else is in this cookie, and it goes when the browser is closed.
document.cookie = `narrow=${window.innerWidth < 640 ? 1 : 0}; path=/; SameSite=Strict`;

// What scrolls sideways can be reached by keyboard and has a name, and the links to pages are a
// landmark; Streamlit has no setting for either.
(() => {
  const mend = () => {
    for (const table of document.querySelectorAll('[data-testid="stTable"] table')) {
      const place = table.parentElement;
      place.classList.add("wide");
      reach(place, "Table, scrolls sideways");
    }
    for (const place of document.querySelectorAll('[class*="st-key-wide_"]')) {
      place.classList.add("wide");
      reach(place, "Chart, scrolls sideways");
    }
    const pages = document.querySelector(".st-key-pages");
    if (pages && !pages.hasAttribute("role")) {
      pages.setAttribute("role", "navigation");
      pages.setAttribute("aria-label", "Pages");
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
  // Streamlit opens every link in a new tab, which a file would leave empty.
  addEventListener(
    "click",
    (event) => {
      const file = event.target.closest?.('a[href*="/take/"]');
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
