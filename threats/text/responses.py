"""Words of the page Responses."""

from threats.format import lower_name
from threats.text.quantities import format_meetings
from threats.text.translate import N_, _, ngettext

RESPONSES_BY_THREAT_TITLE = N_("Which responses are discussed with which threats")
THREATS_TOGETHER_TITLE = N_("Which threats are discussed together")
RESPONSES_BY_YEAR_TITLE = N_("Responses over the years")
ALL_RESPONSES_PHRASE = N_("all responses")
DISCUSSED_PHRASE = N_("discussed")
RESPONSE_COLUMNS = {
    "response": N_("Response"),
    "first": N_("First"),
    "last": N_("Last"),
    "meetings": N_("Meetings"),
}


PAIR_TEST_NOTE = N_(
    "Coloured, or filled: significant at 5% within series of meetings (Mantel–Haenszel, corrected)."
)


def pair_label(first: str, second: str) -> str:
    """Return the name of a pair of threats."""
    return _("{first} + {second}", first=first, second=lower_name(second))


def tested_pair_label(
    pair: str, odds_ratio: float, low: float, high: float, significant: bool
) -> str:
    """Return a pair with its odds ratio within series; ``low`` is nan if it has no interval."""
    result = _("significant within series") if significant else _("not significant within series")
    if low == low:
        return _(
            "{pair}; odds ratio within series {odds_ratio:.2g}, 95% interval {low:.2g}–{high:.2g}; "
            "{result}",
            pair=pair,
            odds_ratio=odds_ratio,
            low=low,
            high=high,
            result=result,
        )
    return _("{pair}; {result}", pair=pair, result=result)


def cooccurrence_note(min_meetings: int) -> str:
    """Return which pairs are too few to judge."""
    return _("White: fewer than {minimum} meetings, seen and expected.", minimum=min_meetings)


def common_meetings_measure(role: str) -> str:
    """Return what the numbers in the cells are."""
    return _("meetings with both ({role})", role=role)


def common_meetings_label(
    together: int, expected: float, row_meetings: int, column_meetings: int, n_meetings: int
) -> str:
    """Return how often a pair comes together, and how often by chance."""
    return _(
        "together in {meetings}, {expected:.1f} expected by chance\n{row} and {column} of {total}",
        meetings=format_meetings(together),
        expected=expected,
        row=row_meetings,
        column=column_meetings,
        total=format_meetings(n_meetings),
    )


def organizations_title(n_shown: int, cut: str) -> str:
    """Return the title of the chart of organizations: ``all`` of them, the ``most`` frequent, or
    ``some`` of the most frequent."""
    if cut == "most":
        return ngettext(
            "Who attends meetings on which threat: the most frequent organization",
            "Who attends meetings on which threat: the {number} most frequent organizations",
            n_shown,
        )
    if cut == "some":
        return ngettext(
            "Who attends meetings on which threat: {number} of the most frequent organizations",
            "Who attends meetings on which threat: {number} of the most frequent organizations",
            n_shown,
        )
    return ngettext(
        "Who attends meetings on which threat: {number} organization",
        "Who attends meetings on which threat: {number} organizations",
        n_shown,
    )


def responses_measure(measure: str) -> str:
    """Return what the cells of responses by year are."""
    if measure == "mix":
        return _("share of meetings that discussed it, at a fixed mix")
    if measure == "share":
        return _("share of meetings that discussed it")
    return _("number of meetings that discussed it")
