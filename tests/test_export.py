"""Files of a chart: they hold its figures and say where they come from."""

import asyncio
import contextlib
import csv
import io
import json
import re
import threading
import time
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pypdf
import pytest
from chart_examples import example_chart
from PIL import Image

import threats
from threats.coding.draft import table_columns
from threats.coding.draft_writer import rows_to_csv
from threats.content.builder import build_chart, parse_page_options, view_params
from threats.content.model import Chart, FigureTable
from threats.content.overview import attention_ranking_chart
from threats.content.registry import CHART_SPECS
from threats.content.trends import attention_heatmap_chart
from threats.dataset.harmless_csv import harmless_csv
from threats.exports import chrome
from threats.exports.chrome import SHARED_BROWSER, RenderError, browser_available, stop_browser
from threats.exports.formats import CHART_FORMATS
from threats.exports.html import to_html
from threats.exports.images import render_figure
from threats.exports.pdf import expand_svg_patterns
from threats.exports.tables import to_about, to_csv, to_xlsx
from threats.exports.urls import View, file_name
from threats.stats.filters import Selection
from threats.stats.selection import select


def view_of(data, page="trends", **selection):
    selected = select(data, Selection(**selection))
    values, _ = parse_page_options(page, {}, selected)
    params = view_params(page, values, selected)
    return View(page, selected, params, "http://here")


@pytest.fixture(scope="module")
def view(data):
    return view_of(data, region=("central_asia",))


@pytest.fixture(scope="module")
def chart(view):
    return attention_heatmap_chart(view.selected)


HOSTILE = pd.DataFrame(
    {
        "threat": ["=1+1", "+x", "-x", "@x", "safe", "\tx", "a;=1;b", "a, -1|@b", 'a\t"=1"'],
        "n": [-1, 2, 3, 4, 5, 6, 7, 8, 9],
    }
)


def test_a_csv_reads_back_as_the_plotted_figures(chart, view, data):
    table = pd.read_csv(io.BytesIO(to_csv(chart, view)))
    pd.testing.assert_frame_equal(
        table[chart.table.columns], chart.table, check_dtype=False, check_index_type=False
    )
    assert list(table.columns) == list(chart.table.columns)
    told = json.loads(to_about(chart, view))
    assert "Central Asia" in told["filter"]
    assert data.version in told["source"]
    assert told["address"] == "http://here/trends?region=central_asia#attention-by-year"
    assert (told["title"], told["finding"]) == (chart.title, chart.alt)
    assert list(told["columns"]) == list(table.columns)
    assert told["columns"]["on_agenda"] == "Meetings with it"
    assert told["rows"] == len(table)


def test_a_csv_says_what_it_is_in_every_row_if_asked(chart, view, data):
    table = pd.read_csv(io.BytesIO(to_csv(chart, view, about_in_rows=True)))
    added = ["measure", "filter", "source", "address"]
    assert list(table.columns) == [*chart.table.columns, *added]
    assert set(table["measure"]) == {chart.title}
    assert table["filter"].str.contains("Central Asia").all()
    assert table["source"].str.contains(data.version, regex=False).all()
    assert set(table["address"]) == {"http://here/trends?region=central_asia#attention-by-year"}


def test_texts_that_a_spreadsheet_would_run_leave_harmless(view):
    figures = FigureTable(
        name="x", title="=title", subtitle="-s", table=HOSTILE, cautions=(), notes=("@n",)
    )
    text = to_csv(figures, view, about_in_rows=True).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    told = ["'=1+1", "'+x", "'-x", "'@x", "safe", "'\tx", "a;'=1;b", "a, '-1|'@b", 'a\t"\'=1"']
    assert [row["threat"] for row in rows] == told
    assert rows[0]["n"] == "-1"
    assert rows[0]["measure"] == "'=title"
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(figures, view)))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert [row[0].value for row in book["Figures"]][1:5] == ["=1+1", "+x", "-x", "@x"]


def test_no_table_leaves_as_csv_but_by_the_one_way_that_makes_it_harmless():
    # These write into a dataset folder, whose cells are checked, or read again what they wrote.
    checked = {"link_check.py", "row_changes.py", "editions.py", "tidy.py"}
    package = Path(threats.__file__).parent
    writes = re.compile(r"\.to_csv\(|csv\.(?:writer|DictWriter)\(|pa_csv|write_csv")
    found = {path.name for path in package.rglob("*.py") if writes.search(path.read_text("utf-8"))}
    assert found == {*checked, "harmless_csv.py"}


def test_rows_of_a_draft_leave_harmless():
    row = dict.fromkeys(table_columns("meetings"), "") | {"title": "x;=1+1", "note": "@n"}
    files = rows_to_csv({"meetings": [row], "threat_mentions": []})
    [told] = csv.DictReader(io.StringIO(files["meetings.csv"].decode()))
    assert (told["title"], told["note"], told["series"]) == ("x;'=1+1", "'@n", "")
    assert [*files] == ["meetings.csv"]


def test_a_spreadsheet_finds_no_formula_whatever_parts_its_cells():
    texts = ["x;=1+1;y", "DDE;=cmd|' /C calc'!A0;z", "a,=2+2", "|=3+3", "\t=4+4", "x;\uff1d5+5"]

    def formulas(content):
        lines = [csv.reader(io.StringIO(content), delimiter=sign) for sign in ",;\t|"]
        cells = (cell.strip(' "') for reader in lines for row in reader for cell in row)
        return [cell for cell in cells if cell.startswith(("=", "\uff1d"))]

    table = pd.DataFrame({"text": texts, "other": texts[::-1]})
    assert len(formulas(table.to_csv(index=False))) > len(texts)
    assert formulas(harmless_csv(table).decode()) == []


def test_a_workbook_holds_the_figures_and_what_they_are(chart, view, data):
    file = io.BytesIO(to_xlsx(chart, view))
    table = pd.read_excel(file, sheet_name="Figures")
    pd.testing.assert_frame_equal(table, chart.table, check_dtype=False, check_index_type=False)
    about = pd.read_excel(file, sheet_name="About", header=None, index_col=0)[1]
    assert about["Title"] == chart.title
    assert data.version in about["Source"]
    assert about["Address"].startswith("http://here/trends?region=central_asia")


def test_an_html_page_stands_alone_and_escapes_what_is_in_it(view, data):
    chart = attention_ranking_chart(view.selected)
    hostile = Chart(
        name=chart.name,
        title="<script>alert(1)</script>",
        subtitle=chart.subtitle,
        alt='a "quote"',
        draw=chart.draw,
        table=HOSTILE.assign(threat="<b>bold</b>"),
        cautions=(),
    )
    page = to_html(hostile, view).decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;" in page
    assert "<b>bold</b>" not in page
    assert 'aria-label="a &#34;quote&#34;"' in page
    assert 'href="http://here/trends?region=central_asia#attention-ranked"' in page
    assert 'src="http' not in page
    assert data.version in page


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({}, "attention-by-year_all.csv"),
        (
            {"region": ["central_asia"], "years": ["2018-2023"]},
            "attention-by-year_central-asia_2018-2023.csv",
        ),
        ({"courses": ["yes"], "role": ["focus"]}, "attention-by-year_courses_focus.csv"),
        ({"mark": ["../../etc", "2019"]}, "attention-by-year_------etc-2019.csv"),
    ],
)
def test_file_names_tell_chart_and_view(view, params, name):
    asked = View("trends", view.selected, params, "http://here")
    assert file_name("attention-by-year", asked, "csv") == name


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("name", CHART_SPECS)
def test_a_picture_has_the_stated_size_and_its_words(name, data):
    part = CHART_SPECS[name]
    view = view_of(data, part.page)
    chart = example_chart(name, view.selected)
    for kind, size in (("png", (1600, 900)), ("png-square", (1200, 1200))):
        picture = Image.open(io.BytesIO(CHART_FORMATS[kind].build(chart, view)))
        assert picture.size == size
        assert len(set(picture.convert("L").resize((80, 45)).tobytes())) > 5
    svg = ET.fromstring(CHART_FORMATS["svg"].build(chart, view))
    told = " ".join(
        "".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text")
    )
    for words in (chart.title, chart.subtitle, data.version, f"#{name}"):
        assert words.replace(" ", "") in told.replace(" ", "")


@pytest.mark.usefixtures("chromium")
def test_a_pdf_has_one_page_with_the_title(chart, view):
    pdf = pypdf.PdfReader(io.BytesIO(CHART_FORMATS["pdf"].build(chart, view)))
    assert len(pdf.pages) == 1
    assert chart.title in pdf.pages[0].extract_text().replace("\n", " ")


@pytest.mark.usefixtures("chromium")
def test_a_zip_holds_pictures_figures_sources_and_citation(chart, view):
    archive = zipfile.ZipFile(io.BytesIO(CHART_FORMATS["zip"].build(chart, view)))
    stem = "attention-by-year_central-asia"
    assert archive.namelist() == [
        f"{stem}.csv",
        f"{stem}.json",
        f"{stem}.1600x900.png",
        f"{stem}.1200x675.png",
        f"{stem}.svg",
        "sources.csv",
        "citation.txt",
        "citation.bib",
        "citation.ris",
        "citation.cff",
    ]
    assert Image.open(archive.open(f"{stem}.1200x675.png")).size == (1200, 675)
    assert archive.read(f"{stem}.csv") == to_csv(chart, view)
    sources = pd.read_csv(archive.open("sources.csv"))
    assert set(sources["source_url"]) == set(view.selected.meetings["source_url"])


def drawn():
    """Return a picture that is drawn anew each time."""
    return render_figure({"data": [{"y": [1, 3, 2]}], "layout": {}}, "png", 1600, 900)


@pytest.mark.usefixtures("chromium")
def test_a_browser_that_died_is_replaced():
    drawn()
    SHARED_BROWSER._kaleido.subprocess.kill()
    assert Image.open(io.BytesIO(drawn())).size == (1600, 900)


@pytest.mark.usefixtures("chromium")
def test_a_browser_that_dies_over_a_picture_is_replaced():
    drawn()
    made = []
    drawing = threading.Thread(target=lambda: made.append(drawn()))
    drawing.start()
    time.sleep(0.05)
    SHARED_BROWSER._kaleido.subprocess.kill()
    drawing.join(chrome.RENDER_TIMEOUT)
    assert Image.open(io.BytesIO(made[0])).size == (1600, 900)


@pytest.mark.usefixtures("chromium")
def test_what_takes_too_long_is_not_tried_again(monkeypatch, caplog):
    drawn()
    monkeypatch.setattr(chrome, "RENDER_TIMEOUT", 0.001)
    with pytest.raises(RenderError, match="took too long"):
        drawn()
    ours = [record for record in caplog.records if hasattr(record, "facts")]
    assert [record.facts["again"] for record in ours] == [False]
    monkeypatch.undo()
    assert drawn()


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("name", ["meetings-by-year", "tied-to-the-pandemic"])
def test_patterns_leave_a_pdf_small(data, name):
    """Printed as patterns, each of some hundred areas would be a picture of its own."""
    part = CHART_SPECS[name]
    view = view_of(data, part.page)
    values, _ = parse_page_options(part.page, {}, view.selected)
    body = CHART_FORMATS["pdf"].build(build_chart(name, view.selected, values), view)
    (page,) = pypdf.PdfReader(io.BytesIO(body)).pages
    assert not page.images
    assert len(body) < 300_000


def test_an_area_with_a_pattern_is_drawn_out_within_its_bounds():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><pattern id="p" width="10px" height="5px" '
        'patternTransform="scale(2)"><rect fill="rgb(1, 2, 3)"/><path d="M0,5L10,0" opacity="0.5" '
        'stroke="red"/></pattern></defs><g><path id="bar" d="M0,40V0H60V40Z" transform="rotate(9)" '
        "style=\"fill: url('#p'); stroke: blue;\"/>"
        '<path id="disc" d="M0,0A1,1 0 1 1 2,0Z" style="fill: url(\'#p\');"/></g></svg>'
    )
    root = ET.fromstring(expand_svg_patterns(svg))
    svg = "{http://www.w3.org/2000/svg}"
    (bar,) = (one for one in root.iter(f"{svg}g") if one.get("transform") == "rotate(9)")
    lines = [one for one in bar.iter(f"{svg}path") if one.get("stroke") == "red"]
    # A tile of the pattern is 20 by 10 pixels here.
    assert len(lines) == 3 * 4
    assert [one.get("opacity") for one in bar.iter(f"{svg}g")] == [None, None, "0.5"]
    assert bar[-1].get("style") == "fill: none; stroke: blue;"
    assert [one.get("fill") for one in bar.iter(f"{svg}path") if one.get("fill")] == [
        "rgb(1, 2, 3)"
    ]
    # A disc is not made of straight lines.
    assert "url('#p')" in next(o for o in root.iter(f"{svg}path") if o.get("id") == "disc").get(
        "style"
    )


def test_a_file_name_is_plain_whatever_the_ids_are(view):
    named = replace(view, params={"group": ["группа"], "region": ["a/b"]})
    assert file_name("trends", named, "csv") == "trends_------_a-b.csv"


@pytest.mark.usefixtures("chromium")
def test_a_browser_that_does_not_close_keeps_nobody_waiting(monkeypatch):
    drawn()

    async def never(_):
        await asyncio.sleep(3600)

    monkeypatch.setattr(type(SHARED_BROWSER._kaleido), "close", never)
    monkeypatch.setattr(chrome, "BROWSER_CLOSE_TIMEOUT", 3600)
    SHARED_BROWSER._kaleido.subprocess.kill()
    assert drawn()


def test_who_waits_too_long_for_a_picture_is_told(monkeypatch):
    monkeypatch.setattr(chrome, "RENDER_QUEUE_TIMEOUT", 0.1)
    with SHARED_BROWSER._lock, pytest.raises(RenderError, match="Try again"):
        drawn()


def test_only_so_many_wait_for_a_picture():
    with contextlib.ExitStack() as waiting:
        for _ in range(chrome.MAX_QUEUED_RENDERS):
            waiting.enter_context(SHARED_BROWSER._waiting)
        with pytest.raises(RenderError, match="Too many"):
            drawn()


def test_where_there_is_no_browser_pictures_say_so_and_the_zip_goes_without(
    chart, view, monkeypatch, tmp_path
):
    stop_browser()
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    assert not browser_available()
    with pytest.raises(RenderError, match="no Chrome or Chromium"):
        drawn()
    names = zipfile.ZipFile(io.BytesIO(CHART_FORMATS["zip"].build(chart, view))).namelist()
    assert not [name for name in names if name.endswith(("png", "svg"))]
    assert "sources.csv" in names
