"""Words of the page COVID-19."""

from threats.format import format_number
from threats.text.labels import ERA_LABELS
from threats.text.quantities import format_meetings
from threats.text.translate import N_, _, ngettext

ERA_ATTENTION_TITLE = N_("Before, in and after the pandemic period")
WITHIN_SERIES_COLUMNS = {
    "threat": N_("Threat"),
    "period": N_("Against before"),
    "words": N_("Change within series"),
}
COMPOSITION_TITLES = {
    "series": N_("Which kinds of meetings each period contains"),
    "scope": N_("For which regions the meetings of each period were held"),
}
COMPOSITION_MEASURE = N_("share of the period's meetings with a known agenda")
LINKS_TITLE = N_("Threats that organizers linked to COVID-19")
LINKS_MEASURE = N_("number of meetings, mentioned anywhere")
FORMATS_TITLE = N_("In person, online or both")
FORMATS_MEASURE = N_("number of meetings that were read")
OTHER_GROUPS_LABEL = N_("All others")
SEVERAL_REGIONS_LABEL = N_("Several regions")
SEARCH_EFFECT_COLUMNS = {
    "era": N_("Period"),
    "excluded": N_("Without meetings that only the search for pandemic words found"),
    "included": N_("With these meetings"),
}
LINK_EVIDENCE_COLUMNS = {
    "threat": N_("Threat"),
    "threat_id": "threat_id",
    "Date": N_("Date"),
    "Meeting": N_("Meeting"),
    "meeting_id": "meeting_id",
    "link": N_("Link"),
    "evidence": N_("Evidence"),
    "Source": N_("Source"),
}
REPORTED_COLUMNS = {
    "label": N_("Threat"),
    "threat_id": "threat_id",
    "covid_relevance": N_("Reported during the pandemic"),
    "covid_source_url": N_("Source"),
}
ERA_METHOD_NOTE = N_(
    "Filled: significant against before (Fisher's exact test at 5%, corrected over all threats)."
)
LINKS_NOTE = N_("Coded only if the page itself makes the link, also in passing.")
FORMATS_NOTE = N_("From 2022 often inferred from a named place.")


def emergency_measure(measure: str, dates: str) -> str:
    """Return what is counted, with the dates of the emergency."""
    return _("{measure}, pandemic period {dates}", measure=measure, dates=dates)


def few_in_period_caution(n_meetings: int, era: str) -> str:
    """Return that a period has no meeting, or too few."""
    if not n_meetings:
        return _("No meeting {period}", period=_(ERA_LABELS[era]))
    return ngettext(
        "Only {number} meeting {period}: too few to conclude from",
        "Only {number} meetings {period}: too few to conclude from",
        n_meetings,
        period=_(ERA_LABELS[era]),
    )


def within_series_label(
    odds_ratio: float, low: float, high: float, n_series: int, significant: bool | None
) -> str:
    """Return a change within series; ``significant`` is None if there are too few meetings."""
    result = {True: _("significant"), False: _("not significant")}
    return _(
        "odds ratio {odds_ratio:.2g}, 95% interval {low:.2g}–{high:.2g}, in {series}; {result}",
        odds_ratio=odds_ratio,
        low=low,
        high=high,
        series=ngettext("{number} series", "{number} series", n_series),
        result=_("too few meetings to test") if significant is None else result[bool(significant)],
    )


def part_of_period_label(n_meetings: int, n_period: int) -> str:
    """Return a part of the meetings of a period."""
    return ngettext(
        "{count} of {number} meeting with a known agenda",
        "{count} of {number} meetings with a known agenda",
        n_period,
        count=format_number(n_meetings),
    )


def pandemic_link_label(n_meetings: int, link: str) -> str:
    """Return how many meetings made a kind of link to the pandemic."""
    return _("{meetings}: {link}", meetings=format_meetings(n_meetings), link=_(link))
