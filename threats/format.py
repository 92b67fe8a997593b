"""Numbers, shares and lists as a reader would say them."""

import math
from collections.abc import Iterable, Sequence


def truncate(text: str) -> str:
    """Return a text, cut if it is long."""
    return text if len(text) <= 60 else text[:57] + "..."


def quantity(number: int, noun: str) -> str:
    """Return a number with its noun, such as "1 meeting", "no meetings" or "1,204 meetings"."""
    return f"{number:,} {noun}" if number == 1 else f"{f'{number:,}' if number else 'no'} {noun}s"


def join(labels: Sequence[str]) -> str:
    """Return labels as a list in a sentence, such as "a, b and c"."""
    return " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]])) if labels else ""


def ordinal(number: int) -> str:
    """Return a number with its ending, such as "15th"."""
    ending = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def lower_name(name: str) -> str:
    """Return the name of a threat as it stands within a sentence: "WMD and dual-use goods" keeps
    its capitals, "Corruption" does not."""
    text = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return "the pandemic" if text == "pandemic" else text


def capital_name(name: str) -> str:
    """Return the name of a threat as it stands at the start of a sentence."""
    return (text := lower_name(name))[:1].upper() + text[1:]


def percent(share: float) -> str:
    """Return a share of one in percent, with no decimals; "under 1 %" rather than a false 0 %."""
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 < share < 1:
        return "over 99 %"
    return f"{share * 100:.0f} %"


def count_of(count: int, total: int, noun: str = "") -> str:
    """Return a count of a total with its share, such as "9 of 48 (19 %)", or with a noun "9 of 48
    meetings (19 %)"."""
    whole = quantity(total, noun) if noun else str(total)
    return f"{count} of {whole} ({percent(count / total)})"


def frequency(number: int) -> str:
    """Return how often, such as "once", "twice" or "7 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def percentage_points(difference: float) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    return f"{difference * 100:+.0f}".replace("-", "−") + " points"


def percentage_points_range(low: float, high: float) -> str:
    """Return an interval of a difference in percentage points, such as "+5 to +23"."""
    return f"{percentage_points(low).removesuffix(' points')} to {percentage_points(high).removesuffix(' points')}"


def format_p_value(p: float) -> str:
    """Return a p with two figures, such as "0.033", or "under 0.001"."""
    return "under 0.001" if p < 0.001 else f"{p:.2g}"


def confidence_interval(low: float, high: float) -> str:
    """Return a 95 % interval of a share, such as "95 % interval 10–42 %"."""
    return f"95 % interval {low * 100:.0f}–{high * 100:.0f} %"


def share_with_interval(count: int, total: int, low: float, high: float) -> str:
    """Return a share with what it rests on: "5 of 23 meetings (22 %, 95 % interval 10–42 %)"."""
    if not total or math.isnan(low):
        return "no meeting with a known agenda"
    whole = f"{count} of {quantity(total, 'meeting')}"
    return f"{whole} ({percent(count / total)}, {confidence_interval(low, high)})"


def year_ranges(numbers: Iterable[int]) -> str:
    """Return years as runs, such as "2006–2008, 2011 and 2014"."""
    runs: list[list[int]] = []
    for year in sorted({int(number) for number in numbers}):
        if runs and runs[-1][1] == year - 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return join([str(a) if a == b else f"{a}–{b}" for a, b in runs])


# Shares as a reader would say them; each stands for what is nearer to it than to its neighbours.
_SHARE_PHRASES = (
    (1 / 20, "about one in twenty"),
    (1 / 10, "about one in ten"),
    (1 / 5, "about one in five"),
    (1 / 4, "about one in four"),
    (3 / 10, "about three in ten"),
    (1 / 3, "about one in three"),
    (2 / 5, "about two in five"),
    (1 / 2, "about half"),
    (3 / 5, "about three in five"),
    (2 / 3, "about two in three"),
    (3 / 4, "about three in four"),
    (4 / 5, "about four in five"),
    (9 / 10, "about nine in ten"),
)


def share_in_words(share: float) -> str:
    """Return a share of one in words, such as "about one in four"; "none" and "all" only where it
    is exactly that."""
    if share in (0, 1):
        return "all of them" if share else "none of them"
    if share < 1 / 30:
        return "few of them"
    if share > 29 / 30:
        return "nearly all of them"
    return min(_SHARE_PHRASES, key=lambda said: abs(said[0] - share))[1]
