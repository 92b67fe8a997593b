"""The datasets as their folders are now; while a folder is in error, the last one that was good."""

import contextlib
import os
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from threats import log
from threats.checks import DESCRIPTOR, Problem
from threats.dataset import Dataset, DatasetError, data_folder, load, named_folders


class Stamp(NamedTuple):
    """What tells one state of a folder from another without reading it: where it is, its files,
    and the ids of the datasets before it; None for the first."""

    folder: str
    files: tuple[tuple[str, int, int, int], ...]
    before: tuple[str, ...] | None


class State(NamedTuple):
    """A folder: its dataset, the last good one; and what is wrong with the folder now."""

    stamp: Stamp
    good: Dataset | None
    error: DatasetError | None


# As the Data Package standard has it, and so that it stands in an address and a file name as it is.
_ID = r"[a-z0-9._-]{1,60}"
# By the setting and not by the folder it leads to, so that a link that is turned to another folder
# is a change of the same data.
_known: dict[str, State] = {}
_MOST_OTHERS = 4
_taking = threading.Lock()


def states() -> list[State]:
    """Return the state of every folder, in the order of the setting.

    A change is checked once, by the first who asks; who asks meanwhile is served what was good
    before.
    """
    found: list[State] = []
    for place, key in enumerate(named_folders()):
        before = tuple(state.good.id for state in found if state.good) if place else None
        stamp = _stamp(data_folder(key), before)
        known = _known.get(key)
        found.append(known if known and known.stamp == stamp else _taken(key, stamp, known))
    return found


def datasets() -> dict[str, Dataset]:
    """Return the datasets that can be shown, by their ids and in the order of their folders."""
    return {state.good.id: state.good for state in states() if state.good}


def dataset(wanted: str = "") -> Dataset:
    """Return the dataset of this id as its folder is now, without an id that of the first folder;
    the last good one where ``trouble`` is.

    Raises DatasetError where the first folder had no good one yet, KeyError for an unknown id.
    """
    found = states()
    if wanted:
        return {state.good.id: state.good for state in found if state.good}[wanted]
    if found[0].good is None:
        # A new one, as a traceback would grow with every reader.
        raise DatasetError(found[0].error.folder, list(found[0].error.problems))
    return found[0].good


def trouble(data: Dataset) -> DatasetError | None:
    """Return what is wrong with the folder of a dataset that is served; None if nothing is."""
    return next((state.error for state in states() if state.good is data), None)


def _stamp(folder: Path, before: tuple[str, ...] | None) -> Stamp:
    told = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".csv", ".json", ".md")):
                with contextlib.suppress(OSError):  # gone since, or a link to nothing
                    at = entry.stat()
                    told.append((entry.name, at.st_mtime_ns, at.st_size, at.st_ino))
    return Stamp(str(folder), tuple(sorted(told)), before)


def _taken(key: str, stamp: Stamp, before: State | None) -> State:
    """Return the state of a changed folder once it was checked, or that before while somebody else
    checks it."""
    if not _taking.acquire(blocking=before is None or before.good is None):
        return before
    try:
        known = _known.get(key)
        if known is None or known.stamp != stamp:
            known = _known[key] = _checked(stamp, known.good if known else None)
            others = [other for other in _known if other not in named_folders()]
            for other in others[:-_MOST_OTHERS]:
                del _known[other]
        return known
    finally:
        _taking.release()


def _checked(stamp: Stamp, last: Dataset | None) -> State:
    if last and (last.id in (stamp.before or ()) or last.first != (stamp.before is None)):
        last = None  # its id stands for another dataset now
    try:
        good = load(stamp.folder)
        # One dataset alone needs no id, and may be called as it likes.
        wrong = _id_problem(good.id, stamp.before) if len(named_folders()) > 1 else None
        if wrong:
            raise DatasetError(Path(stamp.folder), [wrong])
    except DatasetError as error:
        log.warn("data refused", problems=len(error.problems), first=str(error.problems[0]))
        return State(stamp, last, error)
    except Exception as error:
        # What no rule foresaw must not take a running dashboard down.
        log.warn("data not loaded", kind=type(error).__name__, why=str(error)[:200])
        what = f"the tables cannot be loaded ({type(error).__name__}: {error})"[:300]
        problem = Problem(DESCRIPTOR, 0, "", what, "tables that follow the data dictionary")
        return State(stamp, last, DatasetError(Path(stamp.folder), [problem]))
    log.say("data taken over", version=good.version)
    return State(stamp, replace(good, first=stamp.before is None), None)


def _id_problem(name: str, before: tuple[str, ...] | None) -> Problem | None:
    """Return why a dataset cannot be told by its name from those before it; None if it can."""
    if name in (before or ()):
        what = f"the name {name!r} is that of a folder named before this one"
        return Problem(DESCRIPTOR, 0, "", what, "a name of its own")
    if not re.fullmatch(_ID, name):
        what = f"the name {name[:60]!r} cannot stand in an address"
        expected = "small letters, digits, dots, hyphens and underscores, at most 60"
        return Problem(DESCRIPTOR, 0, "", what, expected)
    return None
