"""Notices on a text, from whatever file or clipboard it comes."""

from collections.abc import Sequence
from typing import Any

from threats.coding.columns import count_crossed_text_lines
from threats.coding.document import Document
from threats.coding.file_text import Notice, notice
from threats.coding.normalise import count_unread_signs
from threats.text.file_notices import notice_message

MIN_CROSSED_LINES = 3


def text_notices(document: Document) -> list[Notice]:
    """Return notices on signs that are not read, lines left out, and lines across columns."""
    found = []
    unread = count_unread_signs(document.source)
    if unread:
        found.append(notice("unread_signs", number=unread))
    crossed = count_crossed_text_lines(document.source)
    if crossed >= MIN_CROSSED_LINES:
        found.append(notice("crossed_columns", lines=crossed))
    if document.left_out:
        reasons = ", ".join(dict.fromkeys(reason for _, reason in document.left_out))
        found.append(notice("left_out", lines=len(document.left_out), reasons=reasons))
    return found


def notices_to_dicts(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """Return notices as plain values with their messages."""
    return [
        {"notice": found.code, "message": notice_message(*found), **found.values}
        for found in notices
    ]
