"""The text of a file: plain text, PDF, DOCX or HTML, recognised by what is in it."""

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
    TEXT_TOO_LONG,
    FileError,
    decode_text,
)

MAX_FILE_BYTES = 5_000_000
FILE_SUFFIXES = ("txt", *EXTRACTORS)
EXTRACTION_CPU_TIMEOUT = 20  # of the processor
EXTRACTION_TIMEOUT = 40  # by the clock, as others may be at work too
EXTRACTION_QUEUE_TIMEOUT = 30  # for the files before it
EXTRACTION_TOO_COSTLY = "The file takes too long or too much memory to read."
_worker_slots = threading.BoundedSemaphore(2)


def extract_text(name: str, content: bytes) -> str:
    """Return the text of a file. Raises FileError, saying what is wrong and what to do."""
    if not content.strip():
        raise FileError("The file is empty.")
    if len(content) > MAX_FILE_BYTES:
        raise FileError(
            f"The file has {len(content) / 1e6:.1f} MB; at most {MAX_FILE_BYTES / 1e6:.0f} MB are read."
        )
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if suffix not in FILE_SUFFIXES:
        raise FileError("Only files in TXT, PDF, DOCX and HTML are read.")
    # Plain text needs no parser, and so no process of its own.
    text = decode_text(content) if suffix == "txt" else _extract_in_worker(suffix, content)
    text = clean_text(_check_length(text)).strip()
    if not any(c.isalpha() for c in text):
        hint = " It may be a scan: it needs text recognition first." if suffix == "pdf" else ""
        raise FileError(f"There is no text in the file.{hint}")
    return _check_length(text)  # Composed, some texts are longer.


def _check_length(text: str) -> str:
    """Return a text that is not too long. Raises FileError for others."""
    if len(text) > MAX_TEXT_CHARACTERS:
        raise FileError(TEXT_TOO_LONG)
    return text


def _extract_in_worker(suffix: str, content: bytes) -> str:
    """Return the text of a file as a process of its own reads it, with limits of time and memory.
    Raises FileError as that does, and for a file that takes too much."""
    if not _worker_slots.acquire(timeout=EXTRACTION_QUEUE_TIMEOUT):
        raise FileError("Other files are being read. Try again in a minute.")
    try:
        # By its path and -P: neither this package nor a module of this folder is imported.
        read = subprocess.run(
            [sys.executable, "-P", extraction_worker.__file__, suffix, str(EXTRACTION_CPU_TIMEOUT)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=EXTRACTION_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileError(EXTRACTION_TOO_COSTLY) from error
    except OSError as error:
        logs.warn("no file can be read", why=type(error).__name__)
        raise FileError("The file cannot be read now. Try again in a minute.") from error
    finally:
        _worker_slots.release()
    told = read.stdout.decode("utf-8")
    if read.returncode == EXIT_REFUSED:
        raise FileError(told)
    # Below zero where the system ended it, as it does at the limit of the processor's time.
    if read.returncode < 0 or read.returncode == EXIT_OUT_OF_MEMORY:
        raise FileError(EXTRACTION_TOO_COSTLY)
    if read.returncode:
        logs.warn("no file can be read", code=read.returncode)
        raise FileError("The file cannot be read.")
    return told
