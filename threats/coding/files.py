"""The text of a file: plain text, PDF, DOCX or HTML, recognised by what is in it."""

import io
import zipfile
from pathlib import PurePath

from threats.coding.document import cleaned

MOST_BYTES = 5_000_000
# A compressed file that unfolds to more than this is no press release.
MOST_UNPACKED = 50_000_000
MOST_PAGES = 100
MOST_CHARACTERS = 200_000
SUFFIXES = ("txt", "pdf", "docx", "html", "htm")


class FileError(ValueError):
    """A file from which no text can be read; the message says why, for a reader."""


def text_of(name: str, content: bytes) -> str:
    """Return the text of a file. Raises FileError, saying what is wrong and what to do."""
    if not content.strip():
        raise FileError("The file is empty.")
    if len(content) > MOST_BYTES:
        raise FileError(
            f"The file has {len(content) / 1e6:.1f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read."
        )
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if suffix not in SUFFIXES:
        raise FileError("Only files in TXT, PDF, DOCX and HTML are read.")
    if suffix == "pdf":
        text = _pdf(content)
    elif suffix == "docx":
        text = _docx(content)
    else:
        text = _decoded(content)
        if suffix in ("html", "htm"):
            text = _html(text)
    text = cleaned(text).strip()
    if not any(c.isalpha() for c in text):
        hint = " It may be a scan: it needs text recognition first." if suffix == "pdf" else ""
        raise FileError(f"There is no text in the file.{hint}")
    if len(text) > MOST_CHARACTERS:
        raise FileError(
            f"The text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are coded at once."
        )
    return text


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if b"%PDF-" not in content[:1024]:
        raise FileError("This is not a PDF, whatever its name says.")
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise FileError("The PDF is encrypted; save it without a password first.")
        if len(reader.pages) > MOST_PAGES:
            raise FileError(
                f"The PDF has {len(reader.pages)} pages; at most {MOST_PAGES} are read."
            )
        parts, size = [], 0
        for page in reader.pages:
            parts.append(page.extract_text())
            size += len(parts[-1])
            if size > MOST_CHARACTERS:
                break  # refused in any case
        return "\n".join(parts)
    except FileError:
        raise
    # A damaged PDF can fail in the reader in any way.
    except (PyPdfError, Exception) as error:
        raise FileError("The PDF is damaged and cannot be read.") from error


def _docx(content: bytes) -> str:
    from docx import Document

    if not content.startswith(b"PK"):
        raise FileError("This is not a DOCX, whatever its name says.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise FileError("The file unfolds to far more than a press release holds.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise FileError("The file is encrypted; save it without a password first.")
            if "word/document.xml" not in archive.namelist():
                raise FileError("This is not a DOCX, whatever its name says.")
        body = Document(io.BytesIO(content))
        return "\n".join(_block_text(block) for block in body.iter_inner_content())
    except FileError:
        raise
    except Exception as error:
        raise FileError("The DOCX is damaged and cannot be read.") from error


def _block_text(block) -> str:
    """Return the text of a paragraph, or of a table row by row."""
    if hasattr(block, "rows"):
        return "\n".join("\n".join(cell.text for cell in row.cells) for row in block.rows)
    return block.text


def _html(text: str) -> str:
    import html_text

    try:
        return html_text.extract_text(text, guess_punct_space=True)
    except Exception as error:
        raise FileError("The HTML is damaged and cannot be read.") from error


def _decoded(content: bytes) -> str:
    """Return bytes as text: UTF-8 or UTF-16 with its mark, else the Western encoding of Windows."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError("This is not a text, whatever its name says.")
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252",
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError("The text is in an encoding that is not known; save it as UTF-8.")
