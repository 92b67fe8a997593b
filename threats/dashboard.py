"""The script that Streamlit runs for each reader: page setup, shared filter, navigation."""

import streamlit as st

from threats.lazy_imports import IMPORT_LOCK

# The warm-up may import the same modules at this moment.
with IMPORT_LOCK:
    from threats.app.account import account_menu, require_sign_in
    from threats.app.dataset import chosen_dataset
    from threats.app.downloads import render_downloads
    from threats.app.filter import (
        empty_filter_message,
        filter_chips,
        page_links,
        reserve_page_links,
        selection_summary,
        sidebar_filter,
    )
    from threats.app.icon import ICON
    from threats.app.language import language_switch, speak_reader_language
    from threats.app.own_meetings import counted_dataset, own_meetings_line
    from threats.app.search import site_search
    from threats.app.url_state import read_address, read_filter, show_link_problems, write_address
    from threats.content.pages import HOME_PAGE, PAGES, SUBJECT_PAGES
    from threats.stats.selection import select

speak_reader_language()
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

script = st.navigation(NAVIGATION, position="hidden")
st.set_page_config(page_title=f"{script.title} · Threat Themes", page_icon=ICON, layout="wide")
require_sign_in()
language_switch()
search_place = st.sidebar.container()
links = reserve_page_links([link for link in NAVIGATION if link.url_path not in SUBJECT_PAGES])
page = read_address(script.url_path)
data = counted_dataset(page, chosen_dataset(page))
read_filter(page, data)
page.selected = select(data, sidebar_filter(data))
site_search(page, search_place)
page_links(page, links)
selection_summary(page.selected)
notice = st.container()
own_meetings_line(page, notice)
if page.name != "brief":
    page.reader.brief_file = None
# The record of a meeting ignores the filter, and a page on one threat has a heading of its own.
shown = PAGES[page.name]
has_more = shown.about_subject or "meeting" in st.query_params
if page.selected.empty and shown.filtered and not has_more:
    st.title(script.title)
    filter_chips(page.selected)
    empty_filter_message(page.selected)
else:
    script.run()
    render_downloads(page)
account_menu()
write_address(page)
show_link_problems(page, notice)
