"""Marks: what the reader points at in a chart, and the meetings behind it."""

import streamlit as st

from threats.app.markdown import escape_markdown, part_heading, show_table
from threats.app.url_state import requested_values
from threats.content.builder import to_count_rule
from threats.content.drilldown import drilldown_phrase, meetings_for
from threats.dataset.dates import ERAS
from threats.stats.drilldown import Drilldown
from threats.stats.selection import Selected, apply_count_rule
from threats.text.labels import ERA_LABELS
from threats.text.quantities import quantity


def _set_drilldown(mark: Drilldown) -> None:
    for name, value in vars(mark).items():
        st.session_state[f"mark_{name}"] = value


def _read_drilldown() -> Drilldown:
    return Drilldown(**{name: st.session_state[f"mark_{name}"] for name in vars(Drilldown())})


def handle_click(key: str) -> None:
    """Point at the mark that the reader clicked in the chart of this key; a tile of the map chooses
    its region in the filter instead."""
    points = st.session_state[key].selection.points
    if points:
        marks = points[-1]["customdata"][0].split()
        mark = Drilldown.parse(marks, st.session_state["selected"].dataset)
        if not mark:
            return
        if mark == Drilldown(region=mark.region):
            st.session_state["filter_region"] = [mark.region]
        else:
            _set_drilldown(mark)


def _keep_chosen() -> None:
    """Keep of the mark only what the reader chooses by hand."""
    state = st.session_state
    _set_drilldown(
        Drilldown(
            state["mark_threat"],
            state["mark_year"],
            era=state["mark_era"],
            response=state["mark_response"],
        )
    )


def current_drilldown(selected: Selected) -> Drilldown:
    """Return what the reader points at, by a click, a choice or a link; ``mark`` in the address."""
    state, data = st.session_state, selected.dataset
    state["option_names"].add("mark")
    # A run in between that had nothing to show has lost some of these.
    if state["fresh"] or not all(f"mark_{name}" in state for name in vars(Drilldown())):
        _set_drilldown(
            Drilldown.parse(
                requested_values("mark", lambda value: bool(Drilldown.parse([value], data))), data
            )
        )
    if state["mark_threat"] not in set(selected.threats["threat_id"]):
        state["mark_threat"] = None
    if state["mark_year"] not in range(selected.years[0], selected.years[1] + 1):
        state["mark_year"] = None
    mark = _read_drilldown()
    if mark:
        state["options"]["mark"] = mark.to_params()
    return mark


def drilldown_panel(
    selected: Selected,
    show_eras: bool = False,
    show_responses: bool = False,
) -> None:
    """Show the meetings behind a mark, each with its evidence and its source."""
    names = dict(zip(selected.threats["threat_id"], selected.threats["label"], strict=True))
    first, last = selected.years
    with st.container(border=True):
        part_heading("The meetings behind a mark", anchor="meetings-behind")
        st.caption("Click a mark in a chart, or choose here.")
        columns = st.columns(2 + show_eras + show_responses)
        columns[0].selectbox(
            "Threat",
            list(names),
            format_func=names.get,
            key="mark_threat",
            index=None,
            placeholder="None chosen",
            on_change=_keep_chosen,
        )
        columns[1].selectbox(
            "Year",
            range(last, first - 1, -1),
            key="mark_year",
            index=None,
            placeholder="All years",
            on_change=_keep_chosen,
        )
        if show_eras:
            columns[2].selectbox(
                "Era",
                ERAS,
                format_func=ERA_LABELS.get,
                key="mark_era",
                index=None,
                placeholder="All eras",
                on_change=_keep_chosen,
            )
        if show_responses:
            answers = selected.dataset.names("responses", "label")
            columns[-1].selectbox(
                "Response",
                list(answers),
                format_func=answers.get,
                key="mark_response",
                index=None,
                placeholder="None chosen",
                on_change=_keep_chosen,
            )
        mark = _read_drilldown()
        if not mark:
            return
        counted = apply_count_rule(selected, to_count_rule(st.session_state["values"]))
        table = meetings_for(counted, mark)
        count = quantity(len(table[["Date", "Meeting"]].drop_duplicates()), "meeting")
        st.markdown(f"**{escape_markdown(drilldown_phrase(selected, mark))}:** {count}")
        show_table(table, selected.dataset)
