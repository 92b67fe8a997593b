"""The Streamlit code that pages share."""

from threats.ui.account import account, only_signed_in
from threats.ui.address import (
    emergency_days,
    option,
    read_address,
    read_filter,
    report_problems,
    write_address,
)
from threats.ui.brief import brief_file, forget_brief, prepared
from threats.ui.card import chart_card, heading, sentences, table_card
from threats.ui.coder import coded_text, text_to_code
from threats.ui.data import dataset, say_trouble
from threats.ui.filter import nothing_left, page_links, say_selection, sidebar_filter
from threats.ui.marks import behind, read_mark
from threats.ui.method import count_otherwise, documents
from threats.ui.records import chosen_meeting, meeting_record, meeting_table
from threats.ui.take import draw_taken
from threats.ui.text import plain, section

__all__ = [
    "account",
    "behind",
    "brief_file",
    "chart_card",
    "chosen_meeting",
    "coded_text",
    "count_otherwise",
    "dataset",
    "documents",
    "draw_taken",
    "emergency_days",
    "forget_brief",
    "heading",
    "meeting_record",
    "meeting_table",
    "nothing_left",
    "only_signed_in",
    "option",
    "page_links",
    "plain",
    "prepared",
    "read_address",
    "read_filter",
    "read_mark",
    "report_problems",
    "say_selection",
    "say_trouble",
    "section",
    "sentences",
    "sidebar_filter",
    "table_card",
    "text_to_code",
    "write_address",
]
