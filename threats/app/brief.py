"""The page that prepares a meeting: what a brief says on screen, and the files of it.

What takes long of a file, its pictures, is drawn here, where the reader sees how far it is and can
end it; the file itself is made when its link is followed, and written nowhere.
"""

import functools

import pandas as pd
import streamlit as st

from threats.app.cards import chart_card
from threats.app.downloads import file_link
from threats.app.markdown import escape_markdown, lazy_expander, show_table, web_link
from threats.app.url_state import current_view
from threats.brief.model import FRONT_PAGE_SOURCE_RUNS, Brief, Section
from threats.brief.outline import build_brief
from threats.brief.writers import BRIEF_FORMATS, render_brief_images
from threats.exports.chrome import browser_available
from threats.exports.urls import View
from threats.stats.selection import Selected
from threats.text.brief_titles import SOURCES_TITLE
from threats.text.exports import NO_BROWSER_MESSAGE
from threats.text.translate import _


def brief_page(selected: Selected) -> None:
    """Show the brief on the regions and themes chosen, and the choice of files of it."""
    made = build_brief(selected)
    view = _brief_view(selected)
    st.caption(
        "Choose the region and the threats of your meeting in the filter; the rest of it holds too."
    )
    st.header(escape_markdown(made.title), anchor="brief")
    st.markdown(escape_markdown(made.subtitle))
    with st.container(horizontal=True):
        for form, kind in BRIEF_FORMATS.items():
            st.button(
                f"Make {_(kind.label)}",
                icon=":material/description:",
                key=f"brief_{form}",
                help=_(kind.description),
                disabled=kind.needs_browser and not browser_available(),
                on_click=functools.partial(_request_file, form, view),
            )
    if not browser_available():
        st.caption(_(NO_BROWSER_MESSAGE))
    st.session_state["brief_place"] = st.empty()
    _render_preview(made, selected)


def clear_brief() -> None:
    """Drop the file of a brief, ready or being made."""
    for name in ("brief_wanted", "brief_ready"):
        st.session_state.pop(name, None)


def _brief_view(selected: Selected) -> View:
    """Return what a brief is of: the filter, without the mark that the reader points at."""
    return View("brief", selected, selected.params, current_view(selected).base)


def _brief_key(view: View) -> str:
    """Return what tells one choice from another."""
    return view.address(versioned=True)


def _request_file(suffix: str, view: View) -> None:
    clear_brief()
    st.session_state["brief_wanted"] = suffix, _brief_key(view)


def _cancel() -> None:
    clear_brief()
    st.session_state["brief_told"] = "Cancelled."


def brief_file(selected: Selected) -> None:
    """Draw what the file needs that was asked for, which another choice or Cancel ends, and link to
    it; once the page is complete, so that it can be read meanwhile."""
    state, view = st.session_state, _brief_view(selected)
    place = state.pop("brief_place")
    if state.get("brief_wanted", (None, _brief_key(view)))[1] != _brief_key(view):
        clear_brief()
    if "brief_wanted" in state:
        form = state["brief_wanted"][0]
        with place.container():
            bar = st.progress(0.0, "Making the brief")
            st.button("Cancel", icon=":material/close:", key="brief_cancel", on_click=_cancel)
        render_brief_images(form, view, lambda share, what: bar.progress(share, what))
        clear_brief()
        state["brief_ready"] = form, _brief_key(view)
    form, key = state.get("brief_ready", (None, None))
    told = state.pop("brief_told", None)
    if key == _brief_key(view):
        with place:
            file_link("brief", form, view, f"Download {_(BRIEF_FORMATS[form].label)}", "primary")
    else:
        clear_brief()
        if told:
            place.info(told)


def _render_preview(document: Brief, selected: Selected) -> None:
    """Show what the brief says: the two pages at the top in full, the annexes folded up."""
    for section in document.front:
        st.subheader(escape_markdown(section.title), anchor=section.name)
        _render_section(section, selected, FRONT_PAGE_SOURCE_RUNS)
    st.header("Annexes", anchor="annexes")
    for section in document.annexes:
        folded = lazy_expander(section.title, f"{section.name}_open", ":material/article:")
        if folded.open:
            with folded:
                _render_section(section, selected, None)
    folded = lazy_expander(
        f"{_(SOURCES_TITLE)} ({len(document.sources)})", "sources_open", ":material/link:"
    )
    if folded.open:
        sources = pd.DataFrame(document.sources)
        folded.markdown(
            "\n".join(
                f"{row.number}. {escape_markdown(row.title)}. {web_link(row.address, row.address)}"
                for row in sources.itertuples()
            )
        )


def _render_section(section: Section, selected: Selected, limit: int | None) -> None:
    st.markdown("\n".join(f"- {escape_markdown(said.cited(limit))}" for said in section.statements))
    for chart in section.charts:
        chart_card(chart.name, selected, **_chart_options(chart))
    for table in section.tables:
        if len(table.frame):
            st.markdown(f"**{escape_markdown(table.title)}**")
            show_table(table.frame, selected.dataset)


def _chart_options(chart) -> dict:
    """Return what tells a chart from others of its name: the threat and the indicator it shows."""
    if "indicator_id" not in chart.table:
        return {}
    first = chart.table.iloc[0]
    return {"threat": first["threat_id"], "indicator": first["indicator_id"]}
