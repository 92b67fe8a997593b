"""Marks: what the reader points at in a chart, and the meetings behind it."""

import streamlit as st

from threats.dataset import ERAS
from threats.selection import Selected
from threats.shifts import ERA_NAMES
from threats.ui.address import asked
from threats.ui.text import part_title, plain, show_table
from threats.views.behind import Mark, behind_mark, from_mark, mark_in_words, to_mark
from threats.words import counted


def _set(mark: Mark) -> None:
    for name, value in mark._asdict().items():
        st.session_state[f"mark_{name}"] = value


def _mark() -> Mark:
    return Mark(*(st.session_state[f"mark_{name}"] for name in Mark._fields))


def click(key: str) -> None:
    """Point at the mark that the reader clicked in the chart of this key; a tile of the map chooses
    its region in the filter instead."""
    points = st.session_state[key].selection.points
    if points:
        parts = [part.split(":", 1)[1] for part in points[-1]["customdata"][0].split()]
        mark = to_mark(parts, st.session_state["selected"].dataset)
        if not any(mark):
            return
        if mark == Mark(region=mark.region):
            st.session_state["filter_region"] = [mark.region]
        else:
            _set(mark)


def _choose() -> None:
    """Keep of the mark only what the reader chooses by hand."""
    state = st.session_state
    _set(
        Mark(
            state["mark_threat"],
            state["mark_year"],
            era=state["mark_era"],
            response=state["mark_response"],
        )
    )


def read_mark(selected: Selected) -> Mark:
    """Return what the reader points at, by a click, a choice or a link; ``mark`` in the address."""
    state, data = st.session_state, selected.dataset
    state["option_names"].add("mark")
    # A run in between that had nothing to show has lost some of these.
    if state["fresh"] or not all(f"mark_{name}" in state for name in Mark._fields):
        _set(to_mark(asked("mark", lambda value: any(to_mark([value], data))), data))
    if state["mark_threat"] not in set(selected.threats["threat_id"]):
        state["mark_threat"] = None
    if state["mark_year"] not in range(selected.years[0], selected.years[1] + 1):
        state["mark_year"] = None
    mark = _mark()
    if any(mark):
        state["options"]["mark"] = from_mark(mark)
    return mark


def behind(
    selected: Selected,
    role: str = "agenda",
    eras: bool = False,
    responses: bool = False,
    pandemic_search: bool = False,
) -> None:
    """Show the meetings behind a mark, each with its evidence and its source."""
    names = dict(zip(selected.threats["threat_id"], selected.threats["label"], strict=True))
    first, last = selected.years
    with st.container(border=True):
        part_title("The meetings behind a mark", anchor="meetings-behind")
        st.caption("Click a mark in a chart, or choose here.")
        columns = st.columns(2 + eras + responses)
        columns[0].selectbox(
            "Threat",
            list(names),
            format_func=names.get,
            key="mark_threat",
            index=None,
            placeholder="None chosen",
            on_change=_choose,
        )
        columns[1].selectbox(
            "Year",
            range(last, first - 1, -1),
            key="mark_year",
            index=None,
            placeholder="All years",
            on_change=_choose,
        )
        if eras:
            columns[2].selectbox(
                "Era",
                ERAS,
                format_func=ERA_NAMES.get,
                key="mark_era",
                index=None,
                placeholder="All eras",
                on_change=_choose,
            )
        if responses:
            answers = selected.dataset.names("responses", "label")
            columns[-1].selectbox(
                "Response",
                list(answers),
                format_func=answers.get,
                key="mark_response",
                index=None,
                placeholder="None chosen",
                on_change=_choose,
            )
        mark = _mark()
        if not any(mark):
            return
        table = behind_mark(selected, mark, role, pandemic_search)
        count = counted(len(table[["Date", "Meeting"]].drop_duplicates()), "meeting")
        st.markdown(f"**{plain(mark_in_words(selected, mark))}:** {count}")
        show_table(table, selected.dataset)
