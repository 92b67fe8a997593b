"""A figure as an image that is complete in itself: title above, notes and source below."""

import textwrap
from dataclasses import dataclass

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


@dataclass(frozen=True)
class _Line:
    """A line of text on a poster."""

    text: str
    font_size: float
    colour: str

    @property
    def height(self) -> float:
        return self.font_size * POSTER_LINE_HEIGHT


@dataclass(frozen=True)
class _PosterLayout:
    """Where the parts of a poster are at one zoom, in pixels before the zoom."""

    figure: go.Figure
    size: tuple[int, int]
    zoom: float
    title: str
    subtitle: str
    notes: list[str]

    @property
    def width(self) -> float:
        return self.size[0] / self.zoom

    @property
    def height(self) -> float:
        return self.size[1] / self.zoom

    @property
    def label_size(self) -> float:
        # Text keeps its size in the image as far as the rows of the figure leave it space.
        return FONT_SIZE * min(1.3, max(1.0, 0.9 / self.zoom))

    @property
    def head(self) -> list[_Line]:
        title = self._wrap(self.title, POSTER_TITLE_SIZE, LIGHT.text)
        return title + self._wrap(self.subtitle, POSTER_SUBTITLE_SIZE, LIGHT.muted)

    @property
    def foot(self) -> list[_Line]:
        wrapped = [self._wrap(note, POSTER_NOTE_SIZE, LIGHT.muted) for note in self.notes]
        return [line for lines in wrapped for line in lines]

    def _wrap(self, text: str, font_size: int, colour: str) -> list[_Line]:
        size = font_size / self.zoom
        width = (self.width - 2 * POSTER_PADDING) / (size * POSTER_LETTER_WIDTH)
        return [_Line(line, size, colour) for line in textwrap.wrap(text, max(20, int(width)))]

    @property
    def top(self) -> float:
        lines = sum(line.height for line in self.head)
        return POSTER_PADDING + lines + self._top_axis_height

    @property
    def below_plot(self) -> float:
        """Height of the lowest axis and the legend."""
        return self._legend_height + BOTTOM_AXIS_HEIGHT

    @property
    def notes_height(self) -> float:
        return POSTER_PADDING + sum(line.height for line in self.foot)

    @property
    def left(self) -> float:
        lines = [line for text in left_labels(self.figure) for line in text.split("<br>")]
        letters = max(map(len, lines), default=4)
        return 2 * POSTER_PADDING + letters * self.label_size * POSTER_LETTER_WIDTH

    @property
    def fits(self) -> bool:
        """Whether the figure has about the height of the page, and enough width."""
        plot = self.height - self.top - self.notes_height - self.below_plot
        own = self.figure.layout.height or 450
        return plot >= 0.85 * own - 60 and self.width - self.left >= MIN_PLOT_WIDTH

    @property
    def _top_axis_height(self) -> float:
        """Height of an axis at the top, or of the headings of panels."""
        label = self.label_size
        height = 3 * label
        for axis in self.figure.select_xaxes(selector={"side": "top"}):
            letters = max((len(str(text)) for text in axis.ticktext or ()), default=0)
            slanted = letters * label * POSTER_LETTER_WIDTH * 0.75 if axis.tickangle else 0
            height = max(height, 2.3 * label + max(slanted, 3 * label))
        return height

    @property
    def _legend_height(self) -> float:
        names = legend_names(self.figure)
        if not names:
            return 0
        entry = max(map(len, names)) * self.label_size * POSTER_LETTER_WIDTH + 50
        entries = max(1, int((self.width - 2 * POSTER_PADDING) // entry))
        return self.label_size * (1 + 1.6 * -(-len(names) // entries))


def make_poster(
    figure: go.Figure,
    title: str,
    subtitle: str,
    notes: list[str],
    size: tuple[int, int],
) -> tuple[go.Figure, float]:
    """Return a copy of the figure with its title and subtitle above it and the notes, a paragraph
    each, below, all of them text also in an SVG; and the scale at which it has this size in pixels.

    A figure is at least as high as on the page, so that its rows and labels keep their space, and
    the whole is scaled down if the image is smaller than that.
    """
    layouts = [
        _PosterLayout(figure, size, zoom, title, subtitle, notes) for zoom in POSTER_ZOOM_LEVELS
    ]
    layout = next((one for one in layouts if one.fits), layouts[-1])
    poster = go.Figure(figure)
    label, bottom = layout.label_size, layout.notes_height
    right = max(POSTER_PADDING, figure.layout.margin.r or 0)
    poster.update_layout(
        width=layout.width,
        height=layout.height,
        autosize=False,
        font=dict(size=label),
        margin=dict(l=layout.left, r=right, t=layout.top, b=bottom + layout.below_plot),
        legend=dict(yref="container", yanchor="bottom", x=0, font=dict(size=label)),
    )
    poster.update_layout(legend_y=(bottom + 8) / layout.height)
    for axis in poster.select_yaxes(lambda axis: axis.categoryarray is not None):
        # Every row has its label; by default plotly.js omits every other one.
        axis.update(tickmode="linear", tick0=0, dtick=1)
    _add_lines(poster, layout.head, 1, layout.top - POSTER_PADDING / 2, layout.left)
    _add_lines(poster, layout.foot, 0, -(layout.below_plot + POSTER_PADDING / 2), layout.left)
    return poster, layout.zoom


def _add_lines(poster: go.Figure, lines: list[_Line], y: int, shift: float, left: float) -> None:
    """Write lines from the left edge downwards, starting this many pixels above ``y``."""
    for line in lines:
        poster.add_annotation(
            text=escape(line.text),
            x=0,
            y=y,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            align="left",
            xshift=POSTER_PADDING - left,
            yshift=shift,
            font=dict(size=line.font_size, color=line.colour),
        )
        shift -= line.height
