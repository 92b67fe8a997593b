"""Counts, shares, differences and intervals in words."""

import math

from threats.format import format_number, local_number, percent, percent_range, signed
from threats.text.translate import N_, _, ngettext

# Shares in words; each phrase describes the shares that are nearer to it than to its neighbours.
_SHARE_PHRASES = (
    (1 / 20, N_("about one in twenty")),
    (1 / 15, N_("about one in fifteen")),
    (1 / 10, N_("about one in ten")),
    (1 / 8, N_("about one in eight")),
    (1 / 7, N_("about one in seven")),
    (1 / 6, N_("about one in six")),
    (1 / 5, N_("about one in five")),
    (1 / 4, N_("about one in four")),
    (3 / 10, N_("about three in ten")),
    (1 / 3, N_("about one in three")),
    (2 / 5, N_("about two in five")),
    (1 / 2, N_("about half")),
    (3 / 5, N_("about three in five")),
    (2 / 3, N_("about two in three")),
    (3 / 4, N_("about three in four")),
    (4 / 5, N_("about four in five")),
    (9 / 10, N_("about nine in ten")),
)


def format_meetings(number: int) -> str:
    """Return a number of meetings, such as "1 meeting", "no meetings" or "1,204 meetings"."""
    return ngettext("{number} meeting", "{number} meetings", number) if number else _("no meetings")


def format_threats(number: int) -> str:
    """Return a number of threats, such as "1 threat"."""
    return ngettext("{number} threat", "{number} threats", number) if number else _("no threats")


def format_regions(number: int) -> str:
    """Return a number of regions, such as "1 region"."""
    return ngettext("{number} region", "{number} regions", number)


def format_others(number: int) -> str:
    """Return how many more items a list has, such as "3 others"."""
    return ngettext("{number} other", "{number} others", number)


def count_of(count: int, total: int) -> str:
    """Return a count of a total with its share, such as "9 of 48 (19%)"."""
    return _(
        "{count} of {total} ({share})",
        count=format_number(count),
        total=format_number(total),
        share=percent(count / total),
    )


def count_of_meetings(count: int, total: int) -> str:
    """Return a count of meetings with its share, such as "9 of 48 meetings (19%)"."""
    return ngettext(
        "{count} of {number} meeting ({share})",
        "{count} of {number} meetings ({share})",
        total,
        count=format_number(count),
        share=percent(count / total),
    )


def frequency(number: int) -> str:
    """Return how often, such as "once", "twice" or "7 times"."""
    if number in (1, 2):
        return _("once") if number == 1 else _("twice")
    return ngettext("{number} time", "{number} times", number)


def percentage_points(difference: float) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    points = signed(difference * 100)
    return ngettext(
        "{points} point", "{points} points", abs(round(difference * 100)), points=points
    )


def percentage_points_range(low: float, high: float) -> str:
    """Return an interval of a difference in percentage points, such as "+5 to +23"."""
    return _("{low} to {high}", low=signed(low * 100), high=signed(high * 100))


def format_p_value(p: float) -> str:
    """Return a p value with two significant figures, such as "0.033", or "under 0.001"."""
    return _("under {limit}", limit=0.001) if p < 0.001 else local_number(f"{p:.2g}")


def confidence_interval(low: float, high: float) -> str:
    """Return the 95% interval of a share, such as "95% interval 10–42%"."""
    return _("95% interval {interval}", interval=percent_range(low, high))


def share_with_interval(count: int, total: int, low: float, high: float) -> str:
    """Return a share with its n and interval: "5 of 23 meetings (22%, 95% interval 10–42%)"."""
    if not total or math.isnan(low):
        return _("no meeting with a known agenda")
    return ngettext(
        "{count} of {number} meeting ({share}, {interval})",
        "{count} of {number} meetings ({share}, {interval})",
        total,
        count=format_number(count),
        share=percent(count / total),
        interval=confidence_interval(low, high),
    )


def share_in_words(share: float) -> str:
    """Return a share in words, such as "about one in four"; "none" and "all" are exact."""
    if share in (0, 1):
        return _("all of them") if share else _("none of them")
    if share < 1 / 30:
        return _("few of them")
    if share > 29 / 30:
        return _("nearly all of them")
    return _(min(_SHARE_PHRASES, key=lambda phrase: abs(phrase[0] - share))[1])
