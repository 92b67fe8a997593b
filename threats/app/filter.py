"""The filter that all pages share."""

import functools
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from threats.app.markdown import escape_markdown
from threats.app.state import PageState, filter_key, option_key
from threats.app.url_state import fill_filter
from threats.content.options import OPTIONS, parse_option
from threats.content.pages import HOME_PAGE, MINOR_PAGES
from threats.content.registry import options_on
from threats.content.selection_text import describe, empty_reason, meeting_count_phrase
from threats.dataset.model import Dataset
from threats.dataset.store import current_datasets
from threats.format import format_range
from threats.stats.filters import (
    FILTER_PARAMS,
    LIST_PARAMS,
    READ_IN_FULL,
    Selection,
    filter_choices,
    synonyms,
    year_bounds,
)
from threats.stats.selection import Selected
from threats.text import app as text
from threats.text.selection import REACH_LABELS, threat_option_label
from threats.text.translate import _

DEFAULT_ROLE = "agenda"
CHIPS_KEY = "filter_chips"
YEAR_KEYS = ("year_first", "year_last")


def sidebar_filter(data: Dataset) -> Selection:
    """Draw the filter and return the selection."""
    if filter_key("years") not in st.session_state:
        fill_filter(data, Selection())
    labels, bounds = filter_choices(data), year_bounds(data)
    with st.sidebar:
        st.header(_(text.FILTER_TITLE), anchor=False)
        _dataset_choice()
        lists = {"region": _list_filter("region", labels["region"])}
        years = _years_filter(bounds)
        words = {"threat": synonyms(data)}
        lists |= {
            name: _list_filter(name, labels[name], words.get(name, {})) for name in LIST_PARAMS[1:]
        }
        reach = st.selectbox(
            _(text.FILTER_LABELS["reach"]),
            list(REACH_LABELS),
            format_func=lambda value: _(REACH_LABELS[value]),
            key=filter_key("reach"),
            help=_(text.FILTER_HELP["reach"]),
        )
        courses, fully_read = (
            st.checkbox(
                _(text.FILTER_LABELS[name]), key=filter_key(name), help=_(text.FILTER_HELP[name])
            )
            for name in ("courses", "reading")
        )
        _reset_button(_(text.RESET_FILTER_LABEL), data, ":material/restart_alt:", "secondary")
    return Selection(
        years=None if tuple(years) == bounds else (years[0], years[1]),
        reach=reach,
        courses=courses,
        reading=READ_IN_FULL if fully_read else "",
        **lists,
    )


def _years_filter(bounds: tuple[int, int]) -> tuple[int, int]:
    """Draw a slider of years, with a box for its first and its last year, and return both."""
    if bounds[0] == bounds[1]:  # a slider needs at least two values
        return bounds
    key = filter_key("years")
    chosen: Any = st.slider(_(text.FILTER_LABELS["years"]), *bounds, key=key)
    for column, name, year in zip(st.columns(2), YEAR_KEYS, chosen, strict=True):
        st.session_state[name] = year
        column.number_input(_(text.YEAR_LABELS[name]), *bounds, key=name, on_change=_apply_years)
    return chosen


def _apply_years() -> None:
    first, last = (st.session_state[name] for name in YEAR_KEYS)
    st.session_state[filter_key("years")] = (min(first, last), max(first, last))


def _list_filter(
    name: str, labels: dict[str, str], words: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> tuple[str, ...]:
    """Draw a filter of ids and return those chosen, in the vocabulary's order.

    ``words`` are further words by which a reader finds an id.
    """
    chosen = st.multiselect(
        _(text.FILTER_LABELS[name]),
        list(labels),
        format_func=lambda value: threat_option_label(labels.get(value, ""), words.get(value, ())),
        key=filter_key(name),
        placeholder=_(text.ALL_PLACEHOLDER),
        help=_(text.FILTER_HELP[name]) if name in text.FILTER_HELP else None,
        # Enter takes the first option that has what the reader typed.
        filter_mode="contains",
        select_all=False,
    )
    return tuple(key for key in labels if key in chosen)


def _reset_button(
    label: str, data: Dataset, icon: str | None, kind: Literal["primary", "secondary"]
) -> None:
    reset = functools.partial(fill_filter, data, Selection())
    st.button(label, icon=icon, type=kind, width="stretch", on_click=reset)


def _dataset_choice() -> None:
    """Draw the choice of the dataset if there are several."""
    titles: dict[str, str] = {
        key: data.descriptor["title"] for key, data in current_datasets().items()
    }
    if len(titles) > 1:
        label, key = _(text.FILTER_LABELS["dataset"]), filter_key("dataset")
        st.selectbox(label, list(titles), format_func=titles.__getitem__, key=key)


def reserve_page_links(pages: list[StreamlitPage]) -> list[tuple[StreamlitPage, DeltaGenerator]]:
    """Draw the links to all pages with the filter of the address, and return the place of each.

    They come before everything else, so that nothing moves while the page loads.
    """
    params = {
        name: st.query_params.get_all(name)
        for name in ("dataset", *FILTER_PARAMS)
        if name in st.query_params
    }
    places = st.sidebar.container(key="pages")
    major, minor = places.container(key="pages_major"), places.container(key="pages_minor")
    links = []
    for target in pages:
        minor_page = (target.url_path or HOME_PAGE) in MINOR_PAGES
        place = (minor if minor_page else major).empty()
        place.page_link(target, query_params=params, width="stretch")
        links.append((target, place))
    return links


def page_links(page: PageState, links: list[tuple[StreamlitPage, DeltaGenerator]]) -> None:
    """Give the links to all pages dataset and filter, and the role if the page has it."""
    role = page.reader.role = _counted_role(page)
    for target, place in links:
        params = page.selected.params
        if role != DEFAULT_ROLE and "role" in options_on(target.url_path or HOME_PAGE):
            params["role"] = [role]
        place.page_link(target, query_params=params, width="stretch")


def _counted_role(page: PageState) -> str:
    """Return the role that this run counts by; a page without this choice keeps the last one."""
    if "role" not in options_on(page.name):
        return page.reader.role
    if page.reads_address:
        texts = page.reader.requested.get("role", [])
        return parse_option(OPTIONS["role"], texts, page.selected)[0]
    return st.session_state.get(option_key("role"), page.reader.role)


def selection_summary(selected: Selected) -> None:
    """Show the selection in words and its number of meetings in the sidebar.

    A screen reader announces changes, see threats/server/static/access.js.
    """
    filters, meetings = escape_markdown(describe(selected)), meeting_count_phrase(selected)
    with st.sidebar.container(key="selection_summary"):
        st.caption(_(text.SELECTION_SUMMARY, filters=filters, meetings=meetings))


def filter_chips(selected: Selected, *hidden: str) -> None:
    """Show each part of the filter as a chip above the page; a click removes it. ``hidden`` are the
    names of parts that the page shows otherwise."""
    parts = _active_parts(selected)
    chips = {key: parts[key] for key in parts if key.partition("=")[0] not in hidden}
    if not chips:
        return
    st.session_state[CHIPS_KEY] = list(chips)
    st.pills(
        _(text.CHIPS_LABEL),
        list(chips),
        format_func=lambda part: f"{chips.get(part, part)} ✕",
        selection_mode="multi",
        key=CHIPS_KEY,
        on_change=functools.partial(_remove_parts, list(chips), selected.dataset),
        label_visibility="collapsed",
    )


def _active_parts(selected: Selected) -> dict[str, str]:
    """Return the labels of the parts of the filter, by their name and value."""
    selection, labels = selected.selection, filter_choices(selected.dataset)
    parts = {
        f"{name}={value}": labels[name].get(value, value)
        for name in LIST_PARAMS
        for value in getattr(selection, name)
    }
    if selection.years:
        parts["years="] = format_range(*selection.years)
    if selection.reach:
        parts["reach="] = _(REACH_LABELS[selection.reach])
    for name in ("courses", "reading"):
        if getattr(selection, name):
            parts[f"{name}="] = _(text.FILTER_LABELS[name])
    return parts


def _remove_parts(parts: list[str], data: Dataset) -> None:
    """Remove from the filter the parts that are no longer among the chips."""
    empty: dict[str, Any] = {"years": year_bounds(data), "reach": "", "courses": False}
    for part in set(parts) - set(st.session_state[CHIPS_KEY]):
        name, _sign, value = part.partition("=")
        key = filter_key(name)
        if name in LIST_PARAMS:
            st.session_state[key] = [one for one in st.session_state[key] if one != value]
        else:
            st.session_state[key] = empty.get(name, False)


def empty_filter_message(selected: Selected) -> None:
    """Say that nothing matches the filter, and offer to reset it."""
    reason = empty_reason(selected)
    st.info(_(text.EMPTY_FILTER_MESSAGE, reason=reason), icon=":material/filter_alt_off:")
    _reset_button(_(text.SHOW_ALL_LABEL), selected.dataset, None, "primary")
