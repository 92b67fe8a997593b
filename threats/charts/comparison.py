"""Shares of several values side by side: rows of points for a few, panels for many."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.axes import add_panel_heading, new_figure, set_numbered_rows
from threats.charts.theme import LIGHT, Theme, plotly_template
from threats.charts.traces import click_and_hover, error_bars, escape, point_marker, points
from threats.text import chart_labels
from threats.text.translate import _

_STYLES = (("circle", 0), ("square", 1), ("diamond", 2), ("triangle-up", 3))  # symbol, colour
_POINT_DISTANCE, _ROW_GAP = 15, 12  # pixels
_PANEL_HEIGHT = 105  # pixels


def draw_comparison(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the share of each threat in the meetings of each value, with 95% intervals.

    ``table`` has ``threat``, ``column`` (the value with its n), ``share``, ``low``, ``high``,
    ``filled`` (false if the value has too few meetings), ``mark`` and ``words``, in the order from
    top to bottom. Up to four values share the row of a threat; of more each threat has a panel.
    """
    # An interval of one to four meetings would span most of the axis.
    ends = table[["low", "high"]].where(table["filled"])
    table = table.assign(low=ends["low"], high=ends["high"])
    values = list(dict.fromkeys(table["column"]))
    if len(values) <= len(_STYLES):
        return _draw_rows(table, values, theme)
    return _draw_panels(table, values, theme)


def _draw_rows(table: pd.DataFrame, values: list[str], theme: Theme) -> go.Figure:
    threats = list(dict.fromkeys(table["threat"]))
    row_height = _POINT_DISTANCE * len(values) + _ROW_GAP
    figure = new_figure(theme, row_height * len(threats) + 120, legend=dict(y=-0.01))
    rows = table["threat"].map({name: -place for place, name in enumerate(threats)}).astype(float)
    for place, (value, (symbol, colour)) in enumerate(zip(values, _STYLES, strict=False)):
        part, tint = table[table["column"] == value], theme.colours[colour]
        offset = ((len(values) - 1) / 2 - place) * _POINT_DISTANCE / row_height
        share, low, high = (part[name] * 100 for name in ("share", "low", "high"))
        trace = points(
            value,
            share,
            rows[part.index] + offset,
            marker=point_marker(theme, tint, part["filled"], symbol),
            error_x=error_bars(share, low, high, tint),
            **click_and_hover(part, "%{customdata[1]}, %{fullData.name}", "threat", "words"),
        )
        figure.add_trace(trace)
    set_numbered_rows(figure, threats)
    top = _axis_end(table)
    figure.update_xaxes(
        title=_(chart_labels.SHARE_INTERVAL_AXIS),
        side="top",
        zeroline=False,
        ticksuffix="%",
        range=[-0.015 * top, 1.03 * top],
    )
    return figure


def _draw_panels(table: pd.DataFrame, values: list[str], theme: Theme) -> go.Figure:
    threats = list(dict.fromkeys(table["threat"]))
    height = _PANEL_HEIGHT * len(threats) + 130
    spacing = 30 / height
    figure = make_subplots(len(threats), 1, shared_xaxes=True, vertical_spacing=spacing)
    figure.update_layout(template=plotly_template(theme), height=height)
    places = table["column"].map({name: place for place, name in enumerate(values)}).astype(float)
    tint = theme.colours[0]
    for row, threat in enumerate(threats, start=1):
        part = table[table["threat"] == threat]
        share, low, high = (part[name] * 100 for name in ("share", "low", "high"))
        trace = points(
            threat,
            places[part.index],
            share,
            showlegend=False,
            cliponaxis=False,
            marker=point_marker(theme, tint, part["filled"]),
            error_y=error_bars(share, low, high, tint),
            **click_and_hover(part, "%{fullData.name}, %{customdata[1]}", "column", "words"),
        )
        figure.add_trace(trace, row=row, col=1)
        add_panel_heading(figure, threat, row)
    top = _axis_end(table)
    figure.update_yaxes(range=[-0.08 * top, 1.05 * top], nticks=4, ticksuffix="%")
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(range(len(values))),
        ticktext=escape(values),
        tickangle=-45,
        # Otherwise plotly.js omits a label that ends beyond the chart.
        ticklabeloverflow="allow",
        range=[-0.5, len(values) - 0.5],
        zeroline=False,
    )
    return figure


def _axis_end(table: pd.DataFrame) -> float:
    """Return the largest share that is drawn, in percent."""
    most = table[["share", "high"]].max().max()
    return 100 * float(most) if most > 0 else 100
