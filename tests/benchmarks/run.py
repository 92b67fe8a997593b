"""All benchmarks of speed, small, with the aim of each beside what was measured.

    python tests/benchmarks/run.py [NAME ...]     of clicks first_open rerun load behind start
                                                  bigger brief

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
import start

from threats.content.pages import PAGES

PAGES = [page for page in PAGES if page != "code"]


def _by(rows: list[dict], **wanted) -> dict:
    """Return the row that has these values, else an empty one."""
    return next((r for r in rows if all(r[key] == v for key, v in wanted.items())), {})


def of_clicks(rows: list[dict]) -> list[tuple]:
    """Return what, aim, measured and whether it is met, for clicks."""
    told = []
    for page in clicks.CHARTS:
        ms = {row["what"]: row["p50_ms"] for row in rows if row["page"] == page}
        for what, aim, met in (
            ("dash", "≤ 1 × Dash", ms["app"] <= ms["dash"]),
            ("floor", "≤ 1.5 × floor", ms["app"] <= 1.5 * ms["floor"]),
            ("naive", "≤ 0.33 × naive", ms["app"] * 3 <= ms["naive"]),
        ):
            told.append((f"click on {page}", aim, f"{ms['app'] / ms[what]:.2f} ×", met))
    return told


def of_first_open(rows: list[dict]) -> list[tuple]:
    """Return the same for the first visit."""
    told = []
    for page in clicks.CHARTS:
        ours, other = (_by(rows, what=what, page=page) for what in ("app", "dash"))
        ratio = ours["first_ms"] / other["first_ms"]
        told.append((f"first chart on {page}", "≤ 1 × Dash", f"{ratio:.2f} ×", ratio <= 1))
    most = max((row for row in rows if row["what"] == "app"), key=lambda row: row["mb"])
    of = f"most over the wire ({most['page']})"
    told.append((of, "≤ 2.7 MB", f"{most['mb']:.2f} MB", most["mb"] <= 2.7))
    plain = _by(rows, what="app", page="meetings")
    told.append(("plotly.js on meetings", "no", str(plain["plotly_js"]), not plain["plotly_js"]))
    return told


def of_rerun(rows: list[dict]) -> list[tuple]:
    """Return the same for the work of a rerun; processor time, as other programs may be running."""
    again = [row for row in rows if row["selection"] == "again"]
    most = max(again, key=lambda row: row["work_p95_ms"])
    ms = most["work_p95_ms"]
    return [(f"p95 of a rerun ({most['page']})", "< 25 ms", f"{ms:.0f} ms", ms < 25)]


def of_load(rows: list[dict]) -> list[tuple]:
    """Return the same for many readers."""
    many = _by(rows, app="app", readers=100)
    best = max(row["reruns_per_s"] for row in rows if row["app"] == "naive")
    p95, errors, mb = many["rerun_p95_s"], many["errors"], many["server_mb"]
    ratio = many["reruns_per_s"] / best
    return [
        ("p95 of 100 readers", "< 0.3 s", f"{p95:.2f} s", p95 < 0.3),
        ("errors of 100 readers", "none", str(errors), not errors),
        ("memory of 100 readers", "< 1,000 MB", f"{mb:,.0f} MB", mb < 1000),
        ("reruns a second", "≥ 20 × naive", f"{ratio:.1f} ×", ratio >= 20),
    ]


def of_behind(rows: list[dict]) -> list[tuple]:
    """Return the same for processes behind nginx; two need a core each to reach twice as many."""
    one, two = (_by(rows, processes=many) for many in (1, 2))
    ratio, errors = two["reruns_per_s"] / one["reruns_per_s"], one["errors"] + two["errors"]
    return [
        ("two processes behind nginx", "≥ 1.6 × one", f"{ratio:.2f} ×", ratio >= 1.6),
        ("errors behind nginx", "none", str(errors), not errors),
    ]


def of_start(rows: list[dict]) -> list[tuple]:
    """Return the same for the start."""
    ratio = _by(rows, what="app")["page_s"] / _by(rows, what="empty")["page_s"]
    return [("start to first page", "< 2 × empty app", f"{ratio:.2f} ×", ratio < 2)]


def of_bigger(rows: list[dict]) -> list[tuple]:
    """Return the same for more data, at the largest size that was measured."""
    most = rows[-1]
    of, ms = f"filtering {most['mentions']:,} mentions", most["filter_ms"]
    return [(of, "< 100 ms (4,000,000)", f"{ms:,.0f} ms", ms < 100)]


def of_brief(rows: list[dict]) -> list[tuple]:
    """Return the same for a brief from nothing."""
    seconds = _by(rows, what="docx")["s"]
    return [("a brief as DOCX from nothing", "< 10 s", f"{seconds:.1f} s", seconds < 10)]


PROGRAMS = {
    "clicks": (lambda: clicks.measure(5), of_clicks),
    "first_open": (lambda: first_open.measure(PAGES, 1), of_first_open),
    "rerun": (lambda: rerun.measure(PAGES, 12), of_rerun),
    "load": (lambda: load.measure([10, 100], [10], 5), of_load),
    "behind": (lambda: load.behind([1, 2], [100], 5), of_behind),
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
