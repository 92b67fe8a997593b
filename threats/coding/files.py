"""The text of a file: plain text, PDF, DOCX or HTML, recognised by what is in it."""

import subprocess
import sys
import threading
from pathlib import PurePath

from threats import log
from threats.coding import formats
from threats.coding.document import cleaned
from threats.coding.formats import MOST_CHARACTERS, TOO_LONG, FileError

__all__ = ["MOST_BYTES", "MOST_CHARACTERS", "SUFFIXES", "FileError", "text_of"]

MOST_BYTES = 5_000_000
SUFFIXES = ("txt", *formats.READERS)
SECONDS_AT_WORK = 20  # of the processor
SECONDS = 40  # by the clock, as others may be at work too
SECONDS_WAITING = 30  # for the files before it
TOO_MUCH = "The file takes too long or too much memory to read."
_at_once = threading.BoundedSemaphore(2)


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
    # Plain text needs no parser, and so no process of its own.
    text = formats.decoded(content) if suffix == "txt" else _read_apart(suffix, content)
    text = cleaned(_checked(text)).strip()
    if not any(c.isalpha() for c in text):
        hint = " It may be a scan: it needs text recognition first." if suffix == "pdf" else ""
        raise FileError(f"There is no text in the file.{hint}")
    return _checked(text)  # Composed, some texts are longer.


def _checked(text: str) -> str:
    """Return a text that is not too long. Raises FileError for others."""
    if len(text) > MOST_CHARACTERS:
        raise FileError(TOO_LONG)
    return text


def _read_apart(suffix: str, content: bytes) -> str:
    """Return the text of a file as a process of its own reads it, with limits of time and memory.
    Raises FileError as that does, and for a file that takes too much."""
    if not _at_once.acquire(timeout=SECONDS_WAITING):
        raise FileError("Other files are being read. Try again in a minute.")
    try:
        # By its path and -P: neither this package nor a module of this folder is imported.
        read = subprocess.run(
            [sys.executable, "-P", formats.__file__, suffix, str(SECONDS_AT_WORK)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileError(TOO_MUCH) from error
    except OSError as error:
        log.warn("no file can be read", why=type(error).__name__)
        raise FileError("The file cannot be read now. Try again in a minute.") from error
    finally:
        _at_once.release()
    told = read.stdout.decode("utf-8")
    if read.returncode == formats.REFUSED:
        raise FileError(told)
    # Below zero where the system ended it, as it does at the limit of the processor's time.
    if read.returncode < 0 or read.returncode == formats.TOO_LARGE:
        raise FileError(TOO_MUCH)
    if read.returncode:
        log.warn("no file can be read", code=read.returncode)
        raise FileError("The file cannot be read.")
    return told
