"""Make a brief: what whoever plans a meeting on some themes for a region has to know."""

import streamlit as st

from threats import ui

selected = st.session_state["selected"]
ui.heading("brief")
if not selected.meetings.empty:
    ui.read_mark(selected)
ui.prepared(selected)
if not selected.meetings.empty:
    ui.behind(selected)
ui.brief_file(selected)
