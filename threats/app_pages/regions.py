"""Regions: who talks about what."""

import streamlit as st

from threats import ui

selected = st.session_state["selected"]
ui.heading("regions")
with st.container(horizontal=True, gap="medium"):
    ui.option("colour", selected)
    role = ui.option("role", selected)
ui.option("theme", selected)
ui.read_mark(selected)
ui.chart_card("tile-map", selected)
ui.table_card("tiles", selected)
ui.chart_card("regions-by-threat", selected)
ui.behind(selected, role)
ui.chart_card("trend-by-region", selected)
ui.chart_card("regional-sessions", selected)
ui.table_card("sessions", selected)
