"""Marks: what the reader points at in a chart, and the meetings behind it."""

import streamlit as st

from threats.dataset import ERAS
from threats.selection import Selected
from threats.shifts import ERA_NAMES
from threats.ui.address import asked
from threats.ui.data import dataset
from threats.ui.text import plain, show_table
from threats.views.behind import Mark, behind_mark, mark_in_words, to_mark
from threats.words import counted


def _set(mark: Mark) -> None:
    for name, value in mark._asdict().items():
        st.session_state[f"mark_{name}"] = value


def click(key: str) -> None:
    """Point at the mark that the reader clicked in the chart of this key."""
    points = st.session_state[key].selection.points
    if points:
        parts = points[-1]["customdata"][0].split()
        _set(to_mark([part.split(":", 1)[1] for part in parts], dataset()))


def read_mark(selected: Selected) -> Mark:
    """Return what the reader points at, by a click, a choice or a link; ``mark`` in the address."""
    state, (first, last) = st.session_state, selected.years
    data = selected.dataset
    threats = set(selected.threats["threat_id"])
    state["option_names"].add("mark")
    if state["fresh"] or "mark_threat" not in state:
        known = {*data.names("threat_categories"), *data.names("series"), *ERAS}
        values = asked("mark", lambda v: v in known or (v.isdecimal() and len(v) == 4))
        _set(to_mark(values, data))
    if state["mark_threat"] not in threats:
        state["mark_threat"] = None
    if state["mark_year"] not in range(first, last + 1):
        state["mark_year"] = None
    mark = Mark(*(state[f"mark_{name}"] for name in Mark._fields))
    values = [str(v) for part in mark for v in (part if isinstance(part, tuple) else [part]) if v]
    if values:
        state["options"]["mark"] = values
    return mark


def behind(
    selected: Selected, role: str = "agenda", eras: bool = False, pandemic_search: bool = False
) -> None:
    """Show the meetings behind a mark, each with its evidence and its source."""
    names = dict(zip(selected.threats["threat_id"], selected.threats["short_name"], strict=True))
    first, last = selected.years
    with st.container(border=True):
        st.subheader("The meetings behind a mark", anchor="meetings-behind")
        st.caption("Click a mark in a chart, or choose here.")
        columns = st.columns(3 if eras else 2)
        columns[0].selectbox(
            "Threat",
            list(names),
            format_func=names.get,
            key="mark_threat",
            index=None,
            placeholder="None chosen",
        )
        columns[1].selectbox(
            "Year", range(last, first - 1, -1), key="mark_year", index=None, placeholder="All years"
        )
        if eras:
            columns[2].selectbox(
                "Era",
                ERAS,
                format_func=ERA_NAMES.get,
                key="mark_era",
                index=None,
                placeholder="All eras",
            )
        mark = Mark(*(st.session_state[f"mark_{name}"] for name in Mark._fields))
        if not any(mark):
            return
        table = behind_mark(selected, mark, role, pandemic_search)
        count = counted(len(table[["Date", "Meeting"]].drop_duplicates()), "meeting")
        st.markdown(f"**{plain(mark_in_words(selected, mark))}:** {count}")
        show_table(table)
