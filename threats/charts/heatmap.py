"""Heatmaps: threat or response × year, region × year."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.axes import new_figure, set_category_rows
from threats.charts.cells import CellNumber, cell_number_traces, cells, classify, hatching
from threats.charts.theme import LIGHT, ROW_HEIGHT, Theme, contrast_colour
from threats.charts.time_axis import EmergencyDates, set_year_axis, with_meeting_counts, year_span
from threats.charts.traces import click_and_hover
from threats.text import chart_labels
from threats.text.chart_labels import class_labels
from threats.text.translate import _

# Upper ends of the classes, for shares in percent and for counts.
_ATTENTION_CLASSES: dict[str, tuple[float, ...]] = {
    "share": (0, 10, 20, 35, 50, 100),
    "count": (0, 1, 2, 4, 8, float("inf")),
}
_MEETING_COUNT_CLASSES = (0, 1, 3, 6, 10, float("inf"))
_ZERO_SIGN = "·"  # marks a zero for readers who cannot see the pale shade
_HOVER_TITLE = "%{y}, %{customdata[1]}"


def draw_region_year_heatmap(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return region × year with the number of meetings found in each cell.

    A cell without a meeting is hatched, as that is not a zero. ``table`` has ``label``, ``year``,
    ``meetings``, ``mark`` and ``words``, with regions in the order from top to bottom.
    """
    labels = list(dict.fromkeys(table["label"]))
    height = (ROW_HEIGHT + 5) * len(labels) + 120
    figure = new_figure(theme, height, barmode="overlay", uniformtext=dict(mode="hide", minsize=9))
    classes = [_(chart_labels.NO_MEETING), *class_labels("count", _MEETING_COUNT_CLASSES)[1:]]
    kind = classify(table["meetings"], _MEETING_COUNT_CLASSES, classes)
    fills = dict(zip([*classes[1:], classes[0]], (*theme.shades, theme.page), strict=True))
    for name, colour in fills.items():
        rows = table[kind == name]
        pattern = hatching(theme, solidity=0.15) if colour == theme.page else {}
        trace = cells(
            name,
            rows["year"],
            rows["label"],
            dict(color=colour, pattern=pattern),
            text=rows["meetings"].where(rows["meetings"] > 0, ""),
            textposition="inside",
            textfont=dict(color=contrast_colour(colour)),
            **click_and_hover(rows, _HOVER_TITLE, "year", "words"),
        )
        figure.add_trace(trace)
    set_year_axis(figure, year_span(table["year"]))
    set_category_rows(figure, labels, showgrid=False)
    return figure.update_layout(legend=dict(y=-55 / height))


def draw_expected_meetings(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return yearly series × year: what is known of each year, hatched if a meeting is expected and
    none is known.

    ``table`` has ``label``, ``year``, ``status``, ``meetings``, ``mark`` and ``words``, with series
    in the order from top to bottom. Years without an expected meeting are blank.
    """
    labels = list(dict.fromkeys(table["label"]))
    height = (ROW_HEIGHT + 5) * len(labels) + 120
    figure = new_figure(theme, height, barmode="overlay")
    fills = {"read": theme.shades[3], "not_read": theme.shades[0], "missing": theme.page}
    for status, colour in fills.items():
        rows = table[table["status"] == status]
        pattern = hatching(theme) if status == "missing" else {}
        trace = cells(
            _(chart_labels.EXPECTED_LABELS[status]),
            rows["year"],
            rows["label"],
            dict(color=colour, pattern=pattern),
            text=rows["meetings"].where(rows["meetings"] > 0, ""),
            textposition="inside",
            textfont=dict(color=contrast_colour(colour)),
            **click_and_hover(rows, _HOVER_TITLE, "year", "words"),
        )
        figure.add_trace(trace)
    set_year_axis(figure, year_span(table["year"]))
    set_category_rows(figure, labels, showgrid=False)
    return figure.update_layout(legend=dict(y=-55 / height))


def draw_attention_heatmap(
    table: pd.DataFrame,
    totals: pd.DataFrame,
    measure: str,
    emergency: EmergencyDates,
    highlight: tuple[str, int] | None = None,
    theme: Theme = LIGHT,
    role: str = "agenda",
) -> go.Figure:
    """Return threat × year as cells, over bars of the number of meetings a year.

    ``table`` has ``threat``, ``threat_id``, ``year``, ``on_agenda``, ``share``, ``status``,
    ``mark`` and ``words``, with threats in the order from top to bottom; ``totals`` has ``year``,
    ``meetings`` and ``known``. ``measure`` is ``share``, ``count`` or ``mix``, which takes
    ``mix_share`` (empty if there is no estimate). ``highlight`` outlines a cell. A zero is a pale
    cell, a year without a read agenda is hatched, a year without a meeting is blank. ``role`` says
    what counts as attention.
    """
    threats = list(dict.fromkeys(table["threat"]))
    figure = with_meeting_counts(totals, emergency, ROW_HEIGHT * len(threats), theme, True)
    for trace in _attention_cells(table, measure, theme, role):
        figure.add_trace(trace, row=1, col=1)
    set_category_rows(figure, threats, showgrid=False, range=None, row=1, col=1)
    chosen = table[table["threat_id"] == highlight[0]] if highlight else table[:0]
    if highlight and len(chosen):
        row, year = threats.index(chosen["threat"].iloc[0]), highlight[1]
        corners = dict(x0=year - 0.5, x1=year + 0.5, y0=row - 0.48, y1=row + 0.48)
        line = dict(color=theme.colours[1], width=3)
        figure.add_shape(type="rect", line=line, **corners, row=1, col=1)
    return figure


def _attention_cells(
    table: pd.DataFrame, measure: str, theme: Theme, role: str
) -> list[go.Bar | go.Scatter]:
    """Return the cells of the classes, of zeros and of agendas not read, and their numbers."""
    not_read, too_few = _(chart_labels.AGENDA_NOT_READ), _(chart_labels.TOO_FEW_LABEL)
    unit = "count" if measure == "count" else "share"
    upper_ends = _ATTENTION_CLASSES[unit]
    absent = too_few if measure == "mix" else _(chart_labels.ABSENT_LABELS[role])
    classes = [absent, *class_labels(unit, upper_ends)[1:]]
    values = {"share": "share", "mix": "mix_share"}
    value = table["on_agenda"] if measure == "count" else table[values[measure]] * 100
    if measure == "mix":
        value = value.fillna(0)
    kind = classify(value, upper_ends, classes).where(table["status"] == "counted", "")
    kind = kind.mask(table["status"] == "not_read", not_read)
    fills = dict(zip(classes, (theme.zero, *theme.shades), strict=True))
    if not_read in set(kind):
        fills[not_read] = theme.page
    traces, numbers = [], []
    for rank, (name, colour) in enumerate(fills.items(), start=1):
        rows = table[kind == name]
        marker = dict(color=colour, pattern=hatching(theme) if name == not_read else {})
        hover = click_and_hover(rows, _HOVER_TITLE, "year", "words")
        traces.append(cells(name, rows["year"], rows["threat"], marker, legendrank=rank, **hover))
        texts = rows["on_agenda"].where(rows["on_agenda"] > 0, _ZERO_SIGN)
        if name != not_read:
            places = zip(rows["year"], rows["threat"], texts, strict=True)
            numbers += [CellNumber(*place, colour) for place in places]
    return [*traces, *cell_number_traces(numbers)]
