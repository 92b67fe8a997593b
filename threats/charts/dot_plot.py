"""Charts of the page COVID-19."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from threats.charts.theme import LIGHT, ROW_HEIGHT, Theme, plotly_template
from threats.charts.traces import error_bars, escape_arguments
from threats.dataset.coder_agreement import RELIABLE_ALPHA, TENTATIVE_ALPHA
from threats.text.labels import ERA_LABELS, RELIABILITY_BANDS

_DOT_ROW_HEIGHT, _MAX_LABEL_CHARS = 30, 24  # pixels a row, letters a line of a label
_BAND_STYLES = {
    "reliable": ("circle", 2),
    "tentative": ("diamond", 4),
    "unreliable": ("x", 1),
}


@escape_arguments
def draw_agreement_dot_plot(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return Krippendorff's alpha of each code as a dot, its shape by its band. ``table`` has
    ``heading`` (of a kind of codes), ``row`` (name of the code), ``alpha``, ``band``, ``mark`` and
    ``words``, in the order from top to bottom."""
    labels, places = [], []
    for heading, rows in table.groupby("heading", sort=False):
        labels.append(f"<b>{heading}</b>")
        places += range(len(labels), len(labels) + len(rows))
        labels += ["<br>".join(textwrap.wrap(name, _MAX_LABEL_CHARS)) for name in rows["row"]]
    table = table.assign(place=places)
    height = _DOT_ROW_HEIGHT * len(labels) + 150
    figure = go.Figure(layout=dict(template=plotly_template(theme), height=height))
    for band, (symbol, colour) in _BAND_STYLES.items():
        part = table[table["band"] == band]
        figure.add_trace(
            go.Scatter(
                x=part["alpha"],
                y=part["place"],
                mode="markers+text",
                name=RELIABILITY_BANDS[band],
                showlegend=True,
                text=[f"{value:.2f}" for value in part["alpha"]],
                textposition="middle left",
                textfont=dict(color=theme.muted, size=12),
                cliponaxis=False,
                marker=dict(symbol=symbol, size=11, color=theme.colours[colour]),
                customdata=part[["mark", "row", "words"]],
                hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
                unselected=dict(marker=dict(opacity=1)),
            )
        )
    for edge in (TENTATIVE_ALPHA, RELIABLE_ALPHA):
        figure.add_vline(x=edge, line=dict(color=theme.muted, width=1.5, dash="dash"))
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=labels,
        range=[len(labels) - 0.4, -0.6],
        zeroline=False,
    )
    figure.update_xaxes(
        title="Krippendorff's alpha",
        side="top",
        range=[min(-0.1, table["alpha"].min() - 0.15), 1.05],
        tickvals=[0, 0.5, 1],
        tickangle=0,
        zeroline=False,
    )
    figure.update_layout(legend=dict(y=-25 / height))
    return figure


# Colour is never the only sign: each era has a shape of its own.
_ERA_STYLES = {
    "before": ("diamond", 5, 0.26),
    "during": ("square", 1, 0.0),
    "after": ("circle", 0, -0.26),
}


@escape_arguments
def draw_attention_by_era(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the attention to each threat in the three eras as connected points with intervals.

    ``table`` has one row per threat and era, threats in the order from top to bottom: ``threat``,
    ``era``, ``share``, ``low``, ``high``, ``mark``, ``words`` and ``filled``, which is false where
    a change from before does not hold.
    """
    threats = list(dict.fromkeys(table["threat"]))
    place = {threat: -number for number, threat in enumerate(threats)}
    figure = go.Figure(layout=dict(template=plotly_template(theme), height=40 * len(threats) + 110))
    known = table.dropna(subset="share")
    joined_x, joined_y = [], []
    for threat, rows in known.groupby("threat", sort=False):
        joined_x += [*rows["share"] * 100, None]
        joined_y += [*(place[threat] + _ERA_STYLES[era][2] for era in rows["era"]), None]
    figure.add_trace(
        go.Scatter(
            x=joined_x,
            y=joined_y,
            mode="lines",
            line=dict(color=theme.grid, width=2),
            hoverinfo="skip",
            showlegend=False,
            name="joined",
        )
    )
    for era, (symbol, colour, offset) in _ERA_STYLES.items():
        rows = known[known["era"] == era]
        share = rows["share"] * 100
        tint = theme.colours[colour]
        figure.add_trace(
            go.Scatter(
                x=share,
                y=[place[threat] + offset for threat in rows["threat"]],
                mode="markers",
                name=ERA_LABELS[era],
                showlegend=True,
                marker=dict(
                    symbol=symbol,
                    size=10,
                    color=[tint if filled else theme.page for filled in rows["filled"]],
                    line=dict(color=tint, width=2),
                ),
                error_x=error_bars(share, rows["low"] * 100, rows["high"] * 100, tint),
                customdata=rows[["mark", "threat", "words"]],
                hovertemplate="<b>%{customdata[1]}, "
                + ERA_LABELS[era]
                + "</b><br>%{customdata[2]}<extra></extra>",
                unselected=dict(marker=dict(opacity=1)),
            )
        )
    _set_threat_axis(figure, threats, theme)
    figure.update_xaxes(
        title="share of meetings, with 95% interval",
        ticksuffix="%",
        side="top",
        range=[-1.5, (known["high"].max() * 103) if len(known) else 100],
        zeroline=False,
    )
    figure.update_layout(legend=dict(y=-0.01))
    return figure


@escape_arguments
def draw_odds_ratio_plot(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the odds ratio of each threat within series, on a logarithmic axis, with its 95%
    interval. ``table`` has ``threat``, ``odds_ratio``, ``low``, ``high``, ``mark``, ``words`` and
    ``holds``, in the order from top to bottom."""
    threats = list(table["threat"])
    figure = go.Figure(
        layout=dict(template=plotly_template(theme), height=ROW_HEIGHT * len(table) + 120)
    )
    tint = theme.colours[0]
    figure.add_trace(
        go.Scatter(
            x=table["odds_ratio"],
            y=[-number for number in range(len(threats))],
            mode="markers",
            name="odds ratio within series",
            marker=dict(
                size=10,
                color=[tint if holds else theme.page for holds in table["holds"]],
                line=dict(color=tint, width=2),
            ),
            error_x=error_bars(table["odds_ratio"], table["low"], table["high"], tint),
            customdata=table[["mark", "threat", "words"]],
            hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
            unselected=dict(marker=dict(opacity=1)),
        )
    )
    figure.add_vline(x=1, line=dict(color=theme.muted, width=1.5, dash="dash"))
    _set_threat_axis(figure, threats, theme)
    figure.update_xaxes(
        type="log",
        side="top",
        title="odds against before: under 1 less, over 1 more",
        tickvals=[0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100],
    )
    return figure


def _set_threat_axis(figure: go.Figure, threats: list[str], theme: Theme) -> None:
    figure.update_yaxes(
        tickmode="array",
        tickvals=[-n for n in range(len(threats))],
        ticktext=threats,
        range=[-len(threats) + 0.4, 0.6],
        zeroline=False,
        gridcolor=theme.grid,
    )


@escape_arguments
def draw_attention_ranking(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the attention to each threat over the whole selection as a point with its 95%
    interval. ``table`` has ``threat``, ``threat_id``, ``share``, ``low``, ``high`` and ``words``,
    in the order from top to bottom."""
    figure = go.Figure(
        layout=dict(template=plotly_template(theme), height=ROW_HEIGHT * len(table) + 80)
    )
    share = table["share"] * 100
    figure.add_trace(
        go.Scatter(
            x=share,
            y=table["threat"],
            mode="markers",
            name="share of meetings",
            marker=dict(size=10, color=theme.colours[0]),
            error_x=error_bars(share, table["low"] * 100, table["high"] * 100, theme.shades[2]),
            customdata=table[["mark", "words"]],
            hovertemplate="<b>%{y}</b><br>%{customdata[1]}<extra></extra>",
            unselected=dict(marker=dict(opacity=1)),
        )
    )
    top = table["high"].max() * 100 if table["high"].notna().any() else 100
    figure.update_xaxes(
        range=[-0.015 * top, 1.03 * top],  # with room for the whole of a point at zero
        ticksuffix="%",
        side="top",
        title="share of meetings, with 95% interval",
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(table["threat"]), autorange="reversed"
    )
    return figure
