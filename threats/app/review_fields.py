"""The rows of a proposal as fields with labels in words, and as a person corrected them."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from threats.app.coded_text import code_names, value_label
from threats.app.markdown import escape_markdown
from threats.coding.draft import allowed_values
from threats.dataset.model import Dataset
from threats.dataset.row_changes import RowChange, file_rows, row_id_of
from threats.text import review_desk as text
from threats.text.coder_page import COLUMN_LABELS
from threats.text.translate import _
from threats.upkeep.proposals import Proposal
from threats.upkeep.review import (
    ADDED_COLUMNS,
    added_code,
    correct_meeting,
    correct_row,
    follow_meeting,
)

# Each group is one line.
_FIRST_FACTS = (
    ("title",),
    ("start_date", "end_date"),
    ("series", "kind"),
    ("city", "country"),
    ("scope", "format"),
    ("source_url",),
)
_MORE_FACTS = (
    ("official_name", "edition"),
    ("organizers", "chair"),
    ("participants", "participants_qualifier"),
    ("reach", "border_link"),
    ("reading", "source_is"),
    ("note",),
)
_LISTS = ("scope", "organizers")
_ROW_CELLS = {
    "threat_mentions": ("role", "pandemic_link", "evidence"),
    "response_mentions": ("evidence",),
    "participation": ("role",),
    "regional_sessions": ("topic",),
}
_CODE_COLUMNS = {**ADDED_COLUMNS, "regional_sessions": "region"}


def draw_rows(proposal: Proposal, data: Dataset) -> None:
    """Draw a proposal as fields: the facts of a new meeting, each other row with a box to choose
    it, and lists of further codes."""
    for number, change in enumerate(proposal.changes):
        if _is_new_meeting(change):
            _draw_meeting(proposal, number, data)
    for number, change in enumerate(proposal.changes):
        if not _is_new_meeting(change):
            _draw_row(proposal, number, data)
    names = _names_by_column(data)
    for table, column in ADDED_COLUMNS.items():
        known = set(_present_codes(proposal, table, data))
        st.multiselect(
            _(text.ADD_LABELS[table]),
            [code for code in names[column] if code not in known],
            format_func=names[column].__getitem__,
            key=_key(proposal, "add", table),
            placeholder=_(text.ADD_PLACEHOLDER),
            filter_mode="contains",
            select_all=False,
        )


def chosen_changes(proposal: Proposal, data: Dataset) -> list[RowChange]:
    """Return the chosen changes of a proposal as they are in its fields now."""
    changes, before = list(proposal.changes), {}
    for number, change in enumerate(proposal.changes):
        for column in _cells(change):
            value = _field_value(_key(proposal, number, column), change.cells[column])
            if value == change.cells[column]:
                continue
            if _is_new_meeting(change):
                changes = correct_meeting(changes, column, value)
            else:
                changes[number] = correct_row(changes[number], column, value)
        if _is_new_meeting(change):
            before = change.cells
    chosen = [
        one
        for number, one in enumerate(changes)
        if _is_new_meeting(one) or st.session_state.get(_key(proposal, number), one.proposed)
    ]
    if before:
        chosen = follow_meeting(chosen, before, data)
    return [*chosen, *_added(proposal, chosen)]


def source_of(changes: list[RowChange], proposal: Proposal) -> str:
    """Return the address of the page of a proposal, as it is corrected now."""
    return next((one.cells["source_url"] for one in changes if _is_new_meeting(one)), proposal.url)


def row_label(change: RowChange, data: Dataset) -> str:
    """Return a row that is added, changed or dropped in words."""
    if change.table == "meetings":
        return _(text.ROW_LABELS["meetings"])
    column, row = _CODE_COLUMNS[change.table], _row_of(change, data)
    name = _names_by_column(data)[column].get(row[column], row[column])
    return _(text.ROW_LABELS[change.table], name=name)


def _key(proposal: Proposal, *parts: object) -> str:
    return "_".join(map(str, ("desk", proposal.proposal_id, *parts)))


def _is_new_meeting(change: RowChange) -> bool:
    return (change.action, change.table) == ("add", "meetings")


def _cells(change: RowChange) -> tuple[str, ...]:
    """Return the columns of a change that have a field."""
    if change.action == "drop":
        return ()
    if _is_new_meeting(change):
        return tuple(name for line in (*_FIRST_FACTS, *_MORE_FACTS) for name in line)
    names = _ROW_CELLS.get(change.table, ()) if change.action == "add" else tuple(change.cells)
    # Few rows have a link to the pandemic.
    return tuple(name for name in names if name != "pandemic_link" or change.cells[name])


def _draw_meeting(proposal: Proposal, number: int, data: Dataset) -> None:
    for line in _FIRST_FACTS:
        _draw_line(proposal, number, line, data)
    with st.expander(_(text.MORE_FACTS_LABEL), icon=":material/list:"):
        for line in _MORE_FACTS:
            _draw_line(proposal, number, line, data)


def _draw_line(
    proposal: Proposal, number: int, names: tuple[str, ...], data: Dataset, row: str = ""
) -> None:
    """Draw fields for cells on one line."""
    for place, name in zip(st.columns(len(names)), names, strict=True):
        with place:
            _draw_cell(proposal, number, name, data, row)


def _draw_row(proposal: Proposal, number: int, data: Dataset) -> None:
    """Draw a row that a person can leave out, with its cells."""
    change = proposal.changes[number]
    # The rows of a new meeting all have the same reason.
    reason = change.reason if proposal.kind != "new" else ""
    st.checkbox(
        escape_markdown(_change_label(change, data)),
        value=change.proposed,
        key=_key(proposal, number),
        help=escape_markdown(reason) or None,
    )
    if names := _cells(change):
        _draw_line(proposal, number, names, data, row_label(change, data))


def _change_label(change: RowChange, data: Dataset) -> str:
    row = row_label(change, data)
    if change.action == "drop":
        return _(text.DROPPED_LABEL, row=row)
    if change.action == "add":
        return row
    facts = ", ".join(
        _(
            text.CHANGED_FACT,
            label=_(COLUMN_LABELS[name]),
            before=_words(change.table, name, before, data) or _(text.NO_VALUE_LABEL),
        )
        for name, before in change.before.items()
    )
    return _(text.CHANGED_LABEL, row=row, facts=facts)


def _draw_cell(proposal: Proposal, number: int, column: str, data: Dataset, row: str) -> None:
    """Draw a field for a cell; that of a row has its label only for screen readers."""
    change = proposal.changes[number]
    value, label = change.cells[column], _(COLUMN_LABELS[column])
    field: dict[str, Any] = {
        "label": _(text.CELL_LABEL, label=label, name=row) if row else label,
        "key": _key(proposal, number, column),
        "label_visibility": "collapsed" if row else "visible",
    }
    choices = _choices(change.table, column, data)
    if column in _LISTS:
        default = [one for one in value.split(";") if one in choices]
        st.multiselect(
            options=list(choices),
            default=default,
            format_func=choices.__getitem__,
            filter_mode="contains",
            select_all=False,
            **field,
        )
    elif choices:
        labels = {"": "", **choices, value: choices.get(value, value)}
        options = list(labels)
        st.selectbox(
            options=options,
            index=options.index(value),
            format_func=labels.__getitem__,
            **field,
        )
    else:
        st.text_input(value=value, **field)


def _choices(table: str, column: str, data: Dataset) -> dict[str, str]:
    """Return the values that a cell may have, with their words; empty for any text."""
    if column in (names := _names_by_column(data)):
        return names[column]
    return {value: value_label(value) for value in allowed_values(table).get(column, ())}


def _names_by_column(data: Dataset) -> dict[str, dict[str, str]]:
    names, countries = code_names(data), data.names("countries")
    return {
        "series": data.names("series"),
        "country": countries,
        "chair": countries,
        "organizers": names["organization"],
        "scope": names["region"],
        "region": names["region"],
        "threat_id": names["threat"],
        "response_id": names["response"],
        "organization_id": names["organization"],
    }


def _words(table: str, column: str, value: str, data: Dataset) -> str:
    choices = _choices(table, column, data)
    return ", ".join(choices.get(one, one) for one in value.split(";"))


def _field_value(key: str, default: str) -> str:
    value = st.session_state.get(key, default)
    return ";".join(value) if isinstance(value, list) else str(value or "").strip()


def _row_of(change: RowChange, data: Dataset) -> dict[str, str]:
    """Return all cells of a row, also of one of which a change names only some."""
    if change.action != "change":
        return change.cells or change.before
    rows = file_rows(data.files[f"{change.table}.csv"])
    found = (row for row in rows if row_id_of(change.table, row) == change.row_id)
    return next(found, {_CODE_COLUMNS[change.table]: change.row_id})


def _present_codes(proposal: Proposal, table: str, data: Dataset) -> Iterator[str]:
    """Yield the codes that a proposal or its meeting has already."""
    column = ADDED_COLUMNS[table]
    for change in proposal.changes:
        if change.table == table:
            yield _row_of(change, data)[column]
    for row in file_rows(data.files[f"{table}.csv"]):
        if row["meeting_id"] == proposal.meeting_id:
            yield row[column]


def _added(proposal: Proposal, chosen: list[RowChange]) -> list[RowChange]:
    """Return the rows of the further codes that a person chose."""
    url = source_of(chosen, proposal)
    ids = (one.cells["meeting_id"] for one in chosen if _is_new_meeting(one))
    meeting_id = next(ids, proposal.meeting_id)
    return [
        added_code(table, code, meeting_id, url)
        for table in ADDED_COLUMNS
        for code in st.session_state.get(_key(proposal, "add", table), ())
    ]
