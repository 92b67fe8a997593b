"""The published folder in Chromium, from the disk and from a plain server: charts, no error, and
no request to another place."""

import functools
import http.server
import re
import threading

import pytest
from playwright.sync_api import expect

import threats
from threats.publish.addresses import Site
from threats.publish.site import publish


@pytest.fixture(scope="module")
def published(small, tmp_path_factory):
    """Return a folder published from a few rows."""
    folder = tmp_path_factory.mktemp("site")
    data = threats.load(small)
    first = publish(data, folder, Site())
    assert first.size < 60_000_000
    assert publish(data, folder, Site()).written == 0
    return folder


@pytest.fixture
def served(published):
    """Return the address of the folder on a plain web server."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(published))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def visit(browser, base, path):
    """Return a page after its first chart, without an error or a request elsewhere."""
    page, wrong = browser.new_page(), []
    page.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: wrong.append(str(one)))
    page.on(
        "request",
        lambda one: (
            wrong.append(one.url) if not one.url.startswith((base, "data:", "blob:")) else None
        ),
    )
    page.goto(f"{base}/{path}")
    if "meetings" not in path:
        page.wait_for_selector(".js-plotly-plot .main-svg")
    assert wrong == []
    return page


def test_a_chart_works_on_a_phone_in_the_dark_and_can_be_shared(published, browser):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True
    )
    page = context.new_page()
    page.goto(f"{published.as_uri()}/trends.html?years=2016-2020")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.locator(".card summary").first.click()
    expect(page.locator(".card textarea").first).to_have_value(
        re.compile(r"trends\.html\?years=2016-2020#attention-by-year$")
    )
    context.close()


@pytest.mark.parametrize("place", ["disk", "server"])
@pytest.mark.parametrize(
    "path", ["index.html", "trends.html?years=2016-2020", "meetings.html?q=BSMNFP"]
)
def test_a_page_works_without_the_dashboard(published, served, browser, place, path):
    base = served if place == "server" else published.as_uri()
    page = visit(browser, base, path)
    if "meetings" in path:
        page.fill("input.search", "no such words at all")
        assert page.inner_text(".found") == "0"
        page.fill("input.search", "")
        assert int(page.inner_text(".found")) == 3
    page.close()
