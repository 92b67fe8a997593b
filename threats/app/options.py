"""The options of a page as widgets; each is a parameter of the address."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from threats.app.markdown import web_link
from threats.app.state import PageState, option_key
from threats.app.url_state import report_problems
from threats.content.options import (
    OPTIONS,
    OWN_DATES,
    Option,
    date_limits,
    default_value,
    emergency_dates,
    emergency_sources,
    max_values,
    option_labels,
    parse_option,
    serialize_option,
)
from threats.format import join
from threats.stats.filters import year_bounds
from threats.text import app as text
from threats.text.comparison import DEFAULT_VALUES_PLACEHOLDERS, UNKNOWN_PERIOD_MESSAGE
from threats.text.translate import _


def option_widget(page: PageState, name: str) -> Any:
    """Draw an option and return its value, which also goes into the address."""
    option, key = OPTIONS[name], option_key(name)
    page.param_names.add(name)
    if page.reads_address or key not in st.session_state:
        texts = page.reader.requested.get(name, [])
        value, wrong = parse_option(option, texts, page.selected, page.values)
        report_problems(page, name, wrong)
        st.session_state[key] = list(value) if option.repeatable else value
    labels = option_labels(option, page.selected, page.values)
    value = page.values[name] = _draw(option, key, labels, page)
    texts = serialize_option(option, value, page.selected, page.values)
    if texts:
        page.params[name] = texts
    return value


def _keep_option(page: PageState, name: str) -> list[str]:
    """Read an option from the address without drawing it; return its unknown values."""
    page.param_names.add(name)
    texts = page.reader.requested.get(name, [])
    page.values[name], wrong = parse_option(OPTIONS[name], texts, page.selected)
    return wrong


def _draw(option: Option, key: str, labels: Mapping[str, str], page: PageState) -> Any:
    """Draw the widget of an option and return its value, restricted to the available choices."""
    arguments: dict[str, Any] = {"label": option.label, "key": key, "help": option.help}
    if option.kind == "flag":
        return st.checkbox(**arguments)
    if option.kind == "day":
        first, last = date_limits(page.selected)
        return st.date_input(min_value=first, max_value=last, format="YYYY-MM-DD", **arguments)
    if option.kind == "years":
        first_year, last_year = year_bounds(page.selected.dataset)
        chosen: Any = st.slider(min_value=first_year, max_value=last_year, **arguments)
        return chosen[0], chosen[1]
    arguments |= {"options": list(labels), "format_func": labels.get}
    if option.repeatable:
        return _draw_several(option, key, arguments, page)
    if st.session_state[key] not in labels:
        st.session_state[key] = default_value(option, page.selected, page.values) or None
    return st.selectbox(**arguments) or ""


def _draw_several(
    option: Option, key: str, arguments: dict[str, Any], page: PageState
) -> tuple[str, ...]:
    """Draw the widget of an option that takes several values, and return them."""
    kept, wrong = parse_option(option, st.session_state[key], page.selected, page.values)
    st.session_state[key] = list(kept)
    most = max_values(option, page.selected, page.values)
    placeholder = _(text.TOP_PLACEHOLDER, number=most)
    if option.kind == "values":
        by = page.values["compare_by"]
        placeholder = _(DEFAULT_VALUES_PLACEHOLDERS[by])
        if by == "period":
            # A reader can type other years than those offered.
            arguments["options"] = list(dict.fromkeys([*arguments["options"], *kept]))
            arguments |= {"format_func": str, "accept_new_options": True}
            if any(text[:1].isdigit() for text in wrong):
                st.warning(_(UNKNOWN_PERIOD_MESSAGE))
    chosen = st.multiselect(
        max_selections=most,
        placeholder=placeholder,
        filter_mode="contains",
        select_all=False,
        **arguments,
    )
    return parse_option(option, chosen, page.selected, page.values)[0]


def emergency_widget(page: PageState) -> tuple[dt.date, dt.date]:
    """Draw the choice of the pandemic period: a preset, or its first and last day."""
    days = {name: _keep_option(page, name) for name in ("era_start", "era_end")}
    preset = option_widget(page, "eras")
    if page.reads_address and preset != OWN_DATES:  # else the widgets report them
        for name, wrong in days.items():
            report_problems(page, name, wrong)
    if preset == OWN_DATES:
        left, right = st.columns(2)
        with left:
            start = option_widget(page, "era_start")
        with right:
            end = option_widget(page, "era_end")
        if end < start:
            st.warning(_(text.REVERSED_DATES_MESSAGE))
    sources = [
        _(text.DATED_SOURCE_LABEL, source=web_link(name, url), date=date)
        for name, date, url in emergency_sources(page.selected)
    ]
    st.caption(_(text.DEFAULT_DATES_NOTE, sources=join(sources)))
    return emergency_dates(page.values, page.selected)
