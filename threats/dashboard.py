"""The script that runs for each reader: page setup, shared filter, navigation."""

from pathlib import Path

import streamlit as st

from threats import ui

# A picture of our own: an icon by name would be fetched from another host.
ICON = Path(__file__).parent / "icon.png"

st.set_page_config(page_title="Threat Themes", page_icon=ICON, layout="wide")
data = ui.dataset()
page = st.navigation(
    [
        st.Page(
            "app_pages/overview.py",
            title="Overview",
            icon=":material/home:",
            default=True,
            help="What this is, what stands out now and what is new.",
        ),
        st.Page(
            "app_pages/trends.py",
            title="Trends",
            icon=":material/timeline:",
            help="How attention to each threat has moved over the years.",
        ),
    ]
)
ui.read_address(data, page.url_path)
selection = ui.sidebar_filter(data)
selected = ui.narrowed(data, selection)
ui.say_selection(selected)
notice = st.container()
st.session_state["selected"] = selected
if selected.meetings.empty:
    st.title(page.title)
    ui.nothing_left(data)
else:
    page.run()
ui.write_address(selection)
ui.report_problems(notice)
