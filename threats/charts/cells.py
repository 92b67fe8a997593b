"""Cells, the parts of heatmaps, matrices and the tile map."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from threats.charts.theme import LIGHT, SMALL_FONT_SIZE, Theme, contrast_colour
from threats.charts.traces import horizontal_bars, silent_points

CELL_SIZE = 0.94  # of the distance between two columns
CELL_NUMBERS_UID = "numbers"


class CellNumber(NamedTuple):
    """A number in a cell: its place, its text and the colour of the cell."""

    x: float
    y: str
    text: object
    fill: str


def classify(values: pd.Series, upper_ends: Sequence[float], labels: Sequence[str]) -> pd.Series:
    """Return the label of the class of each value, empty if there is no value."""
    classes = pd.cut(values.astype(float), [-float("inf"), *upper_ends], labels=list(labels))
    return classes.astype("object").where(values.notna(), "")


def hatching(theme: Theme, **properties: Any) -> dict:
    """Return the pattern of a cell about which nothing is known."""
    return dict(shape="/", fgcolor=theme.muted, size=6, **properties)


def cells(
    name: str, x: pd.Series, y: pd.Series, marker: dict, size: float = CELL_SIZE, **properties: Any
) -> go.Bar:
    """Return a trace of cells of one class, as bars around their centres."""
    marker = {"line": {"width": 0}, **marker}
    base = x - size / 2
    return horizontal_bars(name, [size] * len(x), y, base=base, marker=marker, **properties)


def cell_number_traces(numbers: Sequence[CellNumber]) -> list[go.Scatter]:
    """Return traces that write numbers into cells, in the text colour with the higher contrast.

    plotly.js measures the text of each bar, which takes longer than the rest of such a chart, and
    does not measure the text of points. The text does not shrink with the cells, so narrow
    screens omit it, by ``CELL_NUMBERS_UID``.
    """
    traces: list[go.Scatter] = []
    for colour in (LIGHT.text, LIGHT.page):
        chosen = [number for number in numbers if contrast_colour(number.fill) == colour]
        if chosen:
            trace = silent_points(
                "",
                [number.x for number in chosen],
                [number.y for number in chosen],
                text=[str(number.text) for number in chosen],
                mode="text",
                uid=f"{CELL_NUMBERS_UID}{len(traces)}",
                textfont=dict(color=colour, size=SMALL_FONT_SIZE),
                unselected=dict(textfont=dict(color=colour)),
            )
            traces.append(trace)
    return traces
