"""The rows of a figure: their labels, and the figure with the first of them."""

import plotly.graph_objects as go

_HALF_ROW = 0.6  # between the outermost row and the edge of an axis with places


def row_labels(figure: go.Figure) -> list[str]:
    """Return the labels of the rows of a figure from the top; none if its y-axis has numbers."""
    axis = figure.layout.yaxis
    if axis.categoryarray is not None:
        return [str(label) for label in axis.categoryarray]
    return [label for _place, label in _places(axis)]


def row_places(figure: go.Figure) -> list[float]:
    """Return the places of the rows on the y-axis, in the order of ``row_labels``."""
    axis = figure.layout.yaxis
    if axis.categoryarray is not None:
        return [float(place) for place in range(len(axis.categoryarray))]
    return [place for place, _label in _places(axis)]


def _places(axis: go.layout.YAxis) -> list[tuple[float, str]]:
    """Return place and label of each row from the top, of an axis with a tick for every row."""
    if axis.tickvals is None or not axis.ticktext or axis.range is None:
        return []
    pairs = zip(map(float, axis.tickvals), map(str, axis.ticktext), strict=True)
    return sorted(pairs, key=lambda pair: abs(pair[0] - axis.range[1]))


def row_height(figure: go.Figure) -> float:
    """Return the height of a row in pixels."""
    layout, total = figure.layout, len(row_labels(figure))
    low, high = layout.yaxis.domain or (0, 1)
    inside = (layout.height or 450) - (layout.margin.t or 0) - (layout.margin.b or 0)
    return inside * (high - low) / total


def first_rows(figure: go.Figure, number: int) -> go.Figure:
    """Return a copy of the figure with the first rows alone, and lower by the others."""
    rest = len(row_labels(figure)) - number
    if rest <= 0:
        return figure
    places, height = row_places(figure), row_height(figure)
    shown = go.Figure(figure)
    top = -0.5 if shown.layout.yaxis.categoryarray is not None else shown.layout.yaxis.range[1]
    down = 1 if places[-1] > places[0] else -1
    edge = 0.5 if shown.layout.yaxis.categoryarray is not None else _HALF_ROW
    bottom = places[number - 1] + down * edge
    shown.update_layout(height=(figure.layout.height or 450) - rest * height)
    shown.update_yaxes(range=[bottom, top], autorange=None, selector=0)
    shown.update_traces(cliponaxis=True, selector={"type": "scatter"})
    return shown
