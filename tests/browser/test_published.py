"""The published folder in Chromium, from the disk and from a plain server: charts, no error, and
no request to another place."""

import functools
import http.server
import io
import re
import threading

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

import threats
from threats.publish.addresses import Site
from threats.publish.site import publish


@pytest.fixture(scope="module")
def published(small, tmp_path_factory):
    """Return a folder published from a few rows."""
    folder = tmp_path_factory.mktemp("site")
    data = threats.load(small)
    site = Site(address="https://files.example", languages=("en", "ru"))
    first = publish(data, folder, site)
    assert first.size < 60_000_000
    assert publish(data, folder, site).written == 0
    sitemap = (folder / "sitemap.xml").read_text(encoding="utf-8")
    assert all(
        f"<loc>https://files.example/{path}</loc>" in sitemap
        for path in ("index.html", "ru/index.html", "ru/brief-central_asia.html")
    )
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
    page.goto(f"{published.as_uri()}/trends.html?region=osce_area")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.locator(".card summary").first.click()
    expect(page.locator(".card textarea").first).to_have_value(
        re.compile(r"trends\.html\?region=osce_area#attention-by-year$")
    )
    context.close()


@pytest.mark.parametrize("place", ["disk", "server"])
@pytest.mark.parametrize(
    "path",
    ["index.html", "trends.html?years=2016-2020", "ru/trends.html", "meetings.html?q=BSMNFP"],
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


def test_a_page_leads_to_the_same_view_in_another_language(published, browser):
    page = visit(browser, published.as_uri(), "trends.html?years=2016-2020")
    page.get_by_role("link", name="Русский").click()
    expect(page).to_have_url(re.compile(r"/ru/trends\.html\?years=2016-2020$"))
    page.wait_for_selector(".js-plotly-plot .main-svg")
    expect(page.locator("h2").filter(has_text=re.compile("[а-я]")).first).to_be_visible()
    page.close()


def test_the_start_page_finds_threats_by_other_words(published, browser):
    page = visit(browser, published.as_uri(), "index.html")
    field = page.get_by_role("searchbox", name="Search threats, regions, countries and series")
    field.fill("THB")
    first = page.locator(".results a").first
    expect(first).to_have_attribute("href", "threat-trafficking_in_persons.html")
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^Results: \d$"))
    expect(page.locator(".results a").last).to_have_attribute("href", "meetings.html?q=THB")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/threat-trafficking_in_persons\.html$"))
    page.close()


def test_an_old_browser_shows_a_note_instead_of_charts(published, browser):
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(f"{published.as_uri()}/trends.html")
    expect(page.get_by_text("This browser is too old to unpack the charts.")).to_be_visible()
    assert page.locator(".card").count() == 0
    page.close()


def test_a_brief_prints_on_two_sheets(published, browser):
    page = browser.new_page()
    page.goto(f"{published.as_uri()}/brief-central_asia.html")
    expect(page.get_by_role("link", name="Русский")).to_be_visible()
    sheets = len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert sheets <= 2
    page.close()
