"""Words of the robustness checks: ways to count, verdicts and figures."""

from collections.abc import Sequence

from threats.format import join
from threats.text.quantities import format_meetings
from threats.text.translate import N_, _, ngettext

DEFAULT_COUNTING = N_("Default")
FOCUS_COUNTING = N_("Main subject only")
COURSES_COUNTING = N_("Training courses included")
NATIONAL_COUNTING = N_("National events included")
WHOLE_READING_COUNTING = N_("Fully read pages only")
ROBUST, NOT_ROBUST = N_("robust"), N_("not robust")
INCONCLUSIVE, NOT_TESTABLE = N_("too few meetings"), N_("not testable")
NAMED_FIGURE = N_("{threats}: {figure}")


def known_agendas_phrase(number: int) -> str:
    """Return with how many known agendas a finding was checked."""
    if not number:
        return _("no meeting with a known agenda")
    return ngettext(
        "{number} meeting with a known agenda", "{number} meetings with a known agenda", number
    )


def never_figure(number: int, n_threats: int, found: Sequence[str]) -> str:
    """Return how many threats were never on the agenda, and which others were."""
    figure = ngettext(
        "{count} of {number} threat never",
        "{count} of {number} threats never",
        n_threats,
        count=number,
    )
    return _("{figure}, but {threats}", figure=figure, threats=join(found)) if found else figure


def pandemic_meetings_phrase(number: int) -> str:
    """Return how many meetings there were in the pandemic period."""
    return _("{meetings} in the pandemic period", meetings=format_meetings(number))


def era_meetings_phrase(n_before: int, n_later: int, era: str) -> str:
    """Return how many meetings there were in two eras."""
    during = N_("{meetings} before, {later} in the pandemic period")
    after = N_("{meetings} before, {later} after the pandemic period")
    meetings = format_meetings(n_before)
    return _(during if era == "during" else after, meetings=meetings, later=n_later)
