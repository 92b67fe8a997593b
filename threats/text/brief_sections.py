"""The sentences of a brief on precedents, responses, organizations, statistics and limits."""

from threats.text.translate import N_, _, ngettext

PRECEDENTS_RULE_NOTE = N_("Meetings with equal points are ordered newest first.")
STATISTICS_CAUSE_NOTE = N_(
    "These statistics do not show what meetings caused, or what caused the meetings."
)
NO_MATCH_CAVEAT = N_("No meeting matches this filter, so every figure is about other meetings.")


def no_precedent_sentence(threats: str) -> str:
    """Return that no meeting anywhere had the threats on its agenda."""
    return _("No meeting on record in any region had {threats} on its agenda.", threats=threats)


def precedents_sentence(total: int, threats: str) -> str:
    """Return how many precedents there are."""
    return ngettext(
        "We found {number} precedent: a meeting with {threats} on a known agenda.",
        "We found {number} precedents: meetings with {threats} on a known agenda.",
        total,
        threats=threats,
    )


def precedents_here_sentence(here: int, place: str) -> str:
    """Return how many of the precedents are meetings for a place."""
    if not here:
        return _("None of them was for {place}.", place=place)
    return ngettext(
        "{number} of them was for {place}.", "{number} of them were for {place}.", here, place=place
    )


def shown_precedents_sentence(shown: int) -> str:
    """Return how many precedents follow on the first pages."""
    return ngettext(
        "The most similar follows; the others are in annex A.",
        "The {number} most similar follow; the others are in annex A.",
        shown,
    )


def max_points_sentence(points: int) -> str:
    """Return how many points a precedent can get."""
    return _(
        "A meeting scores up to {points} points; more points mean more similar.", points=points
    )


def criterion_sentence(label: str, points: int, rule: str) -> str:
    """Return how a precedent gets points by one criterion."""
    return _("{label}, up to {points} points: {rule}.", label=label, points=points, rule=rule)


def no_threat_no_response_sentence(threats: str) -> str:
    """Return that no response is on record, as no meeting anywhere had the threats."""
    return _(
        "No meeting on record had {threats} on its agenda, so there is no response either.",
        threats=threats,
    )


def no_response_here_sentence(place: str, meetings: int, threats: str) -> str:
    """Return that no response was discussed for a place."""
    if not meetings:
        return _(
            "No meeting for {place} had {threats} on its agenda, so there is no response there.",
            place=place,
            threats=threats,
        )
    return ngettext(
        "No response is on record in {number} meeting for {place} on {threats}.",
        "No response is on record in {number} meetings for {place} on {threats}.",
        meetings,
        place=place,
        threats=threats,
    )


def responses_here_sentence(place: str, meetings: int, threats: str, responses: str) -> str:
    """Return which responses were discussed for a place."""
    return ngettext(
        "Discussed in {number} meeting for {place} on {threats}: {responses}.",
        "Discussed in {number} meetings for {place} on {threats}: {responses}.",
        meetings,
        place=place,
        threats=threats,
        responses=responses,
    )


def responses_elsewhere_sentence(place: str, meetings: int, threats: str, responses: str) -> str:
    """Return which responses were discussed, but not for a place."""
    return ngettext(
        "Not discussed for {place}, but in {number} meeting on {threats} in all regions: "
        "{responses}.",
        "Not discussed for {place}, but in {number} meetings on {threats} in all regions: "
        "{responses}.",
        meetings,
        place=place,
        threats=threats,
        responses=responses,
    )


def few_for_gap_sentence(meetings: int) -> str:
    """Return that few meetings do not show a gap in responses."""
    return ngettext(
        "{number} meeting is too few to call a missing response a gap.",
        "{number} meetings are too few to call a missing response a gap.",
        meetings,
    )


def no_organization_sentence(threats: str) -> str:
    """Return that no participant of any meeting is known."""
    return _("No participant is on record for meetings on {threats}.", threats=threats)


def no_organization_here_sentence(place: str, threats: str) -> str:
    """Return that no participant of a meeting for a place is known."""
    return _(
        "No participant is on record for meetings for {place} on {threats}.",
        place=place,
        threats=threats,
    )


def organizations_here_sentence(place: str, meetings: int, threats: str, organizations: str) -> str:
    """Return who took part in meetings for a place."""
    return ngettext(
        "Participants in {number} meeting for {place} on {threats}: {organizations}.",
        "Participants in {number} meetings for {place} on {threats}: {organizations}.",
        meetings,
        place=place,
        threats=threats,
        organizations=organizations,
    )


def organizations_elsewhere_sentence(threats: str, organizations: str) -> str:
    """Return who took part only elsewhere."""
    return _(
        "Participants only elsewhere in meetings on {threats}: {organizations}.",
        threats=threats,
        organizations=organizations,
    )


def statistic_sentence(
    threat: str,
    name: str,
    region: str,
    publisher: str,
    value: str,
    unit: str,
    period: str,
    countries: str,
) -> str:
    """Return the latest value of a statistic that is related to a threat."""
    return _(
        "Statistic related to {threat}: “{name}” ({region}), {publisher}: {value} {unit} in "
        "{period} ({countries}).",
        threat=threat,
        name=name,
        region=region,
        publisher=publisher,
        value=value,
        unit=unit,
        period=period,
        countries=countries,
    )


def first_value_sentence(value: str, period: str, countries: str) -> str:
    """Return the first value of a statistic, after ``statistic_sentence``."""
    return _(
        "The first value is {value} in {period} ({countries}).",
        value=value,
        period=period,
        countries=countries,
    )


def more_statistics_sentence(number: int) -> str:
    """Return where the statistics are that do not fit on the first pages."""
    return ngettext(
        "{number} more statistic: annex F.", "{number} more statistics: annex F.", number
    )


def no_statistic_sentence(threats: str, region: str) -> str:
    """Return for which threats there is no statistic."""
    return _(
        "No openly licensed statistic is available for {threats} ({region}).",
        threats=threats,
        region=region,
    )


def pandemic_search_caveat(meetings: int) -> str:
    """Return which figures exclude the meetings that only a search for COVID-19 found."""
    return ngettext(
        "Attention to the pandemic excludes {number} meeting found only by searching for COVID-19. "
        "Precedents, responses and organizations include it.",
        "Attention to the pandemic excludes {number} meetings found only by searching for "
        "COVID-19. Precedents, responses and organizations include them.",
        meetings,
    )


def uncertain_codes_caveat(threats: str) -> str:
    """Return for which threats meetings rest on uncertain codes."""
    return _("Meetings that rest on uncertain codes: {threats}.", threats=threats)


def uncertain_label(threat: str, uncertain: int, meetings: int) -> str:
    """Return a threat with its meetings that rest on uncertain codes."""
    return _(
        "{threat} ({uncertain} of {meetings})",
        threat=threat,
        uncertain=uncertain,
        meetings=meetings,
    )


def pages_read_sentence(whole: int, part: int, none: int) -> str:
    """Return how much of the pages of the meetings was read."""
    return _(
        "Of the meetings of this brief, {whole} were read in full, {part} in part and {none} not "
        "at all.",
        whole=whole,
        part=part,
        none=none,
    )


def counting_note(min_meetings: int) -> str:
    """Return how the figures of a brief are counted."""
    return _(
        "Meetings for a region are those held for it, plus sessions and items about it in other "
        "meetings. A meeting counts once, however often it names a threat. Fewer than "
        "{min_meetings} meetings with a known agenda are too few to judge. Intervals are 95% "
        "confidence intervals.",
        min_meetings=min_meetings,
    )
