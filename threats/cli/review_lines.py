"""A proposal as lines for a terminal, with the meetings of the dataset that it may repeat."""

from collections.abc import Iterator

from threats.dataset.model import Dataset
from threats.dataset.row_changes import RowChange, file_rows
from threats.text import review as text
from threats.text.translate import _
from threats.upkeep.proposals import Duplicate, Proposal, possible_duplicates

# Cells that follow from others, or are the same in all rows of a proposal.
_SILENT_COLUMNS = {"meeting_id", "mention_id", "source_url", "found_by", "basis"}


def proposal_lines(proposal: Proposal, changes: list[RowChange], dataset: Dataset) -> Iterator[str]:
    """Yield a proposal with numbered changes, and what the dataset now has that may be the same."""
    yield proposal.title
    yield proposal.url
    for number, change in enumerate(changes, start=1):
        yield _change_line(number, change)
        # The rows of a new meeting all have the same reason.
        if change.reason and proposal.kind != "new":
            yield _(text.REASON_LINE, reason=change.reason)
    for one in possible_duplicates(changes, dataset):
        yield _duplicate_line(one, dataset)
    for problem in proposal.problems:
        yield _(text.PROBLEM_LINE_OF_REVIEW, problem=problem)


def _change_line(number: int, change: RowChange) -> str:
    cells = []
    shown = change.cells if change.action != "drop" else change.before
    for column, value in shown.items():
        if value and column not in _SILENT_COLUMNS and change.action != "change":
            cells.append(_(text.CELL, column=column, value=value))
        elif change.action == "change":
            before = change.before.get(column) or _(text.EMPTY_CELL_LABEL)
            cells.append(_(text.CHANGED_CELL, column=column, value=value, before=before))
    mark = text.CHOSEN_MARK if change.proposed else text.NOT_CHOSEN_MARK
    row = f"{change.table} {change.row_id}"
    values = {"mark": mark, "number": number, "action": change.action, "row": row}
    return _(text.CHANGE_LINE, cells=" | ".join(cells), **values)


def _duplicate_line(duplicate: Duplicate, dataset: Dataset) -> str:
    rows = file_rows(dataset.files["meetings.csv"])
    row = next(row for row in rows if row["meeting_id"] == duplicate.meeting_id)
    values = {"title": row["title"], "date": row["start_date"], "url": row["source_url"]}
    place = row["city"] or row["country"] or row["format"]
    meeting, reason = duplicate.meeting_id, duplicate.reason
    return _(text.DUPLICATE_LINE, meeting=meeting, reason=reason, place=place, **values)
