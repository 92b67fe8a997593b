"""Numbers, percentages, lists, years and dates in the reader's language, by Babel."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from threats.text.labels import PANDEMIC_PHRASE
from threats.text.translate import _

LOCALE = Locale.parse("en_GB")
_ORDINAL_ENDINGS = {"one": "st", "two": "nd", "few": "rd", "other": "th"}


def truncate(text: str, limit: int = 60) -> str:
    """Return a text of at most ``limit`` characters; "..." replaces the end of a longer one."""
    return text if len(text) <= limit else text[: limit - 3] + "..."


@lru_cache(maxsize=4096)
def format_number(number: float) -> str:
    """Return a number with separators, such as "1,204"."""
    return format_decimal(number, locale=LOCALE)


def join(labels: Sequence[str]) -> str:
    """Return labels as a list in a sentence, such as "a, b and c"."""
    return format_list(labels, locale=LOCALE)


def ordinal(number: int) -> str:
    """Return an ordinal number, such as "15th"."""
    return f"{number}{_ORDINAL_ENDINGS[LOCALE.ordinal_form(number)]}"


def capital_first(text: str) -> str:
    """Return a text with a capital letter at its start; the rest is unchanged."""
    return text[:1].upper() + text[1:]


def lower_name(name: str) -> str:
    """Return the name of a threat within a sentence: "WMD and dual-use goods" keeps its capitals,
    "Corruption" does not."""
    text = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return _(PANDEMIC_PHRASE) if text == "pandemic" else text


def capital_name(name: str) -> str:
    """Return the name of a threat at the start of a sentence."""
    return capital_first(lower_name(name))


@lru_cache(maxsize=256)
def _whole_percent(number: int) -> str:
    return format_percent(number / 100, locale=LOCALE)


def percent(share: float) -> str:
    """Return a share in percent without decimals; "under 1%" rather than a false 0%."""
    if 0 < share < 0.005:
        return _("under {percent}", percent=_whole_percent(1))
    if 0.995 < share < 1:
        return _("over {percent}", percent=_whole_percent(99))
    return _whole_percent(round(share * 100))


def percent_range(low: float, high: float) -> str:
    """Return an interval of shares in percent, such as "10–42%"."""
    return f"{low * 100:.0f}–{_whole_percent(round(high * 100))}"


def signed(number: float) -> str:
    """Return a number without decimals and with its sign, such as "+5" or "−17"."""
    return f"{'−' if f'{number:+.0f}'[0] == '-' else '+'}{abs(number):.0f}"


def number_runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last number of each run of consecutive numbers, in order."""
    runs: list[tuple[int, int]] = []
    for number in sorted({int(number) for number in numbers}):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def format_range(first: object, last: object) -> str:
    """Return a range of years, numbers or labels, such as "2006–2008", or one of them alone."""
    return str(first) if first == last else f"{first}–{last}"


def year_ranges(years: Iterable[int]) -> str:
    """Return years as runs, such as "2006–2008, 2011 and 2014"."""
    return join([format_range(*run) for run in number_runs(years)])


def format_partial_date(text: str) -> str:
    """Return an ISO date, month or year in words, such as "21 September 2021" or "June 2019"."""
    pattern = {4: "y", 7: "MMMM y"}.get(len(text), "d MMMM y")
    return format_date(dt.date.fromisoformat((text + "-01-01")[:10]), pattern, locale=LOCALE)


def format_month(period: str) -> str:
    """Return the month of a period, such as "Jan" of "2020-01"."""
    return format_date(dt.date.fromisoformat(f"{period}-01"), "MMM", locale=LOCALE)
