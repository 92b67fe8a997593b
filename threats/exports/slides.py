"""A chart as two slides for PowerPoint (PPTX): a chart that can be edited, and its figures."""

import io
import math
import textwrap
from collections.abc import Iterator
from typing import Any

import pandas as pd
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from threats.charts.native_chart import NativeChart, native_chart, native_rows
from threats.charts.theme import LIGHT
from threats.content.model import Chart, cached_figure
from threats.exports.chrome import RenderError
from threats.exports.citation import source_line
from threats.exports.images import to_slide_picture
from threats.exports.urls import View
from threats.format import local_number
from threats.text import exports as words
from threats.text.chart_labels import rows_shown_phrase
from threats.text.columns import column_label
from threats.text.phrases import first_sentence

SLIDE_WIDTH, SLIDE_HEIGHT, SLIDE_MARGIN = 13.333, 7.5, 0.5  # inches
SLIDE_FONT = "Arial"
TITLE_SIZE, TEXT_SIZE, NOTE_SIZE, SOURCE_SIZE, MIN_LABEL_SIZE = 28, 24, 18, 14, 14  # points
# From top to bottom, as top and height in inches.
_TITLE_BOX, _TEXT_BOX, _CHART_BOX = (0.25, 1.42), (1.7, 0.85), (2.6, 3.55)
_LINE_BOX, _PICTURE_BOX = (1.7, 0.42), (2.15, 4.0)  # under an image with a line of text
_NOTE_BOX, _SOURCE_BOX, _TABLE_BOX = (6.2, 0.4), (6.65, 0.6), (1.75, 4.4)
# Mean width of a letter, regular and bold, as a share of the font size, in the widest font that
# replaces a missing one (DejaVu Sans).
_LETTER, _BOLD_LETTER = 0.58, 0.66
_MAX_TABLE_ROWS, _MAX_TABLE_COLUMNS = 10, 7
_KINDS = {
    ("rows", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("rows", True): XL_CHART_TYPE.BAR_STACKED,
    ("columns", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("columns", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("lines", False): XL_CHART_TYPE.LINE_MARKERS,
}


def to_pptx(chart: Chart, view: View) -> bytes:
    """Return the chart as two slides: its finding over a chart that can be edited, or its image if
    an office program has no such chart, and its figures as a table."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(SLIDE_WIDTH), Inches(SLIDE_HEIGHT)
    deck.core_properties.title, deck.core_properties.author = chart.title, ""
    native = native_chart(cached_figure(chart))
    first, second = (deck.slides.add_slide(deck.slide_layouts[5]) for _number in range(2))
    _set_title(first, first_sentence(chart.alt))
    if native:
        _add_text(first, _TEXT_BOX, _measure(chart, native), TEXT_SIZE, 2)
        _add_chart(first, native, chart)
    else:
        _add_text(first, _LINE_BOX, chart.subtitle, TEXT_SIZE, 1)
        _add_picture(first, chart)
    head, *rows = native_rows(native) if native else _table_rows(chart.table)
    total = native.total if native else len(chart.table)
    newest = native and native.kind != "rows"  # of years
    shown = [head, *(rows[-_MAX_TABLE_ROWS:] if newest else rows[:_MAX_TABLE_ROWS])]
    _set_title(second, words.figures_title(chart.title, len(shown) - 1, total))
    _add_table(second, shown)
    for slide in (first, second):
        note = next(iter(chart.all_notes), "")
        _add_text(slide, _NOTE_BOX, note, NOTE_SIZE, 1, muted=True)
        _add_source(slide, view, chart)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _measure(chart: Chart, native: NativeChart | None) -> str:
    """Return what the chart measures, and of how many rows the first are shown."""
    if native and len(native.categories) < native.total:
        rows = rows_shown_phrase(len(native.categories), native.total)
        return f"{rows}: {chart.subtitle}"
    return chart.subtitle


def _colour(text: str) -> RGBColor:
    return RGBColor.from_string(text.removeprefix("#"))


def _place(box: tuple[float, float]) -> tuple[Any, Any, Any, Any]:
    """Return left, top, width and height of a box that is as wide as the text."""
    width = SLIDE_WIDTH - 2 * SLIDE_MARGIN
    return Inches(SLIDE_MARGIN), Inches(box[0]), Inches(width), Inches(box[1])


def fit_text(text: str, size: float, lines: int, bold: bool = False) -> str:
    """Return a text cut to this many lines of a font size in points, as wide as a slide."""
    letter = size * (_BOLD_LETTER if bold else _LETTER)
    letters = int((SLIDE_WIDTH - 2 * SLIDE_MARGIN) * 72 / letter)
    return " ".join(textwrap.wrap(text, letters, max_lines=lines, placeholder=" …"))


def _set_title(slide: Any, text: str) -> None:
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = _place(_TITLE_BOX)
    _fill(title.text_frame, text, TITLE_SIZE, 3, bold=True)
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _add_text(
    slide: Any,
    box: tuple[float, float],
    text: str,
    size: float,
    lines: int,
    muted: bool = False,
) -> Any:
    """Add a box of text, cut to the lines for which it has place, and return its paragraph."""
    return _fill(slide.shapes.add_textbox(*_place(box)).text_frame, text, size, lines, muted=muted)


def _fill(
    frame: Any, text: str, size: float, lines: int, bold: bool = False, muted: bool = False
) -> Any:
    """Write text into a frame, and return its paragraph."""
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    run = frame.paragraphs[0].add_run()
    run.text = fit_text(text, size, lines, bold)
    _set_font(run.font, size, bold, muted)
    return frame.paragraphs[0]


def _set_font(font: Any, size: float, bold: bool = False, muted: bool = False) -> None:
    font.size, font.bold, font.name = Pt(size), bold, SLIDE_FONT
    font.color.rgb = _colour(LIGHT.muted if muted else LIGHT.text)


def _add_source(slide: Any, view: View, chart: Chart) -> None:
    paragraph = _add_text(slide, _SOURCE_BOX, source_line(view), SOURCE_SIZE, 1, muted=True)
    paragraph.add_line_break()
    link = paragraph.add_run()
    link.text = fit_text(view.address(chart.name), SOURCE_SIZE, 1)
    _set_font(link.font, SOURCE_SIZE)
    link.hyperlink.address = view.address(chart.name)


def _add_chart(slide: Any, native: NativeChart, chart: Chart) -> None:
    data = CategoryChartData()
    data.categories = native.categories
    for name, values in native.series.items():
        data.add_series(name or chart.title, values)
    kind = _KINDS[native.kind, native.stacked]
    shape = slide.shapes.add_chart(kind, *_place(_CHART_BOX), data)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    made = shape.chart
    rows = len(native.categories) if native.kind == "rows" else 12
    size = max(MIN_LABEL_SIZE, min(TEXT_SIZE, 0.3 * _CHART_BOX[1] * 72 / rows))
    _set_font(made.font, size)
    made.has_title, made.has_legend = False, len(native.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        _set_font(made.legend.font, MIN_LABEL_SIZE)
    _format_axes(made, native)
    for number, series in enumerate(made.plots[0].series):
        colour = _colour(LIGHT.colours[number % len(LIGHT.colours)])
        if native.kind == "lines":
            series.format.line.color.rgb, series.smooth = colour, False
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = colour
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
        if series.name in native.intervals:
            series._element.find(qn("c:cat")).addprevious(
                _error_bars(native.intervals[series.name])
            )
    if native.kind != "lines":
        made.plots[0].gap_width = 40
        if native.stacked:
            made.plots[0].overlap = 100


def _error_bars(intervals: list[tuple[float, float]]) -> Any:
    """Return the intervals around the values of a series, as distances below and above."""
    sides = {}
    for side, place in (("plus", 1), ("minus", 0)):
        points = "".join(
            f'<c:pt idx="{number}"><c:v>{pair[place]}</c:v></c:pt>'
            for number, pair in enumerate(intervals)
        )
        count = f'<c:ptCount val="{len(intervals)}"/>'
        sides[side] = f"<c:{side}><c:numLit>{count}{points}</c:numLit></c:{side}>"
    return parse_xml(
        f'<c:errBars {nsdecls("c")}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="1"/>{sides["plus"]}{sides["minus"]}</c:errBars>'
    )


def _format_axes(made: Any, native: NativeChart) -> None:
    values = made.value_axis
    values.major_gridlines.format.line.color.rgb = _colour(LIGHT.grid)
    values.has_title = bool(native.axis)
    if native.axis:
        values.axis_title.text_frame.text = native.axis
        _set_font(values.axis_title.text_frame.paragraphs[0].runs[0].font, MIN_LABEL_SIZE)
    ends = [
        value + sign * pair[place]
        for name, pairs in native.intervals.items()
        for value, pair in zip(native.series[name], pairs, strict=True)
        for sign, place in ((-1, 0), (1, 1))
        if value is not None
    ]
    if ends:  # an office program sees to the bars alone
        values.maximum_scale = math.ceil(max(*ends, 0) / 5) * 5
        values.minimum_scale = math.floor(min(*ends, 0) / 5) * 5
    made.category_axis.reverse_order = native.kind == "rows"
    # Every row has its label, and of many years every other one.
    skip = 2 if native.kind != "rows" and len(native.categories) > 12 else 1
    axis = made.category_axis._element
    axis.find(qn("c:lblOffset")).addnext(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{skip}"/>'))


def _add_picture(slide: Any, chart: Chart) -> None:
    """Add the image of the chart, or why there is none, with what it shows in words."""
    left, top, width, height = _place(_PICTURE_BOX)
    try:
        image = to_slide_picture(chart, (width * 120 // Inches(1), height * 120 // Inches(1)))
    except RenderError as error:
        _add_text(slide, _PICTURE_BOX, f"{error} {chart.alt}", TEXT_SIZE, 8)
        return
    picture = slide.shapes.add_picture(io.BytesIO(image), left, top, width=width, height=height)
    picture._element.nvPicPr.cNvPr.set("descr", chart.alt)


def _table_rows(table: pd.DataFrame) -> Iterator[list[str]]:
    """Yield head and rows of the first columns of a table, without ids next to their names."""
    named = {name for name in table if f"{name}_name" in table or str(name).endswith("_id")}
    names = [name for name in table if name not in named][:_MAX_TABLE_COLUMNS]
    yield [column_label(name) for name in names]
    for row in table[names].head(_MAX_TABLE_ROWS).itertuples(index=False):
        yield [_cell(one) for one in row]


def _cell(value: Any) -> str:
    if pd.isna(value):
        return "–"
    return local_number(f"{value:.4g}") if isinstance(value, float) else str(value)


def _add_table(slide: Any, rows: list[list[str]]) -> None:
    left, top, width, height = _place(_TABLE_BOX)
    made = slide.shapes.add_table(len(rows), len(rows[0]), left, top, width, height).table
    letters = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    weights = [min(max(count, 6), 40) + 2 for count in letters]
    for column, weight in zip(made.columns, weights, strict=True):
        column.width = int(width * weight / sum(weights))
    for row, cells in zip(made.rows, rows, strict=True):
        row.height = int(height / (_MAX_TABLE_ROWS + 1))
        for number, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            most = max(4, int(made.columns[number].width / 12700 / (SOURCE_SIZE * _LETTER)) - 2)
            run = cell.text_frame.paragraphs[0].add_run()
            run.text = textwrap.shorten(text, most, placeholder=" …") or text[:most]
            run.font.size, run.font.name = Pt(SOURCE_SIZE), SLIDE_FONT
            cell.margin_top = cell.margin_bottom = Pt(2)
