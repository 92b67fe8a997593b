"""Two hundred pictures in a row: time each, memory of the process and of the browser, and what is
left when the browser is closed.

    python tests/benchmarks/exports.py [COUNT]
"""

import json
import os
import statistics
import subprocess
import sys
import time

from common import memory

from threats.content.builder import build_chart, parse_page_options
from threats.content.registry import CHART_SPECS
from threats.dataset.store import open_dataset
from threats.exports.chrome import stop_browser
from threats.exports.formats import CHART_FORMATS
from threats.exports.urls import View
from threats.stats.filters import Selection
from threats.stats.selection import select


def browsers() -> dict[int, float]:
    """Return the memory in MB of every process below this one, by its id."""
    told = subprocess.run(["ps", "-eo", "pid,ppid,comm"], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in told.splitlines()[1:]]
    below, found = {str(os.getpid())}, {}
    for _ in range(6):
        below |= {pid for pid, parent, _ in rows if parent in below}
    for pid, _, name in rows:
        if pid in below and "chrom" in name:
            found[int(pid)] = memory(pid)
    return found


def main(count: int) -> None:
    """Make pictures of all charts in turn and print what was measured as JSON."""
    selected = select(open_dataset(), Selection())
    charts = []
    for name, part in CHART_SPECS.items():
        values, _ = parse_page_options(part.page, {}, selected)
        chart = build_chart(name, selected, values)
        charts.append((chart, View(part.page, selected, {}, "http://localhost:8501")))
    kinds = ["png", "svg", "pdf", "png-square"]
    told = {"count": count, "rows": []}
    seconds = []
    for number in range(count):
        chart, view = charts[number % len(charts)]
        start = time.perf_counter()
        CHART_FORMATS[kinds[number % len(kinds)]].build(chart, view)
        seconds.append(time.perf_counter() - start)
        if number in (0, count // 4, count // 2, count - 1):
            running = browsers()
            told["rows"].append(
                {
                    "pictures": number + 1,
                    "process_mb": round(memory()),
                    "browser_processes": len(running),
                    "browser_mb": round(sum(running.values())),
                }
            )
    stop_browser()
    time.sleep(1)
    told["first_s"] = round(seconds[0], 2)
    told["median_s"] = round(statistics.median(seconds[1:]), 3)
    told["p95_s"] = round(statistics.quantiles(seconds[1:], n=20)[-1], 3)
    told["left_browser_processes"] = len(browsers())
    told["left_process_mb"] = round(memory())
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
