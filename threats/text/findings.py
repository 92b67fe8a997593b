"""The headline findings, each worded once: for overview, captions, robustness table and brief.

A predicate is one of ``ROLE_PHRASES``, such as "on the agenda"; threats are names within a
sentence."""

from collections.abc import Mapping, Sequence

from threats.format import capital_first, join, percent
from threats.text.labels import ERA_LABELS
from threats.text.phrases import join_names
from threats.text.quantities import (
    count_of,
    count_of_meetings,
    format_meetings,
    format_threats,
    percentage_points,
    percentage_points_range,
    share_in_words,
)
from threats.text.translate import N_, _, ngettext

ALL_NEW = N_("Every threat found was first {predicate} in {year}.")
NEVER = N_("Never {predicate}: {threats}.")
MAX_NAMED_NEVER = 4
NONE_FOUND = N_("None of these threats was {predicate}.")
LONGEST_ABSENCE = N_("Longest absence: {threats}, last {predicate} in {year}.")
SAME_SHARE = N_("{share} of the meetings")
TOO_FEW_TO_COMPARE = N_("{figure}; too few meetings to compare")
PANDEMIC_DURING = N_("During WHO's COVID-19 emergency the pandemic was {predicate} in {during}.")
PANDEMIC_DURING_AND_AFTER = N_(
    "During WHO's COVID-19 emergency the pandemic was {predicate} in {during}; since then in "
    "{after}."
)
TOO_FEW_FOR_PANDEMIC = N_(
    "Too few meetings during WHO's COVID-19 emergency to say how often the pandemic was "
    "{predicate}."
)
NO_PANDEMIC_LINKS = N_("No source read here links one of these threats to the pandemic.")
REMOTE_IN_ERA = N_("{count} of {total} {period}")
REMOTE_MEETINGS = N_("Online or hybrid, where the format is known: {counts}.")
THREAT_IN_ERA = {
    "during": N_("{threat} in the pandemic period"),
    "after": N_("{threat} after the pandemic period"),
}
_RISES = {
    "during": N_("Attention to {threat} rose in the pandemic period: from {change}."),
    "after": N_("Attention to {threat} rose after the pandemic period: from {change}."),
}
_FALLS = {
    "during": N_("Attention to {threat} fell in the pandemic period: from {change}."),
    "after": N_("Attention to {threat} fell after the pandemic period: from {change}."),
}
_SHARE_CHANGE = N_("{before} to {later}, {difference}")
_NO_CHANGE = {
    "during": N_(
        "In the pandemic period ({meetings} against {before} before) no change for {scope} is "
        "significant after correction for multiple comparisons. This does not show that nothing "
        "changed."
    ),
    "after": N_(
        "After the pandemic period ({meetings} against {before} before) no change for {scope} is "
        "significant after correction for multiple comparisons. This does not show that nothing "
        "changed."
    ),
}
_CHANGES = {
    "during": N_(
        "In the pandemic period ({meetings} against {before} before) attention changed "
        "significantly for {threats}."
    ),
    "after": N_(
        "After the pandemic period ({meetings} against {before} before) attention changed "
        "significantly for {threats}."
    ),
}
_TOO_FEW_IN_ERA = {
    "during": N_("Too few known agendas to compare attention in the pandemic period: {counts}."),
    "after": N_("Too few known agendas to compare attention after the pandemic period: {counts}."),
}
_WITHIN_SERIES = {
    "same": N_("the changes for {threats} are significant as well"),
    "not_significant": N_("the change for {threats} is not significant"),
    "too_few": N_("there are too few meetings to test the change for {threats}"),
    "only_within": N_("a change for {threats} is significant only there"),
    "opposite": N_("the change for {threats} has the opposite sign"),
}


def share_finding(count: int, total: int, enough: bool) -> str:
    """Return a share with n and in words, or that there are too few meetings."""
    figure = count_of_meetings(count, total)
    if not enough:
        return _(TOO_FEW_TO_COMPARE, figure=figure)
    return f"{figure}, {share_in_words(count / total)}"


def threat_share_sentence(threat: str, predicate: str, figure: str) -> str:
    """Return how often one threat was on the agenda."""
    return f"{capital_first(threat)}: " + _(
        "{predicate} in {figure}.", predicate=predicate, figure=figure
    )


def most_frequent_sentence(
    threats: Sequence[str],
    predicate: str,
    figure: str,
    runners_up: Sequence[str] = (),
    runner_up_share: float = 0,
) -> str:
    """Return which threats were most often on the agenda, how often, and which came second."""
    if runners_up:
        share = percent(runner_up_share)
        figure += _(", ahead of {threats} ({share})", threats=join_names(runners_up), share=share)
    return ngettext(
        "Most often {predicate}: {threats}, in {figure}.",
        "Most often {predicate}: {threats}, each in {figure}.",
        len(threats),
        predicate=predicate,
        threats=join_names(threats),
        figure=figure,
    )


def too_few_agendas_sentence(n_known: int) -> str:
    """Return that too few agendas are known for a finding."""
    return ngettext(
        "Only {number} agenda is known: too few for a finding.",
        "Only {number} agendas are known: too few for a finding.",
        n_known,
    )


def newest_sentence(threats: Sequence[str], year: int, predicate: str) -> str:
    """Return which threats came up last for the first time, and when."""
    return ngettext(
        "Newest threat: {threats}, first {predicate} in {year}.",
        "Newest threats: {threats}, first {predicate} in {year}.",
        len(threats),
        threats=join_names(threats),
        predicate=predicate,
        year=year,
    )


def never_threats_sentence(threats: Sequence[str], n_threats: int, predicate: str) -> str:
    """Return which of all threats were never on the agenda, or if they are many how many."""
    if len(threats) <= MAX_NAMED_NEVER:
        return _(NEVER, predicate=predicate, threats=join(threats))
    return ngettext(
        "{count} of {number} threat was never {predicate}.",
        "{count} of {number} threats were never {predicate}.",
        n_threats,
        count=len(threats),
        predicate=predicate,
    )


def difference_phrase(difference: float, low: float, high: float) -> str:
    """Return a difference of shares with its interval."""
    points, interval = percentage_points(difference), percentage_points_range(low, high)
    return _("{points}, 95% interval {interval}", points=points, interval=interval)


def era_change_sentence(
    threat: str, era: str, before: tuple[int, int], later: tuple[int, int], *difference: float
) -> str:
    """Return a significant change between eras: two shares, each as count and total, and their
    difference with its interval."""
    change = _(
        _SHARE_CHANGE,
        before=count_of(*before),
        later=count_of(*later),
        difference=difference_phrase(*difference),
    )
    return _((_RISES if difference[0] > 0 else _FALLS)[era], threat=threat, change=change)


def era_changes_sentence(
    era: str, n_meetings: int, n_before: int, n_changes: int, scope: str
) -> str:
    """Return for how many threats attention changed significantly in an era."""
    return _(
        (_CHANGES if n_changes else _NO_CHANGE)[era],
        meetings=format_meetings(n_meetings),
        before=n_before,
        threats=format_threats(n_changes),
        scope=scope or _("any threat"),
    )


def too_few_in_era_sentence(era: str, counts: dict[str, int]) -> str:
    """Return that there are too few meetings in some eras, from their number by era."""
    parts = [f"{format_meetings(number)} {_(ERA_LABELS[name])}" for name, number in counts.items()]
    return _(_TOO_FEW_IN_ERA[era], counts=join(parts))


def within_series_sentence(changes: Mapping[str, Sequence[str]]) -> str:
    """Return how changes within series of meetings compare with those over all meetings, from the
    threats by ``same``, ``not_significant``, ``too_few``, ``only_within`` and ``opposite``."""
    parts = [
        _(_WITHIN_SERIES[kind], threats=join(threats))
        for kind, threats in changes.items()
        if threats
    ]
    return _("Within the same series of meetings {changes}.", changes="; ".join(parts))


def pandemic_links_sentence(n_threats: int, most_linked: Sequence[str], n_meetings: int) -> str:
    """Return how many threats sources linked to the pandemic, and which most often."""
    values = dict(threats=join(most_linked), meetings=format_meetings(n_meetings))
    if n_threats == len(most_linked):
        return ngettext(
            "Sources linked {number} threat to the pandemic: {threats} (in {meetings}).",
            "Sources linked {number} threats to the pandemic: {threats} (each in {meetings}).",
            n_threats,
            **values,
        )
    return ngettext(
        "Sources linked {count} threats to the pandemic, most often {threats} (in {meetings}).",
        "Sources linked {count} threats to the pandemic, most often {threats} (each in "
        "{meetings}).",
        len(most_linked),
        count=n_threats,
        **values,
    )


def other_events_sentence(events: list[str]) -> str:
    """Return which events of another kind fall inside the pandemic period."""
    return ngettext(
        "Another event falls in this period: {events}. A change in it need not come from the "
        "pandemic.",
        "Other events fall in this period: {events}. A change in it need not come from the "
        "pandemic.",
        len(events),
        events=join(events),
    )


def dated_event_phrase(name: str, date: str) -> str:
    """Return an event with its date."""
    return _("{name} ({date})", name=name, date=date)
