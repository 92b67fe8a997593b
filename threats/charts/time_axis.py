"""The time axis: years, breaks, the emergency, and bars of the meetings of each year."""

import datetime as dt
import textwrap
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.theme import LIGHT, SMALL_FONT_SIZE, Theme, plotly_template, with_alpha
from threats.charts.traces import bars, click_and_hover, escape, unknown_marker
from threats.stats.trends import MIN_MEETINGS
from threats.text import chart_labels
from threats.text.translate import _

BREAK_MARK_HEIGHT = 16  # pixels between the axis and its labels
_YEAR_PADDING = 0.55  # years on both sides of a time axis
_PANEL_GAP, _COUNTS_HEIGHT = 32, 78  # pixels
_HEIGHT_BESIDE_PANELS = 190  # pixels of the bars, axis and legend below the panels
EmergencyDates = tuple[dt.date, dt.date]


class Break(NamedTuple):
    """A break to mark: its letter, the year from which it counts, and its description."""

    letter: str
    year: int
    description: str


def mark_breaks(
    figure: go.Figure, breaks: Iterable[Break], by_day: bool = False, theme: Theme = LIGHT
) -> go.Figure:
    """Return the figure with a sign and letter for each break, between its last x-axis and the
    labels of that axis, which has years or, if ``by_day``, days. The hover describes the break."""
    years: dict[int, list[Break]] = {}
    for mark in breaks:
        years.setdefault(mark.year, []).append(mark)
    if not years:
        return figure
    axis = list(figure.select_xaxes())[-1]
    number = axis.plotly_name.removeprefix("xaxis")
    above = axis.side == "top"
    # Invisible ticks keep the labels away, at whatever angle a narrow screen sets them.
    ticks = dict(ticks="outside", ticklen=BREAK_MARK_HEIGHT, tickcolor=with_alpha(theme.page, 0))
    axis.update(**ticks)
    for year, marks in years.items():
        lines = [
            "\n".join(textwrap.wrap(f"{mark.letter} {mark.description}", 48)) for mark in marks
        ]
        figure.add_annotation(
            text=("▼" if above else "▲") + ",".join(mark.letter for mark in marks),
            hovertext=escape("\n".join(lines)),
            x=f"{year}-01-01" if by_day else year,
            xref=f"x{number}",
            y=1 if above else 0,
            yref=f"y{number} domain",
            yanchor="bottom" if above else "top",
            font=dict(color=theme.muted, size=SMALL_FONT_SIZE),
            borderpad=0,
        )
    if not above:
        # The legend is at the foot, as the height of the labels depends on their angle.
        figure.update_layout(legend=dict(yref="container", y=0, yanchor="bottom"))
    return figure


def period_positions(periods: pd.Series) -> pd.Series:
    """Return where years, or years and months, lie on a time axis on which a year goes from half to
    half: a year at itself, a month at its middle."""
    year, month = periods.str[:4].astype(float), periods.str[5:7]
    return year.where(month == "", year - 0.5 + (pd.to_numeric(month) - 0.5) / 12)


def year_ticks(span: tuple[int, int]) -> dict:
    """Return ticks on every year, or every second one of more than eight."""
    first, last = span
    step = 1 if last - first < 8 else 2
    values = list(range(first + (last - first) % step, last + 1, step))
    return dict(tickmode="array", tickvals=values, ticktext=[str(value) for value in values])


def set_year_axis(figure: go.Figure, span: tuple[int, int], **properties: Any) -> None:
    """Set the time axes of a figure to these years, without a grid."""
    settings = {"showgrid": False, **year_ticks(span), **properties}
    figure.update_xaxes(range=[span[0] - _YEAR_PADDING, span[1] + _YEAR_PADDING], **settings)


def year_span(years: pd.Series) -> tuple[int, int]:
    """Return the first and last year."""
    return int(years.min()), int(years.max())


def with_meeting_counts(
    totals: pd.DataFrame,
    emergency: EmergencyDates,
    height: int,
    theme: Theme,
    has_cells: bool,
    panels: int = 1,
) -> go.Figure:
    """Return a figure with empty panels above bars of the meetings of each year, on one time axis.

    ``totals`` has ``year``, ``meetings`` and ``known``; ``height`` is that of the panels in pixels.
    """
    whole = height + _HEIGHT_BESIDE_PANELS
    figure = make_subplots(
        rows=panels + 1,
        cols=1,
        shared_xaxes=True,
        row_heights=[height / panels] * panels + [_COUNTS_HEIGHT],
        vertical_spacing=_PANEL_GAP / whole,
    )
    for trace in _meeting_count_bars(totals, theme):
        figure.add_trace(trace, row=panels + 1, col=1)
    figure.update_layout(
        template=plotly_template(theme), height=whole, barmode="overlay", legend=dict(y=-70 / whole)
    )
    span = year_span(totals["year"])
    set_year_axis(figure, span, showticklabels=False)
    figure.update_xaxes(showticklabels=True, row=panels + 1, col=1)
    figure.update_yaxes(
        title=dict(text=_(chart_labels.MEETINGS_AXIS)),
        range=[0, totals["meetings"].max() * 1.35 + 1],
        nticks=3,
        row=panels + 1,
        col=1,
    )
    for row in range(1, panels + 1):
        add_emergency_band(figure, emergency, span, theme, row, not has_cells, label=row == 1)
    return figure


def _meeting_count_bars(totals: pd.DataFrame, theme: Theme) -> list[go.Bar]:
    """Return bars of the known agendas of each year, and above them of those not read."""
    known, unread = totals["known"], totals["meetings"] - totals["known"]
    rows = totals.assign(
        mark="year:" + totals["year"].astype(str),
        words=[
            chart_labels.known_agendas_label(n_known, n_meetings, 0 < n_known < MIN_MEETINGS)
            for n_known, n_meetings in zip(known, totals["meetings"], strict=True)
        ],
    )
    shared = {"showlegend": False, **click_and_hover(rows, "%{x}", "words")}
    # A hollow bar: too few meetings for a share to say anything.
    fill = [theme.muted if n >= MIN_MEETINGS else theme.page for n in known]
    read = bars(
        _(chart_labels.AGENDA_KNOWN),
        totals["year"],
        # A year without a meeting has no bar, not one of height 0.
        known.where(totals["meetings"] > 0),
        marker=dict(color=fill, line=dict(color=theme.muted, width=1)),
        text=known.where(known > 0, ""),
        textposition="outside",
        cliponaxis=False,
        **shared,
    )
    if not unread.any():
        return [read]
    name, marker = _(chart_labels.AGENDA_NOT_READ), unknown_marker(theme)
    return [read, bars(name, totals["year"], unread, base=known, marker=marker, **shared)]


def add_emergency_band(
    figure: go.Figure,
    emergency: EmergencyDates,
    span: tuple[int, int],
    theme: Theme,
    row: int = 1,
    filled: bool = True,
    label: bool = True,
) -> None:
    """Mark WHO's emergency on the time axis, where a year goes from half to half."""
    start, end = (day.year - 0.5 + day.timetuple().tm_yday / 366 for day in emergency)
    start, end = max(start, span[0] - _YEAR_PADDING), min(end, span[1] + _YEAR_PADDING)
    if start >= end:
        return
    number = "" if row == 1 else str(row)
    place = {"xref": f"x{number}", "yref": f"y{number} domain"}
    figure.add_shape(
        type="rect",
        x0=start,
        x1=end,
        y0=0,
        y1=1,
        line=dict(color=theme.band, width=1.5, dash="dot"),
        fillcolor=with_alpha(theme.band, 0.13 if filled else 0.0),
        layer="below" if filled else "above",
        **place,
    )
    if label:
        late = start + end > sum(span)
        figure.add_annotation(
            text=_(chart_labels.EMERGENCY_BAND),
            # Towards the middle of the chart, so that a narrow screen does not cut it off.
            x=end if late else start,
            xanchor="right" if late else "left",
            y=1,
            yanchor="bottom",
            yshift=2,
            font=dict(color=theme.band, size=SMALL_FONT_SIZE),
            **place,
        )
