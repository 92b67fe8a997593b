"""The card of a chart from its route: one that nobody has asked for, and one that is kept.

    python tests/benchmarks/route.py [--views 5]

``new_p95_ms`` is over views with spans of years that nobody had, ``kept_p95_ms`` over the same
addresses asked for ten times more. One client asks, and the server does nothing else.
"""

import argparse
import itertools
import time

import common
import httpx

from threats.content.registry import CHART_SPECS
from threats.dataset.store import open_dataset
from threats.stats.filters import year_bounds

AGAIN = 10


def asked(client: httpx.Client, address: str) -> float:
    """Return the ms until an address has answered."""
    start = time.perf_counter()
    client.get(address).raise_for_status()
    return (time.perf_counter() - start) * 1000


def measure(views: int) -> list[dict]:
    """Return a row for each chart and one, with the name "all", for all of them."""
    first, last = year_bounds(open_dataset())
    spans = [f"{first + n}-{last - n}" for n in range(1, views + 1)]
    rows, new, kept = [], [], []
    with (
        common.dashboard() as server,
        httpx.Client(base_url=server.address, timeout=120) as client,
    ):
        for name in CHART_SPECS:
            asked(client, f"/cards/{name}.json")
        # One view after the other, as a reader of many pages would.
        times = {name: ([], []) for name in CHART_SPECS}
        for span, name in itertools.product(spans, CHART_SPECS):
            address = f"/cards/{name}.json?years={span}"
            times[name][0].append(asked(client, address))
            times[name][1].extend(asked(client, address) for _ in range(AGAIN))
    for name, (made, again) in times.items():
        rows.append({"chart": name, **told(made, again)})
        new += made
        kept += again
    return [*rows, {"chart": "all", **told(new, kept)}]


def told(new: list[float], kept: list[float]) -> dict[str, float]:
    """Return percentiles in ms."""
    return {
        "new_p50_ms": common.p50(new),
        "new_p95_ms": common.p95(new),
        "kept_p50_ms": common.p50(kept),
        "kept_p95_ms": common.p95(kept),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--views", type=int, default=5)
    rows = measure(parser.parse_args().views)
    common.show(rows, "The card of a chart from its route")
    common.save("route", rows)


if __name__ == "__main__":
    main()
