"""Words of the chart that compares regions, families, series, Chairpersonships or periods."""

from threats.text.quantities import format_threats
from threats.text.translate import N_, _, ngettext

COMPARISON_TITLES = {
    "region": N_("Regions side by side"),
    "family": N_("Families of meetings side by side"),
    "series": N_("Series of meetings side by side"),
    "chair": N_("Chairpersonships one by one"),
    "period": N_("Periods side by side"),
}
SEVERAL_REGIONS_NOTE = N_("A meeting for several regions counts in each.")
WIDEST_DIFFERENCE_NOTE = N_("The widest of many differences is partly chance.")
NO_SECOND_VALUE = N_("Fewer than two of these have enough meetings to compare.")
ALL_SAME_SHARE = N_("No threat differs between these.")
COMPARED_FIGURE = N_("{figure} for {name}")
DEFAULT_VALUES_PLACEHOLDERS = {
    "region": N_("Those with most meetings"),
    "family": N_("Those with most meetings"),
    "series": N_("Those with most meetings"),
    "chair": N_("The last twelve"),
    "period": N_("The two halves of the years"),
}
UNKNOWN_PERIOD_MESSAGE = N_("Write a period as years of the data, such as 2012-2016 or 2020.")


def compared_value_label(name: str, n_meetings: int, few: bool) -> str:
    """Return the name of a value with its number of meetings, such as "Central Asia (79)"."""
    if few:
        return _("{name} ({number}: too few)", name=name, number=n_meetings)
    return _("{name} ({number})", name=name, number=n_meetings)


def tied_difference(threat: str, figures: str) -> str:
    """Return the shares that differ most, where several values tie."""
    return _("{threat}, with {figures}", threat=threat, figures=figures)


def difference_with_interval(threat: str, figures: str, points: str, interval: str) -> str:
    """Return the two shares that differ most, and their difference with its interval."""
    return _(
        "{threat}, with {figures} ({points}, 95% interval {interval})",
        threat=threat,
        figures=figures,
        points=points,
        interval=interval,
    )


def widest_difference_sentence(parts: list[str]) -> str:
    """Return the threats that differ most, each with its figures."""
    return ngettext(
        "Widest difference: {parts}.",
        "Widest differences: {parts}.",
        len(parts),
        parts="; ".join(parts),
    )


def most_frequent_note(n_shown: int, n_threats: int) -> str:
    """Return that only the most frequent threats are shown."""
    return _(
        "Shown: the {shown} with the highest mean share, of {threats}, and those that you choose.",
        shown=n_shown,
        threats=format_threats(n_threats),
    )
