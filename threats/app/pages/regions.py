"""Regions: who talks about what."""

import streamlit as st

from threats.app.cards import page_heading, table_card
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.options import option_widget
from threats.app.state import current_page

page = current_page()
page_heading(page)
with st.container(horizontal=True, gap="medium"):
    option_widget(page, "colour")
    option_widget(page, "role")
option_widget(page, "theme")
current_drilldown(page)
chart_card(page, "tile-map")
table_card(page, "tiles")
chart_card(page, "regions-by-threat")
option_widget(page, "compare_by")
option_widget(page, "values")
chart_card(page, "compare")
chart_card(page, "trend-by-region")
table_card(page, "sessions")
