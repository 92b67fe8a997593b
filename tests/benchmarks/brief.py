"""A brief from nothing: the command in a new process, with pictures, in each form.

    python tests/benchmarks/brief.py [--times 3]

``s`` is the time that a reader waits, ``work_s`` the processor time of the process and of those
that it waited for, which other programs on the machine change little.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import common

FORMS = ("docx", "pdf", "html", "md")
COMMAND = "from threats.cli.main import main; main()"
CHOICE = ("--region", "central_asia", "--threat", "trafficking_in_persons")


def made(form: str, folder: Path) -> tuple[float, float]:
    """Return how long a brief took, by the clock and by the processor."""
    before, start = _work(), time.perf_counter()
    out = folder / f"brief.{form}"
    command = [sys.executable, "-c", COMMAND, "brief", *CHOICE, "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, cwd=common.ROOT)
    assert out.stat().st_size > 10_000
    return time.perf_counter() - start, _work() - before


def _work() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(times: int) -> list[dict]:
    """Return a row for each form, medians."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMS:
            told = [made(form, Path(folder)) for _ in range(times)]
            clock, work = (common.p50(list(values)) for values in zip(*told, strict=True))
            rows.append({"what": form, "s": clock, "work_s": work})
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    rows = measure(parser.parse_args().times)
    common.show(rows, "A brief from nothing")
    common.save("brief", rows)


if __name__ == "__main__":
    main()
