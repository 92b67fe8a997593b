"""From the command to the first page: ``streamlit run app.py`` beside an empty Streamlit app.

    python tests/benchmarks/start.py [--times 3]

``http_s`` is when ``/`` answers, ``page_s`` when the script of a first reader has run to its end.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

import common
from reader import Reader

EMPTY = 'import streamlit as st\n\nst.title("Empty")\n'


def started(script: Path) -> dict[str, float]:
    """Return the seconds from starting a server to the first answer and to the first page."""
    start = time.perf_counter()
    command = ["-m", "streamlit", "run", script.name, "--server.port=PORT", *common.STREAMLIT]
    with common.server(command, script.parent, "/") as server:
        answered = time.perf_counter() - start
        asyncio.run(first(server.address))
        return {
            "http_s": answered,
            "page_s": time.perf_counter() - start,
            "work_s": common.processor(server.pid),
        }


async def first(address: str) -> None:
    """Open the first page and leave."""
    reader = Reader(address)
    await reader.open()
    await reader.close()


def measure(times: int) -> list[dict]:
    """Return a row for the dashboard and one for an empty app, medians of some starts."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        scripts = {"app": common.ROOT / "app.py", "empty": empty}
        told = {what: [] for what in scripts}
        for _ in range(times):
            for what, script in scripts.items():
                told[what].append(started(script))
    return [
        {"what": what, **{key: common.p50([s[key] for s in starts]) for key in starts[0]}}
        for what, starts in told.items()
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    rows = measure(parser.parse_args().times)
    common.show(rows, "From the command to the first page")
    common.save("start", rows)


if __name__ == "__main__":
    main()
