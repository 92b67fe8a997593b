"""Numbers, shares and lists as a reader would say them."""

import math
from collections.abc import Sequence


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, such as "1 meeting", "no meetings" or "1,204 meetings"."""
    return f"{number:,} {noun}" if number == 1 else f"{f'{number:,}' if number else 'no'} {noun}s"


def listed(labels: Sequence[str]) -> str:
    """Return labels as a list in a sentence, such as "a, b and c"."""
    return " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]])) if labels else ""


def ordinal(number: int) -> str:
    """Return a number with its ending, such as "15th"."""
    ending = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def inside(name: str) -> str:
    """Return the name of a threat as it stands within a sentence: "WMD and dual-use goods" keeps
    its capitals, "Corruption" does not."""
    text = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return "the pandemic" if text == "pandemic" else text


def percent(share: float) -> str:
    """Return a share of one in percent, with no decimals; "under 1 %" rather than a false 0 %."""
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 < share < 1:
        return "over 99 %"
    return f"{share * 100:.0f} %"


def of(count: int, total: int) -> str:
    """Return a count of a total with its share, such as "9 of 48 (19 %)"."""
    return f"{count} of {total} ({percent(count / total)})"


def points(difference: float) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    return f"{difference * 100:+.0f}".replace("-", "−") + " points"


def points_range(low: float, high: float) -> str:
    """Return an interval of a difference in percentage points, such as "+5 to +23"."""
    return f"{points(low).removesuffix(' points')} to {points(high).removesuffix(' points')}"


def interval(low: float, high: float) -> str:
    """Return a 95 % interval of a share, such as "95 % interval 10–42 %"."""
    return f"95 % interval {low * 100:.0f}–{high * 100:.0f} %"


def share(count: int, total: int, low: float, high: float) -> str:
    """Return a share with what it rests on: "5 of 23 meetings (22 %, 95 % interval 10–42 %)"."""
    if not total or math.isnan(low):
        return "no meeting with a known agenda"
    whole = f"{count} of {counted(total, 'meeting')}"
    return f"{whole} ({percent(count / total)}, {interval(low, high)})"
