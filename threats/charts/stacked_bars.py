"""Stacked bars: meetings by series, format, reading, period and link to the pandemic."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.axes import new_figure
from threats.charts.theme import LIGHT, MAX_COLOURS, ROW_HEIGHT, Theme, plotly_template
from threats.charts.time_axis import EmergencyDates, add_emergency_band, set_year_axis, year_span
from threats.charts.traces import (
    area_marker,
    bars,
    click_and_hover,
    escape,
    horizontal_bars,
    outlined_marker,
    unknown_marker,
)
from threats.text import chart_labels
from threats.text.labels import ERA_LABELS, MEETING_FORMAT_LABELS, PANDEMIC_LINK_LABELS
from threats.text.translate import _

_HEIGHT = 380  # pixels of a chart by year
_FORMAT_COLOURS = {"in_person": 0, "hybrid": 4, "online": 1}
_LINK_COLOURS = {"driven": 1, "response": 0, "context": 5}


class Layer(NamedTuple):
    """One part of each bar: its name, rows and marker."""

    name: str
    rows: pd.DataFrame
    marker: dict


def reading_marker(kind: str, theme: Theme) -> dict:
    """Return the marker of how much of a page was read; shades and patterns both differ."""
    fills = {"whole": theme.shades[4], "part": theme.shades[2]}
    pattern = {"none": "/", "missing": "x"}.get(kind, "")
    return outlined_marker(theme, fills.get(kind, theme.page), pattern)


def format_marker(kind: str, theme: Theme) -> dict:
    """Return the marker of a format of meetings; hatched if the format is unknown."""
    if kind == "unknown":
        return unknown_marker(theme)
    return area_marker(theme, _FORMAT_COLOURS[kind])


def draw_reading_by_year(
    table: pd.DataFrame, emergency: EmergencyDates, theme: Theme = LIGHT
) -> go.Figure:
    """Return meetings by year and by how much of their page was read. ``table`` has ``year``,
    ``reading``, ``meetings``, ``mark`` and ``words``."""
    layers = [
        Layer(_(label), table[table["reading"] == kind], reading_marker(kind, theme))
        for kind, label in chart_labels.READING_LABELS.items()
        if kind != "missing"
    ]
    return _draw_by_year(table["year"], layers, emergency, theme)


def draw_meeting_formats(
    table: pd.DataFrame, emergency: EmergencyDates, theme: Theme = LIGHT
) -> go.Figure:
    """Return meetings by year and format. ``table`` has ``year``, ``format``, ``meetings``,
    ``mark`` and ``words``."""
    layers = [
        Layer(_(label), table[table["format"] == kind], format_marker(kind, theme))
        for kind, label in MEETING_FORMAT_LABELS.items()
        if (table["format"] == kind).any()
    ]
    return _draw_by_year(table["year"], layers, emergency, theme)


def draw_meetings_by_series(
    table: pd.DataFrame, emergency: EmergencyDates, theme: Theme = LIGHT
) -> go.Figure:
    """Return the number of meetings a year by series. ``table`` has ``year``, ``label``,
    ``meetings``, ``mark`` and ``words``; the labels stack in their order. Raises ValueError for
    more than six."""
    return _draw_by_year(table["year"], _label_layers(table, theme), emergency, theme)


def _label_layers(table: pd.DataFrame, theme: Theme) -> list[Layer]:
    labels = list(dict.fromkeys(table["label"]))
    if len(labels) > MAX_COLOURS:
        raise ValueError(f"{len(labels)} labels for {MAX_COLOURS} colours")
    return [
        Layer(label, table[table["label"] == label], area_marker(theme, place))
        for place, label in enumerate(labels)
    ]


def _draw_by_year(
    years: pd.Series, layers: Iterable[Layer], emergency: EmergencyDates, theme: Theme
) -> go.Figure:
    figure = new_figure(theme, _HEIGHT, barmode="stack")
    for name, rows, marker in layers:
        hover = click_and_hover(rows, "%{fullData.name}, %{x}", "words")
        figure.add_trace(bars(name, rows["year"], rows["meetings"], marker=marker, **hover))
    if len(years):
        span = year_span(years)
        set_year_axis(figure, span)
        add_emergency_band(figure, emergency, span, theme)
    figure.update_yaxes(title=_(chart_labels.MEETINGS_AXIS), rangemode="tozero")
    return figure


def draw_series_coverage(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return for each series the meetings read and inferred, and the missing editions. ``table``
    has ``label``, ``kind`` (of ``READING_LABELS``), ``number``, ``mark`` and ``words``, with series
    in the order from top to bottom."""
    labels = list(dict.fromkeys(table["label"]))
    height = 30 * len(labels) + 130
    figure = new_figure(theme, height, barmode="stack", legend=dict(y=-70 / height))
    for kind, label in chart_labels.READING_LABELS.items():
        rows = table[table["kind"] == kind]
        hover = click_and_hover(rows, "%{y}, %{fullData.name}", "words")
        marker = reading_marker(kind, theme)
        trace = horizontal_bars(_(label), rows["number"], rows["label"], marker=marker, **hover)
        figure.add_trace(trace)
    _set_rows_from_below(figure, labels)
    figure.update_xaxes(title=_(chart_labels.MEETINGS_AXIS), rangemode="tozero")
    return figure


def draw_era_composition(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the composition of each period as shares. ``table`` has ``era``, ``label``, ``share``,
    ``mark`` and ``words``. Raises ValueError for more than six labels."""
    figure = new_figure(theme, 300, barmode="stack", legend=dict(y=-0.36))
    names = {era: _(label) for era, label in ERA_LABELS.items()}
    for name, rows, marker in _label_layers(table, theme):
        hover = click_and_hover(rows, "%{fullData.name}, %{y}", "words")
        share, periods = rows["share"] * 100, rows["era"].map(names)
        figure.add_trace(horizontal_bars(name, share, periods, marker=marker, **hover))
    _set_rows_from_below(figure, list(names.values()))
    figure.update_xaxes(ticksuffix="%", range=[0, 100], title=_(chart_labels.PERIOD_SHARE_AXIS))
    return figure


def draw_pandemic_link_bars(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return in how many meetings a source linked each threat to the pandemic, with one panel a
    year and bars by the kind of link.

    ``table`` has ``threat``, ``year``, ``pandemic_link``, ``meetings``, ``mark`` and ``words``,
    with threats in the order from top to bottom.
    """
    threats, years = list(dict.fromkeys(table["threat"])), sorted(table["year"].unique())
    titles = [str(year) for year in years]
    figure = make_subplots(
        rows=1, cols=len(years), shared_yaxes=True, subplot_titles=titles, horizontal_spacing=0.03
    )
    first_year = table.groupby("pandemic_link")["year"].min()
    for column, year in enumerate(years, start=1):
        for link, label in PANDEMIC_LINK_LABELS.items():
            rows = table[(table["year"] == year) & (table["pandemic_link"] == link)]
            if rows.empty:
                continue
            trace = horizontal_bars(
                _(label),
                rows["meetings"],
                rows["threat"],
                legendgroup=link,
                showlegend=bool(year == first_year[link]),
                text=rows["meetings"],
                marker=area_marker(theme, _LINK_COLOURS[link]),
                **click_and_hover(rows, f"%{{y}}, {int(year)}", "words"),
            )
            figure.add_trace(trace, row=1, col=column)
    most = table.groupby(["threat", "year"])["meetings"].sum().max()
    figure.update_layout(
        template=plotly_template(theme),
        height=ROW_HEIGHT * len(threats) + 150,
        barmode="stack",
        legend=dict(y=-0.16),
    )
    title = _(chart_labels.MEETINGS_AXIS)
    figure.update_xaxes(range=[0, most + 0.5], dtick=max(1, most // 4), title=title)
    _set_rows_from_below(figure, threats)
    return figure


def _set_rows_from_below(figure: go.Figure, labels: list[str]) -> None:
    """Set the order of rows from top to bottom on an axis that starts at the foot."""
    figure.update_yaxes(categoryorder="array", categoryarray=escape(labels[::-1]))
