"""The sentences of a brief on precedents, responses, organizations, statistics and limits."""

from threats.text.phrases import join_sentences
from threats.text.translate import N_, _, ngettext

PRECEDENTS_RULE_NOTE = N_("Meetings with equal points are ordered newest first.")
STATISTICS_CAUSE_NOTE = N_(
    "These statistics do not show what meetings caused, or what caused the meetings."
)
NO_MATCH_CAVEAT = N_("No meeting matches this filter, so every figure is about other meetings.")
NO_PRECEDENT_SENTENCE = N_("No meeting on record in any region had {threats} on its agenda.")
NOTHING_TO_BUILD_ON = N_(
    "So what: no meeting on record in any region had {threats} on its agenda, so there is none to "
    "build on."
)
NEAREST_MEETING = N_("The nearest to build on: “{title}” ({date}).")
MAX_POINTS_SENTENCE = N_("A meeting scores up to {points} points; more points mean more similar.")
CRITERION_SENTENCE = N_("{label}, up to {points} points: {rule}.")
NO_THREAT_NO_RESPONSE_SENTENCE = N_(
    "No meeting on record had {threats} on its agenda, so there is no response either."
)
NO_ORGANIZATION_SENTENCE = N_("No participant is on record for meetings on {threats}.")
NO_ORGANIZATION_HERE_SENTENCE = N_(
    "No participant is on record for meetings for {place} on {threats}."
)
ORGANIZATIONS_ELSEWHERE_SENTENCE = N_(
    "Participants only elsewhere in meetings on {threats}: {organizations}."
)
STATISTIC_SENTENCE = N_(
    "Statistic related to {threat}: “{name}” ({region}), {publisher}: {value} {unit} in {period} "
    "({countries})."
)
FIRST_VALUE_SENTENCE = N_("The first value is {value} in {period} ({countries}).")
NO_STATISTIC_SENTENCE = N_("No openly licensed statistic is available for {threats} ({region}).")
UNCERTAIN_CODES_CAVEAT = N_("Meetings that rest on uncertain codes: {threats}.")
UNCERTAIN_LABEL = N_("{threat} ({uncertain} of {meetings})")
PAGES_READ_SENTENCE = N_(
    "Of the meetings of this brief, {whole} were read in full, {part} in part and {none} not at "
    "all."
)
COUNTING_NOTE = N_(
    "Meetings for a region are those held for it, plus sessions and items about it in other "
    "meetings. A meeting counts once, however often it names a threat. Fewer than {min_meetings} "
    "meetings with a known agenda are too few to judge. Intervals are 95% confidence intervals."
)


def new_here_summary(place: str, threats: str, known: int, elsewhere: int) -> str:
    """Return that the threats are new here, as far as agendas are known."""
    if not known:
        return _(
            "So what: no agenda for {place} is known, so nobody can say what is new there.",
            place=place,
        )
    return ngettext(
        "So what: no known agenda for {place} had {threats}, but {number} meeting elsewhere did.",
        "So what: no known agenda for {place} had {threats}, but {number} meetings elsewhere did.",
        elsewhere,
        place=place,
        threats=threats,
    )


def discussed_summary(place: str, threats: str, meetings: int, last: int, recent: bool) -> str:
    """Return how many meetings here had the threats, the last year, and what that asks for."""
    counted = ngettext(
        "So what: {number} meeting for {place} had {threats} on its agenda, in {year}.",
        "So what: {number} meetings for {place} had {threats} on their agendas, the last in "
        "{year}.",
        meetings,
        place=place,
        threats=threats,
        year=last,
    )
    asked = _("A new one should say what it adds.")
    if not recent:
        asked = _("It is time to ask what has changed since.")
    return join_sentences(counted, asked)


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


def more_statistics_sentence(number: int) -> str:
    """Return where the statistics are that do not fit on the first pages."""
    return ngettext(
        "{number} more statistic: annex F.", "{number} more statistics: annex F.", number
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
