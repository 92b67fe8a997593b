"""A figure as the categories and series of a chart that an office program can edit."""

from collections.abc import Iterator
from numbers import Real
from typing import Any, NamedTuple

import plotly.graph_objects as go

from threats.charts.rows import row_labels, row_places
from threats.format import local_number

MAX_NATIVE_ROWS = 10
_BARS_ON_A_SLIDE = 24  # of all series together


class NativeChart(NamedTuple):
    """Kind ``rows`` (horizontal bars), ``columns`` or ``lines``; the values of each series by its
    name, None where there is none; the title of the axis of values; how many categories the figure
    has, of which the first are here; and by series how far the interval of each value reaches below
    and above it."""

    kind: str
    stacked: bool
    categories: list[str]
    series: dict[str, list[float | None]]
    axis: str
    total: int
    intervals: dict[str, list[tuple[float, float]]]


def native_chart(figure: go.Figure) -> NativeChart | None:
    """Return a figure of bars, dots in rows or lines over years as an editable chart; None for any
    other, such as a heatmap or panels with different units."""
    traces = [trace for trace in figure.data if trace.visible is not False]
    if any(trace.type not in ("bar", "scatter") for trace in traces):
        return None
    panels = {trace.yaxis or "y" for trace in traces}
    if all(trace.type == "bar" for trace in traces):
        return _bars(figure, traces) if len(panels) == 1 else None
    if row_labels(figure) and len(panels) == 1:
        return _dots(figure, traces)
    return _lines(figure, traces)


def _bars(figure: go.Figure, traces: list[Any]) -> NativeChart | None:
    """Return bars of named categories or years, of equal width and from zero."""
    if figure.layout.barmode == "overlay" or any(trace.base is not None for trace in traces):
        return None
    across = traces[0].orientation == "h"
    names = row_labels(figure) if across else sorted({x for trace in traces for x in trace.x})
    series = {}
    for trace in traces:
        keys, values = (trace.y, trace.x) if across else (trace.x, trace.y)
        series[trace.name] = dict(zip(keys, values, strict=True))
    if not names or (not across and not all(float(name).is_integer() for name in names)):
        return None
    axis = (figure.layout.xaxis if across else figure.layout.yaxis).title.text or ""
    kind, stacked = "rows" if across else "columns", figure.layout.barmode == "stack"
    return _cut(kind, stacked, names, series, axis)


def _dots(figure: go.Figure, traces: list[Any]) -> NativeChart | None:
    """Return dots in rows as bars from zero; each dot is in the row whose place is nearest."""
    axis = figure.layout.xaxis
    dots = [trace for trace in traces if trace.mode != "lines"]
    if axis.type in ("log", "date") or any(trace.type != "scatter" for trace in dots):
        return None
    labels, places = row_labels(figure), row_places(figure)
    series: dict[str, dict[Any, Any]] = {}
    reaches: dict[str, dict[Any, tuple[float, float]]] = {}
    for trace in dots:
        values: dict[Any, Any] = {}
        for y, x in zip(trace.y, trace.x, strict=True):
            if not isinstance(x, Real) or (isinstance(y, str) and y not in labels):
                return None
            row = y if isinstance(y, str) else _nearest(labels, places, y)
            if row in values:
                return None
            values[row] = x
        series[trace.name or ""] = values
        if trace.error_x.array is not None:
            below = trace.error_x.arrayminus
            below = trace.error_x.array if below is None else below
            pairs = zip(map(float, below), map(float, trace.error_x.array), strict=True)
            reaches[trace.name or ""] = dict(zip(values, pairs, strict=True))
    title = (axis.title.text or "") + (f" ({axis.ticksuffix})" if axis.ticksuffix else "")
    return _cut("rows", False, labels, series, title, reaches)


def _nearest(labels: list[str], places: list[float], y: float) -> str:
    return min(zip(labels, places, strict=True), key=lambda pair: abs(pair[1] - y))[0]


def _lines(figure: go.Figure, traces: list[Any]) -> NativeChart | None:
    """Return the lines with dots over years of all panels, if these have the same scale."""
    lines = [trace for trace in traces if trace.type == "scatter" and trace.mode == "lines+markers"]
    axes = [figure.layout[(line.yaxis or "y").replace("y", "yaxis")] for line in lines]
    years = sorted({x for line in lines for x in line.x})
    if len(lines) == 1 and len(traces) > 1:
        return None
    if not years or len({str(axis.range) for axis in axes}) > 1:
        return None
    if not all(isinstance(x, Real) and float(x).is_integer() for x in years):
        return None
    series = {line.name: dict(zip(line.x, line.y, strict=True)) for line in lines}
    return _cut("lines", False, years, series, axes[0].title.text or "")


def _cut(
    kind: str,
    stacked: bool,
    names: list[Any],
    series: dict[str, dict[Any, Any]],
    axis: str,
    reaches: dict[str, dict[Any, tuple[float, float]]] | None = None,
) -> NativeChart:
    """Return the chart with as many rows as a slide has place for."""
    shown = names
    if kind == "rows":
        bars = 1 if stacked else len(series)
        shown = names[: max(4, min(MAX_NATIVE_ROWS, _BARS_ON_A_SLIDE // bars))]
    values = {name: [_number(own.get(one)) for one in shown] for name, own in series.items()}
    labels = [_label(one) for one in shown]
    intervals = {
        name: [own.get(one, (0.0, 0.0)) for one in shown] for name, own in (reaches or {}).items()
    }
    return NativeChart(kind, stacked, labels, values, axis, len(names), intervals)


def _number(value: Any) -> float | None:
    """Return a value as a number, None if there is none."""
    return None if value is None or value != value else float(value)


def _label(name: Any) -> str:
    text = name if isinstance(name, str) else str(int(name))
    return text.replace("<br>", " ").replace("<b>", "").replace("</b>", "")


def native_rows(chart: NativeChart) -> Iterator[list[str]]:
    """Yield the figures of a chart as the cells of a table: its head, then a row a category."""
    yield ["", *chart.series]
    for place, name in enumerate(chart.categories):
        values = (own[place] for own in chart.series.values())
        yield [name, *("–" if value is None else local_number(f"{value:.4g}") for value in values)]
