"""The page that prepares a meeting: what a brief says on screen, and the files of it.

What takes long of a file, its pictures, is drawn here, where the reader sees how far it is and can
end it; the file itself is made when its link is followed, and written nowhere.
"""

import functools

import pandas as pd
import streamlit as st

from threats import cache, images
from threats.brief.contents import brief
from threats.brief.documents import FORMS, drawn
from threats.brief.parts import FEW_RUNS, SOURCES, Brief, Section
from threats.export import View
from threats.selection import Selected
from threats.ui.address import view_of
from threats.ui.card import chart_card
from threats.ui.take import file_link
from threats.ui.text import folder, plain, show_table, web_link

NO_BROWSER = (
    "This server has no Chrome or Chromium, so it makes no PDF, and a Word or HTML file without "
    "pictures."
)


def prepared(selected: Selected) -> None:
    """Show the brief on the regions and themes chosen, and the choice of files of it."""
    made = cache.view(brief, selected)
    view = _view(selected)
    st.caption(
        "Choose the region and the threats of your meeting in the filter; the rest of it holds too."
    )
    st.header(plain(made.title), anchor="brief")
    st.markdown(plain(made.told))
    with st.container(horizontal=True):
        for form, kind in FORMS.items():
            st.button(
                f"Make {kind.label}",
                icon=":material/description:",
                key=f"brief_{form}",
                help=kind.told,
                disabled=kind.browser and not images.available(),
                on_click=functools.partial(_want, form, view),
            )
    if not images.available():
        st.caption(NO_BROWSER)
    st.session_state["brief_place"] = st.empty()
    _preview(made, selected)


def forget_brief() -> None:
    """Drop the file of a brief, ready or being made."""
    for name in ("brief_wanted", "brief_ready"):
        st.session_state.pop(name, None)


def _view(selected: Selected) -> View:
    """Return what a brief is of: the filter, without the mark that the reader points at."""
    return View("brief", selected, selected.params, view_of(selected).base)


def _key(view: View) -> str:
    """Return what tells one choice from another."""
    return view.address(versioned=True)


def _want(form: str, view: View) -> None:
    forget_brief()
    st.session_state["brief_wanted"] = form, _key(view)


def _cancel() -> None:
    forget_brief()
    st.session_state["brief_told"] = "Cancelled."


def brief_file(selected: Selected) -> None:
    """Draw what the file needs that was asked for, which another choice or Cancel ends, and link to
    it; once the page is complete, so that it can be read meanwhile."""
    state, view = st.session_state, _view(selected)
    place = state.pop("brief_place")
    if state.get("brief_wanted", (None, _key(view)))[1] != _key(view):
        forget_brief()
    if "brief_wanted" in state:
        form = state["brief_wanted"][0]
        with place.container():
            bar = st.progress(0.0, "Making the brief")
            st.button("Cancel", icon=":material/close:", key="brief_cancel", on_click=_cancel)
        drawn(form, view, lambda share, what: bar.progress(share, what))
        forget_brief()
        state["brief_ready"] = form, _key(view)
    form, key = state.get("brief_ready", (None, None))
    told = state.pop("brief_told", None)
    if key == _key(view):
        with place:
            file_link("brief", form, view, f"Download {FORMS[form].label}", "primary")
    else:
        forget_brief()
        if told:
            place.info(told)


def _preview(made: Brief, selected: Selected) -> None:
    """Show what the brief says: the two pages at the top in full, the annexes folded up."""
    for section in made.front:
        st.subheader(plain(section.title), anchor=section.name)
        _section(section, selected, FEW_RUNS)
    st.header("Annexes", anchor="annexes")
    for section in made.annexes:
        folded = folder(section.title, f"{section.name}_open", ":material/article:")
        if folded.open:
            with folded:
                _section(section, selected, None)
    folded = folder(f"{SOURCES} ({len(made.sources)})", "sources_open", ":material/link:")
    if folded.open:
        sources = pd.DataFrame(made.sources)
        folded.markdown(
            "\n".join(
                f"{row.number}. {plain(row.title)}. {web_link(row.address, row.address)}"
                for row in sources.itertuples()
            )
        )


def _section(section: Section, selected: Selected, most: int | None) -> None:
    st.markdown("\n".join(f"- {plain(said.cited(most))}" for said in section.statements))
    for chart in section.charts:
        chart_card(chart.name, selected, **_choice(chart))
    for table in section.tables:
        if len(table.frame):
            st.markdown(f"**{plain(table.title)}**")
            show_table(table.frame, selected.dataset)


def _choice(chart) -> dict:
    """Return what tells a chart from others of its name: the threat and the indicator it shows."""
    if "indicator_id" not in chart.table:
        return {}
    first = chart.table.iloc[0]
    return {"threat": first["threat_id"], "indicator": first["indicator_id"]}
