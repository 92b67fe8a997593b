"""A figure made into a picture that can stand alone: title above, notes and source below."""

import textwrap

import plotly.graph_objects as go

from threats.charts.margins import LABEL_FONT_SIZE, left_labels, legend_names
from threats.charts.theme import LIGHT
from threats.charts.traces import escape

POSTER_PADDING = 24
# Mean width of a letter by the size of the type, in the widest font that stands in for a missing
# one (DejaVu Sans), so that no line runs off the picture.
POSTER_LETTER_WIDTH = 0.6
POSTER_TITLE_SIZE, POSTER_SUBTITLE_SIZE, POSTER_NOTE_SIZE = 26, 16, 12
POSTER_ZOOM_LEVELS = (1.25, 1.1, 1, 0.9, 0.8, 0.7, 0.62, 0.55)
POSTER_LINE_HEIGHT = 1.35
MIN_PLOT_WIDTH = 560
BOTTOM_AXIS_HEIGHT = 48  # ticks and title of the lowest axis


def make_poster(
    figure: go.Figure,
    title: str,
    subtitle: str,
    notes: list[str],
    size: tuple[int, int],
) -> tuple[go.Figure, float]:
    """Return a copy of the figure with its title and subtitle above it and the notes, a paragraph
    each, below, all of them text also in an SVG; and the scale at which it has this size in pixels.

    A figure is laid out at least as high as on the page, so that its rows and labels keep their
    room, and made smaller as a whole where that is more than the picture has.
    """
    own = figure.layout.height or 450
    for zoom in POSTER_ZOOM_LEVELS:
        width, height = size[0] / zoom, size[1] / zoom
        # Text keeps its size in the picture as far as the rows of the figure leave it room.
        label = LABEL_FONT_SIZE * min(1.3, max(1.0, 0.9 / zoom))
        title_size, subtitle_size, small = (
            letters / zoom
            for letters in (POSTER_TITLE_SIZE, POSTER_SUBTITLE_SIZE, POSTER_NOTE_SIZE)
        )
        head = [(line, title_size) for line in _wrap_lines(title, width, title_size)]
        head += [(line, subtitle_size) for line in _wrap_lines(subtitle, width, subtitle_size)]
        foot = [line for note in notes for line in _wrap_lines(note, width, small)]
        top = (
            POSTER_PADDING
            + sum(letters * POSTER_LINE_HEIGHT for _, letters in head)
            + _height_above(figure, label)
        )
        bottom = POSTER_PADDING + len(foot) * small * POSTER_LINE_HEIGHT
        legend, left = _legend_height(figure, width, label), _label_width(figure, label)
        if (
            height - top - bottom - legend - BOTTOM_AXIS_HEIGHT >= 0.85 * own - 60
            and width - left >= MIN_PLOT_WIDTH
        ):
            break
    framed = go.Figure(figure)
    framed.update_layout(
        width=width,
        height=height,
        autosize=False,
        font=dict(size=label),
        margin=dict(
            l=left,
            r=max(POSTER_PADDING, figure.layout.margin.r or 0),
            t=top,
            b=bottom + legend + BOTTOM_AXIS_HEIGHT,
        ),
        legend=dict(
            yref="container", y=(bottom + 8) / height, yanchor="bottom", x=0, font=dict(size=label)
        ),
    )
    for axis in framed.select_yaxes(lambda axis: axis.categoryarray is not None):
        # Every row has its name, where plotly.js would leave out every other one.
        axis.update(tickmode="linear", tick0=0, dtick=1)
    place = dict(
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        x=0,
        xshift=POSTER_PADDING - left,
    )
    down = top - POSTER_PADDING / 2
    for line, letters in head:
        colour = LIGHT.text if letters == title_size else LIGHT.muted
        framed.add_annotation(
            text=line, y=1, yshift=down, font=dict(size=letters, color=colour), **place
        )
        down -= letters * POSTER_LINE_HEIGHT
    down = -(legend + BOTTOM_AXIS_HEIGHT + POSTER_PADDING / 2)
    for line in foot:
        framed.add_annotation(
            text=line, y=0, yshift=down, font=dict(size=small, color=LIGHT.muted), **place
        )
        down -= small * POSTER_LINE_HEIGHT
    return framed, zoom


def _wrap_lines(text: str, width: float, font_size: int) -> list[str]:
    """Return a text as lines that fit the width, as Plotly shows it."""
    most = max(20, int((width - 2 * POSTER_PADDING) / (font_size * POSTER_LETTER_WIDTH)))
    return [escape(line) for line in textwrap.wrap(text, most)]


def _label_width(figure: go.Figure, label: float) -> float:
    """Return the room that the labels at the left need, in pixels."""
    lines = [line for text in left_labels(figure) for line in text.split("<br>")]
    return 2 * POSTER_PADDING + max(map(len, lines), default=4) * label * POSTER_LETTER_WIDTH


def _height_above(figure: go.Figure, label: float) -> float:
    """Return the room that an axis at the top and labels of panels need, in pixels."""
    room = 3 * label
    for axis in figure.select_xaxes(selector={"side": "top"}):
        texts = [str(text) for text in axis.ticktext or ()]
        slanted = (
            max(map(len, texts), default=0) * label * POSTER_LETTER_WIDTH * 0.75
            if axis.tickangle
            else 0
        )
        room = max(room, 2.3 * label + max(slanted, 3 * label))
    return room


def _legend_height(figure: go.Figure, width: float, label: float) -> float:
    names = legend_names(figure)
    if not names:
        return 0
    longest = max(map(len, names)) * label * POSTER_LETTER_WIDTH + 50
    return label * (
        1 + 1.6 * -(-len(names) // max(1, int((width - 2 * POSTER_PADDING) // longest)))
    )
