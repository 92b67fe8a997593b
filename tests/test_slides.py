"""A chart as slides: they open, can be edited, say the finding, and no box covers another."""

import io
import os
import shutil
import subprocess
import zipfile
from itertools import combinations

import pytest
from chart_examples import example_chart
from pptx import Presentation
from pptx.util import Inches, Pt
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.charts.native_chart import native_chart
from threats.content.model import cached_figure
from threats.content.registry import CHART_SPECS
from threats.dataset.store import open_dataset
from threats.exports.slides import SLIDE_HEIGHT, SLIDE_WIDTH, to_pptx
from threats.exports.urls import View
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select
from threats.text.phrases import first_sentence

NATIVE = {
    "attention-ranked": "BAR_CLUSTERED",
    "compare": "BAR_CLUSTERED",
    "threats-together": "BAR_CLUSTERED",
    "known-of-series": "BAR_STACKED",
    "form-of-meeting": "COLUMN_STACKED",
    "attention-compared": "LINE_MARKERS",
}


def chart_of(name):
    everything = select(open_dataset(), Selection())
    page = CHART_SPECS[name].page
    return example_chart(name, everything), View(page, everything, {}, "https://x.example")


def deck_of(name):
    return Presentation(io.BytesIO(to_pptx(*chart_of(name))))


def texts(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))


def check_slides(deck, chart):
    """Check what holds of the slides of every chart."""
    first, second = deck.slides
    finding = first.shapes.title.text_frame.text.removesuffix(" …")
    assert finding
    assert first_sentence(chart.alt).startswith(finding)
    assert any(shape.has_table for shape in second.shapes)
    for slide in (first, second):
        links = [
            run.hyperlink.address
            for shape in slide.shapes
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
            if run.hyperlink.address
        ]
        assert links == [f"{links[0].partition('#')[0]}#{chart.name}"]
        assert any(open_dataset().version in text for text in texts(slide))
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for left, top, right, bottom in boxes:
            assert left >= 0 <= top
            assert right <= Inches(SLIDE_WIDTH)
            assert bottom <= Inches(SLIDE_HEIGHT)
        for one, other in combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("name", CHART_SPECS)
def test_every_chart_makes_two_slides_without_overlaps(name):
    chart, _view = chart_of(name)
    deck = deck_of(name)
    check_slides(deck, chart)
    assert deck.slides[0].shapes.title.text_frame.paragraphs[0].runs[0].font.size >= Pt(24)


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("name", NATIVE)
def test_bars_lines_and_dots_can_be_edited_and_hold_the_figures(name):
    chart, _view = chart_of(name)
    (shape,) = (shape for shape in deck_of(name).slides[0].shapes if shape.has_chart)
    assert shape.chart.chart_type.name == NATIVE[name]
    assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == chart.alt
    plot = shape.chart.plots[0]
    names = {trace.name for trace in cached_figure(chart).data}
    assert {series.name for series in plot.series} <= names
    assert all(len(series.values) == len(plot.categories) for series in plot.series)


@pytest.mark.usefixtures("no_browser")
def test_the_bars_of_a_slide_are_the_shares_of_the_table():
    chart, _view = chart_of("attention-ranked")
    (shape,) = (shape for shape in deck_of("attention-ranked").slides[0].shapes if shape.has_chart)
    plot = shape.chart.plots[0]
    shares = chart.table.set_index("threat")["share"] * 100
    assert len(plot.categories) == 10
    for name, value in zip(plot.categories, plot.series[0].values, strict=True):
        assert value == pytest.approx(shares[name])
    xml = plot.series[0]._element.xml
    row = chart.table.set_index("threat").loc[plot.categories[0]]
    assert f"<c:v>{(row['high'] - row['share']) * 100}"[:12] in xml


def test_a_heatmap_and_panels_of_two_units_are_no_chart_to_edit():
    for name in (
        "attention-by-year",
        "attention-beside-measured",
        "tile-map",
        "responses-by-threat",
    ):
        assert native_chart(cached_figure(chart_of(name)[0])) is None


@pytest.mark.usefixtures("chromium")
def test_what_cannot_be_edited_is_an_image_with_its_words():
    chart, _view = chart_of("attention-by-year")
    deck = deck_of("attention-by-year")
    check_slides(deck, chart)
    (picture,) = (one for one in deck.slides[0].shapes if one.shape_type.name == "PICTURE")
    assert picture._element.nvPicPr.cNvPr.get("descr") == chart.alt


@pytest.mark.usefixtures("no_browser")
def test_slides_are_downloaded_beside_the_image():
    client = TestClient(Starlette(routes=ROUTES), base_url="http://here")
    answer = client.get("/download/attention-ranked.pptx?region=central_asia")
    assert answer.status_code == 200
    assert "attention-ranked_central-asia.pptx" in answer.headers["content-disposition"]
    assert "ppt/slides/slide2.xml" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    share = client.get("/cards/attention-ranked.json").json()["share"]
    assert "Slides (PPTX)" in [file["label"] for file in share["files"]]


@pytest.mark.slow
@pytest.mark.usefixtures("no_browser")
def test_an_office_program_opens_the_slides(tmp_path):
    program = os.environ.get("SOFFICE", shutil.which("soffice"))
    if not program:
        pytest.skip("no LibreOffice on this machine")
    (tmp_path / "a.pptx").write_bytes(to_pptx(*chart_of("attention-ranked")))
    command = [program, f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.pptx")]
    subprocess.run(command, check=False, capture_output=True, timeout=180)
    if not (tmp_path / "a.pdf").exists():
        pytest.skip("LibreOffice without Impress")
    pages = PdfReader(tmp_path / "a.pdf").pages
    assert len(pages) == 2
    assert "Human trafficking" in pages[0].extract_text()
