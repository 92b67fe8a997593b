"""Words on the shape of the agenda: how diverse, concentrated, sudden and lasting attention is."""

from threats.text.quantities import format_meetings
from threats.text.translate import N_, _

WHOLE_SELECTION = N_("All meetings of the filter")
TOO_FEW_CELL = N_("too few")
SHAPE_COLUMNS = {
    "group": N_("Meetings of"),
    "meetings": N_("Meetings"),
    "effective": N_("Effective number of threats"),
    "top_three": N_("Share of the top three"),
    "pairs": N_("Pairs of years"),
    "gini": N_("Gini of yearly changes"),
    "gini_chance": N_("The same by chance"),
    "kept": N_("Kept from year to year"),
}
TOO_FEW_FOR_SHAPE = N_("Too few meetings with a known agenda to describe the shape of the agenda.")


def open_period_label(first: str, last: str) -> str:
    """Return the name of a period without a first or without a last day."""
    return _("until {day}", day=last) if last else _("since {day}", day=first)


def figure_with_interval(figure: str, low: str, high: str) -> str:
    """Return a figure with its interval."""
    return _("{figure} ({low} to {high})", figure=figure, low=low, high=high)


def shape_sentence(effective: str, top_three: str, n_meetings: int) -> str:
    """Return how diverse and how concentrated the agenda of a selection is."""
    return _(
        "{meetings} are as diverse as {effective} equally frequent threats. The three most "
        "frequent have {top_three} of all mentions.",
        meetings=format_meetings(n_meetings),
        effective=effective,
        top_three=top_three,
    )
