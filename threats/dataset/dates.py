"""Partial dates, and the eras before, during and after the emergency."""

import datetime as dt
import re

from threats.format import format_partial_date
from threats.text.labels import UNKNOWN_DATE
from threats.text.translate import _

ERA_MILESTONES = ("who_emergency_start", "who_emergency_end")

ERAS = ("before", "during", "after")


def date_range(text: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that a date of partial precision can mean; None if empty."""
    if not text:
        return None
    first = dt.date.fromisoformat((text + "-01-01")[:10])
    if len(text) == 4:
        return first, dt.date(first.year, 12, 31)
    if len(text) == 7:
        following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first, following - dt.timedelta(days=1)
    return first, first


def era_of(text: str, start: dt.date, end: dt.date) -> str:
    """Return ``before``, ``during`` or ``after`` for a date, by an emergency that lasted from
    ``start`` to ``end``, both included; empty if the date is unknown or could be in two eras."""
    days = date_range(text)
    if days is None:
        return ""
    eras = {"before" if day < start else "during" if day <= end else "after" for day in days}
    # A year that takes in the whole emergency has its ends before and after it.
    return eras.pop() if len(eras) == 1 else ""


def format_date_range(start: str, end: str = "") -> str:
    """Return a date or span in words, such as "21–22 September 2021", "June 2019" or "unknown"."""
    if not start:
        return _(UNKNOWN_DATE)
    if not end or end == start or len(start) < 10 or len(end) < 10:
        return format_partial_date(start)
    if start[:7] == end[:7]:
        last, day = format_partial_date(end), str(int(end[8:]))
        point = "." if last.startswith(f"{day}.") else ""
        return f"{int(start[8:])}{point}–{last}"
    first = format_partial_date(start)
    if start[:4] == end[:4]:  # in Spanish "de 2021", in Russian "2021 г."
        first = re.sub(rf"( de)?\s{start[:4]}(\sг\.)?$", "", first)
    return f"{first} – {format_partial_date(end)}"
