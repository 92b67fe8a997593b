"""Words of the page COVID-19."""

from threats.format import format_number
from threats.text.labels import ERA_LABELS
from threats.text.quantities import format_meetings
from threats.text.translate import N_, _, ngettext

ERA_ATTENTION_TITLE = N_("Before, in and after the pandemic period")
WITHIN_SERIES_TITLES = {
    "after": N_("Same meeting series, before and after COVID-19"),
    "during": N_("Same meeting series, before and during COVID-19"),
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
PARTICIPANTS_TITLE = N_("How many people took part")
PARTICIPANTS_MEASURE = N_("number of participants that the source gives")
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
    "A filled later point differs significantly from before: Fisher's exact test at 5%, after "
    "Benjamini–Hochberg (1995) correction over all threats, whatever the filter, and both later "
    "periods. Intervals of shares after Wilson (1927), of differences after Newcombe (1998)."
)
WITHIN_SERIES_METHOD_NOTE = N_(
    "Odds ratios are pooled over series after Mantel and Haenszel (1959) and tested after Cochran "
    "(1954), with Benjamini–Hochberg (1995) correction over all threats, whatever the filter, and "
    "both later periods. Series with meetings in only one of the two periods do not count."
)
LINKS_NOTE = N_(
    "A link is coded only if the page itself makes it, also in a passing mention. Meetings found "
    "by pandemic words are included: this shows what was said, not how often."
)
FORMATS_NOTE = N_(
    "From 2022 the format is often inferred from a named place, because fewer pages state it."
)
PARTICIPANTS_NOTE = N_("Online meetings count those who joined.")


def emergency_measure(measure: str, dates: str) -> str:
    """Return what is counted, with the dates of the emergency."""
    return _("{measure}, pandemic period {dates}", measure=measure, dates=dates)


def odds_ratio_measure(role: str) -> str:
    """Return the measure of the change within series."""
    return _("odds ratio ({role})", role=_(role))


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


def one_sided_note(threats: str) -> str:
    """Return which threats are not drawn because their odds ratio is zero or infinite."""
    return _(
        "Not drawn, because on the agenda in only one of the periods: {threats}.", threats=threats
    )


def not_comparable_note(threats: str) -> str:
    """Return which threats no series can compare."""
    return _("Not comparable within series: {threats}.", threats=threats)


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


def participants_label(date: str, participants: str) -> str:
    """Return the number of participants of a meeting, such as "May 2019: over 100"."""
    return _("{date}: {participants}", date=date, participants=participants)


def participants_known_caution(n_known: int, n_meetings: int, few: bool) -> str:
    """Return for how many of the meetings read the number of participants is known."""
    known = ngettext(
        "Known for {known} of {number} meeting that was read",
        "Known for {known} of {number} meetings that were read",
        n_meetings,
        known=format_number(n_known),
    )
    return _("{known}: too few to conclude from", known=known) if few else known
