"""Heading, sentences, tables and charts of a page, each from the catalogue by its name."""

import functools

import streamlit as st

from threats import cache, catalogue
from threats.charts.narrow import has_many_columns
from threats.export import source_line
from threats.images import available
from threats.pages import PAGES
from threats.selection import Selected
from threats.ui.address import view_of
from threats.ui.marks import click
from threats.ui.take import print_button, take_button
from threats.ui.text import explained, folder, part_title, plain, ready, show
from threats.views.base import doubt_notes

LONG = 12


def is_dark() -> bool:
    """Return whether the reader looks at the dark theme."""
    return st.context.theme.type == "dark"


def is_narrow() -> bool:
    """Return whether the reader's screen is narrow, as threats/reader/access.js tells."""
    return st.context.cookies.get("narrow") == "1"


def heading(page: str) -> None:
    """Show the title of a page and the question it answers, with a way to take all of it along."""
    told = PAGES[page]
    st.title(told.heading)
    st.markdown(plain(told.question), help=explained(told.question) or None)
    if told.printable:
        with st.container(horizontal=True):
            take_button("Take this page along", "page_taken", page)
            print_button()


def sentences(name: str, selected: Selected) -> None:
    """Show sentences of the catalogue by their name, which is mostly that of the page."""
    part = catalogue.SENTENCES[name]
    with st.container(border=True):
        part_title(part.title, anchor=part.name)
        told = catalogue.make(part, selected, st.session_state["values"])
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))
        _notes(doubt_notes(told))


def table_card(name: str, selected: Selected, **more) -> None:
    """Show a table under its title, folded up if it is long; nothing if it has no rows."""
    title = catalogue.TABLES[name].title
    table = catalogue.table(name, selected, st.session_state["values"], then=ready, **more)
    if table.rows > LONG:
        folded = folder(f"{title} ({table.rows} rows)", f"{name}_rows", ":material/table_rows:")
        if folded.open:
            with folded:
                show(table)
                _notes(table.notes)
    elif table.rows:
        with st.container(border=True):
            part_title(title, anchor=name)
            show(table)
            _notes(table.notes)


def _notes(notes: tuple[str, ...]) -> None:
    for note in notes:
        st.caption(plain(note))


def chart_card(name: str, selected: Selected, **more) -> None:
    """Show a chart with its title, figures as a table, downloads and source; where there is
    nothing to draw, say so.

    A click on a mark asks for the meetings behind it, which ``behind`` shows.
    """
    chart = catalogue.chart(name, selected, st.session_state["values"], **more)
    if chart is None:
        st.info(catalogue.CHARTS[name].instead)
        return
    key = f"chart_{name}"
    with st.container(border=True):
        told = explained(chart.title, chart.subtitle, chart.alt)
        part_title(chart.title, name, told)
        st.caption(plain(chart.subtitle))
        if chart.cautions:
            st.caption(f":material/warning: {plain('. '.join(chart.cautions))}.")
        narrow, camera = is_narrow(), not available()
        figure = cache.figure(chart, is_dark(), narrow)
        # By its key the container scrolls; see threats/reader/access.css.
        wide = narrow and has_many_columns(figure)
        place = st.container(key=f"wide_{name}") if wide else st
        place.plotly_chart(
            figure,
            key=key,
            theme=None,
            alt=chart.alt,
            on_select=functools.partial(click, key),
            selection_mode="points",
            config={"displaylogo": False, **_camera(key, name, camera)},
        )
        st.markdown(plain(chart.alt))
        st.caption(plain(" ".join(chart.notes)))
        with st.container(horizontal=True):
            take_button("Download, link, cite", f"{key}_taken", chart, more)
            if camera:
                _camera_format(key)
        folded = folder("Figures as a table", f"{key}_figures", ":material/table:")
        if folded.open:
            folded.dataframe(chart.table, hide_index=True, alt=f"Figures of: {chart.title}")
        st.caption(plain(source_line(view_of(selected))))


def _camera(key: str, name: str, camera: bool) -> dict:
    """Return the toolbar of a chart: a camera only where the server cannot draw pictures."""
    if not camera:
        return {"displayModeBar": False}
    kind = st.session_state.get(f"{key}_image", "png")
    options = {"format": kind, "scale": 2, "filename": name}
    return {"modeBarButtons": [["toImage"]], "toImageButtonOptions": options}


def _camera_format(key: str) -> None:
    st.segmented_control(
        "The camera saves",
        ["png", "svg"],
        default="png",
        format_func=str.upper,
        key=f"{key}_image",
        required=True,
        label_visibility="collapsed",
        help="What the camera in the chart's corner saves",
    )
