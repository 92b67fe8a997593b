"""Dataset, selections and charts, computed once for all readers."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from threats import shifts
from threats.dataset import Dataset, DatasetError, data_folder, load
from threats.selection import Selected, Selection, select
from threats.views.base import Chart

Result = TypeVar("Result")


def dataset() -> Dataset:
    """Return the dataset; on a broken folder show what is wrong with it and stop."""
    try:
        return _load(str(data_folder()))
    except DatasetError as error:
        problems_page(error)
        st.stop()


@functools.lru_cache(maxsize=4)
def _load(folder: str) -> Dataset:
    return load(folder)


def problems_page(error: DatasetError) -> None:
    """Show every problem of a dataset folder, as ``threats check`` prints it."""
    st.title("The data need mending")
    count = len(error.problems)
    st.write(
        f"{count} {'problem' if count == 1 else 'problems'} in the dataset folder. Mend the "
        "files and reload this page. The command `threats check` prints the same list."
    )
    st.code("\n".join(map(str, error.problems)), language=None, wrap_lines=True)


@functools.lru_cache(maxsize=512)
def narrowed(data: Dataset, selection: Selection) -> Selected:
    """Return ``select`` of these, computed once for all readers."""
    return select(data, selection)


@functools.lru_cache(maxsize=256)
def with_eras(
    selected: Selected, start: dt.date, end: dt.date, pandemic_theme: bool = True
) -> Selected:
    """Return ``shifts.with_eras`` of these, without the pandemic as a theme if so asked, computed
    once for all readers."""
    changed = shifts.with_eras(selected, start, end)
    return changed if pandemic_theme else shifts.without_pandemic(changed)


def view(function: Callable[..., Result], selected: Selected, **arguments) -> Result:
    """Return what a function makes of a selection (a chart, a table, sentences), computed once for
    all readers of the same selection."""
    return _view(function, selected, tuple(sorted(arguments.items())))


@functools.lru_cache(maxsize=512)
def _view(function, selected, arguments):
    return function(selected, **dict(arguments))


@functools.lru_cache(maxsize=512)
def figure(chart: Chart, dark: bool):
    """Return the drawn chart, light or dark, computed once for all readers."""
    return chart.draw(dark)
