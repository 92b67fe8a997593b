"""Charts of the page Overview."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from threats.charts.look import (
    DARK,
    LIGHT,
    MOST_COLOURS,
    ROW_HEIGHT,
    add_emergency,
    fill,
    template,
    whiskers,
    year_ticks,
)
from threats.charts.text import text_stays_text


@text_stays_text
def attention_ranking(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return the attention to each threat over the whole selection as a point with its 95 %
    interval. ``table`` has ``threat``, ``threat_id``, ``share``, ``low``, ``high`` and ``words``,
    in the order from top to bottom."""
    tone = DARK if dark else LIGHT
    figure = go.Figure(layout=dict(template=template(dark), height=ROW_HEIGHT * len(table) + 80))
    share = table["share"] * 100
    figure.add_trace(
        go.Scatter(
            x=share,
            y=table["threat"],
            mode="markers",
            name="share of meetings",
            marker=dict(size=10, color=tone["colours"][0]),
            error_x=whiskers(share, table["low"] * 100, table["high"] * 100, tone["shades"][2]),
            customdata=table[["mark", "words"]],
            hovertemplate="<b>%{y}</b><br>%{customdata[1]}<extra></extra>",
            unselected=dict(marker=dict(opacity=1)),
        )
    )
    top = table["high"].max() * 100 if table["high"].notna().any() else 100
    figure.update_xaxes(
        range=[-0.015 * top, 1.03 * top],  # with room for the whole of a point at zero
        ticksuffix=" %",
        side="top",
        title="share of meetings, with 95 % interval",
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(table["threat"]), autorange="reversed"
    )
    return figure


@text_stays_text
def meetings_by_series(
    table: pd.DataFrame, emergency: tuple[dt.date, dt.date], dark: bool = False
) -> go.Figure:
    """Return the number of meetings a year as stacked bars. ``table`` has ``year``, ``label`` and
    ``meetings``; the labels stack in their order. Raises ValueError for more than six."""
    tone = DARK if dark else LIGHT
    labels = list(dict.fromkeys(table["label"]))
    if len(labels) > MOST_COLOURS:
        raise ValueError(f"{len(labels)} labels for {MOST_COLOURS} colours")
    figure = go.Figure(layout=dict(template=template(dark), height=380, barmode="stack"))
    for number, label in enumerate(labels):
        rows = table[table["label"] == label]
        figure.add_trace(
            go.Bar(
                x=rows["year"],
                y=rows["meetings"],
                name=label,
                marker=fill(tone, number),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>{label}, %{{x}}</b><br>%{{customdata[1]}}<extra></extra>",
                showlegend=True,
            )
        )
    years = table["year"]
    if len(years):
        figure.update_xaxes(
            range=[years.min() - 0.6, years.max() + 0.6],
            showgrid=False,
            **year_ticks(years.min(), years.max()),
        )
        add_emergency(figure, emergency, (years.min(), years.max()), tone)
    figure.update_yaxes(title="meetings", rangemode="tozero")
    return figure
