"""Words on precedents: earlier meetings on the chosen threats."""

from threats.text.quantities import format_threats
from threats.text.translate import N_, _, ngettext

CRITERION_LABELS = {
    "themes": N_("Shared threats"),
    "subject": N_("Main subject"),
    "region": N_("Region"),
    "recency": N_("Recency"),
    "series": N_("Series"),
}
POINTS_HEADING = N_("Points")
SHARED_THREATS_HEADING = N_("Threats")
ALL_REGIONS_PLACE = N_("All regions")
ELSEWHERE_PLACE = N_("elsewhere")
PRECEDENTS_TITLE = N_("When these threats were discussed")
PRECEDENTS_ELSEWHERE_TITLE = N_("When these threats were discussed: {place} and elsewhere")
PRECEDENTS_NOTE = N_(
    "A number counts the meetings of a year. “Elsewhere” means other regions and items about the "
    "whole area. Click a bar to list its meetings here."
)
PRECEDENT_BAR_TITLE = N_("{threat}, {year}")
PRECEDENT_BAR_LABEL = N_("{place}: {meetings}")


def precedent_rules(recency_years: int) -> dict[str, str]:
    """Return how a meeting gets its points, by criterion."""
    return {
        "themes": _("the share of the chosen threats that were on its agenda"),
        "subject": _("all points if one of these threats was its main subject"),
        "region": _(
            "all points if the meeting, or a threat on its agenda, was about a chosen region; half "
            "if the meeting covered that region otherwise; all points if no region is chosen"
        ),
        "recency": ngettext(
            "all points in the last year of the filter, fewer for each earlier year, none after "
            "{number} year or without a date",
            "all points in the last year of the filter, fewer for each earlier year, none after "
            "{number} years or without a date",
            recency_years,
        ),
        "series": _(
            "all points if it belongs to a chosen series; if no series is chosen, the share of the "
            "known agendas of its series that had one of the threats"
        ),
    }


def criterion_heading(criterion: str, max_points: int) -> str:
    """Return the heading of the points for a criterion."""
    return _(
        "{criterion} (of {points})", criterion=_(CRITERION_LABELS[criterion]), points=max_points
    )


def precedents_measure(role: str, n_shown: int, cut: str) -> str:
    """Return what the chart counts: ``all`` threats, the ``most`` frequent, or ``some`` of them."""
    if cut == "most":
        return ngettext(
            "number of meetings ({role}), the most frequent threat",
            "number of meetings ({role}), the {number} most frequent threats",
            n_shown,
            role=role,
        )
    if cut == "some":
        return ngettext(
            "number of meetings ({role}), {number} of the most frequent threats",
            "number of meetings ({role}), {number} of the most frequent threats",
            n_shown,
            role=role,
        )
    return _("number of meetings ({role}), all chosen threats", role=role)


def precedents_caption(
    n_shown: int, n_threats: int, years: str, places: dict[str, int], most_frequent: str
) -> str:
    """Return the most frequent threats, and the number of meetings ``here`` and ``elsewhere``."""
    threats = format_threats(n_threats)
    if n_shown < n_threats:
        threats = _("{threats}, {shown} of them shown", threats=threats, shown=n_shown)
    if "elsewhere" in places:
        counts = ngettext(
            "{threats}, {years}: {number} meeting here, {elsewhere} elsewhere, counted once for "
            "each threat.",
            "{threats}, {years}: {number} meetings here, {elsewhere} elsewhere, counted once for "
            "each threat.",
            places["here"],
            elsewhere=places["elsewhere"],
            threats=threats,
            years=years,
        )
    else:
        counts = ngettext(
            "{threats}, {years}: {number} meeting in all regions, counted once for each threat.",
            "{threats}, {years}: {number} meetings in all regions, counted once for each threat.",
            places["here"],
            threats=threats,
            years=years,
        )
    if not most_frequent:
        return counts
    return _("Most often: {threats}. {counts}", threats=most_frequent, counts=counts)
