"""Breaks in how meetings were found, coded or archived, marked on every time axis."""

from dataclasses import replace
from string import ascii_lowercase

import pandas as pd

from threats.charts.time_axis import Break, mark_breaks
from threats.content.model import Chart
from threats.content.reader_tables import reader_table
from threats.stats.filters import year_bounds
from threats.stats.selection import Selected
from threats.text.coverage import BREAK_COLUMNS
from threats.text.notes import marked_breaks_note, time_break_label


def add_time_breaks(
    chart: Chart, selected: Selected, years: tuple[int, int] | None = None, by_day: bool = False
) -> Chart:
    """Return a chart with the breaks of its time axis marked, and a note on the marks.

    ``years`` are the first and last year of the axis, else those of the selection. Marks show the
    breaks of all threats and of those in the chart's table that separate some years from others.
    """
    marks = find_time_breaks(
        selected, years or selected.years, set(chart.table.get("threat_id", ()))
    )
    letters = ",".join(mark.letter for mark in marks)
    return replace(
        chart,
        draw=lambda theme: mark_breaks(chart.draw(theme), marks, by_day, theme),
        notes=(*((marked_breaks_note(letters),) if marks else ()), *chart.notes),
    )


def find_time_breaks(
    selected: Selected, years: tuple[int, int], threat_ids: set[str]
) -> list[Break]:
    """Return the breaks that separate some of these years from others, oldest first."""
    first, last = years
    marks: list[Break] = []
    earliest, _ = year_bounds(selected.dataset)
    for row in _breaks(selected).itertuples():
        own = set(filter(None, row.threat_id.split(";")))
        if (own and not own & threat_ids) or not (row.start_date or row.end_date):
            continue
        start, end = int(row.start_date[:4] or earliest), int(row.end_date[:4] or 9999)
        if end >= first and start <= last and (start > first or end < last):
            label = time_break_label(row.start_date[:4], row.end_date[:4], row.what)
            marks.append(Break(ascii_lowercase[len(marks) % 26], max(start, first), label))
    return marks


def time_breaks_table(selected: Selected) -> pd.DataFrame:
    """Return every break of the dataset, oldest first, as a reader's table."""
    return reader_table(_breaks(selected), BREAK_COLUMNS)


def _breaks(selected: Selected) -> pd.DataFrame:
    return selected.dataset["breaks"].sort_values(["start_date", "break_id"])
