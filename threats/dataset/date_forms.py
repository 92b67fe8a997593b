"""Days and months as spreadsheets and people write them, and the ISO dates that they can mean."""

import datetime as dt
import re

DAY_FIRST, MONTH_FIRST, CERTAIN = "day", "month", ""
ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$")
_PARTS = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})(?:\2([0-9]{1,4}))?")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")


def date_readings(text: str) -> dict[str, str]:
    """Return the ISO dates that a text such as "30.10.2008" can mean, by the order of its day and
    month: CERTAIN alone where both orders mean the same or only one form exists; empty if it is no
    such date, or is written in ISO form already. A day over 12 tells the order of its text."""
    text = _MIDNIGHT.sub("", text.strip())
    if found := _MONTH_AND_YEAR.fullmatch(text):
        return _existing({CERTAIN: f"{found[2]}-{int(found[1]):02}"})
    found = _PARTS.fullmatch(text)
    if not found:
        return {}
    first, _sign, second, last = found.groups()
    if len(first) == 4:
        day = f"-{int(last):02}" if last and len(last) <= 2 else ""
        if last and not day:
            return {}
        return _existing({CERTAIN: f"{first}-{int(second):02}{day}"})
    if not last or len(last) != 4 or len(first) > 2:
        return {}
    readings = _existing(
        {
            DAY_FIRST: f"{last}-{int(second):02}-{int(first):02}",
            MONTH_FIRST: f"{last}-{int(first):02}-{int(second):02}",
        }
    )
    same = len(set(readings.values())) == 1 and len(readings) == 2
    return {CERTAIN: readings[DAY_FIRST]} if same else readings


def _existing(readings: dict[str, str]) -> dict[str, str]:
    """Return the readings that are in the calendar."""
    kept = {}
    for order, text in readings.items():
        try:
            dt.date.fromisoformat(text if len(text) > 7 else f"{text}-01")
        except ValueError:
            continue
        kept[order] = text
    return kept
