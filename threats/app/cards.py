"""Heading, sentences, tables and charts of a page, each from the catalogue by its name."""

import functools

import streamlit as st

from threats.app.downloads import download_menu, print_button
from threats.app.drilldown import handle_click
from threats.app.markdown import (
    escape_markdown,
    explain_terms,
    lazy_expander,
    part_heading,
    show_rendered_table,
    to_rendered_table,
)
from threats.app.url_state import current_view
from threats.charts.mobile import has_many_columns
from threats.charts.theme import DARK, LIGHT, Theme
from threats.content.builder import build_chart, build_item, build_table
from threats.content.model import cached_figure
from threats.content.notes import reliability_notes
from threats.content.pages import PAGES
from threats.content.registry import CHART_SPECS, SENTENCE_SPECS, TABLE_SPECS
from threats.exports.chrome import browser_available
from threats.exports.citation import source_line
from threats.stats.selection import Selected

MAX_UNFOLDED_ROWS = 12


def current_theme() -> Theme:
    """Return the colours of the theme that the reader chose."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def is_narrow() -> bool:
    """Return whether the reader's screen is narrow, as threats/server/static/access.js tells."""
    return st.context.cookies.get("narrow") == "1"


def page_heading(page: str) -> None:
    """Show the title of a page and the question it answers, with a way to take all of it along."""
    told = PAGES[page]
    st.title(told.heading)
    st.markdown(escape_markdown(told.question), help=explain_terms(told.question) or None)
    if told.printable:
        with st.container(horizontal=True):
            download_menu("Take this page along", "page_taken", page)
            print_button()


def sentences_card(name: str, selected: Selected) -> None:
    """Show sentences of the catalogue by their name, which is mostly that of the page."""
    part = SENTENCE_SPECS[name]
    with st.container(border=True):
        part_heading(part.title, anchor=part.name)
        told = build_item(part, selected, st.session_state["values"])
        st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in told))
        _render_notes(reliability_notes(told))


def table_card(name: str, selected: Selected, **options) -> None:
    """Show a table under its title, folded up if it is long; nothing if it has no rows."""
    title = TABLE_SPECS[name].title
    table = build_table(
        name, selected, st.session_state["values"], postprocess=to_rendered_table, **options
    )
    if table.rows > MAX_UNFOLDED_ROWS:
        folded = lazy_expander(
            f"{title} ({table.rows} rows)", f"{name}_rows", ":material/table_rows:"
        )
        if folded.open:
            with folded:
                show_rendered_table(table)
                _render_notes(table.notes)
    elif table.rows:
        with st.container(border=True):
            part_heading(title, anchor=name)
            show_rendered_table(table)
            _render_notes(table.notes)


def _render_notes(notes: tuple[str, ...]) -> None:
    for note in notes:
        st.caption(escape_markdown(note))


def chart_card(name: str, selected: Selected, **options) -> None:
    """Show a chart with its title, figures as a table, downloads and source; where there is
    nothing to draw, say so.

    A click on a mark asks for the meetings behind it, which ``behind`` shows.
    """
    chart = build_chart(name, selected, st.session_state["values"], **options)
    if chart is None:
        st.info(CHART_SPECS[name].instead)
        return
    key = f"chart_{name}"
    with st.container(border=True):
        told = explain_terms(chart.title, chart.subtitle, chart.alt)
        part_heading(chart.title, name, told)
        st.caption(escape_markdown(chart.subtitle))
        if chart.cautions:
            st.caption(f":material/warning: {escape_markdown('. '.join(chart.cautions))}.")
        narrow, camera = is_narrow(), not browser_available()
        figure = cached_figure(chart, current_theme(), narrow)
        # By its key the container scrolls; see threats/server/static/access.css.
        wide = narrow and has_many_columns(figure)
        place = st.container(key=f"wide_{name}") if wide else st
        place.plotly_chart(
            figure,
            key=key,
            theme=None,
            alt=chart.alt,
            on_select=functools.partial(handle_click, key),
            selection_mode="points",
            config={"displaylogo": False, **_toolbar_config(key, name, camera)},
        )
        st.markdown(escape_markdown(chart.alt))
        st.caption(escape_markdown(" ".join(chart.notes)))
        with st.container(horizontal=True):
            download_menu("Download, link, cite", f"{key}_taken", chart, options)
            if camera:
                _camera_format_control(key)
        folded = lazy_expander("Figures as a table", f"{key}_figures", ":material/table:")
        if folded.open:
            folded.dataframe(chart.table, hide_index=True, alt=f"Figures of: {chart.title}")
        st.caption(escape_markdown(source_line(current_view(selected))))


def _toolbar_config(key: str, name: str, camera: bool) -> dict:
    """Return the toolbar of a chart: a camera only where the server cannot draw pictures."""
    if not camera:
        return {"displayModeBar": False}
    kind = st.session_state.get(f"{key}_image", "png")
    options = {"format": kind, "scale": 2, "filename": name}
    return {"modeBarButtons": [["toImage"]], "toImageButtonOptions": options}


def _camera_format_control(key: str) -> None:
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
