"""The address: the reader's filter and options in it, as ids."""

import datetime as dt
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import streamlit as st

from threats.checks import ERA_MILESTONES
from threats.dataset import Dataset
from threats.selection import Selected, Selection, from_params, to_params, year_bounds
from threats.ui.text import plain

LISTS = {
    "region": "Region",
    "series": "Series of meetings",
    "group": "Threat group",
    "threat": "Threat",
}


def read_address(data: Dataset, page: str) -> None:
    """Take the filter over from the address, if the reader came by a link or by Back."""
    state = st.session_state
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    state["options"], state["option_names"] = {}, set()
    state["fresh"] = (page, params) != (state.get("page"), state.get("address"))
    state["page"] = page
    if state["fresh"]:
        state["asked"] = params
        selection, state["problems"] = from_params(params, data)
        fill_filter(data, selection)


def fill_filter(data: Dataset, selection: Selection) -> None:
    """Set the widgets of the filter to a selection."""
    for name in LISTS:
        st.session_state[f"filter_{name}"] = list(getattr(selection, name))
    st.session_state["filter_years"] = selection.years or year_bounds(data)
    st.session_state["filter_courses"] = selection.courses


def write_address(selection: Selection) -> None:
    """Write filter and options into the address, and say what of a link was not known."""
    state = st.session_state
    params = to_params(selection) | state["options"]
    known = {*LISTS, "years", "courses", *state["option_names"]}
    if state["fresh"]:
        strange = [name for name in state.get("asked", {}) if name not in known]
        state["problems"] = [*state.get("problems", ()), *strange]
    current = {name: st.query_params.get_all(name) for name in st.query_params}
    if current != params:
        st.query_params.from_dict(params)
    state["address"] = params


def view_address(selected: Selected) -> Callable[[], str]:
    """Return a function that gives the address of this view, once the page is complete."""
    options_so_far, base = st.session_state["options"], st.context.url or ""

    def address() -> str:
        params = urlencode(to_params(selected.selection) | options_so_far, doseq=True)
        return f"{base}?{params}" if params else base

    return address


def asked(name: str, allowed: Callable[[str], bool]) -> list[str]:
    """Return what a link asks of an option; what is not allowed is reported."""
    asked = st.session_state.get("asked", {}).get(name, [])
    wrong = [value for value in asked if not allowed(value)]
    if wrong:
        st.session_state["problems"] = [
            *st.session_state["problems"],
            *(f"{name}={v[:40]}" for v in wrong),
        ]
    return [value for value in asked if allowed(value)]


def _option_values(name: str, key: str, allowed: Callable[[str], bool], default) -> None:
    """Fill the widget of an option from a link, or with its default on first sight."""
    st.session_state["option_names"].add(name)
    if st.session_state["fresh"] or key not in st.session_state:
        values = asked(name, allowed)
        st.session_state[key] = (
            (values or default) if isinstance(default, list) else (values or [default])[0]
        )


def choice(name: str, label: str, labels: Mapping[str, str], help: str | None = None) -> str:
    """Draw a choice that stands in the address under ``name``; return the id chosen."""
    default = next(iter(labels))
    _option_values(name, f"option_{name}", labels.__contains__, default)
    value = st.radio(
        label,
        list(labels),
        format_func=labels.get,
        horizontal=True,
        key=f"option_{name}",
        help=help,
    )
    if value != default:
        st.session_state["options"][name] = [value]
    return value


def several(
    name: str, label: str, labels: Mapping[str, str], most: int, help: str | None = None
) -> tuple[str, ...]:
    """Draw a choice of up to ``most`` that stands in the address under ``name``; return the ids."""
    _option_values(name, f"option_{name}", labels.__contains__, [])
    st.session_state[f"option_{name}"] = st.session_state[f"option_{name}"][:most]
    values = st.multiselect(
        label,
        list(labels),
        format_func=labels.get,
        max_selections=most,
        key=f"option_{name}",
        help=help,
        placeholder="The most on the agenda",
    )
    if values:
        st.session_state["options"][name] = list(values)
    return tuple(values)


def pick(name: str, label: str, labels: Mapping[str, str]) -> str:
    """Draw a choice of one from a long list that stands in the address under ``name``; the first
    unless another is chosen; return its id."""
    default = next(iter(labels))
    key = f"option_{name}"
    _option_values(name, key, labels.__contains__, default)
    if st.session_state[key] not in labels:
        st.session_state[key] = default
    value = st.selectbox(label, list(labels), format_func=labels.get, key=key)
    if value != default:
        st.session_state["options"][name] = [value]
    return value


def flag(name: str, label: str, help: str | None = None) -> bool:
    """Draw a switch, off by default, that stands in the address as ``name=yes``."""
    key = f"option_{name}"
    _option_values(name, key, lambda v: v in ("yes", "no"), "no")
    if not isinstance(st.session_state[key], bool):
        st.session_state[key] = st.session_state[key] == "yes"
    value = st.checkbox(label, key=key, help=help)
    if value:
        st.session_state["options"][name] = ["yes"]
    return value


def day(name: str, label: str, default: dt.date, span: tuple[dt.date, dt.date]) -> dt.date:
    """Draw a choice of a day that stands in the address as an ISO date; return the day."""
    key = f"option_{name}"

    def allowed(value: str) -> bool:
        try:
            return span[0] <= dt.date.fromisoformat(value) <= span[1]
        except ValueError:
            return False

    _option_values(name, key, allowed, default.isoformat())
    if isinstance(st.session_state[key], str):
        st.session_state[key] = dt.date.fromisoformat(st.session_state[key])
    value = st.date_input(label, min_value=span[0], max_value=span[1], key=key, format="YYYY-MM-DD")
    if value != default:
        st.session_state["options"][name] = [value.isoformat()]
    return value


def emergency_days(data: Dataset) -> tuple[dt.date, dt.date]:
    """Draw the choice of the emergency's first and last day, WHO's unless the reader moves them."""
    start, end = data.era_bounds()
    first, last = year_bounds(data)
    span = dt.date(first, 1, 1), dt.date(last, 12, 31)
    left, right = st.columns(2)
    with left:
        chosen = day("era_start", "Emergency from", start, span)
    with right:
        until = day("era_end", "to", end, span)
    milestone = data["milestones"].set_index("milestone_id")
    sources = " and ".join(
        f"[{plain(row['name'])}](<{row['source_url']}>), {row['date']}"
        for _, row in milestone.loc[list(ERA_MILESTONES)].iterrows()
    )
    st.caption(f"By default: {sources}.")
    if until < chosen:
        st.warning("The emergency ends before it starts, so WHO's dates are used.")
        return start, end
    return chosen, until


def report_problems(place) -> None:
    """Say which parts of a link were not known and left aside."""
    problems = st.session_state.get("problems")
    if problems:
        place.warning(
            "This link asks for something not known here, which was left aside: "
            + plain(", ".join(problems)),
            icon=":material/link_off:",
        )
