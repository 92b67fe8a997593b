"""Stacked bars: meetings by series, format, reading, period and link to the pandemic."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.axes import new_figure, set_category_rows
from threats.charts.theme import LIGHT, MAX_COLOURS, ROW_HEIGHT, Theme, plotly_template
from threats.charts.time_axis import EmergencyDates, add_emergency_band, set_year_axis, year_span
from threats.charts.traces import (
    area_marker,
    bars,
    click_and_hover,
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


def _reading_marker(kind: str, theme: Theme) -> dict:
    """Return the marker of how much of a page was read; shades and patterns both differ."""
    fills = {"whole": theme.shades[4], "part": theme.shades[2]}
    pattern = {"none": "/", "missing": "x"}.get(kind, "")
    return outlined_marker(theme, fills.get(kind, theme.page), pattern)


def format_marker(kind: str, theme: Theme) -> dict:
    """Return the marker of a format of meetings; hatched if the format is unknown."""
    if kind == "unknown":
        return unknown_marker(theme)
    return area_marker(theme, _FORMAT_COLOURS[kind])


def _kind_layers(
    kinds: pd.Series,
    table: pd.DataFrame,
    labels: Mapping[str, str],
    marker: Callable[[str, Theme], dict],
    theme: Theme,
) -> list[Layer]:
    """Return a layer for each kind that the table has, in the order of the labels."""
    present = [kind for kind in labels if (kinds == kind).any()]
    return [Layer(_(labels[kind]), table[kinds == kind], marker(kind, theme)) for kind in present]


def _label_layers(table: pd.DataFrame, theme: Theme) -> list[Layer]:
    """Return a layer for each label of the table."""
    labels = list(dict.fromkeys(table["label"]))
    if len(labels) > MAX_COLOURS:
        raise ValueError(f"{len(labels)} labels, {MAX_COLOURS} colours")
    return [
        Layer(label, table[table["label"] == label], area_marker(theme, place))
        for place, label in enumerate(labels)
    ]


def draw_reading_by_year(
    table: pd.DataFrame, emergency: EmergencyDates, theme: Theme = LIGHT
) -> go.Figure:
    """Return meetings by year and by how much of their page was read, their ``reading``. ``table``
    has the columns of ``draw_meetings_by_series`` except ``label``."""
    labels = chart_labels.READING_LABELS
    layers = _kind_layers(table["reading"], table, labels, _reading_marker, theme)
    return _draw_by_year(table["year"], layers, emergency, theme)


def draw_meeting_formats(
    table: pd.DataFrame, emergency: EmergencyDates, theme: Theme = LIGHT
) -> go.Figure:
    """Return meetings by year and ``format``. ``table`` has the columns of
    ``draw_meetings_by_series`` except ``label``."""
    labels = MEETING_FORMAT_LABELS
    layers = _kind_layers(table["format"], table, labels, format_marker, theme)
    return _draw_by_year(table["year"], layers, emergency, theme)


def draw_meetings_by_series(
    table: pd.DataFrame, emergency: EmergencyDates, theme: Theme = LIGHT
) -> go.Figure:
    """Return meetings by year and by the ``label`` of their series. ``table`` has also ``year``,
    ``meetings``, ``mark`` and ``words``. Raises ValueError for more than six labels."""
    return _draw_by_year(table["year"], _label_layers(table, theme), emergency, theme)


def _draw_by_year(
    years: pd.Series, layers: Iterable[Layer], emergency: EmergencyDates, theme: Theme
) -> go.Figure:
    figure = new_figure(theme, _HEIGHT, barmode="stack")
    for name, rows, marker in layers:
        hover = click_and_hover(rows, "%{fullData.name}, %{x}", "words")
        figure.add_trace(bars(name, rows["year"], rows["meetings"], marker=marker, **hover))
    if len(years):
        set_year_axis(figure, year_span(years))
        add_emergency_band(figure, emergency, year_span(years), theme)
    return figure.update_yaxes(title=_(chart_labels.MEETINGS_AXIS), rangemode="tozero")


def draw_series_coverage(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return for each series the meetings read and inferred, and the missing editions. ``table``
    has ``label``, ``kind`` (of ``READING_LABELS``), ``number``, ``mark`` and ``words``, with series
    in the order from top to bottom."""
    series = list(dict.fromkeys(table["label"]))
    height = 30 * len(series) + 130
    figure = new_figure(theme, height, barmode="stack", legend=dict(y=-70 / height))
    labels = chart_labels.READING_LABELS
    for name, rows, marker in _kind_layers(table["kind"], table, labels, _reading_marker, theme):
        hover = click_and_hover(rows, "%{y}, %{fullData.name}", "words")
        trace = horizontal_bars(name, rows["number"], rows["label"], marker=marker, **hover)
        figure.add_trace(trace)
    set_category_rows(figure, series)
    return figure.update_xaxes(title=_(chart_labels.MEETINGS_AXIS), rangemode="tozero")


def draw_era_composition(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the composition of each period as shares. ``table`` has ``era``, ``label``, ``share``,
    ``mark`` and ``words``. Raises ValueError for more than six labels."""
    figure = new_figure(theme, 300, barmode="stack", legend=dict(y=-0.36))
    periods = {era: _(label) for era, label in ERA_LABELS.items()}
    for name, rows, marker in _label_layers(table, theme):
        hover = click_and_hover(rows, "%{fullData.name}, %{y}", "words")
        share, period = rows["share"] * 100, rows["era"].map(periods)
        figure.add_trace(horizontal_bars(name, share, period, marker=marker, **hover))
    set_category_rows(figure, list(periods.values()))
    title = _(chart_labels.PERIOD_SHARE_AXIS)
    return figure.update_xaxes(ticksuffix="%", range=[0, 100], title=title)


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
    set_category_rows(figure, threats)
    return figure
