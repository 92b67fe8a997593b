"""Labels in charts: axes, legends, headings of panels and what a pointer shows."""

from threats.format import format_month
from threats.text.translate import N_, _, ngettext

# Axes
MEETINGS_AXIS = N_("meetings")
SHARE_AXIS = N_("share of meetings")
SHARE_INTERVAL_AXIS = N_("share of meetings, with 95% interval")
PERIOD_SHARE_AXIS = N_("share of the period's meetings")
DIFFERENCE_AXIS = N_("change in percentage points, with 90% band; right of zero is more attention")
EXPECTED_POINT = N_("expected by chance")
OBSERVED_POINT = N_("meetings with both")
PAIRS_AXIS = N_("number of meetings")
DIFFERENCE_LABEL = N_("change at a fixed mix")
ALPHA_AXIS = N_("Krippendorff's alpha")

# The time axis
EMERGENCY_BAND = N_("WHO emergency (COVID-19)")
AGENDA_KNOWN = N_("agenda known")
AGENDA_NOT_READ = N_("agenda not read")
NO_MEETING = N_("no meeting found")

# Panels
TRAVEL_RULES_HEADING = N_("Travel rules")
MEETING_FORMATS_HEADING = N_("Meetings by format")
PANDEMIC_HEADING = N_("Meetings with a known agenda")

# Legends and names of series
BAND_LABEL = N_("90% band")
RAW_SHARE_LABEL = N_("share of the year's meetings")
INTERVAL_LABEL = N_("95% interval")
PANDEMIC_ON_AGENDA = N_("pandemic on the agenda")
PANDEMIC_NOT_ON_AGENDA = N_("pandemic not on the known agenda")
CHANCE_LABEL = N_("not significant within series")
TOO_FEW_LABEL = N_("too few meetings")
READING_LABELS = {
    "whole": N_("page fully read"),
    "part": N_("page partly read"),
    "none": N_("inferred, not read"),
    "missing": N_("missing edition"),
}
EXPECTED_LABELS = {
    "read": N_("agenda known"),
    "not_read": N_("held, agenda not known"),
    "missing": N_("expected, nothing known"),
}
# By what counts as having a threat on the agenda.
ABSENT_LABELS = {
    "agenda": N_("not on the agenda"),
    "focus": N_("not a main subject"),
    "any": N_("not mentioned"),
    "response": N_("not discussed"),
}
DIFFERENCE_LABELS = (
    N_("10 or more points below"),
    N_("3–10 points below"),
    N_("within 3 points"),
    N_("3–10 points above"),
    N_("over 10 points above"),
)
LIFT_LABELS = (
    N_("half the expected number or less"),
    N_("less than expected"),
    N_("about as expected"),
    N_("more than expected"),
    N_("over twice the expected number"),
)


def class_labels(measure: str, upper_ends: tuple[float, ...]) -> list[str]:
    """Return the classes of shares in percent or of counts, from their upper ends, of which the
    first is 0."""
    label = _share_class_label if measure == "share" else _count_class_label
    return [_("none"), *map(label, upper_ends, upper_ends[1:])]


def _share_class_label(low: float, high: float) -> str:
    if high == 100:
        return _("over {low}%", low=low)
    return _("{low}–{high}%", low=low, high=high) if low else _("up to {high}%", high=high)


def _count_class_label(below: float, high: float) -> str:
    low = int(below) + 1
    if high == float("inf"):
        return _("{low} or more", low=low)
    return str(low) if low == high else _("{low}–{high}", low=low, high=high)


def known_agendas_label(known: int, meetings: int, too_few: bool) -> str:
    """Return how many agendas of a year are known, and whether a share rests on too few."""
    if not meetings:
        return _(NO_MEETING)
    text = ngettext(
        "{known} of {number} meeting with a known agenda",
        "{known} of {number} meetings with a known agenda",
        meetings,
        known=known,
    )
    return _("{text}; too few for a share", text=text) if too_few else text


def on_agenda_label(on_agenda: int, meetings: int) -> str:
    """Return how many of the known agendas of a month have the pandemic."""
    return _(
        "{on_agenda} of {meetings} with a known agenda", on_agenda=on_agenda, meetings=meetings
    )


def indicator_heading(place: str) -> str:
    """Return the heading of an indicator's panel."""
    return _("Indicator: {place}", place=place)


def format_count_label(name: str, number: int) -> str:
    """Return how many meetings of a month had this format."""
    return _("{name}: {number}", name=name, number=number)


def month_tick(period: str) -> str:
    """Return the label of a month, such as "2020-01", on a time axis."""
    return _("{month}\n{year}", month=format_month(period), year=period[:4])


def rows_shown_phrase(shown: int, total: int) -> str:
    """Return of how many rows the first are shown."""
    return ngettext("{number} of {total} rows", "{number} of {total} rows", shown, total=total)
