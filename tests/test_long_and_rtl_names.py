"""Names of an organization's own data: long ones, and ones that are written from right to left."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

import threats
from threats.brief.docx_elements import add_paragraph, is_right_to_left, mark_right_to_left
from threats.charts.axes import new_figure, set_category_rows, set_numbered_rows
from threats.charts.margins import MAX_LABEL_CHARS, reserve_margins, shorten_label
from threats.charts.mobile import for_mobile
from threats.charts.theme import LIGHT
from threats.charts.traces import bars
from threats.content.builder import build_chart
from threats.content.model import cached_figure
from threats.content.registry import CHART_SPECS
from threats.exports.html import TEMPLATES
from threats.stats.filters import Selection
from threats.stats.selection import select

GERMAN = (
    "Grenzüberschreitende Betäubungsmittelbeschaffungskriminalität und Rauschgifthandelsnetzwerke"
)
ONE_WORD = "Betäubungsmittel" * 6
NAMES = [f"{number:02} {GERMAN}"[:90] for number in range(39)] + [ONE_WORD[:90]]
TITLES = {
    "اجتماع خبراء أمن الحدود (2021)": True,
    "מפגש מומחי הגבולות": True,
    "(2021) مكافحة الإرهاب": True,
    "OSCE اجتماع": False,
    "Workshop on borders": False,
    "Семинар": False,
    "2021 (12)": False,
    "": False,
}


@pytest.mark.parametrize("label", [*NAMES[:2], ONE_WORD])
def test_a_long_label_is_cut_with_a_sign_that_it_goes_on(label):
    short = shorten_label(label)
    assert len(short) <= MAX_LABEL_CHARS
    assert short.endswith("…")
    assert label.startswith(short.removesuffix("…"))
    assert shorten_label("Firearms trafficking") == "Firearms trafficking"
    assert shorten_label(f"<b>{label}</b>") == f"<b>{label}</b>"


def rows_of_categories():
    figure = new_figure(LIGHT, 23 * len(NAMES))
    hover = "<b>%{y}, %{fullData.name}</b><br>%{customdata[0]}<extra></extra>"
    customdata = [["3 of 4"]] * len(NAMES)
    shown = dict(orientation="h", hovertemplate=hover, customdata=customdata)
    figure.add_trace(bars(NAMES[0], [1] * len(NAMES), NAMES, **shown))
    set_category_rows(figure, NAMES)
    return figure


def rows_of_numbers():
    figure = new_figure(LIGHT, 23 * len(NAMES))
    set_numbered_rows(figure, NAMES)
    return figure


@pytest.mark.parametrize("draw", [rows_of_categories, rows_of_numbers])
def test_forty_rows_with_names_of_ninety_signs_leave_the_plot_its_place(draw):
    figure = reserve_margins(draw())
    assert figure.layout.margin.l < 500  # of the 900 pixels beside the filter
    shown = list(figure.layout.yaxis.ticktext)
    assert len(shown) == 40
    assert all(len(text) <= MAX_LABEL_CHARS for text in shown)
    narrow = for_mobile(figure)
    lines = [line for text in narrow.layout.yaxis.ticktext for line in text.split("<br>")]
    assert max(map(len, lines)) <= 18
    assert narrow.layout.height > figure.layout.height


def test_the_hover_of_a_shortened_row_has_the_whole_name():
    trace = reserve_margins(rows_of_categories()).data[0]
    assert list(trace.y) == NAMES
    for name, hover in zip(NAMES, trace.hovertemplate, strict=True):
        assert hover.startswith(f"<b>{name}, {NAMES[0]}</b>")
        assert "%{customdata[0]}" in hover
    assert len(trace.name) <= MAX_LABEL_CHARS


def rewritten(folder, file, change):
    path = folder / file
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    for number, row in enumerate(rows):
        change(number, row)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


@pytest.fixture(scope="module")
def named(small, tmp_path_factory):
    """Return a dataset with long names of threats and titles in Arabic."""
    folder = Path(shutil.copytree(small, tmp_path_factory.mktemp("named") / "data"))
    title = next(iter(TITLES))
    rewritten(
        folder, "threat_categories.csv", lambda number, row: row.update(short_name=NAMES[number])
    )
    rewritten(folder, "meetings.csv", lambda number, row: row.update(title=f"{title} {number}"))
    return threats.load(folder)


@pytest.mark.parametrize("name", ["attention-by-year", "regions-by-threat"])
def test_a_chart_of_a_dataset_with_long_names_has_them_in_its_table(named, name):
    assert name in CHART_SPECS
    chart = build_chart(name, select(named, Selection()), {})
    figure = cached_figure(chart)
    assert figure.layout.margin.l < 500
    assert set(chart.table.astype(str).to_numpy().ravel()) & set(NAMES)


@pytest.mark.parametrize(("title", "expected"), TITLES.items())
def test_the_first_letter_of_a_title_says_its_direction(title, expected):
    assert is_right_to_left(title) is expected
    doc = Document()
    paragraph = add_paragraph(doc, title)
    mark_right_to_left(doc)
    properties = paragraph._p.pPr
    marked = properties is not None and properties.find(qn("w:bidi")) is not None
    assert marked is expected
    assert all(bool(run.font.rtl) is expected for run in paragraph.runs)


def test_cells_and_headings_of_plain_pages_take_the_direction_of_their_text(named):
    view = type("View", (), {"beside": lambda *_, **__: "#", "base": ""})
    module = TEMPLATES.get_template("parts.html").module
    meetings = named["meetings"][["meeting_id", "title"]].rename(columns={"title": "Meeting"})
    table = str(module.table(meetings, view))
    assert table.count('<td dir="auto"') >= len(meetings)
    source = TEMPLATES.get_template("record.html").filename
    assert '<h1 dir="auto"' in Path(source).read_text(encoding="utf-8")
