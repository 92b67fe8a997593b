"""Breaks in how meetings were found, coded or archived, marked on every time axis."""

from dataclasses import replace
from string import ascii_lowercase

from threats.charts.time_axis import Break, mark_breaks
from threats.content.model import Chart
from threats.stats.filters import year_bounds
from threats.stats.selection import Selected
from threats.text.notes import (
    all_these_years_break_note,
    all_years_break_note,
    marked_break_note,
    time_break_label,
)


def add_time_breaks(
    chart: Chart, selected: Selected, years: tuple[int, int] | None = None, by_day: bool = False
) -> Chart:
    """Return a chart with the breaks of its time axis, marked and in its notes.

    ``years`` are the first and last year of the axis, else those of the selection. The notes name
    the breaks of all threats and of those in the chart's table; marks show those that separate
    some years from others.
    """
    marks, rest = find_time_breaks(
        selected, years or selected.years, set(chart.table.get("threat_id", ()))
    )
    return replace(
        chart,
        draw=lambda theme: mark_breaks(chart.draw(theme), marks, by_day, theme),
        notes=(
            *(marked_break_note(mark.letter, mark.description) for mark in marks),
            *rest,
            *chart.notes,
        ),
    )


def find_time_breaks(
    selected: Selected, years: tuple[int, int], threat_ids: set[str]
) -> tuple[list[Break], list[str]]:
    """Return the breaks that separate some of these years from others, oldest first, and notes on
    those that concern all of these years."""
    first, last = years
    marks: list[Break] = []
    alike: list[str] = []
    table = selected.dataset["breaks"].sort_values(["start_date", "break_id"])
    for row in table.itertuples():
        own = set(filter(None, row.threat_id.split(";")))
        if own and not own & threat_ids:
            continue
        if not row.start_date and not row.end_date:
            # What concerns all years and all threats is no break of any axis.
            alike += [all_years_break_note(row.what)] if own else []
            continue
        earliest, _ = year_bounds(selected.dataset)
        start, end = int(row.start_date[:4] or earliest), int(row.end_date[:4] or 9999)
        if end < first or start > last:
            continue
        if start > first or end < last:
            label = time_break_label(row.start_date[:4], row.end_date[:4], row.what)
            marks.append(Break(ascii_lowercase[len(marks) % 26], max(start, first), label))
        elif start > earliest:
            alike.append(all_these_years_break_note(row.what))
    return marks, alike
