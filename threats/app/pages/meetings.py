"""Meetings: every meeting, searchable, and the record of each."""

from threats.app.cards import page_heading
from threats.app.meetings import chosen_meeting, meeting_record, meeting_search
from threats.app.state import current_page

page = current_page()
meeting = chosen_meeting(page)
if meeting:
    meeting_record(page, meeting)
else:
    page_heading(page)
    meeting_search(page)
