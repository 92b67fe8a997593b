"""Dot plots: ranking, periods, odds ratios, alpha."""

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from threats.charts.axes import new_figure, set_category_rows, set_numbered_rows
from threats.charts.theme import LIGHT, ROW_HEIGHT, SMALL_FONT_SIZE, Theme
from threats.charts.traces import (
    click_and_hover,
    error_bars,
    escape,
    point_marker,
    points,
    silent_points,
)
from threats.dataset.coder_agreement import RELIABLE_ALPHA, TENTATIVE_ALPHA
from threats.format import decimals
from threats.stats.trends import MIN_MEETINGS
from threats.text import chart_labels
from threats.text.labels import ERA_LABELS, RELIABILITY_BANDS
from threats.text.translate import _

_AGREEMENT_ROW_HEIGHT, _MAX_LABEL_CHARS = 30, 24
# Symbol and colour. Colour is never the only difference.
_BAND_STYLES = {"reliable": ("circle", 2), "tentative": ("diamond", 4), "unreliable": ("x", 1)}
# Symbol, colour and distance from the middle of the row.
_ERA_STYLES = {
    "before": ("diamond", 5, 0.26),
    "during": ("square", 1, 0.0),
    "after": ("circle", 0, -0.26),
}


def draw_agreement_dot_plot(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return Krippendorff's alpha of each code as a point, with a shape by its band. ``table`` has
    ``heading`` (of a kind of codes), ``row`` (name of the code), ``alpha``, ``band``, ``mark`` and
    ``words``, in the order from top to bottom."""
    labels: list[str] = []
    places: list[int] = []
    for heading, rows in table.groupby("heading", sort=False):
        labels.append(f"<b>{escape(heading)}</b>")
        places += range(len(labels), len(labels) + len(rows))
        labels += [escape("\n".join(textwrap.wrap(name, _MAX_LABEL_CHARS))) for name in rows["row"]]
    table = table.assign(place=places)
    height = _AGREEMENT_ROW_HEIGHT * len(labels) + 150
    figure = new_figure(theme, height, legend=dict(y=-25 / height))
    for band, (symbol, colour) in _BAND_STYLES.items():
        part = table[table["band"] == band]
        trace = points(
            _(RELIABILITY_BANDS[band]),
            part["alpha"],
            part["place"],
            mode="markers+text",
            text=[decimals(value) for value in part["alpha"]],
            textposition="middle left",
            textfont=dict(color=theme.muted, size=SMALL_FONT_SIZE),
            cliponaxis=False,
            marker=dict(symbol=symbol, size=11, color=theme.colours[colour]),
            **click_and_hover(part, "%{customdata[1]}", "row", "words"),
        )
        figure.add_trace(trace)
    for edge in (TENTATIVE_ALPHA, RELIABLE_ALPHA):
        _add_reference_line(figure, edge, theme)
    rows_range = [len(labels) - 0.4, -0.6]
    ticks = dict(tickmode="array", tickvals=list(range(len(labels))), ticktext=labels)
    figure.update_yaxes(range=rows_range, zeroline=False, **ticks)
    lowest = min(-0.1, table["alpha"].min() - 0.15)
    alphas = dict(range=[lowest, 1.05], tickvals=[0, 0.5, 1], tickangle=0)
    _set_top_axis(figure, chart_labels.ALPHA_AXIS, **alphas)
    return figure


def draw_attention_by_era(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the attention to each threat in the three periods as connected points with intervals.

    ``table`` has one row per threat and period, with threats in the order from top to bottom:
    ``threat``, ``era``, ``share``, ``low``, ``high``, ``mark``, ``words`` and ``filled``, which is
    false if the change from the period before is not significant.
    """
    threats = list(dict.fromkeys(table["threat"]))
    figure = new_figure(theme, 40 * len(threats) + 110, legend=dict(y=-0.01))
    rows = table.dropna(subset="share").assign(
        place=lambda t: (
            t["threat"].map({name: -n for n, name in enumerate(threats)}).astype(float)
            + t["era"]
            .map({era: offset for era, (_s, _c, offset) in _ERA_STYLES.items()})
            .astype(float)
        )
    )
    joined_x: list[float | None] = []
    joined_y: list[float | None] = []
    for _threat, part in rows.groupby("threat", sort=False):
        joined_x += [*part["share"] * 100, None]
        joined_y += [*part["place"], None]
    line = dict(color=theme.grid, width=2)
    figure.add_trace(silent_points("", joined_x, joined_y, mode="lines", line=line))
    for era, (symbol, colour, _offset) in _ERA_STYLES.items():
        part, tint = rows[rows["era"] == era], theme.colours[colour]
        trace = points(
            _(ERA_LABELS[era]),
            part["share"] * 100,
            part["place"],
            marker=point_marker(theme, tint, part["filled"], symbol),
            error_x=error_bars(part["share"] * 100, part["low"] * 100, part["high"] * 100, tint),
            **click_and_hover(part, "%{customdata[1]}, %{fullData.name}", "threat", "words"),
        )
        figure.add_trace(trace)
    set_numbered_rows(figure, threats)
    most = rows["high"].max() * 103 if len(rows) else 100
    _set_top_axis(figure, chart_labels.SHARE_INTERVAL_AXIS, ticksuffix="%", range=[-1.5, most])
    return figure


def draw_differences(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return differences of shares in points with their 90% bands, filled if the band excludes
    zero.

    ``table`` has ``threat``, ``difference``, ``low``, ``high``, ``direction``, ``mark`` and
    ``words``, in the order from top to bottom; with ``era`` each period has its own points.
    """
    threats = list(dict.fromkeys(table["threat"]))
    height = ROW_HEIGHT + 6 * ("era" in table)
    figure = new_figure(theme, height * len(threats) + 120, legend=dict(y=-0.02))
    places = {name: -n for n, name in enumerate(threats)}
    eras = list(dict.fromkeys(table["era"])) if "era" in table else [""]
    for era in eras:
        rows = table[table["era"] == era] if era else table
        symbol, colour, offset = _ERA_STYLES[era] if era else ("circle", 0, 0.0)
        tint = theme.colours[colour]
        difference, low, high = (rows[name] * 100 for name in ("difference", "low", "high"))
        trace = points(
            _(ERA_LABELS[era]) if era else _(chart_labels.DIFFERENCE_LABEL),
            difference,
            rows["threat"].map(places).astype(float) + offset,
            showlegend=bool(era),
            marker=point_marker(theme, tint, rows["direction"].isin(["up", "down"]), symbol),
            error_x=error_bars(difference, low, high, tint),
            **click_and_hover(rows, "%{customdata[1]}", "threat", "words"),
        )
        figure.add_trace(trace)
    _add_reference_line(figure, 0, theme)
    set_numbered_rows(figure, threats)
    _set_top_axis(figure, chart_labels.DIFFERENCE_AXIS)
    return figure


def draw_ranked_pairs(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the common meetings of each pair as a point, filled if significant, joined to the
    number expected by chance. ``table`` has ``pair``, ``together``, ``expected``, ``holds``,
    ``mark`` and ``words``, in the order from top to bottom."""
    places = [-place for place in range(len(table))]
    figure = new_figure(theme, ROW_HEIGHT * len(table) + 110, legend=dict(y=-0.02))
    joined_x = [
        x for row in zip(table["expected"], table["together"], strict=True) for x in (*row, None)
    ]
    joined_y = [y for place in places for y in (place, place, None)]
    line = dict(color=theme.grid, width=2)
    figure.add_trace(silent_points("", joined_x, joined_y, mode="lines", line=line))
    expected = dict(symbol="line-ns-open", size=12, color=theme.muted, line=dict(width=2))
    name = _(chart_labels.EXPECTED_POINT)
    figure.add_trace(
        silent_points(name, table["expected"], places, marker=expected, showlegend=True)
    )
    trace = points(
        _(chart_labels.OBSERVED_POINT),
        table["together"],
        places,
        mode="markers+text",
        text=table["together"].astype(str),
        textposition="middle right",
        cliponaxis=False,
        marker=point_marker(theme, theme.colours[0], table["holds"]),
        **click_and_hover(table, "%{customdata[1]}", "pair", "words"),
    )
    figure.add_trace(trace)
    set_numbered_rows(figure, list(table["pair"]))
    most = table["together"].max() * 1.08 if len(table) else 1
    _set_top_axis(figure, chart_labels.PAIRS_AXIS, range=[0, most])
    return figure


def draw_attention_ranking(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the attention to each threat over the whole selection as a point with its 95%
    interval, hollow if it has too few meetings. ``table`` has ``threat``, ``meetings``, ``share``,
    ``low``, ``high``, ``mark`` and ``words``, in the order from top to bottom."""
    figure = new_figure(theme, ROW_HEIGHT * len(table) + 80)
    share, low, high = (table[name] * 100 for name in ("share", "low", "high"))
    trace = points(
        _(chart_labels.SHARE_AXIS),
        share,
        table["threat"],
        showlegend=None,
        marker=point_marker(theme, theme.colours[0], table["meetings"] >= MIN_MEETINGS),
        error_x=error_bars(share, low, high, theme.shades[2]),
        **click_and_hover(table, "%{y}", "words"),
    )
    figure.add_trace(trace)
    top = high.max() if high.notna().any() else 100
    # With space for the whole of a point at zero.
    span = [-0.015 * top, 1.03 * top]
    _set_top_axis(figure, chart_labels.SHARE_INTERVAL_AXIS, ticksuffix="%", range=span)
    set_category_rows(figure, list(table["threat"]))
    return figure


def _set_top_axis(figure: go.Figure, title: str, **properties: Any) -> None:
    figure.update_xaxes(title=_(title), side="top", zeroline=False, **properties)


def _add_reference_line(figure: go.Figure, x: float, theme: Theme) -> None:
    figure.add_vline(x=x, line=dict(color=theme.muted, width=1.5, dash="dash"))
