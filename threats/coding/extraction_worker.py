"""Extract the text of a PDF, DOCX or HTML file in a process of its own.

``python extraction_worker.py pdf 20`` reads the file from standard input and writes its text with
notices as JSON to standard output, or why it refuses the file; 20 is the limit of processor
seconds.

Such a file can hold any amount of work in a few bytes, so the process has limits and can be ended.
Of this package it imports only what reads files, as the rest takes longer to load than a file to
read.
"""

import importlib
import json
import sys
from contextlib import suppress
from pathlib import Path

if __name__ == "__main__":
    # Last, so that no module of the folder above can take the place of another.
    sys.path.append(str(Path(__file__).parents[2]))

from threats.coding.file_text import FileText, UnreadableFileError

MAX_WORKER_MEMORY = 512 << 20  # bytes, libraries included
EXIT_REFUSED, EXIT_OUT_OF_MEMORY = 3, 4  # exit codes
# The form of a file by its suffix; a module and its function are named after it.
EXTRACTORS = {"pdf": "pdf", "docx": "docx", "html": "html", "htm": "html"}


def _extract(form: str, content: bytes) -> FileText:
    """Return the text of a file; the modules for other forms are not loaded."""
    module = importlib.import_module(f"threats.coding.extraction_{form}")
    read: FileText = getattr(module, f"extract_{form}")(content)
    return read


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
        answer, code = json.dumps(_extract(EXTRACTORS[kind], sys.stdin.buffer.read())), 0
    except UnreadableFileError as error:
        answer, code = json.dumps({"problem": error.problem, **error.values}), EXIT_REFUSED
    except MemoryError:
        return EXIT_OUT_OF_MEMORY
    sys.stdout.buffer.write(answer.encode("ascii"))
    return code


if __name__ == "__main__":
    sys.exit(run_worker())
