"""Charts of the page Agenda vs. data: panels on one time axis, each with an axis of its own."""

import datetime as dt
import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.theme import LIGHT, Theme, plotly_template, with_alpha
from threats.charts.time_axis import add_emergency_band, period_positions, with_meeting_counts
from threats.charts.traces import YEAR_HOVER, area_marker, escape_arguments, unknown_marker
from threats.stats.drilldown import Drilldown

INDICATOR_ROW = 2  # the row of the measured figure, under attention
FORMAT_STYLES = {
    "in_person": ("in person", 0),
    "hybrid": ("hybrid", 4),
    "online": ("online", 1),
    "unknown": ("form not told", 5),
}


@escape_arguments
def draw_attention_and_indicator(
    attention: pd.DataFrame,
    indicator: pd.DataFrame,
    totals: pd.DataFrame,
    unit: str,
    place: str,
    emergency: tuple[dt.date, dt.date],
    theme: Theme = LIGHT,
) -> go.Figure:
    """Return attention to one threat as ``attention_lines`` draws it, and under it on the same time
    axis the measured figure, over the strip of meetings a year.

    ``measured`` has ``period``, ``value`` (empty: a gap) and ``words``; ``unit`` stands on its axis
    and ``place`` in its heading.
    """
    # What is text is so already.
    figure = draw_attention_lines.__wrapped__(
        attention, totals, "share", emergency, theme, empty_panels=1
    )
    figure.update_yaxes(title=dict(text="share of meetings", standoff=8), row=1, col=1)
    _add_indicator_line(figure, indicator, "measured", theme, INDICATOR_ROW)
    _add_panel_heading(figure, f"<b>Measured</b>, {place}", INDICATOR_ROW)
    _set_indicator_range(figure, indicator["value"], unit, INDICATOR_ROW)
    return figure


@escape_arguments
def draw_travel_and_meetings(
    table: pd.DataFrame, unit: str, emergency: tuple[dt.date, dt.date], theme: Theme = LIGHT
) -> go.Figure:
    """Return by month the level of travel rules, meetings by form, and meetings that had the
    pandemic on the agenda out of those with a known agenda, one panel under the other.

    ``table`` has ``period``, ``value``, ``words``, a column for each of ``FORMS``, ``on_agenda``
    and ``meetings``.
    """
    height = 620
    figure = make_subplots(rows=3, cols=1, shared_xaxes=True, vertical_spacing=40 / height)
    figure.update_layout(
        template=plotly_template(theme),
        height=height,
        barmode="stack",
        legend=dict(y=-70 / height, traceorder="normal"),
    )
    x = period_positions(table["period"])
    _add_indicator_line(figure, table, "travel rules", theme, 1)
    look = dict(unselected=dict(marker=dict(opacity=1)), x=x, showlegend=True)
    for form, (name, number) in FORMAT_STYLES.items():
        figure.add_trace(
            go.Bar(
                y=table[form],
                name=name,
                marker=unknown_marker(theme) if form == "unknown" else area_marker(theme, number),
                customdata=_click_data(table, [f"{name}: {n}" for n in table[form]]),
                hovertemplate=_PERIOD_HOVER,
                **look,
            ),
            row=2,
            col=1,
        )
    rest = table["meetings"] - table["on_agenda"]
    texts = [
        f"{on} of {n} with a known agenda" for on, n in table[["on_agenda", "meetings"]].values
    ]
    for name, heights, colour in (
        ("pandemic on the agenda", table["on_agenda"], theme.colours[3]),
        ("pandemic not on the known agenda", rest, theme.zero),
    ):
        figure.add_trace(
            go.Bar(
                y=heights,
                name=name,
                marker=dict(color=colour, line=dict(color=theme.muted, width=1)),
                customdata=_click_data(table, texts),
                hovertemplate=_PERIOD_HOVER,
                **look,
            ),
            row=3,
            col=1,
        )
    _add_panel_heading(figure, "<b>Travel rules</b>", 1)
    _add_panel_heading(figure, "<b>Meetings by form</b>", 2)
    _add_panel_heading(figure, "<b>Meetings with a known agenda</b>", 3)
    figure.update_yaxes(range=[0, 4.2], dtick=1, title=dict(text=unit), row=1, col=1)
    for row, most in (
        (2, table[list(FORMAT_STYLES)].sum(axis=1).max()),
        (3, table["meetings"].max()),
    ):
        axis = dict(range=[0, most * 1.1 + 0.5], dtick=max(1, most // 3))
        figure.update_yaxes(title=dict(text="meetings"), **axis, row=row, col=1)
    first, last = int(table["period"].iloc[0][:4]), int(table["period"].iloc[-1][:4])
    quarters = [f"{year}-{month}" for year in range(first, last + 1) for month in ("01", "07")]
    figure.update_xaxes(
        range=[first - 0.55, last + 0.55],
        showgrid=False,
        showticklabels=False,
        tickvals=period_positions(pd.Series(quarters)).tolist(),
        ticktext=[f"{'Jan' if q.endswith('01') else 'Jul'}<br>{q[:4]}" for q in quarters],
    )
    figure.update_xaxes(showticklabels=True, row=3, col=1)
    for row in (1, 2, 3):
        add_emergency_band(figure, emergency, (first, last), theme, row, label=row == 1)
    return figure


_PERIOD_HOVER = "<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>"


def _click_data(table: pd.DataFrame, texts) -> list[tuple]:
    """Return for each row what a click asks for, the period and the words."""
    periods = zip(table["period"], texts, strict=True)
    return [(Drilldown(year=int(period[:4])).encode(), period, text) for period, text in periods]


def _add_indicator_line(
    figure: go.Figure, table: pd.DataFrame, name: str, theme: Theme, row: int
) -> None:
    """Draw a measured figure; a period without one is a gap."""
    monthly = table["period"].str.len().gt(4).any()
    figure.add_trace(
        go.Scatter(
            x=period_positions(table["period"]),
            y=table["value"],
            mode="lines+markers",
            name=name,
            line=dict(color=theme.colours[1], width=2.5),
            marker=dict(size=4 if monthly else 8, symbol="square", color=theme.colours[1]),
            connectgaps=False,
            cliponaxis=False,
            showlegend=False,
            customdata=_click_data(table, table["words"]),
            hovertemplate=_PERIOD_HOVER,
            unselected=dict(marker=dict(opacity=1)),
        ),
        row=row,
        col=1,
    )


def _add_panel_heading(figure: go.Figure, text: str, row: int) -> None:
    figure.add_annotation(
        text=text,
        x=0,
        xref="x domain",
        xanchor="left",
        y=1,
        yref="y domain",
        yanchor="bottom",
        showarrow=False,
        row=row,
        col=1,
    )


def _set_indicator_range(figure: go.Figure, values: pd.Series, unit: str, row: int) -> None:
    """Set the axis of a measured figure: from zero where nothing is below it."""
    low, high = min(0.0, values.min()), max(0.0, values.max())
    room = 0.08 * ((high - low) or 1)
    figure.update_yaxes(
        range=[low - room if low < 0 else 0, high + room],
        ticksuffix="",
        nticks=5,
        rangemode="normal",
        title=dict(text="<br>".join(textwrap.wrap(unit, 20)), standoff=8),
        row=row,
        col=1,
    )


@escape_arguments
def draw_attention_lines(
    table: pd.DataFrame,
    totals: pd.DataFrame,
    measure: str,
    emergency: tuple[dt.date, dt.date],
    theme: Theme = LIGHT,
    empty_panels: int = 0,
) -> go.Figure:
    """Return one panel a threat over a common time axis, with 95% intervals where the measure is
    a share, over a strip of the number of meetings a year. Columns as in ``attention_heatmap``,
    with ``low`` and ``high`` beside. A year without a known agenda breaks the line. ``empty_panels`` panels
    are left empty between these and the strip.
    """
    threats = list(dict.fromkeys(table["threat"]))
    panels = len(threats) + empty_panels
    figure = with_meeting_counts(
        totals, emergency, 150 * panels, theme, has_cells=False, panels=panels
    )
    for row, threat in enumerate(threats, start=1):
        rows = table[table["threat"] == threat]
        counted = rows["status"] == "counted"
        if measure == "share":
            values = rows["share"] * 100
            for part in _consecutive_years(rows[counted]):
                # A third of a year on either side gives a lone year an interval to see.
                years = [part["year"].iloc[0] - 0.3, *part["year"], part["year"].iloc[-1] + 0.3]
                low, high = (
                    [v[0], *v, v[-1]] for v in (part["low"].tolist(), part["high"].tolist())
                )
                figure.add_trace(
                    go.Scatter(
                        x=years + years[::-1],
                        y=[value * 100 for value in high + low[::-1]],
                        fill="toself",
                        fillcolor=with_alpha(theme.colours[0], 0.18),
                        line=dict(width=1, color=theme.shades[2]),
                        mode="lines",
                        hoverinfo="skip",
                        name="95% interval",
                        legendgroup="interval",
                        showlegend="95% interval" not in {trace.name for trace in figure.data},
                    ),
                    row=row,
                    col=1,
                )
        else:
            values = rows["on_agenda"].astype(float)
        figure.add_trace(
            go.Scatter(
                x=rows["year"],
                y=values.where(counted),
                mode="lines+markers",
                name=threat,
                line=dict(color=theme.colours[0], width=2.5),
                showlegend=False,
                marker=dict(size=8, color=theme.colours[0]),
                connectgaps=False,
                cliponaxis=False,
                customdata=rows[["mark", "year", "words"]],
                hovertemplate=f"<b>{threat}, {YEAR_HOVER}",
                unselected=dict(marker=dict(opacity=1)),
            ),
            row=row,
            col=1,
        )
        figure.add_annotation(
            text=f"<b>{threat}</b>",
            x=0,
            xref="x domain",
            y=1,
            yref="y domain",
            yanchor="bottom",
            xanchor="left",
            showarrow=False,
            row=row,
            col=1,
        )
    top = (
        table.loc[table["status"] == "counted", "high"].max() * 100
        if measure == "share"
        else table["on_agenda"].max()
    )
    figure.update_yaxes(
        range=[0, min(103, top * 1.05) if measure == "share" else top * 1.1 + 0.5],
        ticksuffix="%" if measure == "share" else "",
        nticks=5,
        rangemode="tozero",
    )
    figure.update_yaxes(
        range=[0, totals["meetings"].max() * 1.35 + 1],
        ticksuffix="",
        nticks=3,
        row=panels + 1,
        col=1,
    )
    return figure


def _consecutive_years(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the stretches of years without a gap."""
    groups = (rows["year"].diff() != 1).cumsum()
    return [part for _, part in rows.groupby(groups)]
