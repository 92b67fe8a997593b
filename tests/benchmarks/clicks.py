"""Click to picture: from choosing a region in the filter until the new chart is painted.

    python tests/benchmarks/clicks.py [--clicks 30]

Four pages in one Chromium, click about: the dashboard, a Dash app that draws the same figures
(``dash_app.py``), a naive Streamlit page (``naive.py``), and a bare page that has all figures in
memory (``floor.py``). Time is taken inside each page by one rule, from pressing the mouse to the
first frame painted after the chart holds other numbers. All must show the same numbers.
"""

import argparse
import contextlib
import tempfile
from pathlib import Path

import common
import floor
from playwright.sync_api import Error, Locator, Page

from threats.dataset.store import open_dataset
from threats.stats.filters import filter_choices

# The chart of each page that the filter changes.
CHARTS = {"trends": "attention-by-year", "responses": "responses-by-year"}
PLACES = {
    "app": ".st-key-chart_{} .js-plotly-plot",
    "dash": "#at-{} .js-plotly-plot",
    "naive": ".st-key-{} .js-plotly-plot",
    "floor": "#at-{}",
}
FILTERS = {
    "app": "[data-testid=stSidebar] [data-testid=stMultiSelect] input >> nth=0",
    "dash": "#region",
    "naive": "[data-testid=stSidebar] [data-testid=stMultiSelect] input >> nth=0",
}
# A click while Streamlit still runs would measure the run before as well.
AT_REST = """() => {
  const app = document.querySelector("[data-test-script-state]");
  return !app || app.dataset.testScriptState === "notRunning";
}"""
# Numbers of a chart, each with its year or day, in order.
WATCH = """
window.numbers = place => {
  const chart = document.querySelector(place), found = [];
  if (!chart || !chart._fullData || !chart.querySelector(".main-svg")) return "";
  for (const trace of chart._fullData) {
    if (trace.type === "heatmap")
      (trace.text || trace.z).forEach(row =>
        row.forEach((n, i) => n > 0 && found.push(trace.x[i] + ":" + n)));
    else if (trace.type === "scatter" && trace.mode === "text")
      trace.text.forEach((n, i) => n !== "·" && found.push(trace.x[i] + ":" + n));
    else if (trace.type.startsWith("scatter") && trace.mode === "markers")
      // The mark of a legend has no place.
      trace.x.forEach(day => day !== null && found.push(String(day).slice(0, 10)));
  }
  return found.sort().join(" ");
};
window.watch = place => {
  const before = numbers(place);
  let start = 0;
  addEventListener("mousedown", () => start = performance.now(), {capture: true, once: true});
  window.painted = new Promise((done, fail) => {
    setTimeout(() => fail(Error("no new picture in 20 seconds")), 20000);
    const look = () => {
      const now = start && numbers(place);
      if (!now || now === before) return requestAnimationFrame(look);
      // This runs before the frame is painted, a message comes after.
      const {port1, port2} = new MessageChannel();
      port1.onmessage = () => done([performance.now() - start, now]);
      port2.postMessage("");
    };
    requestAnimationFrame(look);
  });
};
"""


def place_of(page: Page, app: str) -> str:
    """Return where on a page the watched chart stands."""
    return PLACES[app].format(CHARTS[page.name])


def option(page: Page, label: str) -> Locator:
    """Return a region in the opened filter."""
    return page.get_by_role("option", name=label, exact=True)


def rest(page: Page) -> None:
    """Wait until nothing runs and the address is written, so that no click is lost."""
    page.wait_for_function(AT_REST)
    page.wait_for_timeout(300)


def choose(page: Page, app: str, label: str) -> tuple[float, str]:
    """Choose a region in the filter; return the ms to the new picture and its numbers."""
    wanted = option(page, label)
    if not wanted.is_visible():
        page.locator(FILTERS[app]).click()
        wanted.wait_for()
    for _ in range(3):
        rest(page)
        page.evaluate("place => watch(place)", place_of(page, app))
        wanted.click()
        try:
            return tuple(page.evaluate("painted"))
        except Error:
            # A list that scrolls under the mouse can miss the click; the region still stands in it.
            if app not in ("app", "naive") or not wanted.is_visible():
                raise
    raise RuntimeError(f"{app} takes no click on {label}")


def give_up(page: Page, app: str, label: str) -> None:
    """Take a region out of the filter, and wait for the picture of before."""
    rest(page)
    if app in ("app", "naive"):
        page.locator(FILTERS[app]).press("Backspace")
    else:
        option(page, label).click()
    same = "([place, before]) => numbers(place) === before"
    page.wait_for_function(same, arg=[place_of(page, app), page.before])


def opened(browser, app: str, address: str, name: str) -> Page:
    """Return a page once its chart stands and nothing has moved for a while."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, bypass_csp=True)
    page.set_default_timeout(60_000)
    page.add_init_script(WATCH)
    page.name = name
    page.goto(address)
    # The dashboard fetches a chart when a reader comes near it.
    box = page.locator(place_of(page, app).removesuffix(" .js-plotly-plot"))
    box.scroll_into_view_if_needed()
    page.wait_for_function("place => numbers(place)", arg=place_of(page, app))
    page.wait_for_timeout(1500)
    page.before = page.evaluate("place => numbers(place)", place_of(page, app))
    return page


def regions() -> dict[str, str]:
    """Return the regions, by their ids, for which the watched chart of each page has numbers."""
    labels = filter_choices(open_dataset())["region"]
    return {
        key: label
        for key, label in labels.items()
        if all(has_numbers(floor.figures(page, (key,)).get(CHARTS[page])) for page in CHARTS)
    }


def has_numbers(figure) -> bool:
    """Return whether a figure has a cell with more than nothing."""
    grids = [trace.text for trace in figure.data if trace.type == "heatmap"] if figure else []
    return any(str(cell).isdecimal() for grid in grids for row in grid for cell in row)


def measure(clicks: int) -> list[dict]:
    """Return a row for each page and app; raise RuntimeError if they show different numbers."""
    labels, rows = regions(), []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name in CHARTS:
            floor.write(folder, name, labels)
        bare = ["-m", "http.server", "PORT", "--bind", "127.0.0.1"]
        servers = {
            "app": common.dashboard(),
            "dash": common.dash(),
            "naive": common.naive(),
            "floor": common.server(bare, folder, "/trends.html"),
        }
        servers = {app: stack.enter_context(start) for app, start in servers.items()}
        browser = stack.enter_context(common.chromium())
        for name in CHARTS:
            told = {app: [] for app in servers}
            pages = {
                app: opened(browser, app, f"{at.address}/{name}{'.html' * (app == 'floor')}", name)
                for app, at in servers.items()
            }
            for number in range(clicks):
                label = list(labels.values())[number % len(labels)]
                shown = {}
                for app, page in pages.items():
                    seconds, shown[app] = choose(page, app, label)
                    told[app].append(seconds)
                    give_up(page, app, label)
                if len(set(shown.values())) > 1:
                    raise RuntimeError(f"not the same numbers for {label} on {name}: {shown}")
            for page in pages.values():
                page.close()
            rows += [
                {"page": name, "what": app, "p50_ms": common.p50(ms), "p95_ms": common.p95(ms)}
                for app, ms in told.items()
            ]
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clicks", type=int, default=30)
    rows = measure(parser.parse_args().clicks)
    common.show(rows, "From a click in the filter to the new picture")
    common.save("clicks", rows)


if __name__ == "__main__":
    main()
