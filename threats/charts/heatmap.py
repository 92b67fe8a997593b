"""Heatmaps: threat or response × year, region × year."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from threats.charts.axes import new_figure, set_category_rows
from threats.charts.cells import CellNumber, cell_number_traces, cells, classify, hatching
from threats.charts.theme import LIGHT, ROW_HEIGHT, Theme, contrast_colour
from threats.charts.time_axis import set_year_axis, with_meeting_counts
from threats.charts.traces import click_and_hover
from threats.text import chart_labels
from threats.text.chart_labels import count_labels, share_labels
from threats.text.translate import _

# Upper ends of the classes, for shares in percent and for counts.
ATTENTION_CLASSES: dict[str, tuple[float, ...]] = {
    "share": (10, 20, 35, 50, 100),
    "count": (1, 2, 4, 8, float("inf")),
}
_MEETING_COUNT_CLASSES = (1, 3, 6, 10, float("inf"))
_ZERO_SIGN = "·"  # marks a zero for readers who cannot see the pale shade


def draw_region_year_heatmap(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return region × year with the number of meetings found in each cell.

    A cell without a meeting is hatched, as that is not a zero. ``table`` has ``label``, ``year``,
    ``meetings``, ``mark`` and ``words``, with regions in the order from top to bottom.
    """
    labels = list(dict.fromkeys(table["label"]))
    height = (ROW_HEIGHT + 5) * len(labels) + 120
    figure = new_figure(theme, height, barmode="overlay", uniformtext=dict(mode="hide", minsize=9))
    none, classes = _(chart_labels.NO_MEETING), count_labels(_MEETING_COUNT_CLASSES)
    kind = classify(table["meetings"], (0, *_MEETING_COUNT_CLASSES), [none, *classes])
    fills = [*zip(classes, theme.shades, strict=True), (none, theme.page)]
    for name, colour in fills:
        rows = table[kind == name]
        pattern = hatching(theme, solidity=0.15) if name == none else {}
        figure.add_trace(
            cells(
                name,
                rows["year"],
                rows["label"],
                dict(color=colour, pattern=pattern),
                text=rows["meetings"].where(rows["meetings"] > 0, ""),
                textposition="inside",
                textfont=dict(color=contrast_colour(colour)),
                **click_and_hover(rows, "%{y}, %{customdata[1]}", "year", "words"),
            )
        )
    set_year_axis(figure, (int(table["year"].min()), int(table["year"].max())))
    set_category_rows(figure, labels, showgrid=False)
    figure.update_layout(legend=dict(y=-55 / height))
    return figure


def draw_attention_heatmap(
    table: pd.DataFrame,
    totals: pd.DataFrame,
    measure: str,
    emergency: tuple[dt.date, dt.date],
    highlight: tuple[str, int] | None = None,
    theme: Theme = LIGHT,
    role: str = "agenda",
) -> go.Figure:
    """Return threat × year as cells, over bars of the number of meetings a year.

    ``table`` has ``threat``, ``threat_id``, ``year``, ``on_agenda``, ``share``, ``status``,
    ``mark`` and ``words``, with threats in the order from top to bottom; ``totals`` has ``year``,
    ``meetings`` and ``known``. ``measure`` is ``share`` or ``count``. ``highlight`` outlines one
    cell. A zero is a pale cell, a year without a read agenda is hatched, a year without a meeting
    is blank. ``role`` says what counts as attention.
    """
    threats = list(dict.fromkeys(table["threat"]))
    figure = with_meeting_counts(totals, emergency, ROW_HEIGHT * len(threats), theme, True)
    absent, not_read = _(chart_labels.ABSENT_LABELS[role]), _(chart_labels.AGENDA_NOT_READ)
    upper_ends = ATTENTION_CLASSES[measure]
    classes = share_labels(upper_ends) if measure == "share" else count_labels(upper_ends)
    value = table["share"] * 100 if measure == "share" else table["on_agenda"]
    kind = classify(value, (0, *upper_ends), [absent, *classes])
    kind = kind.where(table["status"] == "counted", "").mask(
        table["status"] == "not_read", not_read
    )
    fills = dict(zip([absent, *classes], (theme.zero, *theme.shades), strict=True))
    if not_read in set(kind):
        fills[not_read] = theme.page
    numbers: list[CellNumber] = []
    for name, colour in fills.items():
        rows = table[kind == name]
        if name != not_read:
            numbers += _cell_numbers(rows, colour)
        hatched = hatching(theme) if name == not_read else {}
        trace = cells(
            name,
            rows["year"],
            rows["threat"],
            dict(color=colour, pattern=hatched),
            legendrank=len(figure.data),
            **click_and_hover(rows, "%{y}, %{customdata[1]}", "year", "words"),
        )
        figure.add_trace(trace, row=1, col=1)
    for trace in cell_number_traces(numbers):
        figure.add_trace(trace, row=1, col=1)
    set_category_rows(figure, threats, showgrid=False, range=None, row=1, col=1)
    own = table[table["threat_id"] == highlight[0]] if highlight else table[:0]
    if highlight and len(own):
        _outline_cell(figure, threats.index(own["threat"].iloc[0]), highlight[1], theme)
    return figure


def _cell_numbers(rows: pd.DataFrame, colour: str) -> list[CellNumber]:
    texts = rows["on_agenda"].where(rows["on_agenda"] > 0, _ZERO_SIGN)
    places = zip(rows["year"], rows["threat"], texts, strict=True)
    return [CellNumber(*place, colour) for place in places]


def _outline_cell(figure: go.Figure, row: int, year: int, theme: Theme) -> None:
    figure.add_shape(
        type="rect",
        x0=year - 0.5,
        x1=year + 0.5,
        y0=row - 0.48,
        y1=row + 0.48,
        line=dict(color=theme.colours[1], width=3),
        row=1,
        col=1,
    )
