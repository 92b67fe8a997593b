"""A tile map of the OSCE area."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.axes import new_figure
from threats.charts.cells import bar_cells, classify, hatching
from threats.charts.theme import LIGHT, Theme, contrast_colour
from threats.charts.traces import click_and_hover
from threats.text import chart_labels
from threats.text.translate import _

# Upper ends of the classes, of shares in percent and of counts.
_CLASSES: dict[str, tuple[float, ...]] = {
    "share": (0, 10, 20, 35, 100),
    "count": (0, 2, 5, 15, float("inf")),
}
_TILE_SIZE, _TILE_PIXELS = 0.92, 44


def draw_tile_map(table: pd.DataFrame, measure: str, theme: Theme = LIGHT) -> go.Figure:
    """Return the OSCE area with one tile of equal size for each country.

    ``table`` has ``iso3``, ``name``, ``tile_row``, ``tile_column``, ``value``, ``partner``,
    ``mark`` and ``words``; ``measure`` is ``share`` (0 to 1) or ``count``. Partners for
    Co-operation have an outline; a region with too few known agendas is hatched.
    """
    figure = new_figure(theme, _TILE_PIXELS * 11 + 70, barmode="overlay", legend=dict(y=-0.02))
    classes = chart_labels.class_labels(measure, _CLASSES[measure])
    value = table["value"] * 100 if measure == "share" else table["value"]
    kind = classify(value, _CLASSES[measure], classes)
    shades = (theme.zero, *theme.shades[:3], theme.shades[4], theme.page)
    for name, colour in zip([*classes, ""], shades, strict=True):
        part = table[kind == name]
        outline = dict(color=theme.muted, width=[1.5 if one else 0 for one in part["partner"]])
        trace = bar_cells(
            name or _(chart_labels.TOO_FEW_LABEL),
            part["tile_column"],
            -part["tile_row"],
            dict(color=colour, line=outline, pattern={} if name else hatching(theme)),
            _TILE_SIZE,
            width=_TILE_SIZE,
            text=part["iso3"],
            textposition="inside",
            textfont=dict(size=11, color=contrast_colour(colour)),
            **click_and_hover(part, "%{customdata[1]}", "name", "words"),
        )
        figure.add_trace(trace)
    figure.update_xaxes(visible=False, range=[0.4, table["tile_column"].max() + 0.6])
    return figure.update_yaxes(visible=False)
