"""Charts of the page COVID-19."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.look import (
    DARK,
    LIGHT,
    MOST_COLOURS,
    ROW_HEIGHT,
    add_emergency,
    fill,
    hollow,
    template,
    whiskers,
    year_ticks,
)
from threats.charts.text import text_stays_text
from threats.shifts import ERA_NAMES

# Colour is never the only sign: each era has a shape of its own.
_ERA_MARKS = {
    "before": ("diamond", 5, 0.26),
    "during": ("square", 1, 0.0),
    "after": ("circle", 0, -0.26),
}
LINK_NAMES = {
    "driven": "caused or worsened by the pandemic",
    "response": "met in another way",
    "context": "pandemic as setting",
}


@text_stays_text
def shift_chart(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return the attention to each threat in the three eras as connected points with intervals.

    ``table`` has one row per threat and era, threats in the order from top to bottom: ``threat``,
    ``era``, ``share``, ``low``, ``high``, ``mark``, ``words`` and ``filled``, which is false where
    a change from before does not hold.
    """
    tone = DARK if dark else LIGHT
    threats = list(dict.fromkeys(table["threat"]))
    place = {threat: -number for number, threat in enumerate(threats)}
    figure = go.Figure(layout=dict(template=template(dark), height=40 * len(threats) + 110))
    known = table.dropna(subset="share")
    joined_x, joined_y = [], []
    for threat, rows in known.groupby("threat", sort=False):
        joined_x += [*rows["share"] * 100, None]
        joined_y += [*(place[threat] + _ERA_MARKS[era][2] for era in rows["era"]), None]
    figure.add_trace(
        go.Scatter(
            x=joined_x,
            y=joined_y,
            mode="lines",
            line=dict(color=tone["grid"], width=2),
            hoverinfo="skip",
            showlegend=False,
            name="joined",
        )
    )
    for era, (symbol, colour, offset) in _ERA_MARKS.items():
        rows = known[known["era"] == era]
        share = rows["share"] * 100
        tint = tone["colours"][colour]
        figure.add_trace(
            go.Scatter(
                x=share,
                y=[place[threat] + offset for threat in rows["threat"]],
                mode="markers",
                name=ERA_NAMES[era],
                showlegend=True,
                marker=dict(
                    symbol=symbol,
                    size=10,
                    color=[tint if filled else tone["page"] for filled in rows["filled"]],
                    line=dict(color=tint, width=2),
                ),
                error_x=whiskers(share, rows["low"] * 100, rows["high"] * 100, tint),
                customdata=rows[["mark", "threat", "words"]],
                hovertemplate="<b>%{customdata[1]}, "
                + ERA_NAMES[era]
                + "</b><br>%{customdata[2]}<extra></extra>",
                unselected=dict(marker=dict(opacity=1)),
            )
        )
    _threat_axis(figure, threats, tone)
    figure.update_xaxes(
        title="share of meetings, with 95 % interval",
        ticksuffix=" %",
        side="top",
        range=[-1.5, (known["high"].max() * 103) if len(known) else 100],
        zeroline=False,
    )
    figure.update_layout(legend=dict(y=-0.01))
    return figure


@text_stays_text
def within_chart(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return the odds ratio of each threat within series, on a logarithmic axis, with its 95 %
    interval. ``table`` has ``threat``, ``odds_ratio``, ``low``, ``high``, ``mark``, ``words`` and
    ``holds``, in the order from top to bottom."""
    tone = DARK if dark else LIGHT
    threats = list(table["threat"])
    figure = go.Figure(layout=dict(template=template(dark), height=ROW_HEIGHT * len(table) + 120))
    tint = tone["colours"][0]
    figure.add_trace(
        go.Scatter(
            x=table["odds_ratio"],
            y=[-number for number in range(len(threats))],
            mode="markers",
            name="odds ratio within series",
            marker=dict(
                size=10,
                color=[tint if holds else tone["page"] for holds in table["holds"]],
                line=dict(color=tint, width=2),
            ),
            error_x=whiskers(table["odds_ratio"], table["low"], table["high"], tint),
            customdata=table[["mark", "threat", "words"]],
            hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
            unselected=dict(marker=dict(opacity=1)),
        )
    )
    figure.add_vline(x=1, line=dict(color=tone["soft"], width=1.5, dash="dash"))
    _threat_axis(figure, threats, tone)
    figure.update_xaxes(
        type="log",
        side="top",
        title="odds against before: under 1 less, over 1 more",
        tickvals=[0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100],
    )
    return figure


def _threat_axis(figure: go.Figure, threats: list[str], tone: dict) -> None:
    figure.update_yaxes(
        tickmode="array",
        tickvals=[-n for n in range(len(threats))],
        ticktext=threats,
        range=[-len(threats) + 0.4, 0.6],
        zeroline=False,
        gridcolor=tone["grid"],
    )


@text_stays_text
def make_up_chart(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return what each era is made of as stacked bars of its share. ``table`` has ``era``,
    ``label``, ``share``, ``mark`` and ``words``. Raises ValueError for more than six labels."""
    tone = DARK if dark else LIGHT
    labels = list(dict.fromkeys(table["label"]))
    if len(labels) > MOST_COLOURS:
        raise ValueError(f"{len(labels)} labels for {MOST_COLOURS} colours")
    figure = go.Figure(layout=dict(template=template(dark), height=290, barmode="stack"))
    for number, label in enumerate(labels):
        rows = table[table["label"] == label]
        figure.add_trace(
            go.Bar(
                orientation="h",
                x=rows["share"] * 100,
                y=rows["era"].map(ERA_NAMES),
                name=label,
                marker=fill(tone, number),
                showlegend=True,
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>{label}, %{{y}}</b><br>%{{customdata[1]}}<extra></extra>",
            )
        )
    figure.update_yaxes(categoryorder="array", categoryarray=list(ERA_NAMES.values())[::-1])
    figure.update_xaxes(ticksuffix=" %", range=[0, 100], title="share of the era's meetings")
    figure.update_layout(legend=dict(y=-0.3))
    return figure


@text_stays_text
def links_chart(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return in how many meetings a source tied each threat to the pandemic: one panel a year,
    bars by the kind of link. ``table`` has ``threat``, ``year``, ``pandemic_link``, ``meetings``,
    ``mark`` and ``words``, threats in the order from top to bottom."""
    tone = DARK if dark else LIGHT
    threats, years = list(dict.fromkeys(table["threat"])), sorted(table["year"].unique())
    figure = make_subplots(
        rows=1,
        cols=len(years),
        shared_yaxes=True,
        subplot_titles=[str(y) for y in years],
        horizontal_spacing=0.03,
    )
    shown = set()
    for column, year in enumerate(years, start=1):
        for (link, name), number in zip(LINK_NAMES.items(), (1, 0, 5), strict=True):
            rows = table[(table["year"] == year) & (table["pandemic_link"] == link)]
            if rows.empty:
                continue
            figure.add_trace(
                go.Bar(
                    orientation="h",
                    x=rows["meetings"],
                    y=rows["threat"],
                    name=name,
                    legendgroup=link,
                    showlegend=link not in shown,
                    text=rows["meetings"],
                    textangle=0,
                    marker=fill(tone, number),
                    customdata=rows[["mark", "words"]],
                    unselected=dict(marker=dict(opacity=1)),
                    hovertemplate=f"<b>%{{y}}, {year}</b><br>%{{customdata[1]}}<extra></extra>",
                ),
                row=1,
                col=column,
            )
            shown.add(link)
    figure.update_layout(
        template=template(dark),
        height=ROW_HEIGHT * len(threats) + 150,
        barmode="stack",
        legend=dict(y=-0.16),
    )
    most = table.groupby(["threat", "year"])["meetings"].sum().max()
    figure.update_xaxes(range=[0, most + 0.5], dtick=max(1, most // 4), title="meetings")
    figure.update_yaxes(categoryorder="array", categoryarray=threats[::-1])
    return figure


@text_stays_text
def formats_chart(
    table: pd.DataFrame, emergency: tuple[dt.date, dt.date], dark: bool = False
) -> go.Figure:
    """Return how meetings were held, by year, as stacked bars; the form that no source tells is
    hatched. ``table`` has ``year``, ``format``, ``meetings``, ``mark`` and ``words``."""
    tone = DARK if dark else LIGHT
    figure = go.Figure(layout=dict(template=template(dark), height=380, barmode="stack"))
    kinds = {
        "in_person": ("in person", 0),
        "hybrid": ("hybrid", 4),
        "online": ("online", 1),
        "unknown": ("not told", 5),
    }
    for kind, (name, number) in kinds.items():
        rows = table[table["format"] == kind]
        if rows.empty:
            continue
        figure.add_trace(
            go.Bar(
                x=rows["year"],
                y=rows["meetings"],
                name=name,
                showlegend=True,
                marker=hollow(tone) if kind == "unknown" else fill(tone, number),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>{name}, %{{x}}</b><br>%{{customdata[1]}}<extra></extra>",
            )
        )
    first, last = int(table["year"].min()), int(table["year"].max())
    figure.update_xaxes(range=[first - 0.6, last + 0.6], showgrid=False, **year_ticks(first, last))
    figure.update_yaxes(title="meetings", rangemode="tozero")
    add_emergency(figure, emergency, (first, last), tone)
    return figure


@text_stays_text
def participants_chart(
    table: pd.DataFrame,
    emergency: tuple[dt.date, dt.date],
    span: tuple[int, int],
    dark: bool = False,
) -> go.Figure:
    """Return the number of participants of each meeting by year, with the median of each year.
    ``table`` has ``year``, ``participants``, ``median``, ``mark``, ``title`` and
    ``words``."""
    tone = DARK if dark else LIGHT
    figure = go.Figure(layout=dict(template=template(dark), height=380))
    figure.add_trace(
        go.Scatter(
            x=table["year"],
            y=table["participants"],
            mode="markers",
            name="a meeting",
            showlegend=True,
            marker=dict(size=8, color=tone["colours"][0], opacity=0.55),
            customdata=table[["mark", "title", "words"]],
            unselected=dict(marker=dict(opacity=0.55)),
            hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
        )
    )
    medians = table.drop_duplicates("year").set_index("year")["median"]
    # A year of which no number is known breaks the line.
    medians = medians.reindex(range(span[0], span[1] + 1))
    figure.add_trace(
        go.Scatter(
            x=medians.index,
            y=medians,
            mode="lines+markers",
            connectgaps=False,
            name="median of the year",
            line=dict(color=tone["colours"][1], width=2.5),
            marker=dict(symbol="line-ew-open", size=14),
            hovertemplate="<b>%{x}</b><br>median %{y}<extra></extra>",
            showlegend=True,
            customdata=[(f"year:{year}",) for year in medians.index],
            unselected=dict(marker=dict(opacity=1)),
        )
    )
    figure.update_xaxes(range=[span[0] - 0.6, span[1] + 0.6], showgrid=False, **year_ticks(*span))
    figure.update_yaxes(title="participants (people)", rangemode="tozero")
    add_emergency(figure, emergency, span, tone)
    return figure
