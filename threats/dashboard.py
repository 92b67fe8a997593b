"""The script that runs for each reader: page setup, shared filter, navigation."""

from pathlib import Path

import streamlit as st

from threats.lazy_imports import IMPORT_LOCK

# The warm-up may be importing at this moment.
with IMPORT_LOCK:
    from threats.app.account import account_menu, require_sign_in
    from threats.app.brief import clear_brief
    from threats.app.dataset import chosen_dataset
    from threats.app.downloads import render_downloads
    from threats.app.filter import (
        empty_filter_message,
        page_links,
        selection_summary,
        sidebar_filter,
    )
    from threats.app.url_state import read_address, read_filter, report_link_problems, write_address
    from threats.content.pages import HOME_PAGE, PAGES
    from threats.stats.selection import select

# A picture of our own: the icon by name of a page would be fetched from another host.
ICON = Path(__file__).parent / "app" / "icon.png"
NAVIGATION = [
    st.Page(
        f"app/pages/{name}.py",
        title=page.title,
        default=name == HOME_PAGE,
        url_path="" if name == HOME_PAGE else name,
        help=page.question,
    )
    for name, page in PAGES.items()
]

page = st.navigation(NAVIGATION, position="hidden")
st.set_page_config(page_title=f"{page.title} · Threat Themes", page_icon=ICON, layout="wide")
require_sign_in()
read_address(page.url_path)
data = chosen_dataset()
read_filter(data)
links = st.sidebar.container(key="pages")
selection = sidebar_filter(data)
selected = select(data, selection)
selection_summary(selected)
notice = st.container()
st.session_state["selected"] = selected
if page.url_path != "brief":
    clear_brief()
# The record of a meeting opens by its address whatever the filter.
filtered = PAGES[page.url_path or HOME_PAGE].filtered and "meeting" not in st.query_params
if filtered and selected.empty:
    st.title(page.title)
    empty_filter_message(selected)
else:
    page.run()
    render_downloads(selected)
page_links(NAVIGATION, selected, links)
account_menu()
write_address(selected)
report_link_problems(notice)
