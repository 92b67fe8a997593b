"""Extract the text of a file: plain text, PDF, DOCX or HTML, recognized by its content."""

import json
import subprocess
import sys
import threading
from pathlib import PurePath

from threats import logs
from threats.coding import extraction_worker
from threats.coding.document import clean_text
from threats.coding.extraction_worker import (
    EXIT_OUT_OF_MEMORY,
    EXIT_REFUSED,
    EXTRACTORS,
    MAX_TEXT_CHARACTERS,
    UnreadableFileError,
    decode_text,
)
from threats.text.file_problems import file_problem_message

MAX_FILE_BYTES = 5_000_000
FILE_SUFFIXES = ("txt", *EXTRACTORS)
EXTRACTION_CPU_TIMEOUT = 20  # processor seconds
EXTRACTION_TIMEOUT = 40  # seconds by the clock, as other processes may be running
EXTRACTION_QUEUE_TIMEOUT = 30  # seconds to wait for the files before it
_worker_slots = threading.BoundedSemaphore(2)


class FileError(ValueError):
    """A file from which no text can be read; the message tells a reader why."""


def extract_text(name: str, content: bytes) -> str:
    """Return the text of a file.

    Raises
    ------
    FileError
        If the file is empty, too large, of an unknown type, damaged, encrypted or without text.
    """
    try:
        return _extract_text(name, content)
    except UnreadableFileError as error:
        raise FileError(file_problem_message(error.problem, **error.values)) from error


def _extract_text(name: str, content: bytes) -> str:
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
    text = decode_text(content) if suffix == "txt" else _extract_in_worker(suffix, content)
    text = clean_text(_check_length(text)).strip()
    if not any(c.isalpha() for c in text):
        raise UnreadableFileError("scan" if suffix == "pdf" else "no_text")
    return _check_length(text)  # Composed characters can make a text longer.


def _check_length(text: str) -> str:
    """Return a text, or raise UnreadableFileError if it is too long."""
    if len(text) > MAX_TEXT_CHARACTERS:
        raise UnreadableFileError("text_too_long", limit=MAX_TEXT_CHARACTERS)
    return text


def _extract_in_worker(suffix: str, content: bytes) -> str:
    """Return the text of a file, read by a process with limits of time and memory.

    Raises UnreadableFileError for a file that the process refuses or that takes too much.
    """
    if not _worker_slots.acquire(timeout=EXTRACTION_QUEUE_TIMEOUT):
        raise UnreadableFileError("queue_full")
    try:
        # By its path and -P: neither this package nor a module of this folder is imported.
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
    return answer
