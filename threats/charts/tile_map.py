"""A tile map of the OSCE area."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.axes import new_figure
from threats.charts.cells import cells, classify, hatching
from threats.charts.theme import LIGHT, Theme, contrast_colour
from threats.charts.traces import click_and_hover
from threats.text import chart_labels
from threats.text.chart_labels import count_labels, share_labels
from threats.text.translate import _

# Upper ends of the classes, of shares in percent and of counts.
_SHARE_CLASSES = (0, 10, 20, 35, 100)
_COUNT_CLASSES = (0, 2, 5, 15, float("inf"))
_TILE_SIZE, _TILE_PIXELS = 0.92, 44


def draw_tile_map(table: pd.DataFrame, measure: str, theme: Theme = LIGHT) -> go.Figure:
    """Return the OSCE area with one tile of equal size for each country.

    ``table`` has ``iso3``, ``name``, ``tile_row``, ``tile_column``, ``value``, ``partner``,
    ``mark`` and ``words``; ``measure`` is ``share`` (0 to 1) or ``count``. Partners for
    Co-operation have an outline; a region without a known agenda is hatched.
    """
    figure = new_figure(theme, _TILE_PIXELS * 11 + 70, barmode="overlay", legend=dict(y=-0.02))
    if measure == "share":
        classes, value, upper_ends = (
            share_labels(_SHARE_CLASSES),
            table["value"] * 100,
            _SHARE_CLASSES,
        )
    else:
        classes, value, upper_ends = count_labels(_COUNT_CLASSES), table["value"], _COUNT_CLASSES
    kind = classify(value, upper_ends, classes)
    shades = (theme.zero, *theme.shades[:3], theme.shades[4], theme.page)
    for name, colour in zip([*classes, ""], shades, strict=True):
        part = table[kind == name]
        marker = dict(
            color=colour,
            line=dict(color=theme.muted, width=[1.5 if one else 0 for one in part["partner"]]),
            pattern={} if name else hatching(theme),
        )
        figure.add_trace(
            cells(
                name or _(chart_labels.NO_AGENDA_KNOWN),
                part["tile_column"],
                -part["tile_row"],
                marker,
                _TILE_SIZE,
                width=_TILE_SIZE,
                text=part["iso3"],
                textposition="inside",
                textfont=dict(size=11, color=contrast_colour(colour)),
                **click_and_hover(part, "%{customdata[1]}", "name", "words"),
            )
        )
    figure.update_xaxes(visible=False, range=[0.4, table["tile_column"].max() + 0.6])
    figure.update_yaxes(visible=False)
    return figure
