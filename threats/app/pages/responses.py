"""Responses: which answers are discussed for which threats, since when, and by whom."""

import streamlit as st

from threats.app.cards import chart_card, page_heading, table_card
from threats.app.drilldown import current_drilldown, drilldown_panel
from threats.app.url_state import option_widget

selected = st.session_state["selected"]
page_heading("responses")
with st.container(horizontal=True, gap="medium"):
    option_widget("measure", selected)
    option_widget("role", selected)
current_drilldown(selected)
chart_card("responses-by-threat", selected)
drilldown_panel(selected, show_responses=True)
chart_card("responses-by-year", selected)
table_card("seen", selected)
chart_card("threats-together", selected)
chart_card("organizations-by-threat", selected)
