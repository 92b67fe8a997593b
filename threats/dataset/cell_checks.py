"""Problems of a single cell that the schema standard cannot describe."""

import datetime as dt
import math
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from threats.format import truncate
from threats.text import problems
from threats.text.problems import problem_text

# No text that a reader is shown comes near this.
MAX_CELL_LENGTH = 10_000
FIRST_YEAR, LAST_YEAR = 1900, 2100
URL_PATTERN = r"^https?://[^\s]+$"
# Signs that no text needs and that break files or turn what a reader sees: controls, marks of the
# direction of writing, marks of byte order, and what is no character at all.
FORBIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)

# Also in the middle: a spreadsheet guesses what separates cells. A quotation mark may enclose one.
# The last four are full-width signs, which some spreadsheets read as the first four.
FORMULA_PATTERN = r"(?:^|[,;|\t\r\n])\s*\"?[=+\-@\uff1d\uff0b\uff0d\uff20]"


def cell_problems(field: dict, cell: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a cell as text, number or address, and what is expected."""
    if len(cell) > MAX_CELL_LENGTH:
        yield problem_text(problems.LONG_CELL, length=len(cell), limit=MAX_CELL_LENGTH)
    unseen = FORBIDDEN_CHARACTERS.search(cell)
    if unseen:
        yield problem_text(problems.CONTROL_CHARACTER, code=f"{ord(unseen[0]):04X}")
    formula = re.search(FORMULA_PATTERN, cell)
    if field["type"] not in ("integer", "number") and formula:
        yield problem_text(problems.FORMULA, cell=truncate(cell[formula.start() :].lstrip(",;| ")))
    if field["type"] in ("integer", "number") and _is_number(cell):
        # What frictionless takes, pandas need not: 1_000, digits of other scripts, infinity.
        form = _INTEGER_PATTERN if field["type"] == "integer" else _NUMBER_PATTERN
        if not re.fullmatch(form, cell) or not math.isfinite(float(cell)):
            yield problem_text(problems.NUMBER_FORM, cell=truncate(cell), type=field["type"])
    pattern = field.get("constraints", {}).get("pattern")
    if pattern == URL_PATTERN and re.match(URL_PATTERN, cell) and not _is_web_url(cell):
        yield problem_text(problems.NOT_AN_ADDRESS, cell=truncate(cell))


def is_storable_url(text: str) -> bool:
    """Return whether a column of addresses may have a text as its cell."""
    field = {"type": "string", "constraints": {"pattern": URL_PATTERN}}
    return bool(re.match(URL_PATTERN, text)) and not any(cell_problems(field, text))


_INTEGER_PATTERN = r"-?[0-9]{1,15}"
_NUMBER_PATTERN = r"-?[0-9]{1,300}(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_web_url(text: str) -> bool:
    """Return whether a text is a web address that is safe in a link."""
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0 and not re.search(r'[<>"\\^`{|}\s]', text)
    except ValueError:
        return False


def is_calendar_date(text: str) -> bool:
    """Return whether a date of full or partial precision exists in the calendar."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return True  # the schema's pattern reports it
    try:
        day = dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return FIRST_YEAR <= day.year <= LAST_YEAR
