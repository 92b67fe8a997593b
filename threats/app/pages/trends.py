"""Threats: how attention to each threat has moved over the years."""

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
chart_card(page, "attention-by-year")
left, right = st.columns(2)
with left:
    option_widget(page, "then")
with right:
    option_widget(page, "now")
chart_card(page, "then-and-now")
option_widget(page, "compare")
chart_card(page, "attention-compared")
table_card(page, "presence")
