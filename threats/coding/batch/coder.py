"""A batch of texts coded, the same in every engine.

Coded rows are long: one for each text, with empty ``kind`` and ``code``, and one for each mention.
"""

import datetime as dt
import re
from collections.abc import Collection

import pyarrow as pa

from threats.coding.coder import find_mentions
from threats.coding.document import clean_text, searchable
from threats.coding.file_text import MAX_TEXT_CHARACTERS
from threats.coding.normalise import count_unread_signs
from threats.coding.rules import RuleText, compiled
from threats.text import corpus as messages
from threats.text.translate import _

_NAMES = ("id", "date", "year", "region", "source", "reason", "left_out", "unread", "kind", "code")
INTEGER_COLUMNS = ("year", "left_out", "unread")
CODED_SCHEMA = pa.schema(
    [(name, pa.int32() if name in INTEGER_COLUMNS else pa.string()) for name in _NAMES]
)
_BLANKS = " \t\r\n"
# Databases export a day with its hour, which is ignored.
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d([T ][0-9:.+Z-]*)?)?)?", re.ASCII)


def code_batch(batch: pa.RecordBatch, rules: RuleText, regions: Collection[str]) -> pa.RecordBatch:
    """Return the coded rows of a batch of texts, with a reason on each row that is refused.

    ``left_out`` counts the lines that are not coded, ``unread`` the signs that are no known letter.
    """
    rows: list[tuple] = []
    known = compiled(rules)
    for text_id, date, text, region, source in zip(*batch.to_pydict().values(), strict=True):
        reason = _refusal(text_id, date, text, region in ("", *regions))
        year, left_out, unread = 0 if reason else int(date[:4]), 0, 0
        codes = [] if reason else find_mentions(text, known)
        if not reason:
            cleaned = clean_text(text)  # of which ``find_mentions`` has just made the same form
            left_out, unread = (
                len(searchable(cleaned, known.standing).left_out),
                count_unread_signs(cleaned),
            )
        cells = (text_id, date, year, region, source, reason, left_out, unread)
        rows += [(*cells, *code) for code in [("", ""), *codes]]
    columns = zip(*rows, strict=True) if rows else [()] * len(CODED_SCHEMA)
    arrays = [
        pa.array(column, kind) for column, kind in zip(columns, CODED_SCHEMA.types, strict=True)
    ]
    return pa.record_batch(arrays, schema=CODED_SCHEMA)


def _refusal(text_id: str, date: str, text: str, known_region: bool) -> str:
    """Return why a row is refused, or nothing."""
    faults = {
        _(messages.NO_ID_REASON): not text_id.strip(_BLANKS),
        _(messages.NO_DATE_REASON): not date.strip(_BLANKS),
        _(messages.INVALID_DATE_REASON): not _is_date(date),
        _(messages.NO_TEXT_REASON): not text.strip(_BLANKS),
        _(messages.LONG_TEXT_REASON, limit=MAX_TEXT_CHARACTERS): len(text) > MAX_TEXT_CHARACTERS,
        _(messages.UNKNOWN_REGION_REASON): not known_region,
    }
    return next((reason for reason, present in faults.items() if present), "")


def _is_date(text: str) -> bool:
    """Return whether a date of full or partial precision is in the calendar."""
    try:
        return bool(_DATE.fullmatch(text) and dt.date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False
