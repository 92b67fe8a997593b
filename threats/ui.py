"""The Streamlit code that pages share: dataset, address, filter, chart card, marks."""

import functools
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from threats import export
from threats.dataset import Dataset, DatasetError, data_folder, load
from threats.selection import (
    Selected,
    Selection,
    from_params,
    in_words,
    meetings_in_words,
    options,
    select,
    to_params,
    year_bounds,
)
from threats.views.base import Chart
from threats.views.behind import behind as behind_table
from threats.words import counted, listed

LISTS = {
    "region": "Region",
    "series": "Series of meetings",
    "group": "Threat group",
    "threat": "Threat",
}
MOST_ROWS = 60


# ------------------------------------------------------------------ dataset and figures
def dataset() -> Dataset:
    """Return the dataset; on a broken folder show what is wrong with it and stop."""
    try:
        return _load(str(data_folder()))
    except DatasetError as error:
        problems_page(error)
        st.stop()


@functools.lru_cache(maxsize=4)
def _load(folder: str) -> Dataset:
    return load(folder)


def problems_page(error: DatasetError) -> None:
    """Show every problem of a dataset folder, as ``threats check`` prints it."""
    st.title("The data need mending")
    count = len(error.problems)
    st.write(
        f"{count} {'problem' if count == 1 else 'problems'} in the dataset folder. Mend the "
        "files and reload this page. The command `threats check` prints the same list."
    )
    st.code("\n".join(map(str, error.problems)), language=None, wrap_lines=True)


@functools.lru_cache(maxsize=512)
def narrowed(data: Dataset, selection: Selection) -> Selected:
    """Return ``select`` of these, computed once for all readers."""
    return select(data, selection)


def view(function: Callable[..., Chart], selected: Selected, **arguments) -> Chart:
    """Return a chart of ``views``, computed once for all readers of the same selection."""
    return _view(function, selected, tuple(sorted(arguments.items())))


@functools.lru_cache(maxsize=512)
def _view(function, selected, arguments):
    return function(selected, **dict(arguments))


@functools.lru_cache(maxsize=512)
def _figure(chart: Chart, dark: bool):
    return chart.draw(dark)


# ------------------------------------------------------------------ address
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
        _fill_filter(data, selection)


def _fill_filter(data: Dataset, selection: Selection) -> None:
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


def _asked(name: str, allowed: Callable[[str], bool]) -> list[str]:
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
        values = _asked(name, allowed)
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


# ------------------------------------------------------------------ filter
def sidebar_filter(data: Dataset) -> Selection:
    """Draw the filter that all pages share; return what is chosen."""
    labels = options(data)
    if "filter_years" not in st.session_state:
        _fill_filter(data, Selection())
    bounds = year_bounds(data)
    with st.sidebar:
        st.header("Filter", anchor=False)
        chosen = {
            name: st.multiselect(
                title,
                list(labels[name]),
                format_func=labels[name].get,
                key=f"filter_{name}",
                placeholder="All",
            )
            for name, title in list(LISTS.items())[:1]
        }
        years = st.slider("Years", *bounds, key="filter_years")
        for name, title in list(LISTS.items())[1:]:
            chosen[name] = st.multiselect(
                title,
                list(labels[name]),
                format_func=labels[name].get,
                key=f"filter_{name}",
                placeholder="All",
            )
        courses = st.checkbox(
            "Include training courses",
            key="filter_courses",
            help="Courses stay out unless asked for: each names the same long list of threats.",
        )
        st.button(
            "Reset filter",
            icon=":material/restart_alt:",
            width="stretch",
            on_click=_fill_filter,
            args=(data, Selection()),
        )
    lists = {name: tuple(key for key in labels[name] if key in chosen[name]) for name in LISTS}
    return Selection(
        years=None if tuple(years) == bounds else tuple(years), courses=courses, **lists
    )


def page_links(pages: list, selection: Selection, place) -> None:
    """Draw the links to all pages, each with the filter in its address."""
    for page in pages:
        place.page_link(page, query_params=to_params(selection), width="stretch")


def say_selection(selected: Selected) -> None:
    """Say in words, in the sidebar, what is selected and how many meetings remain."""
    with st.sidebar:
        st.caption(f"Selected: {in_words(selected)}. **{meetings_in_words(selected)}.**")


def nothing_left(data: Dataset) -> None:
    """Say that a filter leaves nothing, and offer the way back."""
    st.info(
        "No meeting fits this filter. Take a part of it away in the sidebar, or start again.",
        icon=":material/filter_alt_off:",
    )
    st.button("Show all meetings", type="primary", on_click=_fill_filter, args=(data, Selection()))


def report_problems(place) -> None:
    """Say which parts of a link were not known and left aside."""
    problems = st.session_state.get("problems")
    if problems:
        place.warning(
            "This link asks for something not known here, which was left aside: "
            + plain(", ".join(problems)),
            icon=":material/link_off:",
        )


# ------------------------------------------------------------------ chart card
def is_dark() -> bool:
    """Return whether the reader looks at the dark theme."""
    return st.context.theme.type == "dark"


def chart_card(chart: Chart, selected: Selected, clickable: bool = True) -> None:
    """Show a chart with its title, figures as a table, downloads and source.

    A click on a mark asks for the meetings behind it, which ``behind`` shows.
    """
    data, key = selected.dataset, f"chart_{chart.name}"
    with st.container(border=True):
        st.subheader(chart.title, anchor=chart.name)
        st.caption(plain(chart.subtitle))
        kind = st.session_state.get(f"{key}_image", "png")
        st.plotly_chart(
            _figure(chart, is_dark()),
            key=key,
            theme=None,
            alt=chart.alt,
            on_select=functools.partial(_click, key) if clickable else "ignore",
            selection_mode="points",
            config={
                "displaylogo": False,
                "modeBarButtons": [["toImage"]],
                "toImageButtonOptions": {
                    "format": kind,
                    "scale": 2,
                    "filename": export.file_name(chart, selected.selection, kind)[: -len(kind) - 1],
                },
            },
        )
        st.caption(plain(" ".join(chart.notes)))
        with st.container(horizontal=True):
            _downloads(chart, selected, key)
        with st.expander("Figures as a table", icon=":material/table:"):
            st.dataframe(chart.table, hide_index=True, alt=f"Figures of: {chart.title}")
        st.caption(plain(export.source_line(data)))


def view_address(selected: Selected) -> Callable[[], str]:
    """Return a function that gives the address of this view, once the page is complete."""
    options_so_far, base = st.session_state["options"], st.context.url or ""

    def address() -> str:
        params = urlencode(to_params(selected.selection) | options_so_far, doseq=True)
        return f"{base}?{params}" if params else base

    return address


def _downloads(chart: Chart, selected: Selected, key: str) -> None:
    data, dark, address = selected.dataset, is_dark(), view_address(selected)
    st.download_button(
        "CSV",
        functools.partial(export.to_csv, chart, data),
        icon=":material/download:",
        file_name=export.file_name(chart, selected.selection, "csv"),
        mime="text/csv",
        key=f"{key}_csv",
        on_click="ignore",
        help="The plotted figures, with filter, n and source",
    )
    st.download_button(
        "HTML",
        lambda: export.to_html(chart, data, address(), dark),
        icon=":material/download:",
        file_name=export.file_name(chart, selected.selection, "html"),
        mime="text/html",
        key=f"{key}_html",
        on_click="ignore",
        help="One page that works without a network",
    )
    st.segmented_control(
        "Image from the chart's toolbar",
        ["png", "svg"],
        default="png",
        format_func=str.upper,
        key=f"{key}_image",
        required=True,
        label_visibility="collapsed",
        help="What the camera in the chart's corner saves",
    )


# ------------------------------------------------------------------ meetings behind a mark
def _set_mark(threat: str | None, year: int | None, series: tuple[str, ...] = ()) -> None:
    st.session_state["mark_threat"] = threat
    st.session_state["mark_year"] = year
    st.session_state["mark_series"] = series


def _click(key: str) -> None:
    points = st.session_state[key].selection.points
    if points:
        parts = [part.split(":", 1) for part in points[-1]["customdata"][0].split()]
        mark = dict(parts)
        series = tuple(value for name, value in parts if name == "series")
        _set_mark(mark.get("threat"), int(mark["year"]) if "year" in mark else None, series)


def read_mark(selected: Selected) -> tuple[str, int | None] | None:
    """Return the threat and year that the reader points at, by a click, a choice or a link.

    In the address it is ``mark``: a threat or series, or a year, or both.
    """
    state, (first, last) = st.session_state, selected.years
    threats = set(selected.threats["threat_id"])
    series = selected.dataset.names("series")
    if state["fresh"] or "mark_threat" not in state:
        known = {*selected.dataset["threat_categories"]["threat_id"], *series}
        values = _asked("mark", lambda v: v in known or (v.isdecimal() and len(v) == 4))
        _set_mark(
            next((v for v in values if v in threats), None),
            next((int(v) for v in values if v.isdecimal()), None),
            tuple(v for v in values if v in series),
        )
    state["option_names"].add("mark")
    if state["mark_threat"] not in threats:
        state["mark_threat"] = None
    if state["mark_year"] not in range(first, last + 1):
        state["mark_year"] = None
    parts = [state["mark_threat"]] if state["mark_threat"] else state["mark_series"]
    values = [str(part) for part in (*parts, state["mark_year"]) if part]
    if values:
        state["options"]["mark"] = values
    return (state["mark_threat"], state["mark_year"]) if state["mark_threat"] else None


def behind(selected: Selected, role: str = "agenda") -> None:
    """Show the meetings behind a mark, each with its evidence and its source."""
    names = dict(zip(selected.threats["threat_id"], selected.threats["short_name"], strict=True))
    first, last = selected.years
    with st.container(border=True):
        st.subheader("The meetings behind a mark", anchor="meetings-behind")
        st.caption("Click a mark in a chart, or choose a threat and a year here.")
        left, right = st.columns(2)
        threat = left.selectbox(
            "Threat",
            list(names),
            format_func=names.get,
            key="mark_threat",
            index=None,
            placeholder="None chosen",
        )
        year = right.selectbox(
            "Year", range(last, first - 1, -1), key="mark_year", index=None, placeholder="All years"
        )
        series = () if threat else st.session_state["mark_series"]
        if not (threat or series or year):
            return
        table = behind_table(selected, threat, year, series, role)
        labels = selected.dataset.names("series", "short_name")
        what = names[threat] if threat else listed([labels[key] for key in series])
        what = what or "All meetings"
        count = counted(table["Meeting"].nunique(), "meeting")
        st.markdown(f"**{plain(what)}, {year or f'{first}–{last}'}:** {count}")
        show_table(table)


def show_table(table: pd.DataFrame) -> None:
    """Show a table that a screen reader can read, its column ``Source`` as links."""
    if len(table):
        st.table(_linked(table.head(MOST_ROWS)), border="horizontal")
    if len(table) > MOST_ROWS:
        st.caption(
            f"The newest {MOST_ROWS} of {len(table)} rows are shown; choose a year to see others."
        )


def _linked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with text as mere text and addresses as links."""
    shown = table.map(lambda cell: plain(str(cell)))
    shown["Source"] = [f"[source](<{url}>)" for url in table["Source"]]
    return shown


def plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is, markup and all."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|$~:^=" else c for c in text)
