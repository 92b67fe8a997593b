"""A figure as an image that is complete in itself: title above, notes and source below."""

import math
import textwrap
from typing import NamedTuple

import plotly.graph_objects as go

from threats.charts.margins import left_labels, legend_names
from threats.charts.rows import first_rows, row_height, row_labels
from threats.charts.theme import FONT_SIZE, LIGHT
from threats.charts.traces import escape
from threats.text.chart_labels import rows_shown_phrase

POSTER_PADDING = 24
# Mean width of a letter as a share of the font size, in the widest font that replaces a missing
# one (DejaVu Sans), so that no line is cut off.
POSTER_LETTER_WIDTH = 0.6
POSTER_LINE_HEIGHT = 1.35
MIN_SLIDE_ROWS = 6
BOTTOM_AXIS_HEIGHT = 48  # ticks and title of the lowest axis


class PosterStyle(NamedTuple):
    """Sizes of title, subtitle and notes in pixels, how many lines each may have, how much larger
    than on the page the figure may be, its least width, and whether of many rows only the first
    are shown."""

    sizes: tuple[float, float, float]
    lines: tuple[int | None, int | None, int | None]
    zooms: tuple[float, ...]
    min_width: int
    short_side: int  # of the image that the sizes are for; 0 if they are for any
    first_rows: bool


_ZOOMS = (1.25, 1.1, 1, 0.9, 0.8, 0.7, 0.62, 0.55)
# With all rows and notes, to print or to zoom in.
COMPLETE = PosterStyle((26, 16, 12), (None, None, None), _ZOOMS, 560, 0, False)
# To be read from the back of a room: letters have 24 of 900 pixels if the figure allows it.
SLIDE = PosterStyle((38, 24, 24), (3, 3, 2), (1.72, 1.5, *_ZOOMS), 480, 900, True)


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

    @property
    def most_height(self) -> float:
        """The height on the page of the highest figure for which there is place."""
        return (self.height - self.top - self.bottom - self.below + 60) / 0.85

    def fits(self, figure: go.Figure, min_width: float) -> bool:
        """Return whether the figure has about the height of the page, and enough width."""
        high = self.most_height >= (figure.layout.height or 450)
        return high and self.width - self.left >= min_width


def make_poster(
    figure: go.Figure,
    title: str,
    subtitle: str,
    notes: list[str],
    size: tuple[int, int],
    style: PosterStyle = COMPLETE,
) -> tuple[go.Figure, float]:
    """Return a copy of the figure with its title and subtitle above it and the notes, a paragraph
    each, below, all of them text also in an SVG; and the scale at which it has this size in pixels.

    A figure is at least as high as on the page, so that its rows and labels keep their space. If
    the image is smaller than that, the first rows are shown or the whole is scaled down.
    """
    words = title, subtitle, notes
    for zoom in style.zooms:
        frame, shown = _fit(figure, words, size, zoom * _unit(size, style), style)
        if frame.fits(shown, style.min_width):
            break
    poster = go.Figure(shown)
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
    for axis in poster.select_yaxes(
        lambda axis: axis.categoryarray is not None and not axis.ticktext
    ):
        # Every row has its label; by default plotly.js omits every other one.
        axis.update(tickmode="linear", tick0=0, dtick=1)
    _add_lines(poster, frame.head, 1, frame.top - POSTER_PADDING / 2, frame.left)
    _add_lines(poster, frame.foot, 0, -(frame.below + POSTER_PADDING / 2), frame.left)
    return poster, frame.zoom


def _fit(
    figure: go.Figure,
    words: tuple[str, str, list[str]],
    size: tuple[int, int],
    zoom: float,
    style: PosterStyle,
) -> tuple[_Frame, go.Figure]:
    """Return the frame at a zoom and the figure in it, with as many rows as there is place for; a
    subtitle says how many these are."""
    frame, total = _frame(figure, words, size, zoom, style), len(row_labels(figure))
    if not style.first_rows or total <= MIN_SLIDE_ROWS:
        return frame, figure
    over = (figure.layout.height or 450) - frame.most_height
    number = total - max(0, math.ceil(over / row_height(figure)))
    number = max(number, MIN_SLIDE_ROWS)
    title, subtitle, notes = words
    if number < total and subtitle:
        told = f"{rows_shown_phrase(number, total)}: {subtitle}"
        frame = _frame(figure, (title, told, notes), size, zoom, style)
    return frame, first_rows(figure, number)


def _frame(
    figure: go.Figure,
    words: tuple[str, str, list[str]],
    size: tuple[int, int],
    zoom: float,
    style: PosterStyle,
) -> _Frame:
    width, height = size[0] / zoom, size[1] / zoom
    unit = _unit(size, style)
    # Labels keep their size in the image as far as the rows of the figure leave space.
    label = FONT_SIZE * min(1.3, max(1.0, 0.9 * unit / zoom))
    titles, subtitles, small = (one * unit / zoom for one in style.sizes)
    most = style.lines
    head = _wrap(words[0], width, titles, LIGHT.text, most[0])
    head += _wrap(words[1], width, subtitles, LIGHT.muted, most[1])
    foot = [line for note in words[2] for line in _wrap(note, width, small, LIGHT.muted, most[2])]
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


def _unit(size: tuple[int, int], style: PosterStyle) -> float:
    """Return by how much an image is larger than the one that the sizes of a style are for."""
    return min(size) / style.short_side if style.short_side else 1


def _wrap(text: str, width: float, size: float, colour: str, most: int | None) -> list[_Line]:
    letters = max(20, int((width - 2 * POSTER_PADDING) / (size * POSTER_LETTER_WIDTH)))
    return [
        _Line(line, size, colour)
        for line in textwrap.wrap(text, letters, max_lines=most, placeholder=" …")
    ]


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
