"""A figure as it is drawn on a narrow screen: shorter labels, fewer of them, taller rows."""

import textwrap

import plotly.graph_objects as go

from threats.charts.theme import ROW_HEIGHT

MAX_ROW_LABEL_CHARS = 18  # of a line of a label at the left
MAX_COLUMN_LABEL_CHARS = 24  # of a line of a label at the top
MAX_YEAR_TICKS = 5
MOBILE_FONT_SIZE = 11
MOBILE_LINE_HEIGHT = MOBILE_FONT_SIZE * 1.3  # pixels
# A chart with more columns than this is drawn wider than the screen and scrolls.
MAX_MOBILE_COLUMNS = 12


def for_mobile(figure: go.Figure) -> go.Figure:
    """Return a copy of a figure for a screen of about 390 pixels."""
    figure = go.Figure(figure)
    more = sum(_wrap_row_labels(axis) for axis in figure.select_yaxes())
    # A year is too narrow for a number here; the table and a touch on the cell tell it.
    by_year = any(_is_year_axis(axis) for axis in figure.select_xaxes())
    shown = dict(texttemplate=None, text=None) if by_year else dict(textfont_size=MOBILE_FONT_SIZE)
    figure.update_traces(shown, selector={"type": "heatmap"})
    for axis in figure.select_xaxes():
        _thin_ticks(axis)
    if not figure.layout.xaxis.visible and figure.layout.xaxis.visible is not None:
        # Tiles are higher than wide here.
        figure.update_traces(textangle=-90, textfont=dict(size=MOBILE_FONT_SIZE))
    figure.update_layout(
        height=(figure.layout.height or 450) + more,
        margin=dict(l=0, r=4),
        font=dict(size=MOBILE_FONT_SIZE + 1),
        legend=dict(font=dict(size=MOBILE_FONT_SIZE + 1)),
    )
    return figure


def has_many_columns(figure: go.Figure) -> bool:
    """Return whether a figure has more columns than a narrow screen has room for."""
    return any(
        axis.tickangle and len(axis.ticktext or ()) > MAX_MOBILE_COLUMNS
        for axis in figure.select_xaxes()
    )


def _wrap_row_labels(axis) -> float:
    """Wrap the labels at the left; return by how much the rows have to be higher for that, in
    pixels."""
    axis.update(tickfont=dict(size=MOBILE_FONT_SIZE))
    if axis.ticktext:
        labels = list(axis.ticktext)
        axis.ticktext = [_wrap_label(label) for label in labels]
    elif axis.categoryarray is not None:
        labels = list(axis.categoryarray)
        axis.update(
            tickmode="array", tickvals=labels, ticktext=[_wrap_label(one) for one in labels]
        )
    else:
        return 0
    most = max((text.count("<br>") + 1 for text in axis.ticktext), default=1)
    return len(axis.ticktext) * max(0, most * MOBILE_LINE_HEIGHT + 3 - ROW_HEIGHT)


def _wrap_label(label: str, max_chars: int = MAX_ROW_LABEL_CHARS) -> str:
    # What has lines or marks of its own keeps them.
    return label if "<" in label else "<br>".join(textwrap.wrap(label, max_chars))


def _is_year_axis(axis) -> bool:
    return bool(axis.ticktext) and all(str(text).isdigit() for text in axis.ticktext)


def _thin_ticks(axis) -> None:
    axis.update(tickfont=dict(size=MOBILE_FONT_SIZE))
    if axis.tickangle == -45:
        axis.update(
            tickangle=-90,
            ticktext=[_wrap_label(text, MAX_COLUMN_LABEL_CHARS) for text in axis.ticktext],
        )
    elif _is_year_axis(axis):
        values, step = list(axis.tickvals), -(-len(axis.tickvals) // MAX_YEAR_TICKS)
        kept = values[::-1][::step][::-1]
        axis.update(tickvals=kept, ticktext=[str(value) for value in kept], tickangle=0)
    elif axis.side == "top" and axis.title.text:
        axis.update(title=dict(text="<br>".join(textwrap.wrap(axis.title.text, 30))), nticks=5)
