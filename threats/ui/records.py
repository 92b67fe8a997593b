"""The table of meetings with its search, and the record of one."""

import functools

import pandas as pd
import streamlit as st

from threats import catalogue, citation, search, together
from threats.dataset import Dataset
from threats.export import View
from threats.selection import Selected
from threats.ui.address import asked, view_of
from threats.ui.take import print_button, take_record
from threats.ui.text import part_title, plain, ready, show, show_table, web_link
from threats.views import record, sources
from threats.words import counted

PAGE = "app_pages/meetings.py"


@functools.lru_cache(maxsize=4)
def _index(data: Dataset) -> pd.Series:
    return search.index(data)


def chosen_meeting(data: Dataset) -> str | None:
    """Return the meeting whose record the address asks for."""
    state = st.session_state
    state["option_names"].add("meeting")
    if state["fresh"] or "meeting" not in state:
        known = set(data["meetings"]["meeting_id"])
        state["meeting"] = next(iter(asked("meeting", known.__contains__)), None)
    if state.get("meeting"):
        state["options"]["meeting"] = [state["meeting"]]
    return state.get("meeting")


def meeting_table(selected: Selected) -> None:
    """Show the meetings with a search and a count; choosing a row opens its record."""
    state, table = st.session_state, catalogue.table("meetings", selected, {})
    state["option_names"].add("q")
    if state["fresh"] or "search" not in state:
        state["search"] = next(iter(asked("q", lambda value: len(value) <= 200)), "")
    query = st.text_input(
        "Search",
        key="search",
        max_chars=200,
        placeholder="a word or several",
        help="Every word has to occur; case and accents do not matter.",
    )
    if query:
        state["options"]["q"] = [query]
        table = table[table["meeting_id"].isin(search.find(_index(selected.dataset), query))]
        table = table.reset_index(drop=True)
    st.markdown(f"**{counted(len(table), 'meeting')}**")
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
        st.switch_page(PAGE, query_params=selected.params | {"meeting": chosen})


def meeting_record(selected: Selected, meeting_id: str) -> None:
    """Show the record of a meeting: facts, sessions, threats, responses, organizations, likenesses,
    its neighbours in the series, source and citation."""
    data = selected.dataset
    row = data["meetings"].set_index("meeting_id").loc[meeting_id]
    params = selected.params
    st.page_link(PAGE, label="All meetings", icon=":material/arrow_back:", query_params=params)
    st.title(plain(row["title"]))
    print_button()
    if row["reading"] == "none":
        st.warning(record.NOT_READ, icon=":material/visibility_off:")
    elif row["reading"] == "part":
        st.caption(record.READ_IN_PART)
    st.markdown(web_link("Source of this record", row["source_url"]))
    checked = sources.told(data, row["source_url"])
    if checked.words:
        links = [web_link(name, address) for name, address in checked.links.items()]
        st.caption(" ".join([plain(checked.words), *links]))
    facts = record.facts(data, meeting_id)
    st.table(
        pd.Series({key: plain(value) for key, value in facts.items()}, name="Fact"),
        border="horizontal",
        hide_header=True,
    )
    for title, table in record.parts(data, meeting_id).items():
        part_title(title, anchor=title.lower())
        if table.empty:
            st.caption(f"No {title.lower()} coded.")
        shown = ready(table, data)
        show(shown)
        for note in shown.notes:
            st.caption(plain(note))
    part_title("Similar meetings", anchor="similar")
    alike = record.similar(data, meeting_id)
    if alike.empty:
        st.caption("No other meeting shares a theme with this one.")
    show_table(alike, data)
    titles = data.names("meetings", "title")
    before, after = together.neighbours(selected, meeting_id)
    with st.container(horizontal=True):
        for neighbour, icon, word in (
            (before, "chevron_left", "Before"),
            (after, "chevron_right", "Next"),
        ):
            if neighbour:
                st.page_link(
                    PAGE,
                    label=f"{word} in the series: {plain(titles[neighbour])}",
                    icon=f":material/{icon}:",
                    query_params=params | {"meeting": neighbour},
                )
    part_title("Cite this record", anchor="cite")
    one = data.params | {"meeting": [meeting_id]}
    view = View("meetings", selected, one, view_of(selected).base)
    reference = citation.to_meeting(data, meeting_id, view.address(versioned=True))
    take_record(reference, view.address(), meeting_id)
