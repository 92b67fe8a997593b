"""All benchmarks of speed, small, with the aim of each beside what was measured.

    python tests/benchmarks/run.py [NAME ...]     of clicks first_open rerun load behind route
                                                  start bigger brief

Prints tables and writes ``build/bench.json``. A missed aim is told, and is no failure: what is slow
on a loaded machine may be fast on another. For exact figures run a program by itself, on a machine
that does nothing else.
"""

import argparse
import os

import bigger
import brief
import clicks
import common
import first_open
import load
import proxy
import rerun
import route
import start

from threats.content.pages import PAGES

PAGES = [page for page in PAGES if page != "code"]


def _by(rows: list[dict], **wanted) -> dict:
    """Return the row that has these values, else an empty one."""
    return next((r for r in rows if all(r[key] == v for key, v in wanted.items())), {})


def of_clicks(rows: list[dict]) -> list[tuple]:
    """Return what, aim, measured and whether it is met, for clicks."""
    told = []
    for page, most in (("trends", 0.45), ("responses", 0.5)):
        app, dash, naive, floor = (
            _by(rows, page=page, what=what) for what in ("app", "dash", "naive", "floor")
        )
        for part, other, aim in (
            ("p50_ms", dash, most),
            ("p95_ms", dash, 0.6),
            ("p50_ms", floor, 1.3 if page == "trends" else 1.5),
            ("p50_ms", naive, 0.33),
        ):
            ratio = app[part] / other[part]
            what = f"click on {page}, {part.removesuffix('_ms')}"
            told.append((what, f"≤ {aim} × {other['what']}", f"{ratio:.2f} ×", ratio <= aim))
    return told


def of_first_open(rows: list[dict]) -> list[tuple]:
    """Return the same for the first visit."""
    told = []
    for page in clicks.CHARTS:
        ours, other = (_by(rows, what=what, page=page) for what in ("app", "dash"))
        ratio = ours["first_ms"] / other["first_ms"]
        told.append((f"first chart on {page}", "≤ 0.9 × dash", f"{ratio:.2f} ×", ratio <= 0.9))
    most = max((row for row in rows if row["what"] == "app"), key=lambda row: row["mb"])
    of = f"most over the wire ({most['page']})"
    told.append((of, "≤ 2.4 MB", f"{most['mb']:.2f} MB", most["mb"] <= 2.4))
    return told


def of_rerun(rows: list[dict]) -> list[tuple]:
    """Return the same for the work of a rerun; processor time, as other programs may be running."""
    told = []
    for part, aim in (("work_p50_ms", 8), ("work_p95_ms", 12)):
        most = max((row for row in rows if row["selection"] == "again"), key=lambda row: row[part])
        ms, what = most[part], f"{part[5:8]} of a rerun ({most['page']})"
        told.append((what, f"≤ {aim} ms", f"{ms:.1f} ms", ms <= aim))
    return told


def of_load(rows: list[dict]) -> list[tuple]:
    """Return the same for many readers."""
    many = _by(rows, app="app", readers=100)
    best = max(row["reruns_per_s"] for row in rows if row["app"] == "naive")
    p95, errors, mb = many["rerun_p95_s"], many["errors"], many["server_mb"]
    ratio = many["reruns_per_s"] / best
    return [
        ("p95 of 100 readers, one process", "≤ 0.6 s", f"{p95:.2f} s", p95 <= 0.6),
        ("errors of 100 readers", "none", str(errors), not errors),
        ("memory of 100 readers", "< 1,000 MB", f"{mb:,.0f} MB", mb < 1000),
        ("reruns a second", "≥ 20 × naive", f"{ratio:.1f} ×", ratio >= 20),
    ]


def of_behind(rows: list[dict]) -> list[tuple]:
    """Return the same for processes behind nginx; two need a core each to reach twice as many."""
    one, two = (_by(rows, processes=many) for many in (1, 2))
    p95, errors = two["rerun_p95_s"], one["errors"] + two["errors"]
    return [
        ("p95 of 100 readers, two processes", "≤ 0.3 s", f"{p95:.2f} s", p95 <= 0.3),
        ("errors behind nginx", "none", str(errors), not errors),
    ]


def of_route(rows: list[dict]) -> list[tuple]:
    """Return the same for the route of cards."""
    every = _by(rows, chart="all")
    new, kept = every["new_p95_ms"], every["kept_p95_ms"]
    return [
        ("a kept card from the route, p95", "≤ 5 ms", f"{kept:.1f} ms", kept <= 5),
        ("a new card from the route, p95", "≤ 300 ms", f"{new:.0f} ms", new <= 300),
    ]


def of_start(rows: list[dict]) -> list[tuple]:
    """Return the same for the start."""
    ratio = _by(rows, what="app")["page_s"] / _by(rows, what="empty")["page_s"]
    return [("start to first page", "≤ 2 × empty app", f"{ratio:.2f} ×", ratio <= 2)]


def of_bigger(rows: list[dict]) -> list[tuple]:
    """Return the same for more data: filtering the largest size that was measured, and loading."""
    most, some = rows[-1], min(rows, key=lambda row: abs(row["mentions"] - 40_000))
    of, ms, s = f"filtering {most['mentions']:,} mentions, p95", most["filter_ms"], some["load_s"]
    return [
        (of, "≤ 100 ms (4,000,000)", f"{ms:,.0f} ms", ms <= 100),
        (f"loading {some['mentions']:,} mentions", "≤ 2 s", f"{s:.1f} s", s <= 2),
    ]


def of_brief(rows: list[dict]) -> list[tuple]:
    """Return the same for a brief from nothing."""
    seconds = _by(rows, what="docx")["s"]
    return [("a brief as DOCX from nothing", "≤ 3 s", f"{seconds:.1f} s", seconds <= 3)]


PROGRAMS = {
    "clicks": (lambda: clicks.measure(10), of_clicks),
    "first_open": (lambda: first_open.measure(PAGES, 1), of_first_open),
    "rerun": (lambda: rerun.measure(PAGES, 12), of_rerun),
    "load": (lambda: load.measure([10, 100], [10], 5), of_load),
    "behind": (lambda: load.behind([1, 2], [100], 5), of_behind),
    "route": (lambda: route.measure(3), of_route),
    "start": (lambda: start.measure(2), of_start),
    "bigger": (lambda: bigger.measure([400, 40_000]), of_bigger),
    "brief": (lambda: brief.measure(2), of_brief),
}


if not proxy.NGINX:
    del PROGRAMS["behind"]


def main() -> None:
    """Measure all and print aims."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=list(PROGRAMS))
    told = []
    for name in parser.parse_args().names:
        measure, aims = PROGRAMS[name]
        rows = measure()
        common.save(name, rows)
        common.show(rows, f"{name} (load of the machine now {os.getloadavg()[0]:.1f})")
        told += aims(rows)
    keys = ("what", "aim", "measured")
    aims = [dict(zip(keys, row, strict=False), met="yes" if row[3] else "NO") for row in told]
    common.save("aims", aims)
    common.show(aims, "Aims")


if __name__ == "__main__":
    main()
