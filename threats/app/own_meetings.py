"""Texts that a reader counts in one session: the button, the line above the pages, the dataset."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from threats.app.editors import may_edit
from threats.app.state import PageState, ReaderState, reader_state
from threats.coding.draft import validate_rows
from threats.dataset.model import Dataset
from threats.dataset.own_meetings import (
    MAX_OWN_MEETINGS,
    UnknownSessionError,
    close_own_dataset,
    open_own_dataset,
    own_dataset,
)
from threats.dataset.row_changes import ConflictError
from threats.exports.urls import build_url
from threats.text import own_meetings as text
from threats.text.translate import _

_Rows = dict[str, list[dict[str, str]]]


def counted_dataset(page: PageState, base: Dataset) -> Dataset:
    """Return a dataset with the texts that this session counts; an archived edition, or another
    dataset, has none."""
    reader = page.reader
    if not reader.own_meetings or base.today or base.id != reader.own_dataset:
        return base
    try:
        found = own_dataset(reader.own_token)
        if found.base is base:
            return found.dataset
    except UnknownSessionError:  # too old; the session still has the rows
        pass
    return _reopened(reader, base)


def _reopened(reader: ReaderState, base: Dataset) -> Dataset:
    """Return the dataset made again of what the session counts, without the meetings that the
    dataset has by now."""
    known = set(base["meetings"]["meeting_id"])
    reader.own_meetings = [
        rows for rows in reader.own_meetings if rows["meetings"][0]["meeting_id"] not in known
    ]
    close_own_dataset(reader.own_token)
    reader.own_token = ""
    if not reader.own_meetings:
        return base
    try:
        reader.own_token = open_own_dataset(base, reader.own_meetings)
    except ConflictError:
        reader.own_meetings = []
        return base
    return own_dataset(reader.own_token).dataset


def public_dataset(page: PageState) -> Dataset:
    """Return the dataset of a page without the texts that this session counts."""
    data = page.selected.dataset
    return own_dataset(page.reader.own_token).base if data.own else data


def own_meetings_line(page: PageState, place: DeltaGenerator) -> None:
    """Say above a page that it counts texts of this session, with a button to remove them."""
    if not page.selected.dataset.own:
        return
    line = place.container(horizontal=True, vertical_alignment="center", key="own_meetings")
    number = len(page.reader.own_meetings)
    line.info(text.own_meetings_notice(number), icon=":material/person:")
    line.button(text.remove_label(number), icon=":material/delete:", on_click=_remove)


def count_button(rows: _Rows, page: PageState) -> None:
    """Offer a reader who may not write to count the meeting of valid rows in this session."""
    data = page.selected.dataset
    if data.today or may_edit(data):
        return
    base = page.view.base or "http://localhost"
    sourced = _with_source(rows, build_url(base, page.name, {}))
    if not validate_rows(sourced, data):
        st.button(
            _(text.COUNT_LABEL),
            icon=":material/add_chart:",
            type="primary",
            help=_(text.COUNT_HELP),
            disabled=len(page.reader.own_meetings) >= MAX_OWN_MEETINGS,
            on_click=_count,
            args=(sourced, data.id),
        )


def _with_source(rows: _Rows, address: str) -> _Rows:
    """Return rows that name this page as their source if they name none."""
    return {
        name: [row | {"source_url": row["source_url"] or address} for row in table]
        for name, table in rows.items()
    }


def _count(rows: _Rows, dataset_id: str) -> None:
    reader = reader_state()
    if reader.own_dataset != dataset_id:
        reader.own_meetings, reader.own_dataset = [], dataset_id
    if len(reader.own_meetings) < MAX_OWN_MEETINGS:
        reader.own_meetings = [*reader.own_meetings, rows]
    close_own_dataset(reader.own_token)
    reader.own_token = ""


def _remove() -> None:
    reader = reader_state()
    close_own_dataset(reader.own_token)
    reader.own_meetings, reader.own_token = [], ""
