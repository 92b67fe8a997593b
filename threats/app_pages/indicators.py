"""Reality check: attention to a threat beside what other publishers measured."""

import streamlit as st

from threats import ui

selected = st.session_state["selected"]
ui.heading("indicators")
answer = st.container()
with st.container(horizontal=True, gap="medium"):
    ui.option("theme", selected)
    ui.option("indicator", selected)
role = ui.option("role", selected)
with answer:
    ui.sentences("indicators", selected)
ui.read_mark(selected)
ui.chart_card("attention-beside-measured", selected)
ui.table_card("indicator", selected)
ui.behind(selected, role)
ui.table_card("gaps", selected)
ui.chart_card("travel-rules-and-meetings", selected)
ui.table_card("all-indicators", selected)
