"""Trends: how attention to each threat has moved over the years."""

import streamlit as st

from threats.app.cards import chart_card, page_heading
from threats.app.drilldown import current_drilldown, drilldown_panel
from threats.app.options import option_widget
from threats.app.state import current_page
from threats.content.drilldown import heatmap_cell

page = current_page()
page_heading(page)
with st.container(horizontal=True, gap="medium"):
    option_widget(page, "measure")
    option_widget(page, "role")
mark = current_drilldown(page)
chart_card(page, "attention-by-year", mark=heatmap_cell(mark, page.selected))
drilldown_panel(page)
left, right = st.columns(2)
with left:
    option_widget(page, "then")
with right:
    option_widget(page, "now")
chart_card(page, "then-and-now")
option_widget(page, "compare")
chart_card(page, "attention-compared")
chart_card(page, "on-agenda-since")
