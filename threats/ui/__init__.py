"""The Streamlit code that pages share."""

from threats.ui.address import (
    choice,
    emergency_days,
    flag,
    pick,
    read_address,
    report_problems,
    several,
    write_address,
)
from threats.ui.card import chart_card, table_card
from threats.ui.data import dataset, narrowed, view, with_eras
from threats.ui.filter import nothing_left, page_links, say_selection, sidebar_filter
from threats.ui.marks import behind, read_mark
from threats.ui.records import chosen_meeting, meeting_record, meeting_table
from threats.ui.text import plain, show_table

ROLE_LABELS = {
    "agenda": "On the agenda",
    "focus": "The main subject",
    "any": "Mentioned at all",
}

__all__ = [
    "ROLE_LABELS",
    "behind",
    "chart_card",
    "choice",
    "chosen_meeting",
    "dataset",
    "emergency_days",
    "flag",
    "meeting_record",
    "meeting_table",
    "narrowed",
    "nothing_left",
    "page_links",
    "pick",
    "plain",
    "read_address",
    "read_mark",
    "report_problems",
    "say_selection",
    "several",
    "show_table",
    "sidebar_filter",
    "table_card",
    "view",
    "with_eras",
    "write_address",
]
