"""The analysed text and its corrected rows, kept in the tab in case the session is lost."""

import functools
import json
import secrets
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.delta_generator import DeltaGenerator

from threats.app.state import CODE_TEXT_KEY, PageState, reader_state
from threats.coding.draft import DRAFT_COLUMNS, Draft
from threats.coding.file_text import MAX_TEXT_CHARACTERS
from threats.server.card_component import (
    KEPT_DRAFT_COMPONENT,
    KEPT_DRAFT_SCRIPT,
    register_card_component,
)
from threats.text.coder_page import KEPT_DRAFT_LABELS
from threats.text.translate import _

_KEY = "kept_draft"


@functools.cache
def _kept_draft_component() -> Any:
    return st.components.v2.component(
        KEPT_DRAFT_COMPONENT, js=KEPT_DRAFT_SCRIPT, isolate_styles=False
    )


def keep_draft(page: PageState, place: DeltaGenerator, text: str, draft: Draft | None) -> None:
    """Have the browser keep a text with its rows in this tab; without a text, offer the one that
    it kept from an earlier session."""
    reader = page.reader
    reader.draft_session = reader.draft_session or secrets.token_hex(8)
    register_card_component(get_bidi_component_manager())
    with place:
        _kept_draft_component()(
            key=_KEY,
            data={
                "session": reader.draft_session,
                "text": text if text.strip() else "",
                "rows": _to_rows(draft) if draft else None,
                "labels": {name: _(label) for name, label in KEPT_DRAFT_LABELS.items()},
            },
            on_restored_change=_restore,
        )


def _restore() -> None:
    restore_draft(st.session_state[_KEY].restored or "")


def restore_draft(kept: str) -> None:
    """Restore a text and its rows, as the browser kept them; leave out what is none of them."""
    try:
        found = json.loads(kept)
        text, rows = str(found["text"])[:MAX_TEXT_CHARACTERS], found.get("rows")
    except (ValueError, TypeError, KeyError, AttributeError):
        return
    st.session_state[CODE_TEXT_KEY] = text
    reader = reader_state()
    reader.restored_draft = (text, rows) if isinstance(rows, dict) else None
    reader.restored_drafts += 1


def restored_draft(text: str, proposed: Draft) -> Draft | None:
    """Return the rows that were restored with a text, in the form of those that are proposed for
    it; None if there are none for this text."""
    kept_text, rows = reader_state().restored_draft or ("", {})
    if not rows or kept_text != text:
        return None
    meeting = _cells(rows.get("meeting"), list(proposed.meeting))
    tables = {}
    for name, columns in DRAFT_COLUMNS.items():
        listed = rows.get(name)
        kept = [_cells(row, columns) for row in listed] if isinstance(listed, list) else []
        tables[name] = pd.DataFrame(kept, columns=columns).fillna("").astype(str)
    return Draft(proposed.meeting | meeting, **tables)


def _cells(row: Any, columns: list[str]) -> dict[str, str]:
    known = row.items() if isinstance(row, dict) else ()
    return {name: value for name, value in known if name in columns and isinstance(value, str)}


def _to_rows(draft: Draft) -> dict[str, Any]:
    tables = {
        name: getattr(draft, name).fillna("").astype(str).to_dict("records")
        for name in DRAFT_COLUMNS
    }
    return {"meeting": dict(draft.meeting), **tables}
