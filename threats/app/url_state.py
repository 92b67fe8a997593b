"""The address: the reader's filter and options in it, as ids."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import streamlit as st

from threats.app.markdown import escape_markdown, untrusted, web_link
from threats.content.options import (
    OPTIONS,
    date_limits,
    default_value,
    emergency_dates,
    emergency_sources,
    option_labels,
    parse_option,
    serialize_option,
)
from threats.content.pages import HOME_PAGE
from threats.content.trends import MAX_COMPARED_THREATS
from threats.dataset.model import Dataset
from threats.exports.urls import View, base_url_from_page, changes_since
from threats.stats.selection import (
    READ_IN_FULL,
    Selected,
    Selection,
    from_params,
    restrict_to,
    year_bounds,
)

LIST_FILTERS = {
    "region": "Region",
    "series": "Series of meetings",
    "group": "Threat group",
    "threat": "Threat",
    "certainty": "Certainty of codes",
}
_WIDGET_KEYS = (
    *(f"filter_{name}" for name in ("dataset", *LIST_FILTERS, "years", "courses", "reading")),
    *(f"option_{name}" for name in OPTIONS),
)
_MAX_PENDING_ADDRESSES = 4  # clicks that can be under way at once


def read_address(page: str) -> None:
    """Take over what the address asks for, if the reader came by a link or by Back."""
    state = st.session_state
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    state["options"], state["option_names"], state["values"] = {}, set(), {}
    state["taken"], state["print_place"], state["in_section"] = [], None, False
    # A click can leave the browser before the address of the run before has come there. Back looks
    # the same, but moves no widget.
    late = page == state.get("page") and params in state.get("left", ()) and _widget_changed()
    state["fresh"] = not late and (page, params) != (state.get("page"), state.get("address"))
    state["page"] = page
    if state["fresh"]:
        # Taken now: a click before the page is complete must not be undone by reading it again.
        state["address"] = state["asked"] = params
        state["problems"], state["refitted"] = [], False


def read_filter(data: Dataset) -> None:
    """Fill the filter by the address, if that is new; else, if the data are other ones than in the
    run before, keep of it what these know."""
    state = st.session_state
    before, now = state.get("data"), (data.id, data.version)
    state["data"] = now
    if state["fresh"]:
        params = state["asked"]
        state["version"] = version = next(iter(params.get("version", ())), "")
        state["changes"] = changes_since(data, version) if version else []
        selection, problems = from_params(params, data)
        state["problems"] = [*state["problems"], *problems]
        fill_filter(data, selection)
    elif before != now:
        _restrict_filter(data)
    state["bounds"] = year_bounds(data)


def _widget_values() -> dict[str, Any]:
    # By name, as going through all of the state takes a millisecond.
    return {key: st.session_state[key] for key in _WIDGET_KEYS if key in st.session_state}


def _widget_changed() -> bool:
    """Return whether the reader has moved a widget since the last run."""
    now, before = _widget_values(), st.session_state.get("widgets", {})
    return any(now[key] != before[key] for key in now.keys() & before.keys())


def fill_filter(data: Dataset, selection: Selection) -> None:
    """Set the widgets of the filter to a selection."""
    for name in LIST_FILTERS:
        st.session_state[f"filter_{name}"] = list(getattr(selection, name))
    st.session_state["filter_years"] = selection.years or year_bounds(data)
    st.session_state["filter_courses"] = selection.courses
    st.session_state["filter_reading"] = bool(selection.reading)


def _restrict_filter(data: Dataset) -> None:
    """Take out of the filter what other data do not know, which ``report_problems`` says, and have
    the options of the page read from the address again."""
    state = st.session_state
    years = state.get("filter_years")
    selection, state["problems"] = restrict_to(
        Selection(
            years=None if years == state["bounds"] else years,
            courses=state.get("filter_courses", False),
            reading=READ_IN_FULL if state.get("filter_reading") else "",
            **{name: tuple(state.get(f"filter_{name}", ())) for name in LIST_FILTERS},
        ),
        data,
    )
    fill_filter(data, selection)
    state["refitted"] = True
    state["asked"] = state.get("address", {})
    read_again = {f"option_{name}" for name in OPTIONS} | {"meeting", "search"}
    for key in list(state):
        if key in read_again or str(key).startswith("mark_"):
            del state[key]


def write_address(selected: Selected) -> None:
    """Write dataset, filter and options into the address, and say what of a link was not known."""
    state = st.session_state
    params = selected.params | state["options"]
    known = {
        "dataset",
        *LIST_FILTERS,
        "years",
        "courses",
        "reading",
        "version",
        *state["option_names"],
    }
    if state["fresh"]:
        strange = [name for name in state.get("asked", {}) if name not in known]
        state["problems"] = [*state.get("problems", ()), *strange]
    current = {name: st.query_params.get_all(name) for name in st.query_params}
    if current != params:
        st.query_params.from_dict(params)
    if state["address"] != params:
        state["left"] = [*state.get("left", ())[-_MAX_PENDING_ADDRESSES:], state["address"]]
    state["address"], state["widgets"] = params, _widget_values()


def current_view(selected: Selected) -> View:
    """Return what the reader looks at, once the page is complete."""
    state = st.session_state
    page = state["page"] or HOME_PAGE
    params = selected.params | state["options"]
    return View(page, selected, params, base_url_from_page(st.context.url or "", page))


def requested_values(name: str, is_allowed: Callable[[str], bool]) -> list[str]:
    """Return what a link asks of a parameter; what is not allowed is reported."""
    texts = st.session_state.get("asked", {}).get(name, [])
    wrong = [text for text in texts if not is_allowed(text)]
    st.session_state["problems"] = [
        *st.session_state["problems"],
        *(f"{name}={text[:40]}" for text in wrong),
    ]
    return [text for text in texts if is_allowed(text)]


def option_widget(name: str, selected: Selected) -> Any:
    """Draw an option of the page, which stands in the address under its name; return its value."""
    state, wanted, key = st.session_state, OPTIONS[name], f"option_{name}"
    state["option_names"].add(name)
    if state["fresh"] or key not in state:
        texts = state.get("asked", {}).get(name, [])
        value, wrong = parse_option(wanted, texts, selected, state["values"])
        state["problems"] = [*state["problems"], *(f"{name}={text[:40]}" for text in wrong)]
        state[key] = list(value) if wanted.kind == "threats" else value
    known = option_labels(wanted, selected, state["values"])
    look = {"label": wanted.label, "key": key, "help": wanted.help}
    if wanted.kind == "flag":
        value = st.checkbox(**look)
    elif wanted.kind == "day":
        first, last = date_limits(selected)
        value = st.date_input(min_value=first, max_value=last, format="YYYY-MM-DD", **look)
    elif wanted.kind == "threats":
        state[key] = [threat for threat in state[key] if threat in known]
        value = tuple(
            st.multiselect(
                options=list(known),
                format_func=known.get,
                max_selections=MAX_COMPARED_THREATS,
                placeholder="The most on the agenda",
                **look,
            )
        )
    else:
        if state[key] not in known:
            state[key] = default_value(wanted, selected, state["values"]) or None
        draw = st.radio if wanted.kind == "choice" else st.selectbox
        flat = {"horizontal": True} if wanted.kind == "choice" else {}
        value = draw(options=list(known), format_func=known.get, **flat, **look) or ""
    state["values"][name] = value
    texts = serialize_option(wanted, value, selected, state["values"])
    if texts:
        state["options"][name] = texts
    return value


def emergency_widget(selected: Selected) -> tuple[dt.date, dt.date]:
    """Draw the choice of the emergency's first and last day, WHO's unless the reader moves them."""
    left, right = st.columns(2)
    with left:
        start = option_widget("era_start", selected)
    with right:
        end = option_widget("era_end", selected)
    sources = " and ".join(
        f"{web_link(name, url)}, {date}" for name, date, url in emergency_sources(selected)
    )
    st.caption(f"By default: {sources}.")
    if end < start:
        st.warning("The emergency ends before it starts, so WHO's dates are used.")
    return emergency_dates(st.session_state["values"], selected)


def report_link_problems(place) -> None:
    """Say which parts of a link were not known and left aside, and what has changed in the data
    since a link was made to be cited."""
    changes = st.session_state.get("changes")
    if changes:
        version = untrusted(st.session_state["version"][:40])
        place.info(
            f"This link was made with data version {version}. Since then:\n"
            + "".join(f"\n- {escape_markdown(change)}" for change in changes),
            icon=":material/history:",
        )
    problems = st.session_state.get("problems")
    if problems:
        asks = "These data do not know something chosen before, which was left aside: "
        if not st.session_state["refitted"]:
            asks = "This link asks for something not known here, which was left aside: "
        place.warning(
            asks + untrusted(", ".join(problems)),
            icon=":material/link_off:",
        )
