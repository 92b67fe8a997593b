"""Regions: who talks about what."""

import streamlit as st

from threats.app.cards import chart_card, page_heading, table_card
from threats.app.drilldown import current_drilldown, drilldown_panel
from threats.app.url_state import option_widget

selected = st.session_state["selected"]
page_heading("regions")
with st.container(horizontal=True, gap="medium"):
    option_widget("colour", selected)
    option_widget("role", selected)
option_widget("theme", selected)
current_drilldown(selected)
chart_card("tile-map", selected)
table_card("tiles", selected)
chart_card("regions-by-threat", selected)
drilldown_panel(selected)
chart_card("trend-by-region", selected)
chart_card("regional-sessions", selected)
table_card("sessions", selected)
