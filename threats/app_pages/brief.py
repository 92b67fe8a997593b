"""Make a brief: what whoever plans a meeting on some themes for a region has to know."""

import streamlit as st

from threats import ui

selected = st.session_state["selected"]
ui.heading("brief")
if selected.threats.empty:
    ui.nothing_left(selected)
else:
    # Of a region without a meeting a brief says what is known of elsewhere.
    if not selected.meetings.empty:
        ui.read_mark(selected)
    ui.prepared(selected)
    if not selected.meetings.empty:
        ui.behind(selected)
    ui.brief_file(selected)
