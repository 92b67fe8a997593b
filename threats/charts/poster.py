"""A figure as an image that is complete in itself: title above, notes and source below."""

import textwrap
from typing import NamedTuple

import plotly.graph_objects as go

from threats.charts.margins import left_labels, legend_names
from threats.charts.theme import FONT_SIZE, LIGHT
from threats.charts.traces import escape

POSTER_PADDING = 24
# Mean width of a letter as a share of the font size, in the widest font that replaces a missing
# one (DejaVu Sans), so that no line is cut off.
POSTER_LETTER_WIDTH = 0.6
POSTER_TITLE_SIZE, POSTER_SUBTITLE_SIZE, POSTER_NOTE_SIZE = 26, 16, 12
POSTER_ZOOM_LEVELS = (1.25, 1.1, 1, 0.9, 0.8, 0.7, 0.62, 0.55)
POSTER_LINE_HEIGHT = 1.35
MIN_PLOT_WIDTH = 560
BOTTOM_AXIS_HEIGHT = 48  # ticks and title of the lowest axis


class _Line(NamedTuple):
    """A line of text, with its font size and colour."""

    text: str
    size: float
    colour: str


class _Frame(NamedTuple):
    """What surrounds a figure at one zoom, in pixels before the zoom."""

    zoom: float
    width: float
    height: float
    label: float  # font size of labels and legend
    left: float
    top: float
    bottom: float  # of the notes
    below: float  # of the lowest axis and the legend
    head: list[_Line]
    foot: list[_Line]

    def fits(self, figure: go.Figure) -> bool:
        """Return whether the figure has about the height of the page, and enough width."""
        plot = self.height - self.top - self.bottom - self.below
        page = 0.85 * (figure.layout.height or 450) - 60
        return plot >= page and self.width - self.left >= MIN_PLOT_WIDTH


def make_poster(
    figure: go.Figure, title: str, subtitle: str, notes: list[str], size: tuple[int, int]
) -> tuple[go.Figure, float]:
    """Return a copy of the figure with its title and subtitle above it and the notes, a paragraph
    each, below, all of them text also in an SVG; and the scale at which it has this size in pixels.

    A figure is at least as high as on the page, so that its rows and labels keep their space, and
    the whole is scaled down if the image is smaller than that.
    """
    for zoom in POSTER_ZOOM_LEVELS:
        frame = _frame(figure, title, subtitle, notes, size, zoom)
        if frame.fits(figure):
            break
    poster = go.Figure(figure)
    right = max(POSTER_PADDING, figure.layout.margin.r or 0)
    legend = dict(yref="container", y=(frame.bottom + 8) / frame.height, yanchor="bottom", x=0)
    poster.update_layout(
        width=frame.width,
        height=frame.height,
        autosize=False,
        font=dict(size=frame.label),
        margin=dict(l=frame.left, r=right, t=frame.top, b=frame.bottom + frame.below),
        legend=dict(**legend, font=dict(size=frame.label)),
    )
    for axis in poster.select_yaxes(lambda axis: axis.categoryarray is not None):
        # Every row has its label; by default plotly.js omits every other one.
        axis.update(tickmode="linear", tick0=0, dtick=1)
    _add_lines(poster, frame.head, 1, frame.top - POSTER_PADDING / 2, frame.left)
    _add_lines(poster, frame.foot, 0, -(frame.below + POSTER_PADDING / 2), frame.left)
    return poster, frame.zoom


def _frame(
    figure: go.Figure,
    title: str,
    subtitle: str,
    notes: list[str],
    size: tuple[int, int],
    zoom: float,
) -> _Frame:
    width, height = size[0] / zoom, size[1] / zoom
    # Labels keep their size in the image as far as the rows of the figure leave space.
    label = FONT_SIZE * min(1.3, max(1.0, 0.9 / zoom))
    head = _wrap(title, width, POSTER_TITLE_SIZE / zoom, LIGHT.text)
    head += _wrap(subtitle, width, POSTER_SUBTITLE_SIZE / zoom, LIGHT.muted)
    foot = [line for n in notes for line in _wrap(n, width, POSTER_NOTE_SIZE / zoom, LIGHT.muted)]
    rows = [line for text in left_labels(figure) for line in text.split("<br>")]
    return _Frame(
        zoom,
        width,
        height,
        label,
        left=2 * POSTER_PADDING + max(map(len, rows), default=4) * label * POSTER_LETTER_WIDTH,
        top=POSTER_PADDING + _height(head) + _top_axis_height(figure, label),
        bottom=POSTER_PADDING + _height(foot),
        below=_legend_height(figure, width, label) + BOTTOM_AXIS_HEIGHT,
        head=head,
        foot=foot,
    )


def _wrap(text: str, width: float, size: float, colour: str) -> list[_Line]:
    letters = max(20, int((width - 2 * POSTER_PADDING) / (size * POSTER_LETTER_WIDTH)))
    return [_Line(line, size, colour) for line in textwrap.wrap(text, letters)]


def _height(lines: list[_Line]) -> float:
    return sum(line.size * POSTER_LINE_HEIGHT for line in lines)


def _top_axis_height(figure: go.Figure, label: float) -> float:
    """Return the height of an axis at the top, or of the headings of panels."""
    height = 3 * label
    for axis in figure.select_xaxes(selector={"side": "top"}):
        letters = max((len(str(text)) for text in axis.ticktext or ()), default=0)
        slanted = letters * label * POSTER_LETTER_WIDTH * 0.75 if axis.tickangle else 0
        height = max(height, 2.3 * label + max(slanted, 3 * label))
    return height


def _legend_height(figure: go.Figure, width: float, label: float) -> float:
    names = legend_names(figure)
    if not names:
        return 0
    entry = max(map(len, names)) * label * POSTER_LETTER_WIDTH + 50
    across = max(1, int((width - 2 * POSTER_PADDING) // entry))
    return label * (1 + 1.6 * -(-len(names) // across))


def _add_lines(poster: go.Figure, lines: list[_Line], y: int, shift: float, left: float) -> None:
    """Write lines downwards from this many pixels above ``y``, at the left edge."""
    place = dict(xref="paper", yref="paper", xanchor="left", yanchor="top", align="left", x=0, y=y)
    for line in lines:
        font = dict(size=line.size, color=line.colour)
        text, indent = escape(line.text), POSTER_PADDING - left
        poster.add_annotation(text=text, xshift=indent, yshift=shift, font=font, **place)
        shift -= line.size * POSTER_LINE_HEIGHT
