"""Words on published statements next to agendas, and on the presets of the pandemic period."""

from typing import Any

from threats.format import format_partial_date, percent
from threats.text.labels import ERA_LABELS
from threats.text.quantities import count_of
from threats.text.translate import N_, _

PUBLISHED_COLUMNS = {
    "threat": N_("Threat"),
    "threat_id": "threat_id",
    "statement": N_("Published"),
    "publisher": N_("Publisher"),
    "source_url": N_("Source"),
    "attention": N_("Attention before, and in the pandemic period"),
    "verdict_label": N_("Verdict"),
    "why": N_("Why"),
}
VERDICTS = {
    "agrees": N_("agrees"),
    "opposite": N_("opposite"),
    "silent": N_("silent"),
    "too_few": N_("too few to tell"),
    "mixed": N_("no one direction"),
}
_DIRECTIONS = {"up": N_("up"), "down": N_("down"), "flat": N_("flat"), "mixed": N_("mixed")}
_REASONS = {
    "agrees": N_("Attention moved the same way."),
    "opposite": N_("Attention moved the other way."),
    "silent": N_("Attention had no clear change."),
    "too_few": N_("Too few meetings for an estimate, or a change could not be seen."),
    "mixed": N_("The statement names rises and falls."),
}
PRESET_CHANGE_COLUMN = N_("Clear change at a fixed mix")
TICKS = {"": N_("–"), "up": N_("✓ up"), "down": N_("✓ down")}


def statement_label(row: Any) -> str:
    """Return a published statement: direction, measure, figure and period."""
    direction = _(_DIRECTIONS[row.direction])
    if row.figure:
        return _(
            "{direction}: {measure}, {figure} ({period})",
            direction=direction,
            measure=row.measure,
            figure=row.figure,
            period=row.period,
        )
    return _(
        "{direction}: {measure} ({period})",
        direction=direction,
        measure=row.measure,
        period=row.period,
    )


def attention_change_label(row: Any) -> str:
    """Return our attention before and in the pandemic period: counts, and shares at a fixed mix."""
    counts = [
        count_of(int(on), int(of)) if of else _("no meeting")
        for on, of in (
            (row.earlier_on, row.earlier_meetings),
            (row.later_on, row.later_meetings),
        )
    ]
    if row.difference != row.difference:
        return _("{before}, {during}", before=counts[0], during=counts[1])
    return _(
        "{before}, {during}; at a fixed mix {early} and {late}",
        before=counts[0],
        during=counts[1],
        early=percent(row.earlier_share),
        late=percent(row.later_share),
    )


def verdict_reason(row: Any) -> str:
    """Return why a verdict was given."""
    return _(_REASONS[row.verdict])


def preset_change_label(threat: str, era: str) -> str:
    """Return a threat and the period in which attention to it changed."""
    return _("{threat}, {period}", threat=threat, period=_(ERA_LABELS[era]))


def published_date_label(publisher: str, date: str) -> str:
    """Return a publisher with the date of the document, if it is known."""
    if not date:
        return publisher
    return _("{publisher}, {date}", publisher=publisher, date=format_partial_date(date))
