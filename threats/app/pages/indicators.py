"""Agenda vs. data: attention to a threat next to statistics of other publishers."""

import streamlit as st

from threats.app.cards import page_heading, sentences_card, table_card
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.options import option_widget
from threats.app.state import current_page

page = current_page()
page_heading(page)
with st.container(horizontal=True, gap="medium"):
    option_widget(page, "theme")
    option_widget(page, "indicator")
option_widget(page, "role")
current_drilldown(page)
chart_card(page, "attention-beside-measured")
sentences_card(page, "indicators")
table_card(page, "indicator")
table_card(page, "gaps")
chart_card(page, "travel-rules-and-meetings")
table_card(page, "all-indicators")
