"""Dataset, selections and what is made of them, computed once for all readers."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from threats import fresh, shifts
from threats.charts.narrow import for_narrow_screen
from threats.charts.room import with_room
from threats.dataset import Dataset
from threats.once import once
from threats.selection import Selected, Selection, choose, of_all_threats, select
from threats.views.base import Chart

Result = TypeVar("Result")


def dataset(wanted: str = "") -> Dataset:
    """Return the dataset as ``fresh.dataset`` does; raise DatasetError on a broken folder and
    KeyError for an unknown id."""
    return fresh.dataset(wanted)


# By measuring, a selection takes 0.6 MB and a view with its figure 0.3 MB, so that all that is
# kept, pictures among it, stays under 500 MB.
@once(128)
def narrowed(data: Dataset, selection: Selection) -> Selected:
    """Return ``select`` of these; the tables are the same whichever threats are chosen."""
    every = replace(selection, group=(), threat=())
    if selection == every:
        return select(data, selection)
    return choose(narrowed(data, every), selection)


@once(64)
def with_eras(
    selected: Selected, start: dt.date, end: dt.date, pandemic_theme: bool = True
) -> Selected:
    """Return ``shifts.with_eras`` of these, without the pandemic as a theme if so asked."""
    every = _with_eras(of_all_threats(selected), start, end)
    changed = replace(every, selection=selected.selection, threats=selected.threats)
    return changed if pandemic_theme else shifts.without_pandemic(changed)


@once(64)
def _with_eras(selected: Selected, start: dt.date, end: dt.date) -> Selected:
    return shifts.with_eras(selected, start, end)


def view(function: Callable[..., Result], selected: Selected, **arguments) -> Result:
    """Return what a function makes of a selection: a chart, a table, sentences."""
    return _view(function, selected, tuple(sorted(arguments.items())))


@once(512)
def _view(function, selected, arguments):
    return function(selected, **dict(arguments))


@once(512)
def figure(chart: Chart, dark: bool, narrow: bool = False):
    """Return the drawn chart, light or dark, for a wide or a ``narrow`` screen, for all readers to
    look at and none to change."""
    drawn = for_narrow_screen(figure(chart, dark)) if narrow else with_room(chart.draw(dark))
    whole = drawn.to_dict()
    # Streamlit asks for it in every run of a page, and Plotly would copy and encode it anew.
    drawn.to_dict = lambda: whole
    return drawn
