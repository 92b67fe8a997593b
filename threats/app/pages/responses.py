"""Responses: which answers are discussed for which threats, since when, and by whom."""

import streamlit as st

from threats.app.cards import chart_card, page_heading, table_card
from threats.app.drilldown import current_drilldown, drilldown_panel
from threats.app.options import option_widget
from threats.app.state import current_page

page = current_page()
page_heading(page)
with st.container(horizontal=True, gap="medium"):
    option_widget(page, "measure")
    option_widget(page, "role")
current_drilldown(page)
chart_card(page, "responses-by-threat")
drilldown_panel(page, show_responses=True)
chart_card(page, "responses-by-year")
table_card(page, "seen")
chart_card(page, "threats-together")
chart_card(page, "organizations-by-threat")
