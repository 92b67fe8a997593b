"""Meetings: every meeting, searchable, and the record of each."""

import streamlit as st

from threats import ui
from threats.views import record

selected = st.session_state["selected"]
meeting = ui.chosen_meeting(selected.dataset)
if meeting:
    ui.meeting_record(selected, meeting)
else:
    st.title("Meetings")
    st.markdown(
        "Every meeting, searchable by title, place, topics, evidence and organizations. Choose a "
        "row to open its record; click a column's head to sort."
    )
    ui.meeting_table(selected, ui.view(record.all_meetings, selected))
