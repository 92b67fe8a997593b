"""Responses: which answers are discussed for which threats, since when, and by whom."""

import streamlit as st

from threats.app.cards import page_heading, table_card
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.options import option_widget
from threats.app.state import current_page

page = current_page()
page_heading(page)
with st.container(horizontal=True, gap="medium"):
    option_widget(page, "measure")
    option_widget(page, "role")
current_drilldown(page)
chart_card(page, "responses-by-threat")
chart_card(page, "responses-by-year")
table_card(page, "seen")
chart_card(page, "threats-together")
chart_card(page, "organizations-by-threat")
