"""The script that runs for each reader: page setup, shared filter, navigation."""

from pathlib import Path

import streamlit as st

from threats import ui

# A picture of our own: the icon by name of a page would be fetched from another host.
ICON = Path(__file__).parent / "icon.png"
PAGES = [
    st.Page(
        "app_pages/overview.py",
        title="Overview",
        default=True,
        help="What this is, what stands out now and what is new.",
    ),
    st.Page(
        "app_pages/trends.py",
        title="Trends",
        help="How attention to each threat has moved over the years.",
    ),
    st.Page(
        "app_pages/covid.py",
        title="COVID-19",
        url_path="covid",
        help="What changed with the pandemic, which crimes were tied to it, what stayed.",
    ),
    st.Page(
        "app_pages/regions.py",
        title="Regions",
        help="Who talks about what: tile map, region by threat, regional sessions.",
    ),
    st.Page(
        "app_pages/responses.py",
        title="Responses",
        help="Which answers are discussed for which threats, since when, and by whom.",
    ),
    st.Page(
        "app_pages/meetings.py",
        title="Meetings",
        help="Every meeting, searchable, with its sessions, themes and source.",
    ),
]

page = st.navigation(PAGES, position="hidden")
st.set_page_config(page_title=f"{page.title} · Threat Themes", page_icon=ICON, layout="wide")
data = ui.dataset()
ui.read_address(data, page.url_path)
links = st.sidebar.container()
selection = ui.sidebar_filter(data)
ui.page_links(PAGES, selection, links)
selected = ui.narrowed(data, selection)
ui.say_selection(selected)
notice = st.container()
st.session_state["selected"] = selected
# The record of a meeting opens by its address whatever the filter.
if selected.meetings.empty and "meeting" not in st.query_params:
    st.title(page.title)
    ui.nothing_left(data)
else:
    page.run()
ui.write_address(selection)
ui.report_problems(notice)
