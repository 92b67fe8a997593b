"""Trends: how attention to each threat has moved over the years."""

import streamlit as st

from threats.app.cards import chart_card, page_heading
from threats.app.drilldown import current_drilldown, drilldown_panel
from threats.app.url_state import option_widget
from threats.content.drilldown import heatmap_cell

selected = st.session_state["selected"]
page_heading("trends")
with st.container(horizontal=True, gap="medium"):
    option_widget("measure", selected)
    option_widget("role", selected)
mark = current_drilldown(selected)
chart_card("attention-by-year", selected, mark=heatmap_cell(mark, selected))
drilldown_panel(selected)
option_widget("compare", selected)
chart_card("attention-compared", selected)
chart_card("on-agenda-since", selected)
