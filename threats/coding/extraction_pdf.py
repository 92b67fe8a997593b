"""The text of a PDF, by PDFium: lines in reading order, and what of it is not read."""

import ctypes
from collections.abc import Iterator
from typing import Any

from threats.coding.columns import Line, Segment, arrange_lines, count_crossed_lines
from threats.coding.file_text import FileText, UnreadableFileError, join_blocks, notice

MAX_PDF_PAGES = 100
_GAP = 0.9  # of the height of letters; a wider one may part columns
_HYPHEN_AT_LINE_END = "\ufffe\x02"  # so PDFium writes one
_WRONG_PASSWORD = 4
# A sign with its left, bottom, right and top.
Character = tuple[str, float, float, float, float]


def extract_pdf(content: bytes) -> FileText:
    """Return the text of a PDF; one that everyone may open needs no password."""
    import pypdfium2

    if b"%PDF-" not in content[:1024]:
        raise UnreadableFileError("not_pdf")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == _WRONG_PASSWORD
        raise UnreadableFileError("encrypted_pdf" if encrypted else "damaged_pdf") from error
    if not len(document):
        raise UnreadableFileError("damaged_pdf")
    if len(document) > MAX_PDF_PAGES:
        raise UnreadableFileError("too_many_pages", pages=len(document), limit=MAX_PDF_PAGES)
    crossed, empty, texts = 0, 0, []
    for page in document:
        lines, size = _page_lines(page)
        crossed += count_crossed_lines(lines, _GAP * size)
        empty += not lines and _has_image(page)
        texts.append(join_blocks(arrange_lines(lines, _GAP * size)))
    notices = [notice("crossed_columns", lines=crossed)] if crossed > 2 else []
    if empty and empty < len(document):
        notices.append(notice("empty_pages", pages=empty, total=len(document)))
    return FileText(join_blocks(texts), notices)


def _has_image(page: Any) -> bool:
    from pypdfium2 import raw

    return any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _page_lines(page: Any) -> tuple[list[Line], float]:
    """Return the lines of a page in the order of the file, and the usual height of its letters."""
    characters = list(_characters(page.get_textpage()))
    heights = sorted(top - bottom for sign, _, bottom, _, top in characters if not sign.isspace())
    size = heights[len(heights) // 2] if heights else 1.0
    lines = []
    for group in _split_lines(characters, size):
        line = _segments(group, _GAP * size)
        if line:
            lines.append(line)
    return _rows(lines, size), size


def _split_lines(characters: list[Character], size: float) -> Iterator[list[Character]]:
    """Yield the characters of each line. After a hyphen PDFium writes no line end."""
    line: list[Character] = []
    level = 0.0
    for found in characters:
        sign, _, bottom, _, _ = found
        if sign in "\r\n" or (not sign.isspace() and line and abs(bottom - level) > size / 2):
            yield line
            line = []
        if not sign.isspace():
            level = bottom
        line.append(found)
    yield line


def _characters(page: Any) -> Iterator[Character]:
    """Yield the characters of a page."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    for number in range(page.count_chars()):
        # A glyph without a character has the number 0.
        sign = chr(raw.FPDFText_GetUnicode(page, number) or 0xFFFD)
        if not raw.FPDFText_GetLooseCharBox(page, number, ctypes.byref(box)):
            box.left = box.bottom = box.right = box.top = 0.0
        yield sign, box.left, box.bottom, box.right, box.top


def _segments(characters: list[Character], width: float) -> tuple[float, list[Segment]] | None:
    """Return how far up a line stands and its segments, which wide gaps part."""
    seen = [found for found in characters if not found[0].isspace()]
    if not seen:
        return None
    segments, text, start, end = [], "", seen[0][1], seen[0][1]
    for sign, left, _, right, _ in characters:
        if sign.isspace():
            text += " "
            continue
        if left - end > width:
            segments.append(Segment(start, end, text.strip()))
            text, start = "", left
        text += "-" if sign in _HYPHEN_AT_LINE_END else sign
        end = right
    return seen[0][2], [*segments, Segment(start, end, text.strip())]


def _rows(lines: list[tuple[float, list[Segment]]], size: float) -> list[Line]:
    """Return lines, with those that follow each other at one height as one line."""
    rows: list[Line] = []
    for bottom, segments in lines:
        before = rows[-1] if rows else None
        level = before is not None and abs(before.top + bottom) < 0.3 * size
        if before and level and segments[0].start >= before.segments[-1].end:
            rows[-1] = Line(before.top, before.segments + segments)
        else:
            rows.append(Line(-bottom, segments))
    return rows
