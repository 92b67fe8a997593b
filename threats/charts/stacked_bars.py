"""Charts of what is known of the meetings, and of how far two readings agree."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.theme import LIGHT, MAX_COLOURS, ROW_HEIGHT, Theme, plotly_template
from threats.charts.time_axis import add_emergency_band, year_ticks
from threats.charts.traces import area_marker, escape_arguments, unknown_marker
from threats.text.labels import ERA_LABELS, PANDEMIC_LINK_LABELS

# How much is known, by name: a shade and a pattern each, so that colour is not the only sign.
READING_STYLES = {
    "whole": ("page read whole", 4, ""),
    "part": ("page read in part", 2, ""),
    "none": ("inferred, not read", None, "/"),
    "missing": ("known to be missing", None, "x"),
}


def _reading_marker(kind: str, theme: Theme) -> dict:
    _, shade, pattern = READING_STYLES[kind]
    return dict(
        color=theme.page if shade is None else theme.shades[shade],
        line=dict(color=theme.muted, width=1),
        pattern=dict(shape=pattern, fgcolor=theme.muted, size=6),
    )


@escape_arguments
def draw_reading_by_year(
    table: pd.DataFrame, emergency: tuple[dt.date, dt.date], theme: Theme = LIGHT
) -> go.Figure:
    """Return stacked bars of meetings by year and by how much of their page was read. ``table`` has
    ``year``, ``reading``, ``meetings``, ``mark`` and ``words``."""
    figure = go.Figure(layout=dict(template=plotly_template(theme), height=380, barmode="stack"))
    for reading in ("whole", "part", "none"):
        rows = table[table["reading"] == reading]
        name = READING_STYLES[reading][0]
        figure.add_trace(
            go.Bar(
                x=rows["year"],
                y=rows["meetings"],
                name=name,
                showlegend=True,
                marker=_reading_marker(reading, theme),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>%{{x}}, {name}</b><br>%{{customdata[1]}}<extra></extra>",
            )
        )
    first, last = int(table["year"].min()), int(table["year"].max())
    figure.update_xaxes(range=[first - 0.6, last + 0.6], showgrid=False, **year_ticks(first, last))
    figure.update_yaxes(title="meetings", rangemode="tozero")
    add_emergency_band(figure, emergency, (first, last), theme)
    return figure


@escape_arguments
def draw_series_coverage(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return a bar a series: meetings read, inferred, and editions known to be missing. ``table``
    has ``label``, ``kind`` (of ``KNOWLEDGE``), ``number``, ``mark`` and ``words``, series in the
    order from top to bottom."""
    labels = list(dict.fromkeys(table["label"]))
    figure = go.Figure(
        layout=dict(template=plotly_template(theme), height=30 * len(labels) + 130, barmode="stack")
    )
    for kind, (name, _, _) in READING_STYLES.items():
        rows = table[table["kind"] == kind]
        figure.add_trace(
            go.Bar(
                orientation="h",
                y=rows["label"],
                x=rows["number"],
                name=name,
                showlegend=True,
                marker=_reading_marker(kind, theme),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>%{{y}}, {name}</b><br>%{{customdata[1]}}<extra></extra>",
            )
        )
    figure.update_yaxes(categoryorder="array", categoryarray=labels[::-1])
    figure.update_xaxes(title="meetings", rangemode="tozero")
    figure.update_layout(legend=dict(y=-70 / (30 * len(labels) + 130)))
    return figure


@escape_arguments
def draw_era_composition(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return what each era is made of as stacked bars of its share. ``table`` has ``era``,
    ``label``, ``share``, ``mark`` and ``words``. Raises ValueError for more than six labels."""
    labels = list(dict.fromkeys(table["label"]))
    if len(labels) > MAX_COLOURS:
        raise ValueError(f"{len(labels)} labels for {MAX_COLOURS} colours")
    figure = go.Figure(layout=dict(template=plotly_template(theme), height=290, barmode="stack"))
    for number, label in enumerate(labels):
        rows = table[table["label"] == label]
        figure.add_trace(
            go.Bar(
                orientation="h",
                x=rows["share"] * 100,
                y=rows["era"].map(ERA_LABELS),
                name=label,
                marker=area_marker(theme, number),
                showlegend=True,
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>{label}, %{{y}}</b><br>%{{customdata[1]}}<extra></extra>",
            )
        )
    figure.update_yaxes(categoryorder="array", categoryarray=list(ERA_LABELS.values())[::-1])
    figure.update_xaxes(ticksuffix="%", range=[0, 100], title="share of the era's meetings")
    figure.update_layout(legend=dict(y=-0.3))
    return figure


@escape_arguments
def draw_pandemic_link_bars(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return in how many meetings a source tied each threat to the pandemic: one panel a year,
    bars by the kind of link. ``table`` has ``threat``, ``year``, ``pandemic_link``, ``meetings``,
    ``mark`` and ``words``, threats in the order from top to bottom."""
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
        for (link, name), number in zip(PANDEMIC_LINK_LABELS.items(), (1, 0, 5), strict=True):
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
                    marker=area_marker(theme, number),
                    customdata=rows[["mark", "words"]],
                    unselected=dict(marker=dict(opacity=1)),
                    hovertemplate=f"<b>%{{y}}, {year}</b><br>%{{customdata[1]}}<extra></extra>",
                ),
                row=1,
                col=column,
            )
            shown.add(link)
    figure.update_layout(
        template=plotly_template(theme),
        height=ROW_HEIGHT * len(threats) + 150,
        barmode="stack",
        legend=dict(y=-0.16),
    )
    most = table.groupby(["threat", "year"])["meetings"].sum().max()
    figure.update_xaxes(range=[0, most + 0.5], dtick=max(1, most // 4), title="meetings")
    figure.update_yaxes(categoryorder="array", categoryarray=threats[::-1])
    return figure


@escape_arguments
def draw_meeting_formats(
    table: pd.DataFrame, emergency: tuple[dt.date, dt.date], theme: Theme = LIGHT
) -> go.Figure:
    """Return how meetings were held, by year, as stacked bars; the form that no source tells is
    hatched. ``table`` has ``year``, ``format``, ``meetings``, ``mark`` and ``words``."""
    figure = go.Figure(layout=dict(template=plotly_template(theme), height=380, barmode="stack"))
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
                marker=unknown_marker(theme) if kind == "unknown" else area_marker(theme, number),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>{name}, %{{x}}</b><br>%{{customdata[1]}}<extra></extra>",
            )
        )
    first, last = int(table["year"].min()), int(table["year"].max())
    figure.update_xaxes(range=[first - 0.6, last + 0.6], showgrid=False, **year_ticks(first, last))
    figure.update_yaxes(title="meetings", rangemode="tozero")
    add_emergency_band(figure, emergency, (first, last), theme)
    return figure


@escape_arguments
def draw_meetings_by_series(
    table: pd.DataFrame, emergency: tuple[dt.date, dt.date], theme: Theme = LIGHT
) -> go.Figure:
    """Return the number of meetings a year as stacked bars. ``table`` has ``year``, ``label`` and
    ``meetings``; the labels stack in their order. Raises ValueError for more than six."""
    labels = list(dict.fromkeys(table["label"]))
    if len(labels) > MAX_COLOURS:
        raise ValueError(f"{len(labels)} labels for {MAX_COLOURS} colours")
    figure = go.Figure(layout=dict(template=plotly_template(theme), height=380, barmode="stack"))
    for number, label in enumerate(labels):
        rows = table[table["label"] == label]
        figure.add_trace(
            go.Bar(
                x=rows["year"],
                y=rows["meetings"],
                name=label,
                marker=area_marker(theme, number),
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
        add_emergency_band(figure, emergency, (years.min(), years.max()), theme)
    figure.update_yaxes(title="meetings", rangemode="tozero")
    return figure
