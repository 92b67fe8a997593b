"""A brief as a Word document that can be edited."""

import io
from collections.abc import Mapping

import pandas as pd
from docx import Document
from docx.document import Document as Doc
from docx.shared import Cm

from threats.brief.docx_elements import (
    TEXT_WIDTH_CM,
    add_bookmark,
    add_caption,
    add_link,
    add_paragraph,
    add_table_of_contents,
    format_table,
    init_document,
    mute,
    set_alt_text,
    set_style,
    xml_text,
)
from threats.brief.model import (
    FRONT_PAGE_SOURCE_RUNS,
    Brief,
    Section,
    format_chart_notes,
    format_citations,
)
from threats.content.model import Chart
from threats.text.brief_titles import CONTENTS_TITLE, SOURCES_TITLE
from threats.text.translate import _

DOCX_LANGUAGE = "en-GB"
MAX_PICTURE_HEIGHT_CM = 19.0  # of a picture, in centimetres
CELL_LETTER_CM, CELL_MARGIN_CM = 0.165, 0.4  # of a cell, in centimetres


def write_docx(
    brief: Brief, pictures: Mapping[str, bytes], reason: str, closing_lines: list[str]
) -> bytes:
    """Return the brief as DOCX. ``pictures`` are PNG files by the name of their chart; where one is
    missing ``why`` stands in its place. ``foot`` are lines for the end: source and citation."""
    doc, counts = Document(), {"Figure": 0, "Table": 0}
    init_document(doc, brief.title, DOCX_LANGUAGE)
    add_paragraph(doc, brief.title, "Title")
    add_paragraph(doc, brief.subtitle, "Subtitle")
    for section in brief.front:
        _add_section(doc, section, FRONT_PAGE_SOURCE_RUNS, pictures, reason, counts)
    doc.add_page_break()
    add_paragraph(doc, _(CONTENTS_TITLE), "TOC Heading")
    sections = [*brief.front, *brief.annexes]
    entries = [(part.title, _bookmark_name(part.name)) for part in sections]
    add_table_of_contents(doc, [*entries, (_(SOURCES_TITLE), _bookmark_name("sources"))])
    for section in brief.annexes:
        _add_section(doc, section, None, pictures, reason, counts)
    _add_heading(doc, _(SOURCES_TITLE), "sources", len(sections) + 1)
    for source in brief.sources:
        line = add_paragraph(doc, style="Cell")
        line.paragraph_format.left_indent = Cm(0.9)
        line.paragraph_format.first_line_indent = Cm(-0.9)
        line.add_run(f"[{source.number}]  {xml_text(source.title)}. ")
        add_link(line, source.address)
    for line in closing_lines:
        add_paragraph(doc, line, "Note")
    file = io.BytesIO()
    doc.save(file)
    return file.getvalue()


def _bookmark_name(name: str) -> str:
    return "_Toc_" + name.replace("-", "_")


def _add_heading(doc: Doc, title: str, name: str, number: int) -> None:
    add_bookmark(add_paragraph(doc, title, "Heading 1"), _bookmark_name(name), number)


def _add_section(
    doc: Doc,
    section: Section,
    limit: int | None,
    pictures: Mapping[str, bytes],
    reason: str,
    counts: dict[str, int],
) -> None:
    counts["Heading"] = counts.get("Heading", 0) + 1
    _add_heading(doc, section.title, section.name, counts["Heading"])
    for statement in section.statements:
        line = add_paragraph(doc, statement.text, "List Bullet")
        if statement.sources:
            mute(line.add_run(f" {format_citations(statement.sources, limit)}"))
    for chart in section.charts:
        _add_figure(doc, chart, limit, pictures.get(chart.name), reason, counts)
    for table in section.tables:
        if len(table.frame):
            _add_table(doc, table.title, table.frame, counts)


def _add_figure(
    doc: Doc,
    chart: Chart,
    limit: int | None,
    picture: bytes | None,
    reason: str,
    counts: dict[str, int],
) -> None:
    if picture is None:
        add_paragraph(doc, f"{chart.title}: {reason} {chart.alt}", "Note")
        return
    counts["Figure"] += 1
    line = add_paragraph(doc)
    line.paragraph_format.keep_with_next = True
    shape = line.add_run().add_picture(io.BytesIO(picture), width=Cm(TEXT_WIDTH_CM))
    if shape.height > Cm(MAX_PICTURE_HEIGHT_CM):
        shape.width = int(shape.width * Cm(MAX_PICTURE_HEIGHT_CM) / shape.height)
        shape.height = Cm(MAX_PICTURE_HEIGHT_CM)
    set_alt_text(shape, chart.title, chart.alt)
    add_caption(doc, "Figure", counts["Figure"], chart.title, with_next=True)
    add_paragraph(doc, format_chart_notes(chart, limit), "Note")


def _add_table(doc: Doc, title: str, frame: pd.DataFrame, counts: dict[str, int]) -> None:
    counts["Table"] += 1
    add_caption(doc, "Table", counts["Table"], title, with_next=True)
    table = doc.add_table(rows=1, cols=len(frame.columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, frame.columns, strict=True):
        set_style(cell.paragraphs[0], "Cell").add_run(xml_text(name)).bold = True
    for row in frame.itertuples(index=False):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            set_style(cell.paragraphs[0], "Cell").add_run(xml_text(value))
    format_table(table, title, _column_widths(frame))
    add_paragraph(doc, style="Note")


def _column_widths(frame: pd.DataFrame) -> list[float]:
    """Return the widths of columns in centimetres: the longest word of each and, of what is left,
    by how much they hold."""
    least, needs = [], []
    for name in frame:
        cells = [str(value) for value in frame[name]]
        longest = max(len(part) for told in (str(name), *cells) for part in told.split() or [""])
        least.append(min(longest, 16) * CELL_LETTER_CM + CELL_MARGIN_CM)
        needs.append(min(sum(map(len, cells)) / len(cells), 60))
    left = max(TEXT_WIDTH_CM - sum(least), 0)
    shrunk = min(1, TEXT_WIDTH_CM / sum(least))
    return [low * shrunk + left * need / sum(needs) for low, need in zip(least, needs, strict=True)]
