"""Heatmaps: threat or response × year, region × year."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.axes import new_figure, set_category_rows
from threats.charts.cells import add_cells, classify
from threats.charts.theme import LIGHT, ROW_HEIGHT, Theme
from threats.charts.time_axis import EmergencyDates, set_year_axis, with_meeting_counts, year_span
from threats.stats.trends import MIN_MEETINGS
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


def draw_region_year_heatmap(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return region × year with the number of meetings found in each cell.

    A cell without a meeting is hatched, as that is not a zero. ``table`` has ``label``, ``year``,
    ``meetings``, ``mark`` and ``words``, with regions in the order from top to bottom.
    """
    classes = [_(chart_labels.NO_MEETING), *class_labels("count", _MEETING_COUNT_CLASSES)[1:]]
    kind = classify(table["meetings"], _MEETING_COUNT_CLASSES, classes)
    fills = dict(zip(classes[1:], theme.shades, strict=True))
    return _draw_year_cells(table.assign(kind=kind), fills, classes[0], theme)


def draw_expected_meetings(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return yearly series × year: what is known of each year, hatched if a meeting is expected and
    none is known.

    ``table`` has ``label``, ``year``, ``status``, ``meetings``, ``mark`` and ``words``, with series
    in the order from top to bottom. Years without an expected meeting are blank.
    """
    names = {key: _(label) for key, label in chart_labels.EXPECTED_LABELS.items()}
    fills = {names["read"]: theme.shades[3], names["not_read"]: theme.shades[0]}
    table = table.assign(kind=table["status"].map(names))
    return _draw_year_cells(table, fills, names["missing"], theme)


def _draw_year_cells(
    table: pd.DataFrame, fills: dict[str, str], unknown: str, theme: Theme
) -> go.Figure:
    """Return ``label`` × ``year`` with the number of meetings in each cell; cells of the class
    ``unknown`` are hatched."""
    labels = list(dict.fromkeys(table["label"]))
    height = (ROW_HEIGHT + 5) * len(labels) + 120
    figure = new_figure(theme, height, barmode="overlay", legend=dict(y=-55 / height))
    cells = table.assign(
        x=table["year"],
        y=table["label"],
        heading=table["year"],
        text=table["meetings"].astype(str).mask(table["meetings"] == 0, ""),
    )
    add_cells(figure, cells, fills, theme, unknown)
    set_year_axis(figure, year_span(table["year"]))
    set_category_rows(figure, labels, showgrid=False)
    return figure


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
    _add_attention_cells(figure, table, measure, theme, role)
    set_category_rows(figure, threats, showgrid=False, range=None, row=1, col=1)
    chosen = table[table["threat_id"] == highlight[0]] if highlight else table[:0]
    if highlight and len(chosen):
        row, year = threats.index(chosen["threat"].iloc[0]), highlight[1]
        corners = dict(x0=year - 0.5, x1=year + 0.5, y0=row - 0.48, y1=row + 0.48)
        line = dict(color=theme.colours[1], width=3)
        figure.add_shape(type="rect", line=line, **corners, row=1, col=1)
    return figure


def _add_attention_cells(
    figure: go.Figure, table: pd.DataFrame, measure: str, theme: Theme, role: str
) -> None:
    """Draw the cells of the classes, of zeros and of agendas not read."""
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
    few = _(chart_labels.TOO_FEW_LABEL)
    if measure == "share":
        # A share of one to four meetings keeps its number, but has no colour of a share.
        thin = table["meetings"].between(1, MIN_MEETINGS - 1) & (table["on_agenda"] > 0)
        kind = kind.mask(thin, few)
    cells = table.assign(
        x=table["year"],
        heading=table["year"],
        y=table["threat"],
        kind=kind.mask(table["status"] == "not_read", not_read),
        text=table["on_agenda"].astype(str).mask(table["on_agenda"] == 0, _ZERO_SIGN),
    )
    fills = dict(zip(classes, (theme.zero, *theme.shades), strict=True))
    if measure == "share":
        fills[few] = theme.page
    add_cells(figure, cells, fills, theme, not_read)
