"""Cells, the parts of heatmaps, matrices and the tile map."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from threats.charts.theme import LIGHT, SMALL_FONT_SIZE, Theme, contrast_colour
from threats.charts.traces import click_and_hover, escape, horizontal_bars, points

CELL_SIZE = 0.94  # of the distance between two columns
CELL_GAP = 2  # pixels between two cells
_BELOW_SIGN = "↓"
_HOVER_TITLE = "%{y}, %{customdata[1]}"


def classify(values: pd.Series, upper_ends: Sequence[float], labels: Sequence[str]) -> pd.Series:
    """Return the label of the class of each value, empty if there is no value."""
    classes = pd.cut(values.astype(float), [-float("inf"), *upper_ends], labels=list(labels))
    return classes.astype("object").where(values.notna(), "")


def hatching(theme: Theme) -> dict:
    """Return the pattern of a cell about which nothing is known."""
    return dict(shape="/", fgcolor=theme.muted, size=6, solidity=0.15)


def bar_cells(
    name: str, x: pd.Series, y: pd.Series, marker: dict, size: float = CELL_SIZE, **properties: Any
) -> go.Bar:
    """Return cells of one class as bars around their centres, for an outline or a pattern, which a
    heatmap lacks."""
    marker = {"line": {"width": 0}, **marker}
    base = x - size / 2
    return horizontal_bars(name, [size] * len(x), y, base=base, marker=marker, **properties)


def add_cells(
    figure: go.Figure,
    cells: pd.DataFrame,
    fills: dict[str, str],
    theme: Theme,
    unknown: str | None = None,
    below: Sequence[str] = (),
    outlined: bool = False,
) -> None:
    """Draw cells with their numbers as heatmaps, and name their classes in the legend.

    ``cells`` has ``x`` (whole numbers), ``y`` (labels), ``kind``, ``text``, ``mark``, ``heading``
    and ``words``, in the order of the rows. ``fills`` has the colour of each class. Cells of the
    class ``unknown`` are hatched, of classes ``below`` a reference have an arrow, so that colour is
    not the only difference, and of no class are blank.
    """
    line = dict(color=theme.grid, width=int(outlined))
    for name, colour in fills.items():
        symbol = "triangle-down" if name in below else "square"
        marker = dict(color=colour, symbol=symbol, size=12, line=line)
        if name in set(cells["kind"]):
            figure.add_trace(points(name, [None], [None], marker=marker, hoverinfo="skip"))
    lower = cells["kind"].isin(below) & (cells["text"] != "")
    cells = cells.assign(
        text=cells["text"].mask(lower, cells["text"] + _BELOW_SIGN),
        ink=cells["kind"].map({name: contrast_colour(fill) for name, fill in fills.items()}),
    )
    if outlined:
        figure.add_trace(_outlines(cells, theme))
    # The texts of a heatmap have one colour, so dark and light numbers are two heatmaps.
    for ink in (LIGHT.text, LIGHT.page):
        if (cells["ink"] == ink).any():
            figure.add_trace(_heatmap(cells, fills, ink, CELL_GAP + 2 * int(outlined)))
    rows = cells[cells["kind"] == unknown]
    if unknown and len(rows):
        marker = dict(color=theme.page, pattern=hatching(theme))
        hover = click_and_hover(rows, _HOVER_TITLE, "heading", "words")
        figure.add_trace(bar_cells(unknown, rows["x"], rows["y"], marker, **hover))
    # Entries of the legend are traces without cells: to hide one would change nothing.
    figure.update_layout(legend=dict(itemclick=False, itemdoubleclick=False))


def _heatmap(cells: pd.DataFrame, fills: dict[str, str], ink: str, gap: int) -> go.Heatmap:
    """Return the cells with numbers in a colour, with gaps in pixels between them."""
    numbers = {name: number for number, name in enumerate(fills)}
    hover = click_and_hover(cells, _HOVER_TITLE, "heading", "words")
    chosen = cells["ink"] == ink
    return go.Heatmap(
        z=_grid(cells, map(numbers.get, cells["kind"]), chosen),
        text=_grid(cells, escape(cells["text"]), chosen, blank=""),
        texttemplate="%{text}",
        textfont=dict(color=ink, size=SMALL_FONT_SIZE),
        customdata=_grid(cells, hover["customdata"].to_numpy().tolist(), chosen),
        hovertemplate=hover["hovertemplate"],
        colorscale=list(fills.values()),
        zmin=0,
        zmax=len(fills) - 1,
        **_place(cells, gap),
    )


def _outlines(cells: pd.DataFrame, theme: Theme) -> go.Heatmap:
    """Return what lies under all cells and is a pixel wider."""
    z = _grid(cells, [0] * len(cells), cells["ink"].notna())
    colours = [theme.grid] * 2
    return go.Heatmap(z=z, colorscale=colours, hoverinfo="skip", **_place(cells, CELL_GAP))


def _place(cells: pd.DataFrame, gap: int) -> dict:
    settings = dict(xgap=gap, ygap=gap, hoverongaps=False, showscale=False, showlegend=False)
    return dict(x=list(_columns(cells)), y=escape(list(dict.fromkeys(cells["y"]))), **settings)


def _columns(cells: pd.DataFrame) -> range:
    return range(cells["x"].min(), cells["x"].max() + 1)


def _grid(
    cells: pd.DataFrame, values: Iterable, chosen: pd.Series, blank: str | None = None
) -> list[list]:
    """Return values of the chosen cells in rows and columns, with ``blank`` in all others."""
    places = zip(cells["x"], cells["y"], chosen, values, strict=True)
    found = {(x, y): value for x, y, wanted, value in places if wanted}
    return [[found.get((x, y), blank) for x in _columns(cells)] for y in dict.fromkeys(cells["y"])]
