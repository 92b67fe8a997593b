"""What is wrong with a single cell that the standard of the schema has no words for."""

import datetime as dt
import functools
import math
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from threats import regex

# No text that a reader is shown comes near this.
MAX_CELL = 10_000
FIRST_YEAR, LAST_YEAR = 1900, 2100
ADDRESS = r"^https?://[^\s]+$"
# Signs that no text needs and that break files or turn what a reader sees: controls, marks of the
# direction of writing, marks of byte order, and what is no character at all.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def text_problems(field: dict, cell: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a cell as text, number or address, and what is expected."""
    if len(cell) > MAX_CELL:
        yield f"{len(cell):,} characters", f"at most {MAX_CELL:,}"
    unseen = _UNSEEN.search(cell)
    if unseen:
        yield f"the character U+{ord(unseen[0]):04X}", "text without control characters"
    if field["type"] not in ("integer", "number") and cell[0] in "=+-@":
        yield f'"{short(cell)}" starts like a formula', "text that no spreadsheet would run"
    if field["type"] in ("integer", "number") and _is_number(cell):
        # What frictionless takes, pandas need not: 1_000, digits of other scripts, infinity.
        form = _INTEGER if field["type"] == "integer" else _NUMBER
        if not re.fullmatch(form, cell) or not math.isfinite(float(cell)):
            yield f'"{short(cell)}" is out of bounds', f"{field['type']} in plain digits"
    pattern = field.get("constraints", {}).get("pattern")
    if pattern == ADDRESS and re.match(ADDRESS, cell) and not _is_address(cell):
        yield f'"{short(cell)}" is no address', "http:// or https://, a host, and no <, > or quote"


_INTEGER = r"-?[0-9]{1,15}"
_NUMBER = r"-?[0-9]{1,300}(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_address(text: str) -> bool:
    """Return whether a text is a web address that stands in a link without leaving it."""
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0 and not re.search(r'[<>"\\^`{|}\s]', text)
    except ValueError:
        return False


def real_date(text: str) -> bool:
    """Return whether a date of full or partial precision stands in the calendar."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return True  # the schema's pattern reports it
    try:
        day = dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return FIRST_YEAR <= day.year <= LAST_YEAR


@functools.lru_cache(maxsize=4096)
def pattern_problem(pattern: str) -> str:
    """Return what keeps a pattern from the subset of regular expressions that RE2, Python and Java
    read alike; empty if nothing does. https://github.com/google/re2/wiki/Syntax"""
    import re2

    try:
        re.compile(pattern)
        # Without this RE2 prints what is wrong beside raising it.
        options = re2.Options()
        options.log_errors = False
        re2.compile(pattern, options)
        regex.parsed(pattern)
    except (re.error, re2.error) as error:
        return error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
    except ValueError as error:
        return str(error)
    return "it matches an empty text" if re.fullmatch(pattern, "") else ""


def short(text: str) -> str:
    """Return a text, cut if it is long."""
    return text if len(text) <= 60 else text[:57] + "..."
