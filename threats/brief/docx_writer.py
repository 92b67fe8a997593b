"""A brief as a Word document that can be edited."""

import io
import re
from collections import Counter
from collections.abc import Mapping

import pandas as pd
from docx import Document
from docx.document import Document as Doc
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph

from threats.brief.docx_elements import (
    TEXT_WIDTH_CM,
    add_bookmark,
    add_caption,
    add_link,
    add_paragraph,
    add_table_of_contents,
    format_table,
    init_document,
    mark_right_to_left,
    mute,
    set_alt_text,
    set_style,
    xml_text,
)
from threats.brief.model import (
    ANNEX_SOURCE_RUNS,
    FRONT_PAGE_SOURCE_RUNS,
    Brief,
    BriefTable,
    Section,
    format_chart_notes,
    format_citations,
)
from threats.content.model import Chart
from threats.format import truncate
from threats.text.brief_titles import CONTENTS_TITLE, SOURCES_TITLE
from threats.text.columns import column_label
from threats.text.exports import FIGURE_LABEL, TABLE_LABEL
from threats.text.translate import _

DOCX_LANGUAGE = "en-GB"
MAX_ADDRESS_LENGTH = 120  # characters of an address as shown; the link has all
FRONT_PICTURE_HEIGHT_CM, MAX_PICTURE_HEIGHT_CM = 6.2, 19.0  # centimetres
CELL_LETTER_CM, CELL_MARGIN_CM = 0.165, 0.45  # centimetres


def write_docx(
    brief: Brief, images: Mapping[str, bytes], reason: str, closing_lines: list[str]
) -> bytes:
    """Return the brief as DOCX. ``images`` are PNG files by the names of their charts; ``reason``
    takes the place of a missing one. ``closing_lines`` are the source and the citation."""
    doc = Document()
    writer = _DocxWriter(doc, images, reason)
    init_document(doc, brief.title, DOCX_LANGUAGE)
    add_paragraph(doc, brief.title, "Title")
    for text, style in ((brief.dated, "Normal"), (brief.subtitle, "Subtitle")):
        if text:
            add_paragraph(doc, text, style)
    if brief.summary:
        add_paragraph(doc, brief.summary, "Summary")
    for section in brief.front:
        writer.add_section(section, FRONT_PAGE_SOURCE_RUNS, True)
    if brief.annexes:
        _add_annexes(doc, writer, brief)
    for text in closing_lines:
        _add_linked_text(add_paragraph(doc, style="Note"), text)
    mark_right_to_left(doc)
    file = io.BytesIO()
    doc.save(file)
    return file.getvalue()


def _add_annexes(doc: Doc, writer: "_DocxWriter", brief: Brief) -> None:
    """Add the contents, the annexes and the numbered sources."""
    if brief.front:
        doc.add_page_break()
    add_paragraph(doc, _(CONTENTS_TITLE), "TOC Heading")
    titles = [(section.title, section.name) for section in (*brief.front, *brief.annexes)]
    titles.append((_(SOURCES_TITLE), "sources"))
    add_table_of_contents(doc, [(title, _bookmark_name(name)) for title, name in titles])
    for section in brief.annexes:
        writer.add_section(section, ANNEX_SOURCE_RUNS, False)
    writer.add_heading(*titles[-1])
    for source in brief.sources:
        line = add_paragraph(doc, style="Cell")
        line.paragraph_format.left_indent = Cm(0.9)
        line.paragraph_format.first_line_indent = Cm(-0.9)
        line.add_run(f"[{source.number}]  {xml_text(source.title)}. ")
        add_link(line, source.address)


def _add_linked_text(paragraph: Paragraph, text: str) -> None:
    """Add a text whose web addresses are links."""
    for part in re.split(r"(https?://\S+)", text):
        add_link(paragraph, truncate(part, MAX_ADDRESS_LENGTH) if "://" in part else part, part)


def _bookmark_name(name: str) -> str:
    return "_Toc_" + name.replace("-", "_")


class _DocxWriter:
    """Adds sections to a document and counts their headings, figures and tables."""

    def __init__(self, doc: Doc, images: Mapping[str, bytes], reason: str) -> None:
        self._doc, self._images, self._reason = doc, images, reason
        self._counts: Counter[str] = Counter()

    def _next(self, kind: str) -> int:
        self._counts[kind] += 1
        return self._counts[kind]

    def add_heading(self, title: str, name: str) -> None:
        heading = add_paragraph(self._doc, title, "Heading 1")
        add_bookmark(heading, _bookmark_name(name), self._next("Heading"))

    def add_section(self, section: Section, limit: int, front: bool) -> None:
        self.add_heading(section.title, section.name)
        for statement in section.statements:
            line = add_paragraph(self._doc, statement.text, "List Bullet")
            if statement.sources:
                mute(line.add_run(f" {format_citations(statement.sources, limit)}"))
        for chart in section.charts:
            self._add_figure(chart, front)
        for table in section.tables:
            if len(table.frame):
                self._add_table(table)

    def _add_figure(self, chart: Chart, front: bool) -> None:
        image = self._images.get(chart.name)
        if image is None:
            add_paragraph(self._doc, f"{chart.title}: {self._reason} {chart.alt}", "Note")
            return
        line = add_paragraph(self._doc)
        line.paragraph_format.keep_with_next = True
        shape = line.add_run().add_picture(io.BytesIO(image), width=Cm(TEXT_WIDTH_CM))
        limit = Cm(FRONT_PICTURE_HEIGHT_CM if front else MAX_PICTURE_HEIGHT_CM)
        if shape.height > limit:
            shape.width, shape.height = Length(shape.width * limit // shape.height), limit
        set_alt_text(shape, chart.title, chart.alt)
        add_caption(self._doc, "Figure", _(FIGURE_LABEL), self._next("Figure"), chart.title)
        add_paragraph(self._doc, format_chart_notes(chart, front), "Note")

    def _add_table(self, table: BriefTable) -> None:
        frame = table.frame
        add_caption(self._doc, "Table", _(TABLE_LABEL), self._next("Table"), table.title)
        made = self._doc.add_table(len(frame) + 1, len(frame.columns), "Table Grid")
        head = [(column_label(str(name)), "") for name in frame.columns]
        values = [value for row in (head, *table.rows()) for value in row]
        # Cells of the whole table at once: python-docx finds those of one row in a slow way.
        for number, (cell, (text, address)) in enumerate(zip(made._cells, values, strict=True)):
            run = add_link(set_style(cell.paragraphs[0], "Cell"), text, address)
            run.bold = True if number < len(frame.columns) else None
        format_table(made, table.title, _column_widths(frame))
        add_paragraph(self._doc, style="Note")


def _column_widths(frame: pd.DataFrame) -> list[float]:
    """Return the widths of columns in centimetres: that of the longest word, and a part of what is
    left by the average length of their cells."""
    minima, lengths = [], []
    for name in frame:
        cells = [str(value) for value in frame[name]]
        longest = max(len(word) for text in (str(name), *cells) for word in text.split() or [""])
        minima.append(min(longest, 16) * CELL_LETTER_CM + CELL_MARGIN_CM)
        lengths.append(min(sum(map(len, cells)) / len(cells), 60))
    rest = max(TEXT_WIDTH_CM - sum(minima), 0)
    scale = min(1, TEXT_WIDTH_CM / sum(minima))
    return [
        minimum * scale + rest * length / sum(lengths)
        for minimum, length in zip(minima, lengths, strict=True)
    ]
