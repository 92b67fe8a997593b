"""Meeting brief: what whoever plans a meeting on some themes for a region has to know."""

import streamlit as st

from threats.app.brief import brief_file, brief_page
from threats.app.cards import page_heading
from threats.app.drilldown import current_drilldown, drilldown_panel
from threats.app.filter import empty_filter_message

selected = st.session_state["selected"]
page_heading("brief")
if selected.threats.empty:
    empty_filter_message(selected)
else:
    # Of a region without a meeting a brief says what is known of elsewhere.
    if not selected.meetings.empty:
        current_drilldown(selected)
    brief_page(selected)
    if not selected.meetings.empty:
        drilldown_panel(selected)
    brief_file(selected)
