"""What the server works for one rerun of each page, in a warm process without network or browser.

    python tests/benchmarks/rerun.py [PAGE ...] [--reruns 50] [--profile]

``again`` alternates two regions that were chosen before, ``new`` chooses a span of years that
nobody had. A rerun is all that Streamlit does for it, from callbacks to the collection of garbage;
wall clock and, as other programs may be running, processor time of its thread.
"""

import argparse
import cProfile
import gc
import itertools
import pstats
import time
from collections import Counter
from pathlib import Path

import common
from streamlit import config
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest, local_script_runner

from threats.content.pages import PAGES
from threats.dataset.store import open_dataset
from threats.stats.filters import year_bounds

REGIONS = ("central_asia", "south_eastern_europe")
DASHBOARD = common.ROOT / "threats" / "dashboard.py"


class Clock:
    """Times every run of a script in this process; profiles it while ``profile`` is set."""

    def __init__(self) -> None:
        self.wall, self.work = [], []
        self.profile: cProfile.Profile | None = None
        run, scripts = ScriptRunner._run_script, ScriptCache()

        def timed(runner, *arguments):
            if self.profile:
                self.profile.enable()
            wall, work = time.perf_counter(), time.thread_time()
            try:
                return run(runner, *arguments)
            finally:
                # As the server does after each run, but AppTest does not.
                if config.get_option("runner.postScriptGC"):
                    gc.collect(2)
                self.wall.append(time.perf_counter() - wall)
                self.work.append(time.thread_time() - work)
                if self.profile:
                    self.profile.disable()

        ScriptRunner._run_script = timed
        # A server compiles a script once; AppTest would for every run.
        local_script_runner.ScriptCache = lambda: scripts

    def take(self) -> dict[str, float]:
        """Return percentiles in ms of what ran since the last time."""
        told = {
            "p50_ms": common.p50(self.wall) * 1000,
            "p95_ms": common.p95(self.wall) * 1000,
            "work_p50_ms": common.p50(self.work) * 1000,
            "work_p95_ms": common.p95(self.work) * 1000,
        }
        self.clear()
        return told

    def clear(self) -> None:
        """Forget what ran."""
        self.wall.clear()
        self.work.clear()


def opened(page: str, script: Path = DASHBOARD) -> AppTest:
    """Return a session of the dashboard on a page."""
    app = AppTest.from_file(str(script), default_timeout=600).run()
    if page != "overview":
        app.switch_page(f"app/pages/{page}.py").run()
    return app


def choose(app: AppTest, region: str) -> None:
    """Choose a region in the filter; raise RuntimeError if the page fails."""
    app.multiselect(key="filter_region").set_value([region]).run()
    fail(app)


def fail(app: AppTest) -> None:
    """Raise RuntimeError if the page shows an exception."""
    if app.exception:
        raise RuntimeError(app.exception[0].message)


def spans(first: int, last: int) -> itertools.cycle:
    """Return spans of years, each but the whole."""
    pairs = itertools.combinations(range(first, last + 1), 2)
    return itertools.cycle([pair for pair in pairs if pair != (first, last)])


def of_page(clock: Clock, page: str, reruns: int) -> list[dict]:
    """Return a row for selections seen before and one for new ones."""
    app, rows = opened(page), []
    for region in REGIONS:
        choose(app, region)
    clock.clear()
    for _, region in zip(range(reruns), itertools.cycle(REGIONS), strict=False):
        choose(app, region)
    rows.append({"page": page, "selection": "again", **clock.take()})
    app.multiselect(key="filter_region").set_value([]).run()
    clock.clear()
    bounds = year_bounds(open_dataset())
    for _, span in zip(range(max(5, reruns // 5)), spans(*bounds), strict=False):
        app.slider(key="filter_years").set_value(span).run()
        fail(app)
    rows.append({"page": page, "selection": "new", **clock.take()})
    return rows


def by_module(profile: cProfile.Profile) -> list[dict]:
    """Return the time spent in each package itself, and for ours in each module, most first."""
    spent, whole = Counter(), 0.0
    for (file, _, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():
        parts = Path(file).parts
        if "site-packages" in parts:
            module = parts[parts.index("site-packages") + 1]
        elif "threats" in parts:
            module = "/".join(parts[len(parts) - parts[::-1].index("threats") - 1 :])
        else:
            module = name if file == "~" and "gc.collect" in name else "Python itself"
        spent[module] += own
        whole += own
    return [
        {"module": module, "share_%": own / whole * 100, "s": own}
        for module, own in spent.most_common(12)
    ]


def measure(pages: list[str], reruns: int, profile: bool = False) -> list[dict]:
    """Return two rows for each page, and print where the time goes if asked."""
    clock, rows = Clock(), []
    for page in pages:
        rows += of_page(clock, page, reruns)
        if profile:
            app, clock.profile = opened(page), cProfile.Profile()
            for region in REGIONS * 10:
                choose(app, region)
            told, clock.profile = by_module(clock.profile), None
            clock.clear()
            common.show(told, f"Where the time goes on {page}, selections seen before")
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*", default=list(PAGES))
    parser.add_argument("--reruns", type=int, default=50)
    parser.add_argument("--profile", action="store_true")
    wanted = parser.parse_args()
    rows = measure(wanted.pages, wanted.reruns, wanted.profile)
    common.show(rows, "Work of the server for one rerun")
    common.save("rerun", rows)


if __name__ == "__main__":
    main()
