"""The drilldown: the cell, dot or bar that the reader chose, and its meetings."""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from threats.app.markdown import escape_markdown, part_heading, show_table
from threats.app.state import PageState, current_page, drilldown_key, filter_key
from threats.app.url_state import requested_values
from threats.content.builder import to_count_rule
from threats.content.drilldown import drilldown_phrase, meetings_for
from threats.dataset.dates import ERAS
from threats.stats.drilldown import Drilldown
from threats.stats.selection import Selected, apply_count_rule
from threats.text import app as text
from threats.text.labels import ERA_LABELS
from threats.text.quantities import format_meetings
from threats.text.translate import _

_KEYS = {name: drilldown_key(name) for name in vars(Drilldown())}
# The parts that have a widget; their choice replaces what a click chose.
_CHOSEN_BY_HAND = ("threat", "year", "era", "response")


def _set_drilldown(drilldown: Drilldown) -> None:
    for name, key in _KEYS.items():
        st.session_state[key] = getattr(drilldown, name)


def _read_drilldown(names: Iterable[str] = _KEYS) -> Drilldown:
    return Drilldown(**{name: st.session_state[_KEYS[name]] for name in names})


def handle_click(key: str) -> None:
    """Choose the mark that the reader clicked in the chart with this key.

    A tile of the map chooses its region in the filter instead.
    """
    points = st.session_state[key].selection.points
    if points:
        clicked = points[-1]["customdata"][0].split()
        drilldown = Drilldown.parse(clicked, current_page().selected.dataset)
        if drilldown and drilldown == Drilldown(region=drilldown.region):
            st.session_state[filter_key("region")] = [drilldown.region]
        elif drilldown:
            _set_drilldown(drilldown)


def current_drilldown(page: PageState, selected: Selected | None = None) -> Drilldown:
    """Return what the reader chose by a click, by hand or by a link, and write it to the address.

    A threat that ``selected`` (by default the page's selection) does not have is dropped.
    """
    state, selected = st.session_state, selected or page.selected
    page.param_names.add("mark")
    # A run without a figure has lost some of the keys.
    if page.is_new_link or not all(key in state for key in _KEYS.values()):
        data = selected.dataset
        values = requested_values(page, "mark", lambda one: bool(Drilldown.parse([one], data)))
        _set_drilldown(Drilldown.parse(values, data))
    if state[_KEYS["threat"]] not in set(selected.threats["threat_id"]):
        state[_KEYS["threat"]] = None
    if state[_KEYS["year"]] not in range(selected.years[0], selected.years[1] + 1):
        state[_KEYS["year"]] = None
    drilldown = _read_drilldown()
    if drilldown:
        page.params["mark"] = drilldown.to_params()
    return drilldown


def drilldown_panel(
    page: PageState,
    selected: Selected | None = None,
    show_eras: bool = False,
    show_responses: bool = False,
) -> None:
    """List the meetings of the drilldown with evidence and source, below widgets to choose it."""
    selected = selected or page.selected
    threats = dict(zip(selected.threats["threat_id"], selected.threats["label"], strict=True))
    first, last = selected.years
    choices: dict[str, Mapping[Any, str]] = {
        "threat": threats,
        "year": {year: str(year) for year in range(last, first - 1, -1)},
    }
    if show_eras:
        choices["era"] = {era: _(ERA_LABELS[era]) for era in ERAS}
    if show_responses:
        choices["response"] = selected.dataset.names("responses", "label")
    with st.container(border=True):
        part_heading(_(text.DRILLDOWN_TITLE), anchor="meetings-behind")
        st.caption(_(text.DRILLDOWN_HELP))
        for column, (name, labels) in zip(st.columns(len(choices)), choices.items(), strict=True):
            _draw_choice(column, name, labels)
        drilldown = _read_drilldown()
        if drilldown:
            counted = apply_count_rule(selected, to_count_rule(page.values))
            table = meetings_for(counted, drilldown)
            meetings = format_meetings(len(table[["Date", "Meeting"]].drop_duplicates()))
            label = escape_markdown(drilldown_phrase(selected, drilldown))
            st.markdown(_(text.DRILLDOWN_COUNT, label=label, meetings=meetings))
            show_table(table, selected.dataset)


def _draw_choice(column: DeltaGenerator, name: str, labels: Mapping[Any, str]) -> None:
    column.selectbox(
        _(text.DRILLDOWN_LABELS[name]),
        list(labels),
        format_func=lambda value: labels.get(value, ""),
        key=_KEYS[name],
        index=None,
        placeholder=_(text.DRILLDOWN_PLACEHOLDERS[name]),
        on_change=lambda: _set_drilldown(_read_drilldown(_CHOSEN_BY_HAND)),
    )
