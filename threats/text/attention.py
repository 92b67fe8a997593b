"""Words of charts of attention: the pages Start and Threats."""

from threats.format import capital_name, percent
from threats.text.translate import N_, _, ngettext

RANKING_TITLE = N_("Threats most and least on the agenda")
MEETINGS_BY_YEAR_TITLE = N_("How many meetings we found each year")
OTHER_SERIES_LABEL = N_("All other series")
ATTENTION_BY_YEAR_TITLE = N_("Attention to each threat, year by year")
COMPARISON_TITLE = N_("Compare threats over time")
THESE_THREATS_PHRASE = N_("these threats")
PRESENCE_COLUMNS = {
    "threat": N_("Threat"),
    "first": N_("First year"),
    "last": N_("Last year"),
    "meetings": N_("Meetings"),
}
NEVER_LABEL = N_("never")
NOT_KNOWN_LABEL = N_("not known")
NOT_READ_LABEL = N_("meetings found, but no agenda read")
NO_MEETING_LABEL = N_("no meeting found")


def ranking_title(threat: str, share: float) -> str:
    """Return the finding that one threat leads."""
    return _(
        "{threat} leads: on the agenda of {share} of the meetings",
        threat=capital_name(threat),
        share=percent(share),
    )


def single_threat_title(threat: str) -> str:
    """Return the title of attention to one threat over the years."""
    return _("{threat} over the years", threat=threat)


def attention_label(share: str, few: bool, n_uncertain: int) -> str:
    """Return a share with its cautions, such as "1 of 3 meetings (…); too few meetings"."""
    uncertain = ngettext(
        "{number} by a less certain code", "{number} by a less certain code", n_uncertain
    )
    cautions = [_("too few meetings")] if few else []
    return "; ".join([share, *cautions, *([uncertain] if n_uncertain else [])])
