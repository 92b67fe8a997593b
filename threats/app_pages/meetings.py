"""Meetings: every meeting, searchable, and the record of each."""

import streamlit as st

from threats import ui

selected = st.session_state["selected"]
meeting = ui.chosen_meeting(selected.dataset)
if meeting:
    ui.meeting_record(selected, meeting)
else:
    ui.heading("meetings")
    ui.meeting_table(selected)
