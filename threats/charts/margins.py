"""Room around a plot, left before it is drawn.

The template lets plotly.js widen a margin that is too small for its labels, which it can tell only
from what it has drawn, so that it draws all a second time. Where the labels find their room it
draws once; where the estimate is short it still makes room.
"""

from collections.abc import Iterator

import plotly.graph_objects as go

from threats.charts.theme import FONT_SIZE

# Widths of letters by the size of the type, as in Source Sans, which the pages bring along.
_NARROW_LETTERS, _WIDE_LETTERS = frozenset("fijlrtI.,:;'()- –|"), frozenset("mwMW%—")
_SLANT_RATIO = 0.71  # height of a label at 45 degrees by its width
_AUTOMARGIN_PADDING = 12  # plotly.js keeps as much outside all that it makes room for
_RIGHT_MARGIN = 20  # half of the last label of an axis
_LEGEND_ROW_HEIGHT = 20
_LEGEND_SWATCH_WIDTH = 45  # colour sample of a legend's entry and the gap to the next
_TYPICAL_CHART_WIDTH = 900  # width of a chart beside the filter


def left_labels(figure: go.Figure) -> Iterator[str]:
    """Return the labels at the left of a figure."""
    for axis in figure.select_yaxes():
        yield from map(str, axis.ticktext or ())
    for trace in figure.data:
        values = getattr(trace, "y", None)
        yield from (value for value in (() if values is None else values) if isinstance(value, str))


def legend_names(figure: go.Figure) -> list[str]:
    """Return the names in the legend of a figure; none if it has no legend."""
    shown = [trace for trace in figure.data if trace.showlegend is not False]
    wanted = figure.layout.showlegend or len(shown) > 1 or any(t.showlegend for t in shown)
    if figure.layout.showlegend is False or not wanted:
        return []
    return list(dict.fromkeys(trace.name or "" for trace in shown))


def reserve_margins(figure: go.Figure) -> go.Figure:
    """Return the figure with margins as wide as its labels and legend need on a usual screen."""
    margin = figure.layout.template.layout.margin
    left = max(_left_axis_width(axis) for axis in figure.select_yaxes())
    for text in set(left_labels(figure)):
        left = max(left, *map(_text_width, text.split("<br>")))
    top, right, below = margin.t, _RIGHT_MARGIN, 0
    for axis in figure.select_xaxes():
        if axis.visible is False:
            continue
        if axis.side == "top":
            labels = FONT_SIZE * 1.6
            if axis.tickangle:
                heights = [_text_width(str(text)) * _SLANT_RATIO for text in axis.ticktext]
                labels = max(heights, default=0) + 3 * FONT_SIZE
                # The last label leans out over the right end.
                right = max(right, *heights[-1:])
            title = 1.6 * FONT_SIZE if axis.title.text else 0
            top = max(top, _AUTOMARGIN_PADDING + labels + title + (axis.ticklen or 0))
        else:
            title = 1.6 * FONT_SIZE if axis.title.text else 0
            below = max(below, 1.6 * FONT_SIZE + title + (axis.ticklen or 0))
    names = legend_names(figure)
    if names:
        across = max(
            1, int(_TYPICAL_CHART_WIDTH // (max(map(_text_width, names)) + _LEGEND_SWATCH_WIDTH))
        )
        legend = _LEGEND_ROW_HEIGHT * -(-len(names) // across) + 10
        if figure.layout.legend.yref == "container":
            below += legend
        else:
            share = -(figure.layout.legend.y if figure.layout.legend.y is not None else -0.08)
            height = (figure.layout.height or 450) - top - _AUTOMARGIN_PADDING
            below = max(below, (share * height + legend) / (1 + share))
    bottom = max(margin.b, below + _AUTOMARGIN_PADDING + 1)
    figure.update_layout(margin=dict(l=left + _AUTOMARGIN_PADDING, r=right, t=top, b=bottom))
    return figure


def _left_axis_width(axis: go.layout.YAxis) -> float:
    """Return the room that the numbers and the title of an axis at the left need."""
    if axis.visible is False:
        return 0
    title = 1.2 * FONT_SIZE if axis.title.text else 0
    return title + _text_width("100%" if axis.ticksuffix else "999")


def _text_width(text: str) -> float:
    units = sum(
        0.29
        if letter in _NARROW_LETTERS
        else 0.8
        if letter in _WIDE_LETTERS
        else 0.6
        if letter.isupper()
        else 0.51
        for letter in text
    )
    return units * FONT_SIZE
