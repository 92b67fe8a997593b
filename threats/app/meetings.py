"""The table of meetings with its search, and the record of one."""

import pandas as pd
import streamlit as st

from threats.app.downloads import print_button, record_citation_panel
from threats.app.markdown import (
    escape_markdown,
    part_heading,
    relative_link,
    show_table,
    untrusted,
    web_link,
)
from threats.app.state import SEARCH_KEY, PageState
from threats.app.url_state import requested_values
from threats.content.builder import build_table
from threats.content.meeting_search import search_meetings, suggest_meeting_query
from threats.content.meetings import (
    reading_note,
    record_facts,
    record_links,
    record_tables,
    similar_meetings_table,
)
from threats.content.method_sources import source_status
from threats.content.search_words import MAX_QUERY_LENGTH
from threats.dataset.model import Dataset
from threats.exports.citation import cite_meeting
from threats.exports.feed import FEED_FILE
from threats.exports.urls import View, build_url
from threats.stats.filters import current_ids
from threats.stats.meetings import previous_and_next
from threats.text import app as text
from threats.text.columns import column_label
from threats.text.feed import FEED_HELP, FEED_LABEL
from threats.text.meetings import NOT_KNOWN
from threats.text.quantities import format_meetings
from threats.text.search import DID_YOU_MEAN_LABEL
from threats.text.selection import ALL_MEETINGS_LABEL
from threats.text.translate import _

MEETINGS_PAGE = "app/pages/meetings.py"


def chosen_meeting(page: PageState) -> str | None:
    """Return the meeting whose record the address requests."""
    page.param_names.add("meeting")
    if page.reads_address:
        page.reader.meeting = _requested_meeting(page)
    meeting = page.reader.meeting
    if meeting:
        page.params["meeting"] = [meeting]
    return meeting


def _requested_meeting(page: PageState) -> str | None:
    """Return the meeting of the address by its current id."""
    data = page.selected.dataset
    ids = set(data["meetings"]["meeting_id"])

    def current(value: str) -> list[str]:
        return [key for key in current_ids(data, "meeting", value) if key in ids]

    asked = requested_values(page, "meeting", lambda value: bool(current(value)))
    return current(asked[0])[0] if asked else None


def meeting_search(page: PageState) -> None:
    """Show the meetings with a search; a click on a row opens its record."""
    table = build_table("meetings", page.selected, {})
    page.param_names.add("q")
    if page.reads_address or SEARCH_KEY not in st.session_state:
        queries = requested_values(page, "q", lambda query: len(query) <= MAX_QUERY_LENGTH)
        st.session_state[SEARCH_KEY] = next(iter(queries), "")
    query = st.text_input(
        _(text.SEARCH_LABEL),
        key=SEARCH_KEY,
        max_chars=MAX_QUERY_LENGTH,
        placeholder=_(text.SEARCH_PLACEHOLDER),
        help=_(text.SEARCH_HELP),
    )
    if query:
        page.params["q"] = [query]
        found = search_meetings(page.selected.dataset, query)
        table = table[table["meeting_id"].isin(found)].reset_index(drop=True)
    _show_count_and_feed(page, len(table))
    if table.empty:
        st.info(_(text.NO_MATCH_MESSAGE))
        _suggestion_button(page.selected.dataset, query)
        return
    event = st.dataframe(
        table.drop(columns="meeting_id").rename(columns=column_label),
        hide_index=True,
        height=620,
        key="meetings_table",
        on_select="rerun",
        selection_mode="single-row",
        alt=_(text.MEETINGS_ALT),
        placeholder=_(NOT_KNOWN),
    )
    rows = event.selection.rows
    if rows:
        chosen = table["meeting_id"].iloc[rows[0]]
        st.switch_page(MEETINGS_PAGE, query_params=page.selected.params | {"meeting": chosen})


def _show_count_and_feed(page: PageState, number: int) -> None:
    """Show the number of meetings, and a link to the feed of the filter."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{format_meetings(number)}**")
        address = build_url(page.view.base, FEED_FILE, page.selected.params)
        icon = ":material/rss_feed:"
        st.link_button(_(FEED_LABEL), address, icon=icon, help=_(FEED_HELP))


def _suggestion_button(data: Dataset, query: str) -> None:
    """Offer the query without typos if it finds meetings."""
    suggested = suggest_meeting_query(data, query)
    if suggested:
        st.button(
            _(DID_YOU_MEAN_LABEL, query=untrusted(suggested)),
            icon=":material/spellcheck:",
            on_click=st.session_state.update,
            args=({SEARCH_KEY: suggested},),
        )


def meeting_record(page: PageState, meeting_id: str) -> None:
    """Show the record of a meeting: facts, tables, similar meetings, source and citation."""
    selected, data = page.selected, page.selected.dataset
    row = data["meetings"].set_index("meeting_id").loc[meeting_id]
    st.page_link(
        MEETINGS_PAGE,
        label=_(ALL_MEETINGS_LABEL),
        icon=":material/arrow_back:",
        query_params=selected.params,
    )
    st.title(escape_markdown(row["title"]))
    if row["official_name"]:
        st.markdown(f"**{escape_markdown(row['official_name'])}**")
    print_button(page)
    _show_reading_and_source(row, data)
    facts, links = record_facts(data, meeting_id), record_links(data, meeting_id)
    st.table(
        pd.Series(
            {key: relative_link(value, links.get(key, "")) for key, value in facts.items()},
            name="Fact",
        ),
        border="horizontal",
        hide_header=True,
    )
    for title, table in record_tables(data, meeting_id).items():
        part_heading(title, anchor=title.lower())
        if table.empty:
            st.caption(_(text.NOTHING_CODED_NOTE))
        show_table(table, data)
    part_heading(_(text.SIMILAR_TITLE), anchor="similar")
    similar = similar_meetings_table(data, meeting_id)
    if similar.empty:
        st.caption(_(text.NO_SIMILAR_NOTE))
    show_table(similar, data)
    _show_neighbours(page, meeting_id)
    part_heading(_(text.CITE_RECORD_TITLE), anchor="cite")
    view = View("meetings", selected, data.params | {"meeting": [meeting_id]}, page.view.base)
    reference = cite_meeting(data, meeting_id, view.address(versioned=True))
    record_citation_panel(reference, view.address(), meeting_id)


def _show_reading_and_source(row: pd.Series, data: Dataset) -> None:
    """Show how much of a meeting's page was read, its source and the last check of the source."""
    if row["reading"] == "none":
        st.warning(reading_note("none"), icon=":material/visibility_off:")
    elif row["reading"] == "part":
        st.caption(reading_note("part"))
    st.markdown(web_link(_(text.RECORD_SOURCE_LABEL), row["source_url"]))
    check = source_status(data, row["source_url"])
    if check.words:
        links = [web_link(name, address) for name, address in check.links.items()]
        st.caption(" ".join([escape_markdown(check.words), *links]))


def _show_neighbours(page: PageState, meeting_id: str) -> None:
    """Link to the previous and next meeting of the series."""
    titles = page.selected.dataset.names("meetings", "title")
    before, after = previous_and_next(page.selected, meeting_id)
    with st.container(horizontal=True):
        for neighbour, icon, label in (
            (before, ":material/chevron_left:", text.PREVIOUS_LABEL),
            (after, ":material/chevron_right:", text.NEXT_LABEL),
        ):
            if neighbour:
                st.page_link(
                    MEETINGS_PAGE,
                    label=_(label, title=escape_markdown(titles[neighbour])),
                    icon=icon,
                    query_params=page.selected.params | {"meeting": neighbour},
                )
