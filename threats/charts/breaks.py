"""Breaks in the data, marked on the time axis of any chart."""

import textwrap
from collections.abc import Iterable
from typing import NamedTuple

import plotly.graph_objects as go

from threats.charts.look import DARK, LIGHT
from threats.charts.text import as_text

ROOM = 16  # pixels between the axis and its labels


class Break(NamedTuple):
    """A break to mark: its letter, the year from which it counts, and what it is in words."""

    letter: str
    year: int
    words: str


def mark_breaks(
    figure: go.Figure, marks: Iterable[Break], days: bool = False, dark: bool = False
) -> go.Figure:
    """Return the figure with a small sign and letter for each break between its last x-axis and
    the labels of that axis, which goes by years, or by ``days``. A pointer on it tells what it is.
    """
    signs: dict[int, list[Break]] = {}
    for mark in marks:
        signs.setdefault(mark.year, []).append(mark)
    if not signs:
        return figure
    tone = DARK if dark else LIGHT
    axis = list(figure.select_xaxes())[-1]
    number = axis.plotly_name.removeprefix("xaxis")
    above = axis.side == "top"
    # Ticks that nobody sees keep the labels away, at whatever angle a narrow screen sets them.
    axis.update(ticks="outside", ticklen=ROOM, tickcolor="rgba(0,0,0,0)")
    for year, here in signs.items():
        lines = [f"{mark.letter} {mark.words}" for mark in here]
        told = [as_text("\n".join(textwrap.wrap(line, 48))) for line in lines]
        figure.add_annotation(
            text=("▼" if above else "▲") + ",".join(mark.letter for mark in here),
            hovertext="<br>".join(told),
            hoverlabel=dict(bgcolor=tone["page"], bordercolor=tone["soft"]),
            x=f"{year}-01-01" if days else year,
            xref=f"x{number}",
            y=1 if above else 0,
            yref=f"y{number} domain",
            yanchor="bottom" if above else "top",
            showarrow=False,
            font=dict(color=tone["soft"], size=12),
            borderpad=0,
        )
    if not above:
        # The legend keeps to the foot, as nobody knows how high the labels are at their angle.
        figure.update_layout(legend=dict(yref="container", y=0, yanchor="bottom"))
    return figure
