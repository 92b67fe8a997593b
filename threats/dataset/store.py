"""The current datasets of the folders; while a folder has errors, its last good one."""

import contextlib
import os
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from threats import logs
from threats.config import configured_folders
from threats.dataset.csv_files import BEFORE_FOLDER, Problem
from threats.dataset.model import Dataset, DatasetError, data_folder, load
from threats.dataset.schema import DESCRIPTOR_FILE, EDITIONS_FOLDER
from threats.text import problems
from threats.text.problems import problem_text


class Fingerprint(NamedTuple):
    """Identifies a state of a folder without reading it: path, files, and the ids of the datasets
    before it (None for the first folder)."""

    folder: str
    files: tuple[tuple[str, int, int, int], ...]
    before: tuple[str, ...] | None


class FolderState(NamedTuple):
    """The last good dataset of a folder, and its current error."""

    stamp: Fingerprint
    good: Dataset | None
    error: DatasetError | None


# As in the Data Package standard; needs no escaping in addresses and file names.
_ID_PATTERN = r"[a-z0-9._-]{1,60}"
# Keyed by the configured path, so that a changed symbolic link is a change of the same dataset.
_folder_states: dict[str, FolderState] = {}
_MAX_UNUSED_STATES = 4
_load_lock = threading.Lock()


def folder_states() -> list[FolderState]:
    """Return the state of every folder, in the order of the setting.

    The first caller validates a change; callers in the meantime get the last good dataset.
    """
    found: list[FolderState] = []
    for key in configured_folders():
        stamp = _take_fingerprint(key, found)
        known = _folder_states.get(key)
        found.append(known if known and known.stamp == stamp else _refresh_state(key, stamp, known))
    return found


def unchanged_states() -> list[FolderState] | None:
    """Return the state of every folder if none has changed, else None; no file is read."""
    found: list[FolderState] = []
    for key in configured_folders():
        known = _folder_states.get(key)
        if known is None or known.stamp != _take_fingerprint(key, found):
            return None
        found.append(known)
    return found


def current_datasets() -> dict[str, Dataset]:
    """Return the datasets that can be shown, by id, in the order of their folders."""
    return {state.good.id: state.good for state in folder_states() if state.good}


def open_dataset(dataset_id: str = "") -> Dataset:
    """Return the current dataset with this id, or of the first folder; the last good one if the
    folder has errors.

    Raises DatasetError if the first folder never had a good one, KeyError for an unknown id.
    """
    found = folder_states()
    if dataset_id:
        return {state.good.id: state.good for state in found if state.good}[dataset_id]
    first = found[0]
    if first.good is None and first.error:
        # A new one, as a traceback would grow with every reader.
        raise DatasetError(first.error.folder, list(first.error.problems))
    assert first.good  # a folder has a dataset or an error
    return first.good


def current_error(data: Dataset) -> DatasetError | None:
    """Return the error of the folder of a served dataset; None if it has none."""
    return next((state.error for state in folder_states() if state.good is data), None)


def _take_fingerprint(key: str, earlier: list[FolderState]) -> Fingerprint:
    folder, found = data_folder(key), []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            listed = entry.name in (BEFORE_FOLDER, EDITIONS_FOLDER)
            if listed or entry.name.endswith((".csv", ".json", ".md")):
                with contextlib.suppress(OSError):  # gone since, or a link to nothing
                    at = entry.stat()
                    found.append((entry.name, at.st_mtime_ns, at.st_size, at.st_ino))
    before = tuple(state.good.id for state in earlier if state.good) if earlier else None
    return Fingerprint(str(folder), tuple(sorted(found)), before)


def _refresh_state(key: str, fingerprint: Fingerprint, previous: FolderState | None) -> FolderState:
    """Return the validated state of a changed folder, or the previous one while another thread
    validates it."""
    served = previous if previous and previous.good else None
    if not _load_lock.acquire(blocking=served is None) and served:
        return served
    try:
        known = _folder_states.get(key)
        if known is None or known.stamp != fingerprint:
            known = _folder_states[key] = _load_state(fingerprint, known.good if known else None)
            others = [other for other in _folder_states if other not in configured_folders()]
            for other in others[:-_MAX_UNUSED_STATES]:
                del _folder_states[other]
        return known
    finally:
        _load_lock.release()


def _load_state(fingerprint: Fingerprint, previous: Dataset | None) -> FolderState:
    if previous and (
        previous.id in (fingerprint.before or ()) or previous.first != (fingerprint.before is None)
    ):
        previous = None  # its id now belongs to another dataset
    try:
        good = load(fingerprint.folder)
        # A single dataset needs no id.
        wrong = _id_problem(good.id, fingerprint.before) if len(configured_folders()) > 1 else None
        if wrong:
            raise DatasetError(Path(fingerprint.folder), [wrong])
    except DatasetError as error:
        logs.warn("data refused", problems=len(error.problems), first=str(error.problems[0]))
        return FolderState(fingerprint, previous, error)
    except Exception as error:
        # An unforeseen error must not stop a running dashboard.
        logs.warn("data not loaded", kind=type(error).__name__, why=str(error)[:200])
        reason = f"{type(error).__name__}: {error}"[:260]
        text = problem_text(problems.TABLES_NOT_LOADED, reason=reason)
        problem = Problem(DESCRIPTOR_FILE, 0, "", *text)
        return FolderState(fingerprint, previous, DatasetError(Path(fingerprint.folder), [problem]))
    logs.info("data taken over", version=good.version)
    return FolderState(fingerprint, replace(good, first=fingerprint.before is None), None)


def _id_problem(name: str, earlier_ids: tuple[str, ...] | None) -> Problem | None:
    """Return why the name of a dataset cannot be its id; None if it can."""
    if name in (earlier_ids or ()):
        text = problem_text(problems.REPEATED_DATASET_NAME, name=repr(name))
        return Problem(DESCRIPTOR_FILE, 0, "", *text)
    if not re.fullmatch(_ID_PATTERN, name):
        text = problem_text(problems.DATASET_NAME_FORM, name=repr(name[:60]))
        return Problem(DESCRIPTOR_FILE, 0, "", *text)
    return None
