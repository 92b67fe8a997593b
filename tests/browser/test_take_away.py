"""What a reader takes away, in a real browser: files, links, citations, plain pages."""

import html
import io
import itertools
import json
import re
import urllib.request
import xml.etree.ElementTree as ET
import zipfile

import httpx
import pandas as pd
import pypdf
import pytest
from chart_examples import example_chart
from conftest import fetched
from PIL import Image
from playwright.sync_api import expect
from plotly.offline import get_plotlyjs
from soak import Visitor
from test_journeys import PAGES as CHARTS_ON
from test_journeys import fold, idle, option, visit

from threats.charts.poster import COMPLETE, SLIDE, make_poster
from threats.content.builder import build_chart, parse_page_options
from threats.content.model import cached_figure
from threats.content.pages import PAGES
from threats.content.registry import CHART_SPECS, items_on
from threats.dataset.store import open_dataset
from threats.exports.citation import source_line
from threats.exports.images import SLIDE_SIZE, SQUARE_SIZE
from threats.exports.urls import View
from threats.stats.filters import Selection
from threats.stats.selection import select
from threats.text.phrases import first_sentence

SVG = "{http://www.w3.org/2000/svg}"


def open_menu(page):
    """Open *Share* of the first chart, and return it."""
    menu = fold(page.locator(".card:not(.finding)").first, "Share / Download")
    expect(menu.get_by_text("Link to this view")).to_be_visible()
    return menu


def open_page_menu(page):
    """Open *Share* of the page, and return it."""
    idle(page)
    page.get_by_test_id("stMain").get_by_role("button", name="Share / Download").click()
    menu = page.get_by_test_id("stPopoverBody")
    expect(menu.get_by_text("Link to this view")).to_be_visible()
    return menu


def download(page, label):
    """Return name and bytes of what a link downloads."""
    arrived = fetched(page, page.get_by_role("link", name=label, exact=True))
    with open(arrived.path(), "rb") as file:
        return arrived.suggested_filename, file.read()


def test_every_format_of_a_chart_by_the_menu(page, alone):
    visit(page, "/trends?region=central_asia")
    expect(page.locator(".js-plotly-plot")).to_have_count(CHARTS_ON["/trends"])
    open_menu(page)
    check_files("trends", {label: download(page, label) for label in LABELS}, alone)


@pytest.mark.parametrize("address", [one for one in CHARTS_ON if one != "/trends"])
def test_every_format_of_a_chart_on_every_page(server, run, alone, address):
    """By the links of the page, but without the time that a browser takes for each."""
    name = address.strip("/") or "overview"
    check_files(name, run(linked(server, name)), alone)


async def linked(address, name):
    """Return name and bytes of each file in the menu of the first chart of a page, by its label."""
    page = "" if name == "overview" else name
    visitor = Visitor(address, page)
    visitor.query = "region=central_asia"
    await visitor.open()
    # Some have nothing to draw for this region.
    assert visitor.charts >= CHARTS_ON[f"/{page}"]
    await visitor.open_share(0)
    async with httpx.AsyncClient(base_url=address, timeout=240) as client:
        answers = {label: await client.get(visitor.files[label]) for label in LABELS}
    await visitor.close()
    return {
        label: (
            re.search('filename="([^"]+)"', answer.headers["content-disposition"])[1],
            answer.raise_for_status().content,
        )
        for label, answer in answers.items()
    }


@pytest.fixture(scope="module")
def alone(browser):
    """Return a page without a network."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def check_files(name, files, alone):
    part = next(part for part in items_on(name) if part.name in CHART_SPECS)
    selected = select(open_dataset(), Selection(region=("central_asia",)))
    values, _ = parse_page_options(name, {}, selected)
    chart = build_chart(part.name, selected, values)
    for label, (file, _) in files.items():
        assert file == f"{part.name}_central-asia.{LABELS[label]}"
    bodies = {label: body for label, (_, body) in files.items()}

    assert Image.open(io.BytesIO(bodies["Image for a slide (16:9)"])).size == (1600, 900)
    assert Image.open(io.BytesIO(bodies["Square image"])).size == (1200, 1200)
    svg = ET.fromstring(bodies["SVG"])
    told = " ".join("".join(text.itertext()) for text in svg.iter(f"{SVG}text"))
    assert chart.title.replace(" ", "") in told.replace(" ", "")
    assert "".join(chart.subtitle.split()) in "".join(told.split())
    assert len(pypdf.PdfReader(io.BytesIO(bodies["PDF"])).pages) == 1

    table = pd.read_csv(io.BytesIO(bodies["CSV"]))
    book = pd.read_excel(io.BytesIO(bodies["XLSX"]), sheet_name="Figures")
    for read in (table[chart.table.columns], book):
        pd.testing.assert_frame_equal(
            read, chart.table, check_dtype=False, check_index_type=False, check_categorical=False
        )
    archive = zipfile.ZipFile(io.BytesIO(bodies["All formats (ZIP)"]))
    assert archive.testzip() is None
    assert "citation.ris" in archive.namelist()

    alone.set_content(bodies["HTML"].decode())
    expect(alone.locator(".js-plotly-plot")).to_be_visible()
    expect(alone.locator("footer")).to_contain_text("data version")
    expect(alone.locator("footer a")).to_have_attribute("href", re.compile("region=central_asia"))


LABELS = {
    "Image for a slide (16:9)": "png",
    "Square image": "square.png",
    "SVG": "svg",
    "PDF": "pdf",
    "HTML": "html",
    "CSV": "csv",
    "XLSX": "xlsx",
    "All formats (ZIP)": "zip",
}


def test_the_file_holds_the_chart_that_is_on_the_screen(page):
    """The browser draws with the plotly.js of the Python package, Kaleido with its own: both draw
    the same words."""
    visit(page, "/trends?region=central_asia")
    first = page.locator(".js-plotly-plot").first
    on_screen = [
        text
        for text in first.locator(".subplot text, .xtick text, .ytick text").all_text_contents()
        if text.strip()
    ]
    open_menu(page)
    _, body = download(page, "SVG")
    drawn = ["".join(text.itertext()) for text in ET.fromstring(body).iter(f"{SVG}text")]
    missing = [text for text in on_screen if text not in drawn]
    assert len(on_screen) > 60
    assert not missing


# Draw a figure as Kaleido does, with the same plotly.js, and return how many texts there are and
# which of them run off it.
RUN_OFF = """async figure => {
    const place = document.body.appendChild(document.createElement("div"));
    await Plotly.newPlot(place, figure.data, figure.layout, {staticPlot: true});
    const whole = place.querySelector("svg").getBoundingClientRect();
    const off = box => box.left < whole.left - 1 || box.top < whole.top - 1
        || box.right > whole.right + 1 || box.bottom > whole.bottom + 1;
    const texts = [...place.querySelectorAll("text")];
    const found = texts.filter(text => {
        const box = text.getBoundingClientRect();
        // Rows that an image for a slide leaves out are clipped.
        return box.width && off(box) && !text.closest("[clip-path]:not([clip-path=''])");
    }).map(text => text.textContent);
    Plotly.purge(place);
    place.remove();
    return [texts.length, found];
}"""


def test_no_word_runs_off_a_picture(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_content("<body style='margin:0'></body>")
    page.add_script_tag(content=get_plotlyjs())
    for selection in (Selection(), Selection(region=("south_eastern_europe", "central_asia"))):
        selected = select(open_dataset(), selection)
        for name, part in CHART_SPECS.items():
            chart = example_chart(name, selected)
            view = View(part.page, selected, {"region": ["x"] * 9}, "https://threats.example")
            notes = [*chart.all_notes, f"{source_line(view)}, {view.address(chart.name)}"]
            told = (chart.title, chart.subtitle, notes)
            slide = first_sentence(chart.alt), f"{chart.title}: {chart.subtitle}", notes[-2:]
            kinds = itertools.product((SLIDE_SIZE, SQUARE_SIZE), ((told, COMPLETE), (slide, SLIDE)))
            for size, (words, style) in kinds:
                poster, _ = make_poster(cached_figure(chart), *words, size, style)
                texts, off = page.evaluate(RUN_OFF, json.loads(poster.to_json()))
                assert texts > 5, (name, size)
                assert not off, (name, size)
    context.close()


def test_a_file_is_fetched_by_keyboard_on_the_page_itself(page):
    visit(page, "/trends?region=central_asia&mark=terrorism&mark=2014")
    open_menu(page)
    page.get_by_role("link", name="CSV", exact=True).focus()
    with page.expect_download() as arriving:
        page.keyboard.press("Enter")
    assert arriving.value.suggested_filename == "attention-by-year_central-asia_terrorism-2014.csv"
    assert len(page.context.pages) == 1
    expect(page.get_by_role("link", name="CSV", exact=True)).to_be_visible()


def test_why_there_is_no_file_stands_on_a_page_that_leads_back(page):
    view = "/trends?region=central_asia"
    visit(page, view)
    open_menu(page)
    answer = {"status": 503, "content_type": "text/html", "body": "<h1>Please try again</h1>"}
    page.route(re.compile("/download/"), lambda route: route.fulfill(**answer))
    page.get_by_role("link", name="CSV", exact=True).click()
    expect(page.get_by_role("heading", name="Please try again")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape(view) + "$"))
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Selected: Central Asia")


def test_the_file_of_the_page_equals_the_answer_of_the_api(page, server):
    visit(page, "/trends?region=central_asia")
    open_menu(page)
    _, body = download(page, "CSV")
    answer = pd.read_csv(f"{server}/api/attention.csv?region=central_asia&about=none")
    pd.testing.assert_frame_equal(pd.read_csv(io.BytesIO(body)), answer)


def test_a_link_copied_from_a_chart_opens_the_same_view(page, browser, server):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, "/trends?region=central_asia&role=focus&compare=corruption")
    menu = open_menu(page)
    menu.get_by_role("button", name="Copy").first.click()
    expect(menu.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("#attention-by-year")
    visit(page, copied)
    expect(option(page, "Count a threat if it was")).to_have_value("The main subject")
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Selected: Central Asia")
    assert "compare=corruption" in page.url


def test_a_cited_link_of_an_older_version_opens_and_says_what_has_changed(page):
    visit(page, "/trends?region=central_asia&version=0.1.0%2Babc")
    expect(page.get_by_text("was created with data version")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Selected: Central Asia")
    expect(page.get_by_text("Unknown parameters")).to_have_count(0)


def test_a_whole_page_is_taken_along(page):
    visit(page, "/covid?region=central_asia&role=any")
    open_page_menu(page)
    name, body = download(page, "All charts (ZIP)")
    assert name == "covid_central-asia_any.zip"
    names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    assert len([n for n in names if n.endswith(".csv")]) == CHARTS_ON["/covid"] + 1
    expect(page.get_by_role("link", name="Print")).to_have_attribute(
        "href", re.compile(r"/print/covid\?region=central_asia&role=any$")
    )


def test_the_table_of_meetings_is_taken_along(page):
    page.goto("/meetings?region=central_asia")
    open_page_menu(page)
    name, body = download(page, "CSV")
    assert name == "meetings_central-asia.csv"
    table = pd.read_csv(io.BytesIO(body))
    expect(page.get_by_text(f"{len(table)} meetings", exact=True)).to_be_visible()
    assert table["source_url"].str.startswith("http").all()


def test_a_page_reads_and_prints_without_javascript(browser, server):
    context = browser.new_context(java_script_enabled=False, base_url=server)
    page = context.new_page()
    page.goto("/covid?region=central_asia")
    page.get_by_role("link", name="without JavaScript").click()
    expect(page).to_have_url(re.compile(r"/print/covid\?region=central_asia$"))
    expect(page.locator("h1")).to_have_text("What did COVID-19 change?")
    expect(page.locator("figure svg").first).to_be_visible()
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert 3 <= len(printed.pages) <= 30
    text = " ".join(sheet.extract_text() for sheet in printed.pages)
    assert "Cite this view" in text
    assert "Open this view" not in text
    assert all(len(sheet.extract_text()) > 80 for sheet in printed.pages)
    context.close()


def test_a_chart_stands_in_a_page_of_another_site(browser, server):
    context = browser.new_context(viewport={"width": 700, "height": 900})
    page = context.new_page()
    source = f"{server}/embed/attention-by-year?region=central_asia"
    page.set_content(f'<iframe src="{source}" width="100%" height="700"></iframe>')
    frame = page.frame_locator("iframe")
    expect(frame.locator("figure svg").first).to_be_visible()
    expect(frame.locator("footer")).to_contain_text("data version")
    width = frame.locator("figure svg").first.bounding_box()["width"]
    assert width <= 700
    link = frame.get_by_role("link", name="Open this view in the dashboard")
    expect(link).to_have_attribute("href", f"{server}/trends?region=central_asia#attention-by-year")
    context.close()


@pytest.mark.parametrize("width", [380, 700, 1200])
def test_an_embedded_chart_gets_the_height_that_it_needs(browser, server, width):
    with urllib.request.urlopen(f"{server}/cards/attention-by-year.json") as got:
        lines = json.loads(got.read())["share"]["embed_html"]
    context = browser.new_context(viewport={"width": width, "height": 900})
    for script in (True, False):
        page = context.new_page()
        page.set_content(lines if script else lines.partition("<script")[0])
        frame = page.frame_locator("iframe")
        expect(frame.locator("figure svg").first).to_be_visible()
        fits = "document.documentElement.scrollHeight <= innerHeight"
        place = page.frames[1]
        place.wait_for_function(fits)
        spare = place.evaluate("innerHeight - document.body.getBoundingClientRect().bottom")
        assert 0 <= spare < (40 if script else 400)
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_first_html_of_a_page_says_what_it_is(server, name):
    path = "" if name == "overview" else name
    with urllib.request.urlopen(f"{server}/{path}?region=central_asia&x=%22%3E%3Cscript%3E") as got:
        text = got.read().decode()
    assert '<html lang="en">' in text
    title = html.escape(f"{PAGES[name].title} · Threat Themes")
    assert f"<title>{title}</title>" in text
    assert f'<meta property="og:title" content="{title}">' in text
    assert re.search(r'<meta name="description" content="[^"]*Central Asia, 2006–2025[^"]*">', text)
    assert (f"print/{name}?region=central_asia" in text) == PAGES[name].printable
    assert '"><script>' not in text


def test_without_a_browser_on_the_server_that_of_the_reader_makes_the_images(
    browser, server_without_browser
):
    context = browser.new_context(base_url=server_without_browser)
    page = context.new_page()
    visit(page, "/trends?region=central_asia")
    menu = open_menu(page)
    expect(menu.get_by_text("Image of the chart alone, made by your browser")).to_be_visible()
    expect(page.get_by_role("link", name="Image for a slide (16:9)")).to_have_count(0)
    name, body = download(page, "CSV")
    assert name.endswith(".csv")
    assert body
    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        arrived = fetched(page, menu.get_by_role("button", name=kind, exact=True))
        assert arrived.suggested_filename == f"attention-by-year.{kind.lower()}"
        with open(arrived.path(), "rb") as file:
            assert file.read().startswith(start)
    context.close()
