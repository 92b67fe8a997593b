"""Words of the start page: who made it, from what, until when, and why to believe it."""

from threats.format import format_partial_date, format_range
from threats.text.translate import _, ngettext


def origin_line(maker: str, n_meetings: int, years: tuple[int, int], day: str) -> str:
    """Return who made the dataset, from what and until when; ``day`` is an ISO date."""
    return ngettext(
        "By {maker}, from the public page of {number} OSCE-area meeting, {years}. Data of {day}.",
        "By {maker}, from the public pages of {number} OSCE-area meetings, {years}. Data of {day}.",
        n_meetings,
        maker=maker,
        years=format_range(*years),
        day=format_partial_date(day),
    )


def trust_line(n_double_read: int) -> str:
    """Return why to believe the figures, and what they do not say."""
    return _(
        "Every figure lists its meetings and their sources{agreement}.",
        agreement=ngettext(
            "; two coders compared {number} meeting",
            "; two coders compared {number} meetings",
            n_double_read,
        )
        if n_double_read
        else "",
    )
