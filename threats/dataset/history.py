"""Since when meetings are in the dataset, and when they last changed, by its archived editions."""

import csv
import io
from collections.abc import Mapping
from typing import NamedTuple

from threats.caching import cached
from threats.dataset.editions import archived_editions, open_edition, release_date
from threats.dataset.model import Dataset

# What a reader of a list of meetings sees of one.
_SHOWN = ("title", "series", "start_date", "end_date", "city", "country", "source_url")


class MeetingHistory(NamedTuple):
    """The days, as YYYY-MM-DD, of the editions with which a meeting came and last changed."""

    added: str
    changed: str


def earlier_editions(dataset: Dataset) -> list[str]:
    """Return the archived versions before this edition, the oldest first."""
    released = [change["version"] for change in dataset.descriptor.get("changes", [])]
    number = dataset.descriptor["version"]
    before = released[: released.index(number)] if number in released else []
    return [one for one in archived_editions(dataset) if one in before]


@cached(8)
def meeting_history(dataset: Dataset) -> dict[str, MeetingHistory]:
    """Return the history of each meeting by its id, also where its id was another one before."""
    now = {
        old: new
        for kind, old, new in dataset["renamed_ids"][["kind", "old_id", "new_ids"]].itertuples(
            index=False, name=None
        )
        if kind == "meeting"
    }
    today = dataset.today or dataset
    editions = [open_edition(today, number) for number in earlier_editions(dataset)]
    found: dict[str, tuple[MeetingHistory, list[str]]] = {}
    for edition in [*editions, dataset]:
        day = release_date(edition.descriptor)
        for row in _rows(edition.files["meetings.csv"]):
            key = now.get(row["meeting_id"], row["meeting_id"])
            shown = [row[name] for name in _SHOWN]
            history, before = found.get(key, (MeetingHistory(day, day), shown))
            found[key] = (history if shown == before else history._replace(changed=day)), shown
    return {key: history for key, (history, _shown) in found.items()}


def _rows(table: bytes) -> list[Mapping[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8"), newline="")))
