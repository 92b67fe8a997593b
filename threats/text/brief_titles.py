"""Titles of a brief, of its sections and of its tables, and the headers of their columns."""

from threats.format import join, lower_name
from threats.text.translate import N_, _, ngettext

IN_SHORT_TITLE = N_("In short")
DISCUSSED_TITLE = N_("What was discussed before")
CHANGE_TITLE = N_("How attention changed")
MISSING_TITLE = N_("Gaps: discussed elsewhere, not here")
RESPONSES_TITLE = N_("Responses")
ORGANIZATIONS_TITLE = N_("Whom to invite")
STATISTICS_TITLE = N_("Related statistics")
LIMITS_TITLE = N_("Limits of these figures")
ANNEX_PRECEDENTS_TITLE = N_("Annex A: Precedents")
ANNEX_ATTENTION_TITLE = N_("Annex B: Attention to the threats")
ANNEX_MISSING_TITLE = N_("Annex C: Gaps")
ANNEX_RESPONSES_TITLE = N_("Annex D: Responses")
ANNEX_ORGANIZATIONS_TITLE = N_("Annex E: Organizations")
ANNEX_STATISTICS_TITLE = N_("Annex F: Related statistics")
ANNEX_METHOD_TITLE = N_("Annex G: Method")
SOURCES_TITLE = N_("Sources")
CONTENTS_TITLE = N_("Contents")

THREAT_TABLE_TITLE = N_("Meetings with each threat on the agenda")
YEAR_TABLE_TITLE = N_(
    "Meetings with the threat on the agenda, of those with a known agenda, by year"
)
PRECEDENT_TABLE_TITLE = N_("Most similar past meetings, the most similar first")
SCORE_TABLE_TITLE = N_("How each of these meetings scored")
MISSING_TABLE_TITLE = N_("On agendas elsewhere, not here: all threats, the chosen ones first")
RESPONSE_TABLE_TITLE = N_("Meetings on these threats that discussed each response")
STATISTICS_TABLE_TITLE = N_("Related statistics by threat")

THREAT_HEADER = N_("Threat")
HERE_HEADER = N_("Here")
MEETINGS_HEADER = N_("Meetings")
ALL_REGIONS_HEADER = N_("All regions")
FIRST_HEADER = N_("First")
LAST_HEADER = N_("Last")
EARLIER_HEADER = N_("Earlier")
YEAR_HEADER = N_("Year")
EVIDENCE_HEADER = N_("Evidence")
LAST_HERE_HEADER = N_("Last here")
ELSEWHERE_SINCE_HEADER = N_("Meetings elsewhere since")
LAST_ELSEWHERE_HEADER = N_("Last elsewhere")
RESPONSE_HEADER = N_("Response")
ORGANIZATION_HEADER = N_("Organization")
MEETINGS_HERE_HEADER = N_("Meetings here")
MEETINGS_ALL_HEADER = N_("Meetings, all regions")
ROLE_HEADER = N_("Strongest role")
STATISTIC_HEADER = N_("Statistic")
LATEST_HEADER = N_("Latest")
PERIODS_HEADER = N_("Periods")
CAVEATS_HEADER = N_("Limits")
LICENCE_HEADER = N_("Licence")

NEVER_CELL = N_("never")
NO_DATE_CELL = N_("not known")
NO_MEETING_CELL = N_("no meeting")
NO_AGENDA_CELL = N_("no known agenda")


def brief_title(names: list[str], group: str, total: int, place: str) -> str:
    """Return the title of a brief on threats: by name where they are few, by group where they are
    one, else by their number out of the ``total`` of the vocabulary."""
    if len(names) == total:
        return _("All threats: a brief for {place}", place=place)
    if len(names) <= 3:
        group = join([names[0], *map(lower_name, names[1:])])
    if group:
        return _("{threats}: a brief for {place}", threats=group, place=place)
    return ngettext(
        "{number} threat: a brief for {place}",
        "{number} threats: a brief for {place}",
        len(names),
        place=place,
    )


def organization_table_title(shown: int, total: int) -> str:
    """Return the title of the table of organizations, which shows the first of many."""
    if shown == total:
        return _("Participants in meetings on these threats")
    return _(
        "Participants in meetings on these threats, the first {shown} of {total}",
        shown=shown,
        total=total,
    )


def count_cell(count: int, total: int) -> str:
    """Return a count out of a number of meetings."""
    if not total:
        return _(NO_MEETING_CELL)
    return _("{count} of {total}", count=count, total=total)


def year_cell(count: int, total: int, status: str) -> str:
    """Return a count of a year, or why there is none."""
    if status == "no_meeting":
        return _(NO_MEETING_CELL)
    return _(NO_AGENDA_CELL) if status == "not_read" else count_cell(count, total)


def chosen_threat_cell(threat: str) -> str:
    """Return the name of a threat that the reader chose."""
    return _("{threat} (chosen)", threat=threat)
