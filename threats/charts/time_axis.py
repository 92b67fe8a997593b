"""Breaks in the data, marked on the time axis of any chart."""

import datetime as dt
import textwrap
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.theme import LIGHT, Theme, plotly_template, with_alpha
from threats.charts.traces import escape, unknown_marker
from threats.stats.drilldown import Drilldown
from threats.stats.trends import MIN_MEETINGS

BREAK_MARK_HEIGHT = 16  # pixels between the axis and its labels


class Break(NamedTuple):
    """A break to mark: its letter, the year from which it counts, and what it is in words."""

    letter: str
    year: int
    words: str


def mark_breaks(
    figure: go.Figure, breaks: Iterable[Break], by_day: bool = False, theme: Theme = LIGHT
) -> go.Figure:
    """Return the figure with a small sign and letter for each break between its last x-axis and
    the labels of that axis, which goes by years, or by ``days``. A pointer on it tells what it is.
    """
    signs: dict[int, list[Break]] = {}
    for mark in breaks:
        signs.setdefault(mark.year, []).append(mark)
    if not signs:
        return figure
    axis = list(figure.select_xaxes())[-1]
    number = axis.plotly_name.removeprefix("xaxis")
    above = axis.side == "top"
    # Ticks that nobody sees keep the labels away, at whatever angle a narrow screen sets them.
    axis.update(ticks="outside", ticklen=BREAK_MARK_HEIGHT, tickcolor=with_alpha(theme.page, 0))
    for year, here in signs.items():
        lines = [f"{mark.letter} {mark.words}" for mark in here]
        told = [escape("\n".join(textwrap.wrap(line, 48))) for line in lines]
        figure.add_annotation(
            text=("▼" if above else "▲") + ",".join(mark.letter for mark in here),
            hovertext="<br>".join(told),
            hoverlabel=dict(bgcolor=theme.page, bordercolor=theme.muted),
            x=f"{year}-01-01" if by_day else year,
            xref=f"x{number}",
            y=1 if above else 0,
            yref=f"y{number} domain",
            yanchor="bottom" if above else "top",
            showarrow=False,
            font=dict(color=theme.muted, size=12),
            borderpad=0,
        )
    if not above:
        # The legend keeps to the foot, as nobody knows how high the labels are at their angle.
        figure.update_layout(legend=dict(yref="container", y=0, yanchor="bottom"))
    return figure


def period_positions(periods: pd.Series) -> pd.Series:
    """Return where years, or years and months, lie on a time axis on which a year goes from half to
    half: a year at itself, a month at its middle."""
    year, month = periods.str[:4].astype(float), periods.str[5:7]
    return year.where(month == "", year - 0.5 + (pd.to_numeric(month) - 0.5) / 12)


def with_meeting_counts(
    totals: pd.DataFrame,
    emergency: tuple[dt.date, dt.date],
    height: int,
    theme: Theme,
    has_cells: bool,
    panels: int = 1,
) -> go.Figure:
    """Return a figure with panels above a strip of meetings a year, on one time axis."""
    whole = height + 190
    figure = make_subplots(
        rows=panels + 1,
        cols=1,
        shared_xaxes=True,
        row_heights=[height / panels] * panels + [78],
        vertical_spacing=32 / whole,
    )
    years = totals["year"]
    unread = totals["meetings"] - totals["known"]
    marks = [
        (
            Drilldown(year=year).encode(),
            f"{known} of {all_of} meetings with a known agenda"
            + ("; too few to tell a share" if 0 < known < MIN_MEETINGS else "")
            if all_of
            else "no meeting known",
        )
        for year, all_of, known in totals[["year", "meetings", "known"]].itertuples(index=False)
    ]
    strip = dict(
        x=years,
        customdata=marks,
        hovertemplate="<b>%{x}</b><br>%{customdata[1]}<extra></extra>",
        showlegend=False,
        unselected=dict(marker=dict(opacity=1)),
    )
    figure.add_trace(
        go.Bar(
            # A year of which no meeting is known has no bar, not one of height 0.
            y=totals["known"].where(totals["meetings"] > 0),
            name="agenda known",
            # A hollow bar: too few meetings for a share to tell anything.
            marker=dict(
                color=[theme.muted if n >= MIN_MEETINGS else theme.page for n in totals["known"]],
                line=dict(color=theme.muted, width=1),
            ),
            text=totals["known"].where(totals["known"] > 0, ""),
            textposition="outside",
            cliponaxis=False,
            **strip,
        ),
        row=panels + 1,
        col=1,
    )
    if unread.any():
        figure.add_trace(
            go.Bar(
                y=unread,
                base=totals["known"],
                name="agenda not read",
                marker=unknown_marker(theme),
                **strip,
            ),
            row=panels + 1,
            col=1,
        )
    first, last = years.min(), years.max()
    figure.update_layout(
        template=plotly_template(theme), height=whole, barmode="overlay", legend=dict(y=-70 / whole)
    )
    figure.update_xaxes(
        range=[first - 0.55, last + 0.55],
        showgrid=False,
        showticklabels=False,
        **year_ticks(first, last),
    )
    figure.update_xaxes(showticklabels=True, row=panels + 1, col=1)
    figure.update_yaxes(
        title=dict(text="meetings"),
        range=[0, totals["meetings"].max() * 1.35 + 1],
        nticks=3,
        row=panels + 1,
        col=1,
    )
    for row in range(1, panels + 1):
        add_emergency_band(
            figure, emergency, (first, last), theme, row, not has_cells, label=row == 1
        )
    return figure


def add_emergency_band(
    figure: go.Figure,
    emergency: tuple[dt.date, dt.date],
    span: tuple[int, int],
    theme: Theme,
    row: int = 1,
    filled: bool = True,
    label: bool = True,
) -> None:
    """Mark WHO's emergency on the time axis, where a year goes from half to half."""
    start, end = (day.year - 0.5 + day.timetuple().tm_yday / 366 for day in emergency)
    start, end = max(start, span[0] - 0.55), min(end, span[1] + 0.55)
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
            text="WHO emergency (COVID-19)",
            # Towards the middle of the chart, so that a narrow screen does not cut it off.
            x=end if late else start,
            xanchor="right" if late else "left",
            y=1,
            yanchor="bottom",
            yshift=2,
            showarrow=False,
            font=dict(color=theme.band, size=12),
            **place,
        )


def year_ticks(first: int, last: int) -> dict:
    """Return ticks on whole years, as many as fit."""
    step = 1 if last - first < 8 else 2
    start = first + (last - first) % step
    values = list(range(int(start), int(last) + 1, step))
    return {
        "tickmode": "array",
        "tickvals": values,
        "ticktext": [str(v) for v in values],
    }
