"""Breaks in how meetings were found, coded or archived, told wherever years stand side by side."""

from dataclasses import replace
from string import ascii_lowercase

from threats.charts.time_axis import Break, mark_breaks
from threats.content.model import Chart
from threats.stats.selection import Selected, year_bounds


def add_time_breaks(
    chart: Chart, selected: Selected, years: tuple[int, int] | None = None, by_day: bool = False
) -> Chart:
    """Return a chart with the breaks of its time axis marked and told in its notes.

    ``years`` are the first and last year of the axis, else those of the selection; ``days`` says
    that the axis goes by days. Told are the breaks of all themes and of those in the chart's table;
    marked are those that set some of the years apart from others.
    """
    marks, rest = find_time_breaks(
        selected, years or selected.years, set(chart.table.get("threat_id", ()))
    )
    return replace(
        chart,
        draw=lambda theme: mark_breaks(chart.draw(theme), marks, by_day, theme),
        notes=(*(f"▲{mark.letter} {mark.description}" for mark in marks), *rest, *chart.notes),
    )


def find_time_breaks(
    selected: Selected, years: tuple[int, int], threat_ids: set[str]
) -> tuple[list[Break], list[str]]:
    """Return the breaks that set some of these years apart, in the order of time, and in words
    those of these threats that concern all of them alike."""
    first, last = years
    marks, alike = [], []
    table = selected.dataset["breaks"].sort_values(["start_date", "break_id"])
    for row in table.itertuples():
        own = set(filter(None, row.threat_id.split(";")))
        if own and not own & threat_ids:
            continue
        if not row.start_date and not row.end_date:
            # What concerns all years and all themes is no break of any axis.
            alike += [f"All years: {row.what}"] if own else []
            continue
        earliest, _ = year_bounds(selected.dataset)
        start, end = int(row.start_date[:4] or earliest), int(row.end_date[:4] or 9999)
        if end < first or start > last:
            continue
        if start > first or end < last:
            words = f"{_year_span_phrase(row.start_date, row.end_date)}: {row.what}"
            marks.append(Break(ascii_lowercase[len(marks) % 26], max(start, first), words))
        elif start > earliest:
            alike.append(f"All these years: {row.what}")
    return marks, alike


def _year_span_phrase(start: str, end: str) -> str:
    if not end:
        return f"from {start[:4]}"
    return f"{start[:4]}–{end[:4]}" if start[:4] != end[:4] else start[:4]
