"""The script that runs for each reader: page setup, shared filter, navigation."""

from pathlib import Path

import streamlit as st

from threats.later import IMPORTING

# The warm-up may be importing at this moment.
with IMPORTING:
    from threats import cache, ui
    from threats.pages import HOME, PAGES

# A picture of our own: the icon by name of a page would be fetched from another host.
ICON = Path(__file__).parent / "icon.png"
NAVIGATION = [
    st.Page(
        f"app_pages/{name}.py",
        title=page.title,
        default=name == HOME,
        url_path="" if name == HOME else name,
        help=page.question,
    )
    for name, page in PAGES.items()
]

page = st.navigation(NAVIGATION, position="hidden")
st.set_page_config(page_title=f"{page.title} · Threat Themes", page_icon=ICON, layout="wide")
ui.only_signed_in()
ui.read_address(page.url_path)
data = ui.dataset()
ui.read_filter(data)
links = st.sidebar.container(key="pages")
selection = ui.sidebar_filter(data)
selected = cache.narrowed(data, selection)
ui.say_selection(selected)
notice = st.container()
st.session_state["selected"] = selected
if page.url_path != "brief":
    ui.forget_brief()
# The record of a meeting opens by its address whatever the filter.
filtered = PAGES[page.url_path or HOME].filtered and "meeting" not in st.query_params
if filtered and selected.empty:
    st.title(page.title)
    ui.nothing_left(selected)
else:
    page.run()
    ui.draw_taken(selected)
ui.page_links(NAVIGATION, selected, links)
ui.account()
ui.write_address(selected)
ui.report_problems(notice)
