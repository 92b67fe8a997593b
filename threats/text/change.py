"""Words on change of attention at a fixed mix of meetings."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from threats.format import capital_first, format_partial_date, join, percent
from threats.text.labels import ERA_LABELS
from threats.text.notes import too_few_to_estimate_note
from threats.text.phrases import join_sentences
from threats.text.quantities import count_of, percentage_points, percentage_points_range
from threats.text.translate import N_, _, ngettext

PERIOD_CHANGE_TITLE = N_("What changed with the pandemic period, like with like")
BAND_NOTE = N_("Clear, and filled: the 90% band excludes zero.")


def then_and_now_title(earlier: str, later: str) -> str:
    """Return the title of the comparison of two spans of years."""
    return _("More or less than before: {later} against {earlier}", later=later, earlier=earlier)


def period_measure(measure: str, emergency: tuple[dt.date, dt.date]) -> str:
    """Return the measure with the first and last day of the pandemic period."""
    start, end = (format_partial_date(day.isoformat()) for day in emergency)
    return _("{measure}, pandemic period {start} to {end}", measure=measure, start=start, end=end)


def change_phrase(threat: str, earlier: float, later: float) -> str:
    """Return a change at a fixed mix, such as "firearms from 4% to 9%"."""
    return _(
        "{threat} from {earlier} to {later}",
        threat=threat,
        earlier=percent(earlier),
        later=percent(later),
    )


def changes_sentence(
    moved: Mapping[str, Sequence[str]],
    labels: tuple[str, str],
    scope: str = "",
) -> str:
    """Return the clear rises and falls between two spans."""
    spans = {"earlier": labels[0], "later": labels[1]}
    rises = _(
        "Up in {later} against {earlier}: {threats}.", threats="; ".join(moved["up"]), **spans
    )
    falls = _(
        "Down in {later} against {earlier}: {threats}.", threats="; ".join(moved["down"]), **spans
    )
    none = (
        _("No clear change of {scope} in {later} against {earlier}.", scope=scope, **spans)
        if scope
        else _("No clear change of any threat in {later} against {earlier}.", **spans)
    )
    return join_sentences(
        rises if moved["up"] else "",
        falls if moved["down"] else "",
        "" if moved["up"] or moved["down"] else none,
    )


def one_change_sentence(row: Any, labels: tuple[str, str]) -> str:
    """Return the change of one threat with n, band and the smallest change that could be seen."""
    earlier, later = labels
    if row.direction == "too_few":
        return join_sentences(
            too_few_to_estimate_note(row.threat),
            _("{counts}.", counts=_raw_counts(row, labels)),
        )
    verdicts = {
        "up": N_("{threat}: more attention in {later} than in {earlier}, at a fixed mix."),
        "down": N_("{threat}: less attention in {later} than in {earlier}, at a fixed mix."),
        "unclear": N_("{threat}: no clear change between {earlier} and {later}, at a fixed mix."),
    }
    return join_sentences(
        _(
            verdicts[row.direction],
            threat=capital_first(row.threat),
            later=later,
            earlier=earlier,
        ),
        _(
            "From {earlier} to {later}, {points} (90% band {band}).",
            earlier=percent(row.earlier_share),
            later=percent(row.later_share),
            points=percentage_points(row.difference),
            band=percentage_points_range(row.low, row.high),
        ),
        _("Plain counts: {counts}.", counts=_raw_counts(row, labels)),
        _(
            "A change under {points} could not be seen here.",
            points=percentage_points(row.smallest_visible).lstrip("+"),
        )
        if row.smallest_visible == row.smallest_visible
        else "",
    )


def _raw_counts(row: Any, labels: tuple[str, str]) -> str:
    counts = [(row.earlier_on, row.earlier_meetings), (row.later_on, row.later_meetings)]
    figures = [count_of(int(on), int(of)) if of else _("no meeting") for on, of in counts]
    return join(
        [_("{figure} in {span}", figure=f, span=s) for f, s in zip(figures, labels, strict=True)]
    )


def contrast_label(row: Any, labels: tuple[str, str]) -> str:
    """Return what a pointer shows on a difference."""
    counts = _raw_counts(row, labels)
    if row.direction == "too_few":
        return _("too few meetings to estimate; {counts}", counts=counts)
    return _(
        "{points} (90% band {band}); {counts}",
        points=percentage_points(row.difference),
        band=percentage_points_range(row.low, row.high),
        counts=counts,
    )


def too_few_for_period_sentence(era: str) -> str:
    """Return that a period has too few meetings to compare."""
    return _("Too few meetings to compare {period}.", period=_(ERA_LABELS[era]))


def period_change_sentence(
    era: str, n_meetings: int, n_before: int, moved: Mapping[str, Sequence[str]]
) -> str:
    """Return the clear changes of a period against before, with the numbers of meetings."""
    period = capital_first(_(ERA_LABELS[era]))
    counts = ngettext(
        "{period} ({number} meeting against {before} before)",
        "{period} ({number} meetings against {before} before)",
        n_meetings,
        period=period,
        before=n_before,
    )
    if not any(moved.values()):
        return _("{counts}: no clear change at a fixed mix.", counts=counts)
    parts = [
        _("up {threats}", threats="; ".join(moved["up"])) if moved["up"] else "",
        _("down {threats}", threats="; ".join(moved["down"])) if moved["down"] else "",
    ]
    changes = "; ".join(filter(None, parts))
    return _("{counts}, at a fixed mix: {changes}.", counts=counts, changes=changes)
