"""Margins around a plot, estimated before it is drawn.

plotly.js's automargin measures the labels after drawing and draws again if a margin is too small.
With these estimates it draws once, which saves a quarter of the time over all charts; where an
estimate is too small, automargin still corrects it.
"""

from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from threats.charts.theme import FONT_SIZE

# Widths of letters by the font size, as in Source Sans, which the pages include.
_NARROW_LETTERS, _WIDE_LETTERS = frozenset("fijlrtI.,:;'()- –|"), frozenset("mwMW%—")
_SLANT_RATIO = 0.71  # height of a label at 45 degrees by its width
_AUTOMARGIN_PADDING = 12  # what plotly.js keeps outside of all labels
_RIGHT_MARGIN = 20  # half of the last label of an axis
_LINE_HEIGHT = 1.6 * FONT_SIZE
_LEGEND_ROW_HEIGHT = 20
_LEGEND_SWATCH_WIDTH = 45  # colour sample of a legend's entry and the gap to the next
_TYPICAL_CHART_WIDTH = 900  # beside the filter
# Of a label at the left or at the top; the hover and the table have the whole name.
MAX_LABEL_CHARS = 64


def shorten_labels(figure: go.Figure) -> go.Figure:
    """Return the figure with its long labels at the left, at the top and in the legend shortened,
    so that they leave place for the plot."""
    for axis in (*figure.select_yaxes(), *figure.select_xaxes()):
        labels = [str(text) for text in axis.ticktext or ()]
        if axis.categoryarray is not None and not labels:
            labels = list(map(str, axis.categoryarray))
        shorter = list(map(shorten_label, labels))
        if shorter == labels:
            continue
        axis.ticktext = shorter
        if axis.categoryarray is not None:
            axis.update(tickmode="array", tickvals=labels)
    for trace in figure.data:
        _keep_names_in_hover(trace)
        if trace.name:
            trace.name = shorten_label(trace.name)
    return figure


def _keep_names_in_hover(trace: Any) -> None:
    """Write long names into the hover of a trace, which would say what the axis and legend say."""
    template, values = trace.hovertemplate, trace.y if trace.y is not None else ()
    if not isinstance(template, str):
        return
    if trace.name and shorten_label(trace.name) != trace.name:
        template = trace.hovertemplate = template.replace("%{fullData.name}", trace.name)
    if "%{y}" in template and any(shorten_label(str(value)) != str(value) for value in values):
        trace.hovertemplate = [template.replace("%{y}", str(value)) for value in values]


def shorten_label(label: str) -> str:
    """Return a label of at most ``MAX_LABEL_CHARS`` characters, cut between words if it has any;
    one with its own lines or marks stays."""
    if "<" in label or len(label) <= MAX_LABEL_CHARS:
        return label
    start = label[: MAX_LABEL_CHARS - 1]
    words = start.rpartition(" ")[0]
    return f"{words if len(words) > MAX_LABEL_CHARS // 2 else start}…"


def left_labels(figure: go.Figure) -> Iterator[str]:
    """Return the labels at the left of a figure."""
    for axis in figure.select_yaxes():
        yield from map(str, axis.ticktext or ())
    for trace in figure.data:
        values = trace.y if trace.y is not None else ()
        yield from (shorten_label(value) for value in values if isinstance(value, str))


def legend_names(figure: go.Figure) -> list[str]:
    """Return the names in the legend of a figure; none if it has no legend."""
    shown = [trace for trace in figure.data if trace.showlegend is not False]
    has_legend = figure.layout.showlegend or len(shown) > 1 or any(t.showlegend for t in shown)
    if figure.layout.showlegend is False or not has_legend:
        return []
    return list(dict.fromkeys(trace.name or "" for trace in shown))


def reserve_margins(figure: go.Figure) -> go.Figure:
    """Return the figure with margins as wide as its labels and legend need on a usual screen."""
    margin = shorten_labels(figure).layout.template.layout.margin
    left = max(_left_axis_width(axis) for axis in figure.select_yaxes())
    for text in set(left_labels(figure)):
        left = max(left, *map(_text_width, text.split("<br>")))
    top, right, below = float(margin.t), float(_RIGHT_MARGIN), 0.0
    for axis in figure.select_xaxes(lambda axis: axis.visible is not False):
        title = _LINE_HEIGHT if axis.title.text else 0
        ticks = title + (axis.ticklen or 0)
        if axis.side != "top":
            below = max(below, _LINE_HEIGHT + ticks)
            continue
        labels = _LINE_HEIGHT
        if axis.tickangle:
            heights = [_text_width(str(text)) * _SLANT_RATIO for text in axis.ticktext]
            labels = max(heights, default=0) + 3 * FONT_SIZE
            # The last label extends beyond the right end.
            right = max(right, *heights[-1:])
        top = max(top, _AUTOMARGIN_PADDING + labels + ticks)
    width = _TYPICAL_CHART_WIDTH - left - right
    below = _below_with_legend(figure, width, top, below)
    bottom = max(margin.b, below + _AUTOMARGIN_PADDING + 1)
    return figure.update_layout(
        margin=dict(l=left + _AUTOMARGIN_PADDING + 4, r=right, t=top, b=bottom)
    )


def _below_with_legend(figure: go.Figure, width: float, top: float, below: float) -> float:
    """Return the height below a plot from its width, its axis and the place of its legend."""
    names, place = legend_names(figure), figure.layout.legend
    if not names:
        return below
    entry = max(map(_text_width, names)) + _LEGEND_SWATCH_WIDTH
    rows = -(-len(names) // max(1, int(width // entry)))
    height = _LEGEND_ROW_HEIGHT * rows + 10
    if place.yref == "container":
        return below + height
    share = -(place.y if place.y is not None else figure.layout.template.layout.legend.y)
    plot = (figure.layout.height or 450) - top - _AUTOMARGIN_PADDING
    return max(below, (share * plot + height) / (1 + share))


def _left_axis_width(axis: go.layout.YAxis) -> float:
    """Return the width of the numbers and the title of an axis at the left."""
    if axis.visible is False:
        return 0
    title = 1.2 * FONT_SIZE if axis.title.text else 0
    return title + _text_width("100%" if axis.ticksuffix else "999")


def _text_width(text: str) -> float:
    return FONT_SIZE * sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return 0.29
    if letter in _WIDE_LETTERS:
        return 0.8
    return 0.6 if letter.isupper() else 0.51
