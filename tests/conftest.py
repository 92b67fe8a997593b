"""What many tests share: the shipped dataset, a copy of its folder to change, and a small one."""

import asyncio
import csv
import functools
import io
import json
import logging
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import threats
from threats.exports.chrome import browser_available, stop_browser

DATA = Path(__file__).parent.parent / "data"
TESTS = Path(__file__).parent
ENGINES = {"duckdb", "spark"}
MAIN = sys.modules["__main__"]


def pytest_collection_modifyitems(items):
    """Sort the tests into tiers by what they need, the slowest first, and keep together those that
    share a server, a browser or an engine, so that a parallel run starts each once."""
    for item in items:
        file = item.path.relative_to(TESTS)
        engine = getattr(item, "callspec", None) and item.callspec.params.get("engine")
        if file.parts[0] == "browser":
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group(str(file)))
        elif "chromium" in item.fixturenames:
            item.add_marker("chrome")
            item.add_marker(pytest.mark.xdist_group(str(file)))
        elif engine in ENGINES:
            item.add_marker("engines")
            item.add_marker(pytest.mark.xdist_group(engine))
    slow = ("engines", "browser", "chrome", "slow", "sweep")
    items.sort(
        key=lambda item: next((n for n, m in enumerate(slow) if item.get_closest_marker(m)), 9)
    )


@pytest.fixture(autouse=True)
def _main_module():
    """Put back the main module: Streamlit's tests of pages replace it, and processes that a pool
    starts run it."""
    sys.modules["__main__"] = MAIN
    yield
    sys.modules["__main__"] = MAIN


@pytest.fixture(scope="session", autouse=True)
def _components_found_once():
    """Let Streamlit look for components in all installed packages once, not at each run of a page,
    which takes a fifth of a second."""
    if "streamlit.testing.v1" not in sys.modules:
        yield
        return
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory):
    """Keep results of other runs, and of the user, out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def caplog(caplog, monkeypatch):
    """Return pytest's record of log lines, also after an application or the linter of imports has
    configured the log."""
    monkeypatch.setattr(logging.getLogger("threats"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("threats"), "disabled", False)
    return caplog


@pytest.fixture(scope="session")
def data():
    """Return the shipped dataset."""
    return threats.load(DATA)


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the shipped dataset folder."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def _rows(path, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Return a folder with a few rows of the dataset that are good together; copy it to change
    it."""
    folder = tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(DATA, folder)
    keep = {"bsmnfp-2012", "bsmnfp-2020", "bsmnfp-2021"}
    for path in folder.glob("*.csv"):
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        if rows and "meeting_id" in rows[0]:
            mine = (list(row.values()) for row in rows if row["meeting_id"] in keep)
            _rows(path, [list(rows[0]), *mine])
    path = folder / "indicator_values.csv"
    values = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    _rows(path, [values[0], *values[1::200]])
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource.pop("minRows")
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=1), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def need():
    """Return a function that, where a program was not found, skips here and fails in CI."""

    def checked(found, what):
        if not found:
            reason = f"no {what} on this machine"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)

    return checked


@pytest.fixture(scope="session")
def chromium(need):
    """Make sure that there is a browser."""
    need(browser_available(), "Chrome or Chromium")
    yield
    stop_browser()


@pytest.fixture(scope="session")
def own(small, tmp_path_factory):
    """Return a small folder of an organization's own: with a name, title, version and licence of
    its own, one meeting of another title, and a series that the shipped dataset does not know."""
    folder = Path(shutil.copytree(small, tmp_path_factory.mktemp("own") / "data"))
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor |= {"name": "own-notes", "title": "Notes of our own", "version": "7.0.0"}
    descriptor["licenses"] = [{"name": "internal", "title": "For our staff alone"}]
    descriptor["contributors"] = [{"title": "The Border Office"}]
    path.write_text(json.dumps(descriptor, indent=1), encoding="utf-8")
    title = (
        "Fourteenth annual meeting of border focal points: crisis management during the pandemic"
    )
    for file, old, new in (
        ("meetings.csv", title, "A meeting that only we know of"),
        ("series.csv", "bmsc_conference", "bmsc_events"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def run():
    """Return a function that gives what asynchronous work gives, in a thread of its own: in this
    one the driver of a browser may have a loop already."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda work: pool.submit(asyncio.run, asyncio.wait_for(work, 240)).result()
