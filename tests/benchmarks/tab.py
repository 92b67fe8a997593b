"""Memory of one tab over many changes of the filter.

    python tests/benchmarks/tab.py [--changes 500]

Each change chooses a region or gives it up, and all charts near the screen are drawn again. Heap,
nodes and listeners are counted after a collection of garbage.
"""

import argparse
import itertools

import clicks
import common

STEPS = 5


def counted(wire) -> dict[str, float]:
    """Return MB of the heap of scripts, nodes and listeners of a tab."""
    wire.send("HeapProfiler.collectGarbage")
    told = {one["name"]: one["value"] for one in wire.send("Performance.getMetrics")["metrics"]}
    return {
        "heap_mb": told["JSHeapUsedSize"] / 1e6,
        "nodes": told["Nodes"],
        "listeners": told["JSEventListeners"],
    }


def measure(changes: int) -> list[dict]:
    """Return a row for each fifth of the changes."""
    labels = itertools.cycle(clicks.regions().values())
    rows = []
    with common.dashboard() as server, common.chromium() as browser:
        page = clicks.opened(browser, "app", f"{server.address}/trends", "trends")
        wire = page.context.new_cdp_session(page)
        wire.send("Performance.enable")
        for number in range(0, changes + 1, 2):
            if number % (changes // STEPS) == 0:
                rows.append({"changes": number, **counted(wire)})
            label = next(labels)
            clicks.choose(page, "app", label)
            clicks.give_up(page, "app", label)
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", type=int, default=500)
    rows = measure(parser.parse_args().changes)
    common.show(rows, "Memory of one tab")
    common.save("tab", rows)


if __name__ == "__main__":
    main()
