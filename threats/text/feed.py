"""Words of the feed of new meetings and changed findings."""

from threats.text.translate import N_, _

FEED_LABEL = N_("Follow new meetings (Atom)")
FEED_HELP = N_("The address of this filter for a feed reader: new meetings and changed findings")
FEED_SUBTITLE = N_("New meetings and changed findings")


def feed_title(dataset: str, selection: str) -> str:
    """Return the title of the feed of a selection."""
    return _("{dataset}: {selection}", dataset=dataset, selection=selection)


def meeting_summary(date: str, place: str, series: str, threats: str) -> str:
    """Return what a feed says of a meeting; ``threats`` are names, or empty if none is coded."""
    facts = ", ".join(filter(None, [date, place, series]))
    if not threats:
        return _("{facts}.", facts=facts)
    return _("{facts}. On its agenda: {threats}.", facts=facts, threats=threats)


def changed_finding_title(sentence: str) -> str:
    """Return the title of a finding that changed."""
    return _("Changed finding: {sentence}", sentence=sentence)


def changed_finding_summary(now: str, before: str, number: str) -> str:
    """Return a finding as it is now and as it was in an earlier edition."""
    return _("{now} In edition {number}: {before}", now=now, number=number, before=before)
