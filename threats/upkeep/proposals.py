"""From the text of a page to proposed changes of a dataset.

A page about a meeting that the dataset lacks proposes its rows. A page about a meeting that it has
proposes what it adds, and what it contradicts.
"""

import datetime as dt
import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from threats.coding.coder import code
from threats.coding.draft import propose_draft, to_dataset_rows, validate_rows
from threats.coding.model import CodedText
from threats.dataset.casefold import casefold_ascii
from threats.dataset.model import MEETING_TABLES, Dataset
from threats.dataset.row_changes import RowChange, file_rows, row_id_of
from threats.format import utc_today
from threats.text import review as review_text
from threats.text import upkeep as text
from threats.text.translate import _
from threats.upkeep.differences import differences
from threats.upkeep.links import same_page_key
from threats.upkeep.page_text import PageText

MAX_DUPLICATES = 5
_NEAR_DAYS = 3  # between the first days of two meetings that may be one
_Rows = dict[str, list[dict[str, str]]]


class Duplicate(NamedTuple):
    """A meeting of the dataset that may be the proposed one, and why."""

    meeting_id: str
    reason: str


class Proposal(NamedTuple):
    """Proposed changes on the basis of one text.

    ``kind`` is new, further (a page on a known meeting) or reread. ``digest`` finds the text in the
    private cache by the address of its page; a proposal does not hold it. ``problems`` are those of
    a new meeting by the rules of the dataset.
    """

    proposal_id: str
    kind: str
    meeting_id: str
    title: str
    url: str
    source_id: str
    made_on: str
    changes: list[RowChange]
    duplicates: list[Duplicate]
    problems: list[str]


def is_about_meeting(coded: CodedText) -> bool:
    """Return whether a text is about a meeting of the field: it names one in its title or lead, and
    a threat, a response or a series of the dataset."""
    kind = coded.meeting.get("kind")
    named = kind is not None and kind.span is not None
    return named and not coded.outside_field and bool(coded.threats or coded.responses)


def propose(
    page: PageText, source_id: str, dataset: Dataset, part: bool = False
) -> Proposal | None:
    """Return what a text proposes, or None if it is about no meeting of the field or about one that
    was read from this page. ``part`` is for a passage of a report."""
    if not part and page_meetings(page.url, dataset):
        return None
    coded = code(page.text, dataset)
    if not is_about_meeting(coded):
        return None
    return propose_rows(proposed_rows(coded, page, dataset, part), page, source_id, dataset)


def propose_rows(rows: _Rows, page: PageText, source_id: str, dataset: Dataset) -> Proposal | None:
    """Return what the rows of a meeting propose, read from a text; None if the dataset has all of
    them from another text."""
    (meeting,) = rows["meetings"]
    known = same_meeting(meeting, dataset)
    if known:
        changes = differences(rows, known, dataset, doubts=False)
        if not changes:
            return None
        return make_proposal("further", known, page, source_id, changes)
    changes = [
        RowChange("add", name, row_id_of(name, row), row, {}, _(text.NEW_MEETING_REASON))
        for name, table in rows.items()
        for row in table
    ]
    return make_proposal("new", meeting["meeting_id"], page, source_id, changes)._replace(
        title=meeting["title"],
        duplicates=near_meetings(meeting, dataset),
        problems=[str(problem) for problem in validate_rows(rows, dataset)],
    )


def make_proposal(
    kind: str, meeting_id: str, page: PageText, source_id: str, changes: list[RowChange]
) -> Proposal:
    """Return a proposal made today of a text, without duplicates and problems."""
    day = utc_today().isoformat()
    return Proposal(
        page.digest, kind, meeting_id, page.title, page.url, source_id, day, changes, [], []
    )


def proposed_rows(coded: CodedText, page: PageText, dataset: Dataset, part: bool = False) -> _Rows:
    """Return the rows of the meeting that a text is about, with an id that the dataset lacks."""
    draft = propose_draft(coded, dataset)
    cells = {"source_url": page.url}
    if part:
        cells["reading"] = "part"
    if not draft.meeting["start_date"] and page.published_on:
        cells["start_date"] = page.published_on[:7]
        cells["note"] = _(text.MONTH_OF_PAGE_NOTE)
        cells["meeting_id"] = f"{draft.meeting['meeting_id']}-{page.published_on[:4]}"
    meeting = draft.meeting | cells
    meeting["meeting_id"] = free_meeting_id(meeting["meeting_id"], dataset)
    return to_dataset_rows(draft._replace(meeting=meeting))


def free_meeting_id(meeting_id: str, dataset: Dataset) -> str:
    """Return an id that no meeting of a dataset has: this one, or this one with a number."""
    taken = set(dataset["meetings"]["meeting_id"])
    numbered = (f"{meeting_id}-{number}" for number in range(2, 1_000))
    return next(one for one in [meeting_id, *numbered] if one not in taken)


def page_meetings(url: str, dataset: Dataset) -> set[str]:
    """Return the ids of the meetings of which a row was read from a page."""
    return _meetings_by_page(dataset).get(same_page_key(url), set())


@functools.lru_cache(maxsize=4)
def _meetings_by_page(dataset: Dataset) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in ("meetings", *MEETING_TABLES):
        for meeting, source in dataset[name][["meeting_id", "source_url"]].itertuples(index=False):
            if source:
                found.setdefault(same_page_key(source), set()).add(meeting)
    return found


def same_meeting(meeting: Mapping[str, str], dataset: Dataset) -> str:
    """Return the id of the meeting of the same series, first day and place; empty if there is none.

    Online meetings have no place; then both have none.
    """
    if len(meeting["start_date"]) < 10:
        return ""
    for row in file_rows(dataset.files["meetings.csv"]):
        same = all(row[name] == meeting[name] for name in ("start_date", "series"))
        if same and _place(row) == _place(meeting):
            return row["meeting_id"]
    return ""


def _place(meeting: Mapping[str, str]) -> str:
    return casefold_ascii(meeting["city"] or meeting["country"])


def near_meetings(meeting: Mapping[str, str], dataset: Dataset) -> list[Duplicate]:
    """Return meetings of the dataset that may be the proposed one: at nearly the same time in the
    same country, or with a title of mostly the same words in the same year."""
    found = []
    for row in file_rows(dataset.files["meetings.csv"]):
        days = _days_between(row["start_date"], meeting["start_date"])
        if days is not None and days <= _NEAR_DAYS and row["country"] == meeting["country"]:
            found.append(Duplicate(row["meeting_id"], _(text.NEAR_DATE_REASON)))
        elif row["start_date"][:4] == meeting["start_date"][:4] and _alike(row, meeting):
            found.append(Duplicate(row["meeting_id"], _(text.NEAR_TITLE_REASON)))
    return found[:MAX_DUPLICATES]


def possible_duplicates(changes: list[RowChange], dataset: Dataset) -> list[Duplicate]:
    """Return the meetings of the dataset that a new one may repeat, as it is corrected now."""
    new = [one.cells for one in changes if (one.action, one.table) == ("add", "meetings")]
    if not new:
        return []
    same = same_meeting(new[0], dataset)
    near = near_meetings(new[0], dataset)
    exact = [Duplicate(same, _(review_text.SAME_MEETING_REASON))] if same else []
    return exact + [one for one in near if one.meeting_id != same]


def _days_between(first: str, second: str) -> int | None:
    if len(first) < 10 or len(second) < 10:
        return None
    return abs((dt.date.fromisoformat(first) - dt.date.fromisoformat(second)).days)


def _alike(row: Mapping[str, str], meeting: Mapping[str, str]) -> bool:
    first, second = (set(re.findall(r"\w{4,}", one["title"].casefold())) for one in (row, meeting))
    return len(first & second) >= max(3, 0.7 * min(len(first), len(second)))
