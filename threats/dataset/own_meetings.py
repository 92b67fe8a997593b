"""Meetings that one reader counts in one session: in memory, for a limited time.

The rows belong to the state of the reader's session. Here is only the dataset made from them, under
a token that nobody can guess, so that the browser of this reader can fetch its charts.
"""

import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cachetools import TTLCache

from threats.dataset.model import Dataset, with_own_meetings
from threats.dataset.row_changes import RowChange, changed_files, row_id_of

MAX_OWN_DATASETS = 30  # at a time; a dataset takes about 1.5 MB
OWN_DATASET_LIFETIME = 3600  # seconds after its last page
MAX_OWN_MEETINGS = 20  # of one session
_Rows = Mapping[str, list[dict[str, str]]]


@dataclass(frozen=True)
class OwnDataset:
    """A dataset with meetings of one reader, and the dataset without them."""

    base: Dataset
    dataset: Dataset


class UnknownSessionError(LookupError):
    """There is no dataset under a token, or no longer."""


_open: TTLCache[str, OwnDataset] = TTLCache(MAX_OWN_DATASETS, OWN_DATASET_LIFETIME)
_lock = threading.Lock()


def open_own_dataset(base: Dataset, meetings: Iterable[_Rows]) -> str:
    """Return the token of a new dataset that also has the rows of these meetings.

    Raises ConflictError if the dataset has a meeting of this id.
    """
    changes = [
        RowChange("add", name, row_id_of(name, row), row, {})
        for rows in meetings
        for name, table in rows.items()
        for row in table
    ]
    made = with_own_meetings(base, {**base.files, **changed_files(base.files, changes)})
    token = secrets.token_urlsafe(32)
    with _lock:
        _open[token] = OwnDataset(base, made)
    return token


def own_dataset(token: str) -> OwnDataset:
    """Return the dataset under a token, for another hour. Raises UnknownSessionError."""
    with _lock:
        try:
            found = _open.pop(token)
        except KeyError:
            raise UnknownSessionError from None
        _open[token] = found
        return found


def close_own_dataset(token: str) -> None:
    """Forget the dataset under a token."""
    with _lock:
        _open.pop(token, None)
