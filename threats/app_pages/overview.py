"""Overview: what this is, what stands out now, what is new."""

import streamlit as st

from threats import ui

selected = st.session_state["selected"]
ui.heading("overview")
ui.sentences("overview", selected)
ui.read_mark(selected)
ui.chart_card("attention-ranked", selected)
ui.chart_card("meetings-by-year", selected)
ui.behind(selected)
ui.table_card("newest", selected)
