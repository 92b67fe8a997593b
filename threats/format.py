"""Numbers, percentages, lists, years and dates in the reader's language, by Babel."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_percent

from threats.language import DEFAULT_LANGUAGE, language_id, locale
from threats.text.labels import PANDEMIC_PHRASE
from threats.text.translate import _
from threats.text.translate import format_number as format_number
from threats.text.translate import local_number as local_number
from threats.text.vocabulary import translate_label

_ORDINAL_ENDINGS = {"one": "st", "two": "nd", "few": "rd", "other": "th"}
# Of editions, a word that is feminine in these languages.
_ORDINALS = {"fr": "{}e", "de": "{}.", "it": "{}ª", "ru": "{}-я", "es": "{}.ª"}
# A German adjective before a noun: "Organisierte Kriminalität", not "Waffen und Munition".
_GERMAN_ADJECTIVE = re.compile(
    r"[A-ZÄÖÜ][\w-]*(e|er|es|en),?( [a-zäöüß-]+(e|er|es|en),?)* [A-ZÄÖÜ]"
)


def utc_today() -> dt.date:
    """Return the day in UTC, the same wherever a server stands."""
    return dt.datetime.now(dt.UTC).date()


def truncate(text: str, limit: int = 60) -> str:
    """Return a text of at most ``limit`` characters; "..." replaces the end of a longer one."""
    return text if len(text) <= limit else text[: limit - 3] + "..."


def decimals(number: float, places: int = 2) -> str:
    """Return a number with so many decimals, such as "0.80"."""
    return local_number(f"{number:.{places}f}")


def join(labels: Sequence[str]) -> str:
    """Return labels as a list in a sentence, such as "a, b and c"."""
    return format_list(labels, locale=locale())


def ordinal(number: int) -> str:
    """Return an ordinal number, such as "15th"."""
    if language_id() != DEFAULT_LANGUAGE:
        return _ORDINALS[language_id()].format(number)
    return f"{number}{_ORDINAL_ENDINGS[locale().ordinal_form(number)]}"


def capital_first(text: str) -> str:
    """Return a text with a capital letter at its start; the rest is unchanged."""
    return text[:1].upper() + text[1:]


def lower_name(name: str) -> str:
    """Return the name of a threat within a sentence: "WMD and dual-use goods" keeps its capitals,
    "Corruption" does not. In German only an adjective loses its capital."""
    keeps = name[1:2].isupper() or (language_id() == "de" and not _GERMAN_ADJECTIVE.match(name))
    text = name if keeps else name[:1].lower() + name[1:]
    return _(PANDEMIC_PHRASE) if name == translate_label("Pandemic") else text


def capital_name(name: str) -> str:
    """Return the name of a threat at the start of a sentence."""
    return capital_first(lower_name(name))


def _whole_percent(number: int) -> str:
    return _cached_percent(number, locale())


@lru_cache(maxsize=1024)
def _cached_percent(number: int, locale_: Locale) -> str:
    return format_percent(number / 100, locale=locale_)


def whole_percent(share: float) -> str:
    """Return a share in percent without decimals, also if that is zero."""
    return _whole_percent(round(share * 100))


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
    if len(text) == 4:
        return text
    day = dt.date.fromisoformat((text + "-01-01")[:10])
    return _cached_date(day, len(text) > 7, locale())


# A page of meetings writes hundreds of dates.
@lru_cache(maxsize=8192)
def _cached_date(day: dt.date, whole: bool, locale_: Locale) -> str:
    if not whole:
        return format_skeleton("yMMMM", day, locale=locale_)
    return format_date(day, "long", locale=locale_)


def format_month(period: str) -> str:
    """Return the month of a period, such as "Jan" of "2020-01"."""
    return format_date(dt.date.fromisoformat(f"{period}-01"), "LLL", locale=locale())
