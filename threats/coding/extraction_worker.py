"""The text in a PDF, DOCX or HTML, read by a process of its own: ``python formats.py pdf 20`` takes
the file on standard input and answers with its text, or with why it is refused, on standard output;
20 is the most seconds of the processor it may take.

Such a file can hold any amount of work in a few bytes, so what reads it has limits of its own and
can be ended. It imports nothing of this package, whose libraries take longer to load than a file to
read.
"""

import io
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress

# A compressed file that unfolds to more than this is no press release.
MAX_UNPACKED_BYTES = 50_000_000
MAX_PDF_PAGES = 100
MAX_TEXT_CHARACTERS = 200_000
TEXT_TOO_LONG = (
    f"The text is too long: at most {MAX_TEXT_CHARACTERS:,} characters are coded at once."
)
MAX_WORKER_MEMORY = 512 << 20  # bytes that the process may take, its libraries among them
EXIT_REFUSED, EXIT_OUT_OF_MEMORY = 3, 4  # exit codes


class FileError(ValueError):
    """A file from which no text can be read; the message says why, for a reader."""


def decode_text(content: bytes) -> str:
    """Return bytes as text: UTF-8 or UTF-16 with its mark, else the Western encoding of Windows.
    Raises FileError for other bytes."""
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


def _join_parts(parts: Iterable[str]) -> str:
    """Return parts as lines of one text. Raises FileError as soon as they are too long."""
    kept, size = [], 0
    for part in parts:
        kept.append(part)
        size += len(part) + 1
        if size > MAX_TEXT_CHARACTERS + 1:
            raise FileError(TEXT_TOO_LONG)
    return "\n".join(kept)


def _extract_pdf(content: bytes) -> str:
    from pypdf import PdfReader

    if b"%PDF-" not in content[:1024]:
        raise FileError("This is not a PDF, whatever its name says.")
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise FileError("The PDF is encrypted; save it without a password first.")
        if len(reader.pages) > MAX_PDF_PAGES:
            raise FileError(
                f"The PDF has {len(reader.pages)} pages; at most {MAX_PDF_PAGES} are read."
            )
        return _join_parts(page.extract_text() for page in reader.pages)
    except (FileError, MemoryError):
        raise
    # A damaged PDF can fail in the reader in any way.
    except Exception as error:
        raise FileError("The PDF is damaged and cannot be read.") from error


def _extract_docx(content: bytes) -> str:
    from docx import Document

    if not content.startswith(b"PK"):
        raise FileError("This is not a DOCX, whatever its name says.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                raise FileError("The file unfolds to far more than a press release holds.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise FileError("The file is encrypted; save it without a password first.")
            if "word/document.xml" not in archive.namelist():
                raise FileError("This is not a DOCX, whatever its name says.")
        body = Document(io.BytesIO(content))
        return _join_parts(
            part for block in body.iter_inner_content() for part in _block_texts(block)
        )
    except (FileError, MemoryError):
        raise
    except Exception as error:
        raise FileError("The DOCX is damaged and cannot be read.") from error


def _block_texts(block) -> Iterator[str]:
    """Yield the text of a paragraph, or of the cells of a table row by row."""
    if not hasattr(block, "rows"):
        yield block.text
        return
    # The cells as they stand in the file: python-docx tells one for each column that it spans.
    for row in block._tbl.tr_lst:
        for cell in row.tc_lst:
            if cell.vMerge != "continue":  # told by the cell above
                yield "\n".join(paragraph.text for paragraph in cell.p_lst)


def _extract_html(content: bytes) -> str:
    import html_text

    text = decode_text(content)
    try:
        return _join_parts([html_text.extract_text(text, guess_punct_space=True)])
    except (FileError, MemoryError):
        raise
    except Exception as error:
        raise FileError("The HTML is damaged and cannot be read.") from error


EXTRACTORS = {
    "pdf": _extract_pdf,
    "docx": _extract_docx,
    "html": _extract_html,
    "htm": _extract_html,
}


def _limit_resources(seconds: int) -> None:
    """Limit time and memory of this process, as far as its system can, and let others go first."""
    try:
        import os
        import resource
    except ImportError:  # Windows: whoever started it ends it
        return
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MAX_WORKER_MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems take no such limit, others have a stricter one already.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    with suppress(OSError):
        os.nice(10)


def run_worker() -> int:
    """Read the file on standard input, and return the exit code."""
    kind, seconds = sys.argv[1:]
    _limit_resources(int(seconds))
    try:
        told, code = EXTRACTORS[kind](sys.stdin.buffer.read()), 0
    except FileError as error:
        told, code = str(error), EXIT_REFUSED
    except MemoryError:
        return EXIT_OUT_OF_MEMORY
    sys.stdout.buffer.write(told.encode("utf-8", "replace"))
    return code


if __name__ == "__main__":
    sys.exit(run_worker())
