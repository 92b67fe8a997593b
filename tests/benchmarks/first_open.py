"""The first visit of a page with an empty cache: until charts are painted, and what is transferred.

    python tests/benchmarks/first_open.py [PAGE ...] [--times 3]

Times from the start of the navigation, in a fresh context of a running Chromium: to the first chart
(for pages without one: to the heading) and to the last, once the page has been quiet for a second.
Servers have been visited before. ``mb`` is what came over the wire, headers and websocket included.
"""

import argparse
import contextlib
import time

import clicks
import common
from playwright.sync_api import Browser

from threats.content.pages import PAGES

# Notes when charts are drawn: each that has a drawing of its own counts once.
WATCH = """
window.drawn = [];
const seen = new WeakSet();
const look = () => {
  const charts = [...document.querySelectorAll(".js-plotly-plot")];
  const heading = [...document.querySelectorAll("h1")];
  for (const node of [...charts, ...(window.charted ? [] : heading)]) {
    const there = node.tagName === "H1" ? node.offsetHeight
      : node._fullData && node.querySelector(".main-svg .plot, .main-svg .infolayer");
    if (!there || seen.has(node)) continue;
    seen.add(node);
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => window.drawn.push(performance.now());
    port2.postMessage("");
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def visit(browser: Browser, address: str, charts: int) -> dict:
    """Return ms to the first and the last chart (of so many), MB over the wire, and whether a file
    of plotly.js came."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(f"window.charted = {str(bool(charts)).lower()};{WATCH}")
    wire = context.new_cdp_session(page)
    told = {"bytes": 0, "plotly": False}

    def add(count: int) -> None:
        told["bytes"] += count

    def asked(event: dict) -> None:
        told["plotly"] |= "plotly" in event["request"]["url"].lower()

    wire.on("Network.loadingFinished", lambda event: add(event["encodedDataLength"]))
    frame = "Network.webSocketFrameReceived"
    # Binary frames come as base64.
    wire.on(frame, lambda event: add(len(event["response"]["payloadData"]) * 3 // 4))
    wire.on("Network.requestWillBeSent", asked)
    wire.send("Network.enable")
    page.goto(address)
    page.wait_for_function("n => drawn.length >= n", arg=max(1, charts), timeout=60_000)
    before = -1
    while before != (before := told["bytes"]):
        page.wait_for_timeout(1000)
    drawn = page.evaluate("drawn")
    context.close()
    return {
        "first_ms": drawn[0],
        "all_ms": drawn[-1],
        "mb": told["bytes"] / 1e6,
        "plotly_js": told["plotly"],
    }


def charts_of(address: str, browser: Browser) -> int:
    """Return how many charts a page shows; this visit also warms the server."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, bypass_csp=True)
    page.goto(address)
    page.wait_for_selector("h1, .js-plotly-plot", timeout=60_000)
    count, until = -1, time.monotonic() + 30
    while time.monotonic() < until:
        page.wait_for_timeout(3000)
        if count == (count := page.locator(".js-plotly-plot").count()):
            break
    page.close()
    return count


def measure(pages: list[str], times: int) -> list[dict]:
    """Return a row for each page of the dashboard and of the Dash app, medians of some visits."""
    rows = []
    with contextlib.ExitStack() as stack:
        ours, other = (stack.enter_context(s) for s in (common.dashboard(), common.dash()))
        browser = stack.enter_context(common.chromium())
        wanted = [("app", ours, page) for page in pages]
        wanted += [("dash", other, page) for page in pages if page in clicks.CHARTS]
        for what, server, page in wanted:
            address = f"{server.address}/{'' if page == 'overview' else page}"
            charts = charts_of(address, browser)
            visits = [visit(browser, address, charts) for _ in range(times)]
            middle = {
                key: common.p50([found[key] for found in visits])
                for key in ("first_ms", "all_ms", "mb")
            }
            plotly = any(found["plotly_js"] for found in visits)
            rows.append(
                {"what": what, "page": page, "charts": charts, **middle, "plotly_js": plotly}
            )
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*", default=[p for p in PAGES if p != "code"])
    parser.add_argument("--times", type=int, default=3)
    wanted = parser.parse_args()
    rows = measure(wanted.pages, wanted.times)
    common.show(rows, "First visit with an empty cache")
    common.save("first_open", rows)


if __name__ == "__main__":
    main()
