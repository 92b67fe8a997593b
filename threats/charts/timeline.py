"""Timelines of precedents."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.axes import new_figure, set_numbered_rows
from threats.charts.theme import LIGHT, Theme
from threats.charts.time_axis import set_year_axis
from threats.charts.traces import bars, click_and_hover

PRECEDENT_BAR_HEIGHT, PRECEDENT_BAR_WIDTH = 0.36, 0.86  # of a row and of a year
PRECEDENT_PLACES = ("here", "elsewhere")


def draw_precedent_timeline(
    table: pd.DataFrame, place_names: dict[str, str], years: tuple[int, int], theme: Theme = LIGHT
) -> go.Figure:
    """Return for each threat a row of years with the number of meetings that had it on the agenda,
    filled in the chosen regions and, below, hollow elsewhere.

    ``table`` has ``threat``, ``year``, ``place`` (of ``PRECEDENT_PLACES``), ``meetings``, ``mark``,
    ``title`` and ``words``; ``place_names`` are the labels of the places.
    """
    threats = list(dict.fromkeys(table["threat"]))
    figure = new_figure(theme, 48 * len(threats) + 95, barmode="overlay")
    row = table["threat"].map({threat: -place for place, threat in enumerate(threats)})
    # Above and below the middle of the row; a single place is around it.
    below = 0.02 + PRECEDENT_BAR_HEIGHT if len(place_names) > 1 else PRECEDENT_BAR_HEIGHT / 2
    for place, name in place_names.items():
        rows, here = table[table["place"] == place], place == "here"
        offset = 0.02 if here and len(place_names) > 1 else -below
        colour = theme.colours[0] if here else theme.muted
        fill, ink = (colour, theme.page) if here else (theme.page, theme.text)
        trace = bars(
            name,
            rows["year"],
            [PRECEDENT_BAR_HEIGHT] * len(rows),
            base=row[rows.index].astype(float) + offset,
            width=PRECEDENT_BAR_WIDTH,
            text=rows["meetings"],
            textposition="inside",
            constraintext="none",
            textfont=dict(size=11, color=ink),
            marker=dict(color=fill, line=dict(color=colour, width=1.2)),
            **click_and_hover(rows, "%{customdata[1]}", "title", "words"),
        )
        figure.add_trace(trace)
    set_numbered_rows(figure, threats, edge=0.55)
    set_year_axis(figure, years, showgrid=True, zeroline=False)
    return figure.update_yaxes(showgrid=False)
