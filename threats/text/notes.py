"""Notes and cautions that several charts share."""

from threats.format import format_number
from threats.text.quantities import format_meetings
from threats.text.translate import N_, _, ngettext

ATTENTION_NOTE = N_("This counts what was discussed, not how serious the threat was.")
ALL_THREATS_PHRASE = N_("all threats, whatever the filter")
MEASURE_LABELS = {
    "mix": N_("share of meetings at a fixed mix"),
    "share": N_("share of meetings"),
    "count": N_("number of meetings"),
}


def too_few_to_estimate_note(threats: str) -> str:
    """Return which threats have too few meetings for an estimate."""
    return _("Too few meetings to estimate: {threats}.", threats=threats)


def measure_label(measure: str, role: str) -> str:
    """Return what is counted, such as "share of meetings (on the agenda)"."""
    return _("{measure} ({role})", measure=_(MEASURE_LABELS[measure]), role=_(role))


def unreliable_code_note(mark: str, alpha: float) -> str:
    """Return the note on names that carry the mark of a less reliable code."""
    return _(
        "{mark} Less reliable category: the coders' alpha is under {alpha:.2f}.",
        mark=mark,
        alpha=alpha,
    )


def few_meetings_caution(n_meetings: int) -> str:
    """Return that figures have too few meetings."""
    return _("Based on {meetings}: too few to conclude from", meetings=format_meetings(n_meetings))


def all_unread_caution(n_meetings: int) -> str:
    """Return that no agenda is known."""
    return ngettext(
        "The only meeting was not read, so its agenda is not known",
        "None of these {number} meetings was read, so no agenda is known",
        n_meetings,
    )


def unread_caution(n_unread: int, total: int) -> str:
    """Return how many meetings were not read."""
    return ngettext(
        "{number} of {total} meetings was not read",
        "{number} of {total} meetings were not read",
        n_unread,
        total=format_number(total),
    )


def partial_agendas_caution(n_part: int, n_known: int) -> str:
    """Return how many agendas were read only in part."""
    if n_part == n_known:
        return ngettext(
            "The agenda was read only in part, so late items may be missing",
            "All {number} agendas were read only in part, so late items may be missing",
            n_part,
        )
    return ngettext(
        "{number} of {known} agendas was read only in part, so late items may be missing",
        "{number} of {known} agendas were read only in part, so late items may be missing",
        n_part,
        known=format_number(n_known),
    )


def few_meetings_each_year_caution(min_meetings: int) -> str:
    """Return that no year has enough meetings."""
    return _("No year has {minimum} meetings: too few to compare years", minimum=min_meetings)


def incomplete_year_caution(year: int, day: str) -> str:
    """Return that a year was not over on the day on which the data were made."""
    return _("{year} is incomplete: the data were made on {day}", year=str(year), day=day)


def uncertain_codes_note(threats: str) -> str:
    """Return which threats have less certain codes."""
    return _("Less certain: {threats}.", threats=threats)


def pandemic_search_note(n_meetings: int) -> str:
    """Return how many meetings figures of the pandemic exclude."""
    return ngettext(
        "Figures of the pandemic exclude {number} meeting that only its search found.",
        "Figures of the pandemic exclude {number} meetings that only its search found.",
        n_meetings,
    )


def unread_meetings_note(n_meetings: int) -> str:
    """Return how many meetings are excluded because they were not read."""
    return ngettext(
        "{number} inferred meeting that was not read is excluded.",
        "{number} inferred meetings that were not read are excluded.",
        n_meetings,
    )


def trend_test_note(adjusted_over: str) -> str:
    """Return how a rise or fall is tested, and over what the p values are corrected."""
    return _(
        "Rise or fall: Cochran–Armitage test at 5%, corrected over {tests}.",
        tests=adjusted_over or _(ALL_THREATS_PHRASE),
    )


def imprecise_dates_note(n_meetings: int) -> str:
    """Return how many meetings have a date that could be in two periods."""
    return ngettext(
        "{number} meeting without an exact date is left out.",
        "{number} meetings without an exact date are left out.",
        n_meetings,
    )


def time_break_label(start: str, end: str, text: str) -> str:
    """Return a break in the data with its years; its start or its end can be empty."""
    if not end:
        return _("from {start}: {text}", start=start, text=text)
    if not start:
        return _("until {end}: {text}", end=end, text=text)
    if start == end:
        return _("{start}: {text}", start=start, text=text)
    return _("{start}–{end}: {text}", start=start, end=end, text=text)


def marked_breaks_note(letters: str) -> str:
    """Return what the signs on a time axis mean."""
    return _(
        "▲{letters}: a change in how meetings were found or coded.",
        letters=letters,
    )
