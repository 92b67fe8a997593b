"""Extract the text of a PDF, DOCX or HTML file in a process of its own.

``python extraction_worker.py pdf 20`` reads the file from standard input and writes its text to
standard output, or as JSON why it refuses the file; 20 is the limit of processor seconds.

Such a file can hold any amount of work in a few bytes, so the process has limits and can be ended.
It imports nothing of this package, whose libraries take longer to load than a file to read.
"""

import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress

# A compressed file that unpacks to more than this is no press release.
MAX_UNPACKED_BYTES = 50_000_000
MAX_PDF_PAGES = 100
MAX_TEXT_CHARACTERS = 200_000
MAX_WORKER_MEMORY = 512 << 20  # bytes, libraries included
EXIT_REFUSED, EXIT_OUT_OF_MEMORY = 3, 4  # exit codes


class UnreadableFileError(ValueError):
    """A file from which no text can be read; ``problem`` and ``values`` say why."""

    def __init__(self, problem: str, **values: float) -> None:
        super().__init__(problem)
        self.problem, self.values = problem, values


def decode_text(content: bytes) -> str:
    """Return bytes as text: UTF-8 or UTF-16 with its mark, else the Western encoding of Windows.
    Raises UnreadableFileError for other bytes."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFileError("not_text")
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252",
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("unknown_encoding")


def _join_parts(parts: Iterable[str]) -> str:
    """Return parts as lines of one text; raise UnreadableFileError once it is too long."""
    kept, size = [], 0
    for part in parts:
        kept.append(part)
        size += len(part) + 1
        if size > MAX_TEXT_CHARACTERS + 1:
            raise UnreadableFileError("text_too_long", limit=MAX_TEXT_CHARACTERS)
    return "\n".join(kept)


def _extract_pdf(content: bytes) -> str:
    from pypdf import PdfReader

    if b"%PDF-" not in content[:1024]:
        raise UnreadableFileError("not_pdf")
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise UnreadableFileError("encrypted_pdf")
        if len(reader.pages) > MAX_PDF_PAGES:
            raise UnreadableFileError(
                "too_many_pages", pages=len(reader.pages), limit=MAX_PDF_PAGES
            )
        return _join_parts(page.extract_text() for page in reader.pages)
    except (UnreadableFileError, MemoryError):
        raise
    # A damaged PDF can fail in the reader in any way.
    except Exception as error:
        raise UnreadableFileError("damaged_pdf") from error


def _extract_docx(content: bytes) -> str:
    from docx import Document

    if not content.startswith(b"PK"):
        raise UnreadableFileError("not_docx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                raise UnreadableFileError("unpacks_too_large")
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableFileError("encrypted_file")
            if "word/document.xml" not in archive.namelist():
                raise UnreadableFileError("not_docx")
        body = Document(io.BytesIO(content))
        return _join_parts(
            part for block in body.iter_inner_content() for part in _block_texts(block)
        )
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableFileError("damaged_docx") from error


def _block_texts(block) -> Iterator[str]:
    """Yield the text of a paragraph, or of the cells of a table row by row."""
    if not hasattr(block, "rows"):
        yield block.text
        return
    # The cells of the file: python-docx repeats one for each column that it spans.
    for row in block._tbl.tr_lst:
        for cell in row.tc_lst:
            if cell.vMerge != "continue":  # part of the cell above
                yield "\n".join(paragraph.text for paragraph in cell.p_lst)


def _extract_html(content: bytes) -> str:
    import html_text

    text = decode_text(content)
    try:
        return _join_parts([html_text.extract_text(text, guess_punct_space=True)])
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableFileError("damaged_html") from error


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
    except ImportError:  # Windows: the parent process ends it
        return
    for resource_limit, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MAX_WORKER_MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems take no such limit, others have a stricter one already.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource_limit, (value, value))
    with suppress(OSError):
        os.nice(10)


def run_worker() -> int:
    """Read the file on standard input, and return the exit code."""
    kind, seconds = sys.argv[1:]
    _limit_resources(int(seconds))
    try:
        answer, code = EXTRACTORS[kind](sys.stdin.buffer.read()), 0
    except UnreadableFileError as error:
        answer, code = json.dumps({"problem": error.problem, **error.values}), EXIT_REFUSED
    except MemoryError:
        return EXIT_OUT_OF_MEMORY
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))
    return code


if __name__ == "__main__":
    sys.exit(run_worker())
