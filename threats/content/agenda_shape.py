"""Content of the page Data and method on the shape of the agenda."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from threats.content.options import preset_dates
from threats.content.reader_tables import reader_table, rows_of
from threats.dataset.dates import format_date_range
from threats.format import decimals, format_partial_date, percent
from threats.stats.agenda_shape import agenda_shape
from threats.stats.selection import Selected
from threats.text import agenda_shape as shape_text
from threats.text.translate import _

_FORMATS: dict[str, Callable[[float], str]] = {
    "effective": partial(decimals, places=1),
    "top_three": percent,
    "gini": decimals,
    "kept": percent,
}


def agenda_shape_table(selected: Selected) -> pd.DataFrame:
    """Return the shape of the agenda by period and family as a reader's table."""
    table = _labelled_shape(selected)
    cells = {name: [_cell(row, name) for row in rows_of(table)] for name in _FORMATS}
    chance = ["" if pd.isna(value) else decimals(value) for value in table["gini_chance"]]
    return reader_table(table.assign(**cells, gini_chance=chance), shape_text.SHAPE_COLUMNS)


def agenda_shape_summary(selected: Selected) -> list[str]:
    """Return how diverse the agenda is."""
    table = _labelled_shape(selected)
    whole = next(rows_of(table), None)
    if whole is None or pd.isna(whole.effective):
        return [_(shape_text.TOO_FEW_FOR_SHAPE)]
    effective, top_three = (_cell(whole, name) for name in ("effective", "top_three"))
    return [shape_text.shape_sentence(effective, top_three, whole.meetings)]


def _labelled_shape(selected: Selected) -> pd.DataFrame:
    """Return ``agenda_shape`` of the groups that have a meeting, with ``group``, their names."""
    periods = tuple(preset_dates(selected.dataset).values())
    table = agenda_shape(selected, periods)
    table = table[table["meetings"] > 0].reset_index(drop=True)
    families = selected.dataset.names("families")
    return table.assign(group=[_group_label(row, families) for row in rows_of(table)])


def _group_label(row: Any, families: dict[str, str]) -> str:
    if row.kind == "whole":
        return _(shape_text.WHOLE_SELECTION)
    if row.kind == "family":
        return families[row.value]
    first, _separator, last = row.value.partition("/")
    if first and last:
        return format_date_range(first, last)
    days = (day and format_partial_date(day) for day in (first, last))
    return shape_text.open_period_label(*days)


def _cell(row: Any, name: str) -> str:
    """Return a figure with its interval."""
    values = [getattr(row, name + end) for end in ("", "_low", "_high")]
    if pd.isna(values[0]):
        return _(shape_text.TOO_FEW_CELL)
    return shape_text.figure_with_interval(*map(_FORMATS[name], values))
