"""The dates of a meeting that its press release tells."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from threats.coding.document import Document, Fact, Span
from threats.coding.numerals import CARDINALS, parse_number
from threats.coding.rules import compile_words, pattern_set
from threats.text import coding_reasons as reasons
from threats.text.translate import _

MONTH_NUMBERS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
DAY_PATTERN = r"(\d{1,2})(?:st|nd|rd|th)?"
MONTH_PATTERN = "(" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\.?"
YEAR_PATTERN = r"((?:19|20)\d\d)"
_TO = r"\s*(?:-|–|—|to|and|until|till|through|&)\s*(?:the )?"
_D, _M, _Y = DAY_PATTERN, MONTH_PATTERN, YEAR_PATTERN
# Day, month and year of start and end by the groups of each form, the longest forms first.
_DATE_PATTERNS = (
    (
        rf"{_D} {_M},? {_Y}{_TO}{_D} {_M},? {_Y}",
        "dmyDMY",
    ),
    (
        rf"{_D} {_M}{_TO}{_D} {_M},? {_Y}",
        "dmDMY",
    ),
    (
        rf"{_D}{_TO}{_D} (?:of )?{_M},? {_Y}",
        "dDMY",
    ),
    (
        rf"{_M} {_D}{_TO}{_M} {_D},? {_Y}",
        "mdMDY",
    ),
    (rf"{_M} {_D}{_TO}{_D},? {_Y}", "MdDY"),
    (rf"{_D} (?:of )?{_M},? {_Y}", "DMY"),
    (rf"{_M} {_D},? {_Y}", "MDY"),
    (rf"{_Y}-(\d\d)-(\d\d)", "YMD"),
    (rf"{_D}{_TO}{_D} {_M}", "dDM"),
    (rf"{_D} {_M}", "DM"),
    (rf"{_M},? {_Y}", "MY"),
)
_DATE_MATCHERS = [
    (compile_words(pattern, groups=True), groups) for pattern, groups in _DATE_PATTERNS
]
_DATE_PATTERN_SET = pattern_set(pattern for pattern, _ in _DATE_PATTERNS)
_HELD_CUE = compile_words(
    r"held|took place|takes place|taking place|convened|gathered|met|meeting|conference"
    r"|workshop|seminar|course|training|roundtable|forum|event|from|between|organized|organised|hosted"
    r"|discussed|brought together|launched|attended|ran|runs"
)
_ENDED_CUE = compile_words(
    r"conclud\w+|end(?:ed|s)|clos(?:ed|es)|wrapped up|finish\w+|complet\w+|came to an end"
)
_BEGAN_CUE = compile_words(r"open(?:ed|s)|began|begins|start(?:ed|s)|kicked off")
_TODAY_CUE = compile_words(r"today")
_DURATION = compile_words(
    rf"({'|'.join(CARDINALS[1:15])}|\d{{1,2}})[- ]days?( (?:before|after|later|ago|earlier))?",
    groups=True,
)
_UNRELATED_DATE_CUE = re.compile(r"\b(?:since|until|by|in|adopted|signed)\s*$", re.IGNORECASE)
_CUE_DISTANCE = 80  # characters between a date and the word that says what was on that day


class _DateCandidate(NamedTuple):
    start: str
    end: str
    span: Span
    score: int


def find_meeting_dates(document: Document) -> dict[str, Fact]:
    """Return start and end by the date whose sentence best tells when the meeting was held."""
    found = list(_date_candidates(document))
    if not found:
        return {}
    best = max(found, key=lambda date: (date.score, -date.span[0]))
    start, end, span = best[:3]
    near = _context_around(document, span)
    if start != end or len(start) < 10:
        reason = _(reasons.DATE_SPAN_REASON if start != end else reasons.MONTH_REASON)
        ends = {} if len(start) < 10 else {"end_date": Fact(end, span, reason)}
        return {"start_date": Fact(start, span, reason), **ends}
    days = _duration_days(document)
    if _ENDED_CUE.search(near):
        if days:
            first = dt.date.fromisoformat(end) - dt.timedelta(days=days - 1)
            return {
                "start_date": Fact(first.isoformat(), span, reasons.duration_until_reason(days)),
                "end_date": Fact(end, span, _(reasons.LAST_DAY_REASON)),
            }
        # Only the month of the start follows from the end, and not even that early in a month.
        month = end[:7] if int(end[8:]) > 7 else end[:4]
        return {
            "start_date": Fact(month, span, _(reasons.ONLY_LAST_DAY_REASON)),
            "end_date": Fact(end, span, _(reasons.LAST_DAY_REASON)),
        }
    if days and days > 1:
        last = dt.date.fromisoformat(start) + dt.timedelta(days=days - 1)
        return {
            "start_date": Fact(start, span, _(reasons.DAY_REASON)),
            "end_date": Fact(last.isoformat(), span, reasons.duration_from_reason(days)),
        }
    if _BEGAN_CUE.search(near):
        return {"start_date": Fact(start, span, _(reasons.FIRST_DAY_REASON))}
    return {
        "start_date": Fact(start, span, _(reasons.DAY_REASON)),
        "end_date": Fact(start, span, _(reasons.DAY_REASON)),
    }


def _context_around(document: Document, span: Span) -> str:
    """Return the words around a date or, where a dateline gives the day, around its "today"."""
    today = _find_today(document)
    if today and _is_dateline(document, span):
        span = today
    first = document.sentence_at(span[0])[0]
    return document.flat[max(first, span[0] - _CUE_DISTANCE) : span[1] + _CUE_DISTANCE // 2]


def _find_today(document: Document) -> Span | None:
    """Return where the lead says "today"."""
    start, end = document.lead
    match = _TODAY_CUE.search(document.flat[start:end])
    return (start + match.start(), start + match.end()) if match else None


def _is_dateline(document: Document, span: Span) -> bool:
    first = document.sentence_at(span[0])[0]
    after = document.flat[span[1] : span[1] + 3].strip()
    return span[0] - first < 40 and after[:1] in ("-", "–", "—", ":", "|")


def _duration_days(document: Document) -> int | None:
    match = _DURATION.search(document.flat)
    return parse_number(match[1]) if match and not match[2] else None


def _date_candidates(document: Document) -> Iterator[_DateCandidate]:
    text, plain = document.flat, []
    taken = bytearray(len(text))
    for form in sorted(_DATE_PATTERN_SET.Match(text) or ()):
        pattern, groups = _DATE_MATCHERS[form]
        for match in pattern.finditer(text):
            span = match.span()
            if any(taken[slice(*span)]):
                continue
            taken[slice(*span)] = b"\1" * (span[1] - span[0])
            plain.append((span, dict(zip(groups, match.groups(), strict=True))))
    years = [int(parts["Y"]) for _, parts in sorted(plain, key=lambda p: p[0]) if "Y" in parts]
    for span, parts in plain:
        year = int(parts.get("Y") or (years[0] if years else 0))
        dates = _parse_date_range(parts, year)
        if dates:
            yield _DateCandidate(*dates, span, _score_date(document, span, len(dates[0])))


def _parse_date_range(parts: dict[str, str], year: int) -> tuple[str, str] | None:
    if not year:
        return None
    month = _month_number(parts["M"])
    if "D" not in parts:
        return f"{year}-{month:02}", f"{year}-{month:02}"
    try:
        end = dt.date(year, month, int(parts["D"]))
        first = _month_number(parts["m"]) if "m" in parts else month
        began = int(parts["y"]) if "y" in parts else year - (first > month)
        start = dt.date(began, first, int(parts["d"])) if "d" in parts else end
    except ValueError:  # no such day
        return None
    return (start.isoformat(), end.isoformat()) if start <= end else None


def _month_number(text: str) -> int:
    return int(text) if text.isdecimal() else MONTH_NUMBERS[text.casefold()]


def _score_date(document: Document, span: Span, precision: int) -> int:
    """Return how well a date tells when the meeting was held."""
    first = document.sentence_at(span[0])[0]
    before = document.flat[first : span[0]]
    score = 2 * bool(
        _HELD_CUE.search(before) or _ENDED_CUE.search(before) or _BEGAN_CUE.search(before)
    )
    score += 2 * (document.lead[0] <= span[0] < document.lead[1])
    score += document.title[0] <= span[0] < document.title[1]
    score += 2 * (precision == 10)
    # A dateline is the day of the release, which is that of the meeting where it says "today".
    if _is_dateline(document, span):
        score += 4 if _find_today(document) else -2
    return score - 3 * bool(_UNRELATED_DATE_CUE.search(before))
