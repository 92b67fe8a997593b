"""The text of a DOCX file, by a walk over its XML.

Libraries for DOCX leave out insertions of open changes, boxes or content controls, and do not
distinguish deleted text or page headers. Elements are known by their local names, as Office
writes them in two sets of namespaces.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from threats.coding.docx_numbering import Numbering
from threats.coding.file_text import FileText, Notice, UnreadableFileError, join_blocks, notice

MAX_UNPACKED_BYTES = 50_000_000  # a file that unpacks to more is no press release
MAX_INLINE_CELL = 200  # characters of a cell that is read on one line with its row
_MARGINS = re.compile(r"(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
_DIAGRAM = re.compile(r"diagrams/data\d+\.xml")
_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "tblGrid", "trPr"}
)
_SKIPPED |= {"tcPr", "sdtPr", "sectPr", "rt", "annotationRef", "fldData", "binData", "proofErr"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def extract_docx(content: bytes) -> FileText:
    """Return the text of a DOCX with insertions, without deletions; its margins apart."""
    if not content.startswith(b"PK"):
        raise UnreadableFileError("not_docx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read_archive(archive)
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableFileError("damaged_docx") from error


def _read_archive(archive: zipfile.ZipFile) -> FileText:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise UnreadableFileError("unpacks_too_large")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFileError("encrypted_file")
    names = archive.namelist()
    main = _main_part(archive, names)
    if main not in names:
        raise UnreadableFileError("not_docx")
    folder = posixpath.dirname(main)
    walk = _Walk(
        Numbering(
            _parse(archive, names, f"{folder}/numbering.xml"),
            _parse(archive, names, f"{folder}/styles.xml"),
        )
    )
    root = _parse(archive, names, main)
    if root is None or _name(root) != "document":
        raise UnreadableFileError("damaged_docx")
    parts = list(walk.blocks(root))
    notices = walk.notices()
    inside = [name for name in sorted(names) if name.startswith(f"{folder}/")]
    for name in inside:
        if _DIAGRAM.fullmatch(name[len(folder) + 1 :]):
            parts += _Walk(walk.numbering).blocks(_parse(archive, names, name))
    margins = [
        part
        for name in inside
        if _MARGINS.fullmatch(name[len(folder) + 1 :])
        for part in _Walk(walk.numbering).blocks(_parse(archive, names, name))
    ]
    worded = dict.fromkeys(part for part in margins if any(map(str.isalpha, part)))
    text, kept = join_blocks(parts), join_blocks(worded)
    return FileText(text, notices, kept)


def _main_part(archive: zipfile.ZipFile, names: list[str]) -> str:
    """Return the name of the part with the text, which not every program calls document.xml."""
    links = _parse(archive, names, "_rels/.rels")
    for link in links if links is not None else ():
        if str(link.get("Type")).endswith("/officeDocument"):
            return str(link.get("Target")).lstrip("/")
    return "word/document.xml"


def _parse(archive: zipfile.ZipFile, names: list[str], name: str) -> Any:
    """Return the root of a part, or None if there is no such part."""
    from lxml import etree

    if name not in names:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(archive.read(name), parser)
    if root.getroottree().docinfo.doctype:
        raise UnreadableFileError("damaged_docx")
    return root


def _name(element: Any) -> str:
    """Return the local name of an element; of a comment or an instruction nothing."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, name: str = "val") -> str:
    """Return an attribute in whatever namespace."""
    return next((v for key, v in element.items() if key.rpartition("}")[2] == name), "")


class _Walk:
    """A walk over a part, which counts what it meets of changes and embedded documents."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.inserted = self.deleted = self.embedded = self.hidden = 0

    def notices(self) -> list[Notice]:
        """Return notices on changes and on what is not read."""
        found = []
        if self.inserted or self.deleted:
            found.append(notice("open_changes", inserted=self.inserted, deleted=self.deleted))
        if self.hidden:
            found.append(notice("hidden_text", number=self.hidden))
        if self.embedded:
            found.append(notice("embedded_documents", number=self.embedded))
        return found

    def blocks(self, element: Any) -> Iterator[str]:
        """Yield the paragraphs and table rows below an element, each as a line or several."""
        for child in element:
            name = _name(child)
            if self._is_skipped(child, name):
                continue
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name == "AlternateContent":
                yield from self._alternative(child)
            elif name == "t" and (child.text or "").strip():
                yield child.text
            else:
                yield from self.blocks(child)

    def _is_skipped(self, element: Any, name: str) -> bool:
        """Return whether an element is not read, and count changes."""
        self.inserted += name in ("ins", "moveTo")
        self.deleted += name in ("del", "moveFrom")
        self.embedded += name == "altChunk"
        # The separators of footnotes.
        return name in _SKIPPED or _value(element, "type") in ("separator", "continuationSeparator")

    def _alternative(self, element: Any) -> list[str]:
        """Return the first form of what a file has in several, if any has text."""
        for form in element:
            found = list(self.blocks(form))
            if found:
                return found
        return []

    def _paragraph(self, element: Any) -> Iterator[str]:
        boxes: list[str] = []
        text = "".join(self._inline(element, boxes))
        number = self.numbering.label(element) if text.strip() else ""
        yield f"{number} {text}" if number else text
        yield from boxes

    def _inline(self, element: Any, boxes: list[str]) -> Iterator[str]:
        """Yield the text of a paragraph; the text of boxes goes into ``boxes``."""
        for child in element:
            name = _name(child)
            if self._is_skipped(child, name):
                continue
            if name == "t":
                yield child.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "softHyphen":
                yield "\u00ad"
            elif name == "sym":
                yield chr(int(_value(child, "char") or "20", 16))
            elif name == "r":
                yield self._run(child, boxes)
            elif name == "txbxContent":
                boxes += self.blocks(child)
            elif name == "AlternateContent":
                boxes += self._alternative(child)
            else:
                yield from self._inline(child, boxes)

    def _run(self, element: Any, boxes: list[str]) -> str:
        """Return the text of a run: numbers of notes raised, hidden text not at all."""
        text = "".join(self._inline(element, boxes))
        for found in element:
            if _name(found) != "rPr":
                continue
            marks = {_name(mark): _value(mark) for mark in found}
            if "vanish" in marks and marks["vanish"] not in ("0", "false"):
                self.hidden += bool(text.strip())
                return ""
            if marks.get("vertAlign") == "superscript" and text.strip().isdigit():
                return text.translate(_RAISED)
        return text

    def _table(self, element: Any) -> Iterator[str]:
        """Yield the rows of a table: short cells on one line, others each on lines of its own."""
        for row in element:
            if _name(row) != "tr":
                yield from self.blocks([] if self._is_skipped(row, _name(row)) else row)
                continue
            if self._is_changed(row, "trPr", "del"):
                self.deleted += 1
                continue
            self.inserted += self._is_changed(row, "trPr", "ins")
            cells = [text for cell in _cells(row) if (text := self._cell(cell)).strip()]
            short = all("\n" not in cell and len(cell) <= MAX_INLINE_CELL for cell in cells)
            yield "\t".join(cells) if short else "\n".join(cells)

    def _cell(self, cell: Any) -> str:
        if self._is_changed(cell, "tcPr", "cellDel") or _continues_above(cell):
            return ""
        return "\n".join(part for part in self.blocks(cell) if part.strip())

    @staticmethod
    def _is_changed(element: Any, properties: str, mark: str) -> bool:
        return any(
            _name(change) == mark
            for found in element
            if _name(found) == properties
            for change in found
        )


def _cells(row: Any) -> Iterator[Any]:
    """Yield the cells of a row, also those in content controls."""
    for child in row:
        if _name(child) == "tc":
            yield child
        elif _name(child) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(child)


def _continues_above(cell: Any) -> bool:
    """Return whether a cell is a part of the one above it."""
    for found in cell:
        if _name(found) == "tcPr":
            return any(_name(m) == "vMerge" and _value(m) in ("", "continue") for m in found)
    return False
