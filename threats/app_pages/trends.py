"""Trends: how attention to each threat has moved over the years."""

import streamlit as st

from threats import ui
from threats.views.behind import cell

selected = st.session_state["selected"]
ui.heading("trends")
with st.container(horizontal=True, gap="medium"):
    ui.option("measure", selected)
    role = ui.option("role", selected)
mark = ui.read_mark(selected)
ui.chart_card("attention-by-year", selected, mark=cell(mark, selected))
ui.behind(selected, role)
ui.option("compare", selected)
ui.chart_card("attention-compared", selected)
ui.chart_card("on-agenda-since", selected)
