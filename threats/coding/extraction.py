"""Extract the text of a file: plain text, PDF, DOCX or HTML, recognized by its content."""

import json
import subprocess
import sys
import threading
from pathlib import PurePath

from threats import logs
from threats.coding import extraction_worker
from threats.coding.document import clean_text
from threats.coding.encodings import decode_text
from threats.coding.extraction_worker import EXIT_OUT_OF_MEMORY, EXIT_REFUSED, EXTRACTORS
from threats.coding.file_text import (
    MAX_TEXT_CHARACTERS,
    FileText,
    Notice,
    UnreadableFileError,
    notice,
)
from threats.text.file_problems import file_problem_message

MAX_FILE_BYTES = 5_000_000
FILE_SUFFIXES = ("txt", *EXTRACTORS)
EXTRACTION_CPU_TIMEOUT = 20  # processor seconds
EXTRACTION_TIMEOUT = 40  # seconds by the clock, as other processes may be running
EXTRACTION_QUEUE_TIMEOUT = 30  # seconds to wait for the files before it
MAX_EXTRACTIONS = 2  # at once
_worker_slots = threading.BoundedSemaphore(MAX_EXTRACTIONS)


class FileError(ValueError):
    """A file from which no text can be read; the message tells a reader why."""


def extract_text(name: str, content: bytes) -> str:
    """Return the text of a file, as ``extract_file`` does, without notices."""
    return extract_file(name, content).text


def extract_file(name: str, content: bytes, with_margins: bool = False) -> FileText:
    """Return the text of a file, with notices on what of it is doubtful or not read.

    ``with_margins`` adds page headers, page footers, footnotes and comments at the end.

    Raises
    ------
    FileError
        If the file is empty, too large, of an unknown type, damaged, encrypted or without text.
    """
    try:
        return _extract_file(name, content, with_margins)
    except UnreadableFileError as error:
        raise FileError(file_problem_message(error.problem, **error.values)) from error


def _extract_file(name: str, content: bytes, with_margins: bool) -> FileText:
    if not content.strip():
        raise UnreadableFileError("empty")
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableFileError(
            "too_large", megabytes=len(content) / 1e6, limit=MAX_FILE_BYTES / 1e6
        )
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if suffix not in FILE_SUFFIXES:
        raise UnreadableFileError("unknown_type")
    # Plain text needs no parser, and so no process of its own.
    if suffix == "txt":
        read = FileText(*decode_text(content))
    else:
        read = _extract_in_worker(suffix, content)
    text, margins = (clean_text(_check_length(part)).strip() for part in (read.text, read.margins))
    notices = list(read.notices)
    if margins and with_margins:
        text = f"{text}\n\n{margins}"
    elif margins:
        notices.append(notice("margins_left_out", lines=margins.count("\n") + 1))
    if not any(c.isalpha() for c in text):
        raise UnreadableFileError("scan" if suffix == "pdf" else "no_text")
    # Composed characters can make a text longer.
    return FileText(_check_length(text), notices, margins)


def _check_length(text: str) -> str:
    """Return a text, or raise UnreadableFileError if it is too long."""
    if len(text) > MAX_TEXT_CHARACTERS:
        raise UnreadableFileError("text_too_long", limit=MAX_TEXT_CHARACTERS)
    return text


def _extract_in_worker(suffix: str, content: bytes) -> FileText:
    """Return what is in a file, read by a process with limits of time and memory.

    Raises UnreadableFileError for a file that the process refuses or that takes too much.
    """
    if not _worker_slots.acquire(timeout=EXTRACTION_QUEUE_TIMEOUT):
        raise UnreadableFileError("queue_full")
    try:
        # By its path and -P: no module of this folder takes the place of another.
        result = subprocess.run(
            [sys.executable, "-P", extraction_worker.__file__, suffix, str(EXTRACTION_CPU_TIMEOUT)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=EXTRACTION_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError("too_costly") from error
    except OSError as error:
        logs.warn("no file can be read", why=type(error).__name__)
        raise UnreadableFileError("busy") from error
    finally:
        _worker_slots.release()
    answer = result.stdout.decode("utf-8")
    if result.returncode == EXIT_REFUSED:
        raise UnreadableFileError(**json.loads(answer))
    # Below zero if the system ended it, as it does at the limit of processor time.
    if result.returncode < 0 or result.returncode == EXIT_OUT_OF_MEMORY:
        raise UnreadableFileError("too_costly")
    if result.returncode:
        logs.warn("no file can be read", code=result.returncode)
        raise UnreadableFileError("unreadable")
    text, notices, margins = json.loads(answer)
    found = [Notice(*found) for found in notices]
    return FileText(_join_surrogates(text), found, _join_surrogates(margins))


def _join_surrogates(text: str) -> str:
    """Return a text with pairs of surrogates as the characters for which they stand."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
