"""Meetings: every meeting, searchable, and the record of each."""

import streamlit as st

from threats.app.cards import page_heading
from threats.app.meetings import chosen_meeting, meeting_record, meeting_search

selected = st.session_state["selected"]
meeting = chosen_meeting(selected.dataset)
if meeting:
    meeting_record(selected, meeting)
else:
    page_heading("meetings")
    meeting_search(selected)
