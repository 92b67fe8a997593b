"""The table of meetings with its search, and the record of one."""

import functools

import pandas as pd
import streamlit as st

from threats.app.downloads import print_button, record_citation_panel
from threats.app.markdown import (
    escape_markdown,
    part_heading,
    show_rendered_table,
    show_table,
    to_rendered_table,
    web_link,
)
from threats.app.url_state import current_view, requested_values
from threats.content.builder import build_table
from threats.content.meetings import (
    reading_note,
    record_facts,
    record_tables,
    similar_meetings_table,
)
from threats.content.method_sources import source_status
from threats.dataset.model import Dataset
from threats.dataset.search import build_search_index, search_meetings
from threats.exports.citation import cite_meeting
from threats.exports.urls import View
from threats.stats.meetings import previous_and_next
from threats.stats.selection import Selected
from threats.text.quantities import quantity

MEETINGS_PAGE = "app/pages/meetings.py"


@functools.lru_cache(maxsize=4)
def _search_index(data: Dataset) -> pd.Series:
    return build_search_index(data)


def chosen_meeting(data: Dataset) -> str | None:
    """Return the meeting whose record the address asks for."""
    state = st.session_state
    state["option_names"].add("meeting")
    if state["fresh"] or "meeting" not in state:
        known = set(data["meetings"]["meeting_id"])
        state["meeting"] = next(iter(requested_values("meeting", known.__contains__)), None)
    if state.get("meeting"):
        state["options"]["meeting"] = [state["meeting"]]
    return state.get("meeting")


def meeting_search(selected: Selected) -> None:
    """Show the meetings with a search and a count; choosing a row opens its record."""
    state, table = st.session_state, build_table("meetings", selected, {})
    state["option_names"].add("q")
    if state["fresh"] or "search" not in state:
        state["search"] = next(iter(requested_values("q", lambda value: len(value) <= 200)), "")
    query = st.text_input(
        "Search",
        key="search",
        max_chars=200,
        placeholder="a word or several",
        help="Every word has to occur; case and accents do not matter.",
    )
    if query:
        state["options"]["q"] = [query]
        table = table[
            table["meeting_id"].isin(search_meetings(_search_index(selected.dataset), query))
        ]
        table = table.reset_index(drop=True)
    st.markdown(f"**{quantity(len(table), 'meeting')}**")
    if table.empty:
        st.info("No meeting of this filter has all of these words.")
        return
    event = st.dataframe(
        table.drop(columns="meeting_id"),
        hide_index=True,
        height=620,
        key="meetings_table",
        on_select="rerun",
        selection_mode="single-row",
        alt="Meetings, the newest first",
    )
    rows = event.selection.rows
    if rows:
        chosen = table["meeting_id"].iloc[rows[0]]
        st.switch_page(MEETINGS_PAGE, query_params=selected.params | {"meeting": chosen})


def meeting_record(selected: Selected, meeting_id: str) -> None:
    """Show the record of a meeting: facts, sessions, threats, responses, organizations, likenesses,
    its neighbours in the series, source and citation."""
    data = selected.dataset
    row = data["meetings"].set_index("meeting_id").loc[meeting_id]
    params = selected.params
    st.page_link(
        MEETINGS_PAGE, label="All meetings", icon=":material/arrow_back:", query_params=params
    )
    st.title(escape_markdown(row["title"]))
    print_button()
    if row["reading"] == "none":
        st.warning(reading_note("none"), icon=":material/visibility_off:")
    elif row["reading"] == "part":
        st.caption(reading_note("part"))
    st.markdown(web_link("Source of this record", row["source_url"]))
    checked = source_status(data, row["source_url"])
    if checked.words:
        links = [web_link(name, address) for name, address in checked.links.items()]
        st.caption(" ".join([escape_markdown(checked.words), *links]))
    facts = record_facts(data, meeting_id)
    st.table(
        pd.Series({key: escape_markdown(value) for key, value in facts.items()}, name="Fact"),
        border="horizontal",
        hide_header=True,
    )
    for title, table in record_tables(data, meeting_id).items():
        part_heading(title, anchor=title.lower())
        if table.empty:
            st.caption(f"No {title.lower()} coded.")
        shown = to_rendered_table(table, data)
        show_rendered_table(shown)
        for note in shown.notes:
            st.caption(escape_markdown(note))
    part_heading("Similar meetings", anchor="similar")
    alike = similar_meetings_table(data, meeting_id)
    if alike.empty:
        st.caption("No other meeting shares a theme with this one.")
    show_table(alike, data)
    titles = data.names("meetings", "title")
    before, after = previous_and_next(selected, meeting_id)
    with st.container(horizontal=True):
        for neighbour, icon, word in (
            (before, "chevron_left", "Before"),
            (after, "chevron_right", "Next"),
        ):
            if neighbour:
                st.page_link(
                    MEETINGS_PAGE,
                    label=f"{word} in the series: {escape_markdown(titles[neighbour])}",
                    icon=f":material/{icon}:",
                    query_params=params | {"meeting": neighbour},
                )
    part_heading("Cite this record", anchor="cite")
    one = data.params | {"meeting": [meeting_id]}
    view = View("meetings", selected, one, current_view(selected).base)
    reference = cite_meeting(data, meeting_id, view.address(versioned=True))
    record_citation_panel(reference, view.address(), meeting_id)
