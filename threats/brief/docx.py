"""A brief as a Word document that can be edited."""

import io
from collections.abc import Mapping

import pandas as pd
from docx import Document
from docx.document import Document as Doc
from docx.shared import Cm

from threats.brief import word
from threats.brief.parts import FEW_RUNS, SOURCES, Brief, Section, cited, notes_of
from threats.brief.word import WIDTH, text
from threats.views.base import Chart

LANGUAGE = "en-GB"
HIGHEST = 19.0  # of a picture, in centimetres
LETTER, MARGIN = 0.165, 0.4  # of a cell, in centimetres


def document(brief: Brief, pictures: Mapping[str, bytes], why: str, foot: list[str]) -> bytes:
    """Return the brief as DOCX. ``pictures`` are PNG files by the name of their chart; where one is
    missing ``why`` stands in its place. ``foot`` are lines for the end: source and citation."""
    doc, counts = Document(), {"Figure": 0, "Table": 0}
    word.set_up(doc, brief.title, LANGUAGE)
    word.line(doc, brief.title, "Title")
    word.line(doc, brief.told, "Subtitle")
    for section in brief.front:
        _section(doc, section, FEW_RUNS, pictures, why, counts)
    doc.add_page_break()
    word.line(doc, "Contents", "TOC Heading")
    sections = [*brief.front, *brief.annexes]
    entries = [(part.title, _mark(part.name)) for part in sections]
    word.contents(doc, [*entries, (SOURCES, _mark("sources"))])
    for section in brief.annexes:
        _section(doc, section, None, pictures, why, counts)
    _heading(doc, SOURCES, "sources", len(sections) + 1)
    for source in brief.sources:
        line = word.line(doc, style="Cell")
        line.paragraph_format.left_indent = Cm(0.9)
        line.paragraph_format.first_line_indent = Cm(-0.9)
        line.add_run(f"[{source.number}]  {text(source.title)}. ")
        word.link(line, source.address)
    for line in foot:
        word.line(doc, line, "Note")
    file = io.BytesIO()
    doc.save(file)
    return file.getvalue()


def _mark(name: str) -> str:
    return "_Toc_" + name.replace("-", "_")


def _heading(doc: Doc, title: str, name: str, number: int) -> None:
    word.bookmark(word.line(doc, title, "Heading 1"), _mark(name), number)


def _section(
    doc: Doc,
    section: Section,
    most: int | None,
    pictures: Mapping[str, bytes],
    why: str,
    counts: dict[str, int],
) -> None:
    counts["Heading"] = counts.get("Heading", 0) + 1
    _heading(doc, section.title, section.name, counts["Heading"])
    for statement in section.statements:
        line = word.line(doc, statement.text, "List Bullet")
        if statement.sources:
            word.shade(line.add_run(f" {cited(statement.sources, most)}"))
    for chart in section.charts:
        _figure(doc, chart, most, pictures.get(chart.name), why, counts)
    for table in section.tables:
        if len(table.frame):
            _table(doc, table.title, table.frame, counts)


def _figure(
    doc: Doc,
    chart: Chart,
    most: int | None,
    picture: bytes | None,
    why: str,
    counts: dict[str, int],
) -> None:
    if picture is None:
        word.line(doc, f"{chart.title}: {why} {chart.alt}", "Note")
        return
    counts["Figure"] += 1
    line = word.line(doc)
    line.paragraph_format.keep_with_next = True
    shape = line.add_run().add_picture(io.BytesIO(picture), width=Cm(WIDTH))
    if shape.height > Cm(HIGHEST):
        shape.width = int(shape.width * Cm(HIGHEST) / shape.height)
        shape.height = Cm(HIGHEST)
    word.describe(shape, chart.title, chart.alt)
    word.caption(doc, "Figure", counts["Figure"], chart.title, with_next=True)
    word.line(doc, notes_of(chart, most), "Note")


def _table(doc: Doc, title: str, frame: pd.DataFrame, counts: dict[str, int]) -> None:
    counts["Table"] += 1
    word.caption(doc, "Table", counts["Table"], title, with_next=True)
    table = doc.add_table(rows=1, cols=len(frame.columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, frame.columns, strict=True):
        word.in_style(cell.paragraphs[0], "Cell").add_run(text(name)).bold = True
    for row in frame.itertuples(index=False):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            word.in_style(cell.paragraphs[0], "Cell").add_run(text(value))
    word.as_data(table, title, _widths(frame))
    word.line(doc, style="Note")


def _widths(frame: pd.DataFrame) -> list[float]:
    """Return the widths of columns in centimetres: the longest word of each and, of what is left,
    by how much they hold."""
    least, needs = [], []
    for name in frame:
        cells = [str(value) for value in frame[name]]
        longest = max(len(part) for told in (str(name), *cells) for part in told.split() or [""])
        least.append(min(longest, 16) * LETTER + MARGIN)
        needs.append(min(sum(map(len, cells)) / len(cells), 60))
    left = max(WIDTH - sum(least), 0)
    shrunk = min(1, WIDTH / sum(least))
    return [low * shrunk + left * need / sum(needs) for low, need in zip(least, needs, strict=True)]
