"""The dataset as its folder is now; while the folder is in error, the last one that was good."""

import contextlib
import os
import threading
from pathlib import Path
from typing import NamedTuple

from threats import log
from threats.checks import DESCRIPTOR, Problem
from threats.dataset import Dataset, DatasetError, data_folder, load

# What tells one state of a folder from another without reading it.
Stamp = tuple[str, tuple[tuple[str, int, int, int], ...]]


class _Known(NamedTuple):
    stamp: Stamp
    good: Dataset | None
    error: DatasetError | None


# By the setting and not by the folder it leads to, so that a link that is turned to another folder
# is a change of the same data.
_known: dict[str, _Known] = {}
_MOST = 4
_taking = threading.Lock()


def dataset() -> Dataset:
    """Return the dataset of the folder as it is now, or the last good one where ``trouble`` is.

    A change is checked once, by the first who asks; who asks meanwhile is served what was good
    before. Raises DatasetError where there was no good one yet.
    """
    key = os.environ.get("THREATS_DATA") or ""
    stamp, known = _stamp(data_folder()), _known.get(key)
    if known is None or known.stamp != stamp:
        known = _taken(key, stamp, known)
    if known.good is None:
        # A new one, as a traceback would grow with every reader.
        raise DatasetError(known.error.folder, list(known.error.problems))
    return known.good


def trouble() -> DatasetError | None:
    """Return what is wrong with the folder of the dataset that is served; None if nothing is."""
    known = _known.get(os.environ.get("THREATS_DATA") or "")
    return known.error if known else None


def _stamp(folder: Path) -> Stamp:
    told = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".csv", ".json", ".md")):
                with contextlib.suppress(OSError):  # gone since, or a link to nothing
                    at = entry.stat()
                    told.append((entry.name, at.st_mtime_ns, at.st_size, at.st_ino))
    return str(folder), tuple(sorted(told))


def _taken(key: str, stamp: Stamp, before: _Known | None) -> _Known:
    """Return what is known of a changed folder once it was checked, or what was known before while
    somebody else checks it."""
    if not _taking.acquire(blocking=before is None or before.good is None):
        return before
    try:
        known = _known.get(key)
        if known is None or known.stamp != stamp:
            known = _known[key] = _checked(stamp, known)
            for other in list(_known)[:-_MOST]:
                del _known[other]
        return known
    finally:
        _taking.release()


def _checked(stamp: Stamp, before: _Known | None) -> _Known:
    try:
        good = load(stamp[0])
    except DatasetError as error:
        log.warn("data refused", problems=len(error.problems), first=str(error.problems[0]))
        return _Known(stamp, before.good if before else None, error)
    except Exception as error:
        # What no rule foresaw must not take a running dashboard down.
        log.warn("data not loaded", kind=type(error).__name__, why=str(error)[:200])
        what = f"the tables cannot be loaded ({type(error).__name__}: {error})"[:300]
        problem = Problem(DESCRIPTOR, 0, "", what, "tables that follow the data dictionary")
        return _Known(
            stamp, before.good if before else None, DatasetError(Path(stamp[0]), [problem])
        )
    log.say("data taken over", version=good.version)
    return _Known(stamp, good, None)
