"""The reader's filter and options in the address, as ids."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from threats.app.markdown import escape_markdown, untrusted
from threats.app.state import (
    SEARCH_KEY,
    PageState,
    filter_key,
    option_key,
    reader_state,
    start_page,
)
from threats.content.options import OPTIONS
from threats.dataset.addresses import asked_language, mend_params
from threats.dataset.model import Dataset
from threats.exports.urls import changes_since, edition_notice
from threats.format import join, truncate
from threats.language import LANGUAGE_PARAM
from threats.stats.filters import (
    FILTER_PARAMS,
    LIST_PARAMS,
    READ_IN_FULL,
    Selection,
    from_params,
    to_params,
    year_bounds,
)
from threats.text.app import RESTRICTED_CHOICE_MESSAGE
from threats.text.exports import (
    COMPARE_LABEL,
    TODAY_LABEL,
    older_version_notice,
    unknown_parameters_notice,
)
from threats.text.translate import _

_WIDGET_PARAMS = ("dataset", *FILTER_PARAMS)
_OPTION_KEYS = tuple(map(option_key, OPTIONS))
_WIDGET_KEYS = (*map(filter_key, _WIDGET_PARAMS), *_OPTION_KEYS)
_READ_AGAIN_KEYS = (*_OPTION_KEYS, SEARCH_KEY)
_MAX_PENDING_ADDRESSES = 4  # clicks that can be under way at once


def read_address(url_path: str) -> PageState:
    """Start a run; take over the parameters in the address if the reader opened a link."""
    reader = reader_state()
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    # A click can leave the browser before the address of the previous run arrives there. This
    # looks like the Back button, which however moves no widget.
    late = url_path == reader.page and params in reader.pending and _widget_changed()
    is_new_link = not late and (url_path, params) != (reader.page, reader.address)
    reader.page = url_path
    if is_new_link:
        # Stored now: a click before the page is complete must not be undone by the next reading.
        reader.address, reader.requested = params, mend_params(params)
        reader.problems, reader.restricted = [], False
    return start_page(url_path, is_new_link)


def read_filter(page: PageState, data: Dataset) -> None:
    """Fill the filter from a new link; after a change of the data keep what they still contain."""
    reader = page.reader
    # Also the texts of this session change what the filter can offer.
    version = (data.id, f"{data.version} {reader.own_token}")
    changed, reader.data_version = version != reader.data_version, version
    if page.is_new_link:
        reader.version = next(iter(reader.requested.get("version", ())), "")
        reader.changes = changes_since(data, reader.version) if reader.version else []
        selection, problems = from_params(reader.requested, data)
        languages = reader.requested.get(LANGUAGE_PARAM, ())
        strange = [one for one in languages if not asked_language(one)]
        unknown = [f"{LANGUAGE_PARAM}={truncate(one)}" for one in strange]
        reader.problems += problems + unknown
        fill_filter(data, selection)
    elif changed:
        _restrict_filter(page, data)
    reader.year_bounds = year_bounds(data)


def _widget_values() -> dict[str, Any]:
    # By name, because a walk through all of the state takes a millisecond.
    return {key: st.session_state[key] for key in _WIDGET_KEYS if key in st.session_state}


def _widget_changed() -> bool:
    """Return whether the reader has changed a widget since the last run."""
    now, before = _widget_values(), reader_state().widgets
    return any(now[key] != before[key] for key in now.keys() & before.keys())


def fill_filter(data: Dataset, selection: Selection) -> None:
    """Set the widgets of the filter to a selection."""
    values: dict[str, Any] = {name: list(getattr(selection, name)) for name in LIST_PARAMS}
    values |= {"reach": selection.reach, "courses": selection.courses}
    values["reading"] = bool(selection.reading)
    values["years"] = selection.years or year_bounds(data)
    for name, value in values.items():
        st.session_state[filter_key(name)] = value


def _restrict_filter(page: PageState, data: Dataset) -> None:
    """Remove from the filter what changed data do not contain, and read the page's options from
    the address again."""
    reader = page.reader
    values = {name: st.session_state.get(filter_key(name)) for name in FILTER_PARAMS}
    selection, reader.problems = from_params(
        to_params(
            Selection(
                years=None if values["years"] == reader.year_bounds else values["years"],
                reach=values["reach"] or "",
                courses=bool(values["courses"]),
                reading=READ_IN_FULL if values["reading"] else "",
                **{name: tuple(values[name] or ()) for name in LIST_PARAMS},
            )
        ),
        data,
    )
    fill_filter(data, selection)
    reader.restricted = page.reads_address = True
    reader.requested = reader.address or {}
    for key in _READ_AGAIN_KEYS:
        st.session_state.pop(key, None)


def write_address(page: PageState) -> None:
    """Write dataset, filter and options into the address; note unknown parameters of a link."""
    reader, params = page.reader, page.selected.params | page.params
    if page.is_new_link:
        names = {*_WIDGET_PARAMS, "version", LANGUAGE_PARAM, *page.param_names}
        reader.problems += [name for name in reader.requested if name not in names]
    if {name: st.query_params.get_all(name) for name in st.query_params} != params:
        st.query_params.from_dict(params)
    if reader.address is not None and reader.address != params:
        reader.pending = [*reader.pending[-_MAX_PENDING_ADDRESSES:], reader.address]
    reader.address, reader.widgets = params, _widget_values()


def requested_values(page: PageState, name: str, is_valid: Callable[[str], bool]) -> list[str]:
    """Return the valid values of a parameter in a link; report the others."""
    texts = page.reader.requested.get(name, [])
    report_problems(page, name, [value for value in texts if not is_valid(value)])
    return [value for value in texts if is_valid(value)]


def report_problems(page: PageState, name: str, values: list[str]) -> None:
    """Note unknown values of a parameter, to be shown by ``show_link_problems``."""
    page.reader.problems += [f"{name}={truncate(value)}" for value in values]


def show_link_problems(page: PageState, place: DeltaGenerator) -> None:
    """Name the unknown parameters of a link, and what has changed in the data since it was made."""
    reader = page.reader
    if edition := edition_notice(page.view):
        today = f"[{escape_markdown(_(TODAY_LABEL))}](<{edition.today}>)"
        comparison = f"[{escape_markdown(_(COMPARE_LABEL))}](<{edition.comparison}>)"
        message = f"{escape_markdown(edition.text)} {today} · {comparison}"
        place.info(message, icon=":material/inventory_2:")
    if reader.changes:
        changes = "".join(f"\n- {escape_markdown(change)}" for change in reader.changes)
        notice = older_version_notice(untrusted(truncate(reader.version)))
        place.info(f"{notice}\n{changes}", icon=":material/history:")
    if reader.problems:
        parameters = [untrusted(problem) for problem in reader.problems]
        notice = unknown_parameters_notice(parameters)
        if reader.restricted:
            notice = _(RESTRICTED_CHOICE_MESSAGE, parameters=join(parameters))
        place.warning(notice, icon=":material/link_off:")
