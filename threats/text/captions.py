"""Captions of charts of shares; each begins with the finding.

A predicate is one of ``ROLE_PHRASES``, such as "on the agenda".
"""

from threats.text.translate import N_, ngettext

NO_KNOWN_AGENDA = N_("No agenda of these meetings is known.")
NO_MEETING_IN_YEARS = N_("No meeting was found for {years}.")
UNREAD_YEARS = N_("No agenda of {years} is known.")
YEAR_FIGURE = N_("{years} with {figure}")
NAME_IN_YEARS = N_("{name} in {peak}")
HIGHEST_COUNT = N_("Most meetings: {peaks}.")
HIGHEST_SHARE = N_("Highest among years with {minimum} or more meetings: {peaks}.")
NO_PEAK = N_("Too few meetings in most years to name a peak: {names}.")
IN_ONE_YEAR = N_("{predicate}: {figures}.")
NAME_WITH_FIGURE = N_("{name} in {figure}")
NAME_WITH_FEW = N_("{name} in {figure}, too few meetings to compare")
TREND_CHANGE = N_("{name}, from {early} before {split} to {late} from {split} to {last}")
SIGNIFICANT_TREND = {
    "up": N_("Significant rise: {changes}."),
    "down": N_("Significant fall: {changes}."),
}
ALSO = N_("{changes}; also {names}")
NO_TREND = N_("No rise or fall is significant.")
NO_TREND_OF = N_("No rise or fall of {scope} is significant.")
TOO_FEW_FOR_TREND = N_("Too few meetings to test for a trend.")
ERA_CHANGE = {
    "during": N_("{threat} {points} in the pandemic period"),
    "after": N_("{threat} {points} after the pandemic period"),
}
SIGNIFICANT_CHANGES = N_("Significant changes: {changes}.")
NO_CHANGE = N_("No change is significant.")
NO_CHANGE_OF = N_("No change of {scope} is significant.")
TOO_FEW_FOR_CHANGE = N_("Too few meetings to test for a change.")
MEETINGS_BY_ERA = N_("Meetings: {counts}.")
TOO_FEW_IN_REGIONS = N_("No region has enough meetings with a known agenda to compare.")
ONE_REGION = N_("Only one region has enough meetings to compare: {regions}.")
SAME_IN_REGIONS = N_("The same share in all regions with enough meetings: {regions}.")
HIGHEST_IN = N_("Highest in {regions}.")
LOWEST_IN = N_("Lowest in {regions}.")
REGION_DIFFERENCE = N_("{threat} in {region}, {figure}, {points}")
LARGEST_EXCESS = N_("Largest excess over the share in all regions: {figures}.")
NO_DIFFERENCE = N_("No region differs from the share in all regions.")
LARGEST_SHORTFALL = N_("Largest shortfall: {figures}.")
TOO_FEW_TO_COMPARE_IN = N_("Too few meetings to compare: {names}.")
INDICATOR_VALUE = N_("{name}, {periods}: {value}.")
INDICATOR_CONSTANT = N_("{name}, {periods}: always {value}.")
INDICATOR_EXTREMES = N_(
    "{name}, {periods}: highest in {high} with {value}, lowest in {low} with {low_value}."
)


def never_in_meetings_sentence(name: str, predicate: str, n_meetings: int) -> str:
    """Return that one thing was on the agenda of none of a number of meetings."""
    return ngettext(
        "{name}: never {predicate} in {number} meeting.",
        "{name}: never {predicate} in {number} meetings.",
        n_meetings,
        name=name,
        predicate=predicate,
    )


def missing_periods_sentence(number: int) -> str:
    """Return for how many periods a measured figure is missing."""
    return ngettext(
        "No figure for {number} period in between.",
        "No figure for {number} periods in between.",
        number,
    )
