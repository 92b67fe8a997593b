"""Decide on proposals: accept, correct, reject, undo.

A decision is first written to the folder of the proposals, and then its changes to the dataset
folder together with their log. It counts if the dataset has it in its log, so nothing is lost or
made twice if a run is interrupted in between.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from threats.coding.draft import meeting_id_of, table_columns
from threats.config import editable_folder
from threats.dataset.csv_files import ReadError, read_dataset_file
from threats.dataset.folder_writer import Files, edit_folder
from threats.dataset.model import Dataset
from threats.dataset.row_changes import RowChange, changed_files, reversed_change, row_id_of
from threats.dataset.schema import shipped_folder
from threats.text import review as text
from threats.text import review_desk as desk_text
from threats.text.translate import _
from threats.upkeep.change_log import LOG_FILE, log_rows, logged_decisions
from threats.upkeep.proposal_files import add_lines, read_lines, read_proposals
from threats.upkeep.proposals import Proposal, free_meeting_id

DECISIONS_FILE = "decisions.jsonl"
# The column with the code, of the tables to which a reviewer adds rows.
ADDED_COLUMNS = {
    "threat_mentions": "threat_id",
    "response_mentions": "response_id",
    "participation": "organization_id",
}


class NotEditableError(Exception):
    """A dataset folder that was not opened for changes; the message says how to open it."""


class Decision(NamedTuple):
    """A decision on a proposal. ``action`` is accept, reject or undo; ``changes`` are those that
    were made in the dataset."""

    decision_id: str
    proposal_id: str
    action: str
    by: str
    at: str
    reason: str
    page: str
    changes: list[RowChange]


def check_editable(folder: Path) -> None:
    """Raise NotEditableError if a folder was not opened for changes, or is the shipped dataset."""
    if folder.resolve() == shipped_folder().resolve():
        raise NotEditableError(_(text.SHIPPED_MESSAGE))
    opened = editable_folder()
    if not opened or Path(opened).resolve() != folder.resolve():
        raise NotEditableError(_(text.NOT_OPENED_MESSAGE, folder=folder))


def decisions(folder: Path, proposals: Path) -> list[Decision]:
    """Return the decisions on proposals that count, in their order."""
    raw = read_dataset_file(folder, LOG_FILE)
    logged = set() if isinstance(raw, ReadError) else logged_decisions({LOG_FILE: raw})
    found = map(_to_decision, read_lines(proposals / DECISIONS_FILE))
    return [one for one in found if not one.changes or one.decision_id in logged]


def _to_decision(line: dict[str, Any]) -> Decision:
    return Decision(**line | {"changes": [RowChange(**change) for change in line["changes"]]})


def last_decisions(made: Iterable[Decision]) -> dict[str, Decision]:
    """Return the last decision on each proposal; an undone one is no decision."""
    last = {one.proposal_id: one for one in made}
    return {key: one for key, one in last.items() if one.action != "undo"}


def open_proposals(folder: Path, proposals: Path) -> list[Proposal]:
    """Return the proposals for a dataset folder without a decision, in the order of their file."""
    done = last_decisions(decisions(folder, proposals))
    return [one for one in read_proposals(proposals) if one.proposal_id not in done]


def accept(
    folder: Path,
    proposals: Path,
    proposal: Proposal,
    changes: list[RowChange],
    by: str,
    reason: str = "",
) -> Decision:
    """Make changes of a proposal in the dataset, all or none.

    Raises NotEditableError, DatasetError with every problem of the dataset as it would be, and
    OSError if a row is no longer as it was or the folder cannot be written.
    """
    check_editable(folder)
    return _decide(folder, proposals, proposal, "accept", changes, by, reason)


def reject(folder: Path, proposals: Path, proposal: Proposal, by: str, reason: str) -> Decision:
    """Remember that a proposal was rejected, and why."""
    return _decide(folder, proposals, proposal, "reject", [], by, reason)


def undo(folder: Path, proposals: Path, proposal: Proposal, by: str, reason: str) -> Decision:
    """Undo the last decision on a proposal, which is open again. Raises the errors of ``accept``,
    and KeyError if there is no decision."""
    last = last_decisions(decisions(folder, proposals))[proposal.proposal_id]
    if last.changes:
        check_editable(folder)
    changes = [reversed_change(change, reason) for change in reversed(last.changes)]
    return _decide(folder, proposals, proposal, "undo", changes, by, reason)


def _decide(
    folder: Path,
    proposals: Path,
    proposal: Proposal,
    action: str,
    changes: list[RowChange],
    by: str,
    reason: str,
) -> Decision:
    """Write a decision, and make its changes in the dataset."""
    now = dt.datetime.now(dt.UTC)
    number = len(read_lines(proposals / DECISIONS_FILE)) + 1
    decision_id = f"{proposal.proposal_id}d{number}t{now:%H%M%S%f}"
    at = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    decision = Decision(
        decision_id, proposal.proposal_id, action, by, at, reason, proposal.url, changes
    )
    line = decision._asdict() | {"changes": [change._asdict() for change in changes]}
    add_lines(proposals / DECISIONS_FILE, [line], "decision_id")

    def edit(files: Files) -> Files:
        log = log_rows(files, changes, by, decision_id, proposal.url, reason)
        return changed_files(files, [*changes, *log])

    if changes:
        edit_folder(folder, edit)
    return decision


def correct_meeting(changes: list[RowChange], column: str, value: str) -> list[RowChange]:
    """Return the changes of a new meeting with another cell. Its id and source are in the rows of
    the other tables, too."""
    (meeting,) = (one for one in changes if one.table == "meetings")
    before = meeting.cells[column]
    corrected = []
    for one in changes:
        cells = dict(one.cells)
        if one is meeting or column == "source_url":
            cells[column] = value
        elif column == "meeting_id":
            ids = {"meeting_id", "session_id", "mention_id"} & cells.keys()
            cells |= {name: value + cells[name].removeprefix(before) for name in ids if cells[name]}
        corrected.append(one._replace(cells=cells, row_id=row_id_of(one.table, cells)))
    return corrected


def follow_meeting(
    changes: list[RowChange], before: Mapping[str, str], dataset: Dataset
) -> list[RowChange]:
    """Return the changes of a new meeting with an id that follows from its corrected cells and that
    the dataset lacks; ``before`` are the cells of the meeting as proposed."""
    (meeting,) = (one.cells for one in changes if one.table == "meetings")
    meeting_id = meeting["meeting_id"]
    if any(meeting[name] != before[name] for name in ("series", "start_date", "city")):
        meeting_id = meeting_id_of(meeting)
    return correct_meeting(changes, "meeting_id", free_meeting_id(meeting_id, dataset))


def added_code(table: str, code: str, meeting_id: str, url: str) -> RowChange:
    """Return the change that adds a threat, a response or an organization to a meeting, as a person
    found it in the text."""
    row = dict.fromkeys(table_columns(table), "")
    row |= {"meeting_id": meeting_id, "source_url": url, ADDED_COLUMNS[table]: code}
    if table == "participation":
        row["role"] = "participant"
    else:
        row |= {"evidence": _(desk_text.ADDED_EVIDENCE), "certainty": "sure"}
        row["mention_id"] = f"{meeting_id}.{code}"
    if table == "threat_mentions":
        row["role"] = "discussed"
    return RowChange("add", table, row_id_of(table, row), row, {}, _(desk_text.ADDED_REASON))


def correct_row(change: RowChange, column: str, value: str) -> RowChange:
    """Return a change with another cell. A new row gets the id that its cells form."""
    cells = change.cells | {column: value}
    if change.action != "add":
        return change._replace(cells=cells)
    if "mention_id" in cells:
        start = cells["session_id"] or cells["meeting_id"]
        codes = (cells.get("response_id", ""), cells["threat_id"])
        cells["mention_id"] = ".".join(filter(None, (start, *codes)))
    return change._replace(cells=cells, row_id=row_id_of(change.table, cells))
