"""Responses: which answers are discussed for which threats, since when, and by whom."""

import streamlit as st

from threats import ui

selected = st.session_state["selected"]
ui.heading("responses")
with st.container(horizontal=True, gap="medium"):
    ui.option("measure", selected)
    role = ui.option("role", selected)
ui.read_mark(selected)
ui.chart_card("responses-by-threat", selected)
ui.behind(selected, role, responses=True)
ui.chart_card("responses-by-year", selected)
ui.table_card("seen", selected)
ui.chart_card("threats-together", selected)
ui.chart_card("organizations-by-threat", selected)
