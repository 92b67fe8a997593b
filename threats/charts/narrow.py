"""A figure as it is drawn on a narrow screen: shorter labels, fewer of them, taller rows."""

import textwrap

import plotly.graph_objects as go

from threats.charts.look import NUMBERS, ROW_HEIGHT

LETTERS = 18  # of a line of a label at the left
ACROSS = 24  # of a line of a label at the top
MOST_YEARS = 5
LABEL = 11
LINE = LABEL * 1.3  # pixels
# A chart with more columns than this is drawn wider than the screen and scrolls.
MOST_COLUMNS = 12


def for_narrow_screen(figure: go.Figure) -> go.Figure:
    """Return a copy of a figure for a screen of about 390 pixels."""
    figure = go.Figure(figure)
    more = sum(_wrap_rows(axis) for axis in figure.select_yaxes())
    cells = [trace for trace in figure.data if str(trace.uid or "").startswith(NUMBERS)]
    if any(_is_years(axis) for axis in figure.select_xaxes()):
        # A year is too narrow for a number here; the table and a touch on the cell tell it.
        figure.data = [trace for trace in figure.data if trace not in cells]
    for trace in cells:
        trace.textfont.size = LABEL
    for axis in figure.select_xaxes():
        _fewer_ticks(axis)
    if not figure.layout.xaxis.visible and figure.layout.xaxis.visible is not None:
        # Tiles are higher than wide here.
        figure.update_traces(textangle=-90, textfont=dict(size=LABEL))
    figure.update_layout(
        height=(figure.layout.height or 450) + more,
        margin=dict(l=0, r=4),
        font=dict(size=LABEL + 1),
        legend=dict(font=dict(size=LABEL + 1)),
    )
    return figure


def has_many_columns(figure: go.Figure) -> bool:
    """Return whether a figure has more columns than a narrow screen has room for."""
    return any(
        axis.tickangle and len(axis.ticktext or ()) > MOST_COLUMNS for axis in figure.select_xaxes()
    )


def _wrap_rows(axis) -> float:
    """Wrap the labels at the left; return by how much the rows have to be higher for that, in
    pixels."""
    axis.update(tickfont=dict(size=LABEL))
    if axis.ticktext:
        labels = list(axis.ticktext)
        axis.ticktext = [_wrapped(label) for label in labels]
    elif axis.categoryarray is not None:
        labels = list(axis.categoryarray)
        axis.update(tickmode="array", tickvals=labels, ticktext=[_wrapped(one) for one in labels])
    else:
        return 0
    most = max((text.count("<br>") + 1 for text in axis.ticktext), default=1)
    return len(axis.ticktext) * max(0, most * LINE + 3 - ROW_HEIGHT)


def _wrapped(label: str, letters: int = LETTERS) -> str:
    # What has lines or marks of its own keeps them.
    return label if "<" in label else "<br>".join(textwrap.wrap(label, letters))


def _is_years(axis) -> bool:
    return bool(axis.ticktext) and all(str(text).isdigit() for text in axis.ticktext)


def _fewer_ticks(axis) -> None:
    axis.update(tickfont=dict(size=LABEL))
    if axis.tickangle == -45:
        axis.update(tickangle=-90, ticktext=[_wrapped(text, ACROSS) for text in axis.ticktext])
    elif _is_years(axis):
        values, step = list(axis.tickvals), -(-len(axis.tickvals) // MOST_YEARS)
        kept = values[::-1][::step][::-1]
        axis.update(tickvals=kept, ticktext=[str(value) for value in kept], tickangle=0)
    elif axis.side == "top" and axis.title.text:
        axis.update(title=dict(text="<br>".join(textwrap.wrap(axis.title.text, 30))), nticks=5)
