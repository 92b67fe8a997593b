"""Panels on one time axis, each with one y-axis: lines by threat or region, and indicators."""

import textwrap
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.axes import add_panel_heading
from threats.charts.stacked_bars import format_marker
from threats.charts.theme import LIGHT, Theme, plotly_template, with_alpha
from threats.charts.time_axis import (
    EmergencyDates,
    add_emergency_band,
    period_positions,
    set_year_axis,
    with_meeting_counts,
    year_span,
)
from threats.charts.traces import (
    bars,
    click_and_hover,
    escape,
    line_with_gaps,
    outlined_marker,
    silent_points,
)
from threats.format import format_partial_date
from threats.stats.trends import MIN_MEETINGS
from threats.text import chart_labels
from threats.text.labels import MEETING_FORMAT_LABELS
from threats.text.translate import _

PANEL_HEIGHT = 150  # pixels
INDICATOR_ROW = 2  # below attention
_TRAVEL_HEIGHT = 620  # pixels
_TRAVEL_HEADINGS = (
    chart_labels.TRAVEL_RULES_HEADING,
    chart_labels.MEETING_FORMATS_HEADING,
    chart_labels.PANDEMIC_HEADING,
)


def draw_attention_lines(
    table: pd.DataFrame,
    totals: pd.DataFrame,
    measure: str,
    emergency: EmergencyDates,
    theme: Theme = LIGHT,
    empty_panels: int = 0,
) -> go.Figure:
    """Return a panel for each threat, with 95% intervals of shares, over bars of the number of
    meetings a year. A year without a known agenda breaks the line.

    Columns are as in ``draw_attention_heatmap``, with ``low`` and ``high``. ``empty_panels`` panels
    between the lines and the bars stay empty.
    """
    threats = list(dict.fromkeys(table["threat"]))
    panels, is_share = len(threats) + empty_panels, measure != "count"
    figure = with_meeting_counts(totals, emergency, PANEL_HEIGHT * panels, theme, False, panels)
    counted = table[table["status"] == "counted"]
    if measure == "mix":
        table, counted = _at_fixed_mix(table)
    elif is_share:
        # An interval of one to four meetings would span most of the axis.
        enough = counted["meetings"] >= MIN_MEETINGS
        counted = counted[enough] if enough.any() else counted
    highest = counted["high"].max() * 105 if is_share else table["on_agenda"].max() * 1.1 + 0.5
    axis = dict(range=[0, min(103, highest) if is_share else highest], nticks=5)
    for row, threat in enumerate(threats, start=1):
        if is_share:
            rows = counted[counted["threat"] == threat]
            label = _(chart_labels.BAND_LABEL if measure == "mix" else chart_labels.INTERVAL_LABEL)
            for trace in _interval_areas(rows, theme, row == 1, label):
                figure.add_trace(trace, row=row, col=1)
        if measure == "mix":
            raw = _raw_shares(table[table["threat"] == threat], theme, in_legend=row == 1)
            figure.add_trace(raw, row=row, col=1)
        line = _attention_line(table[table["threat"] == threat], is_share, theme)
        figure.add_trace(line, row=row, col=1)
        figure.update_yaxes(**axis, ticksuffix="%" if is_share else "", row=row, col=1)
        add_panel_heading(figure, threat, row)
    return figure


def _at_fixed_mix(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table with the figures at a fixed mix, and its rows with a band: also years
    without a meeting. The share of the year's own meetings is ``raw``."""
    mix = {"share": table["mix_share"], "low": table["mix_low"], "high": table["mix_high"]}
    table = table.assign(raw=table["share"].where(table["status"] == "counted"), **mix)
    return table, table[table["low"].notna()]


def _raw_shares(rows: pd.DataFrame, theme: Theme, in_legend: bool) -> go.Scatter:
    """Return the share of each year's own meetings as points."""
    return silent_points(
        _(chart_labels.RAW_SHARE_LABEL),
        rows["year"],
        rows["raw"] * 100,
        mode="markers",
        marker=dict(size=6, symbol="circle-open", color=theme.muted),
        legendgroup="raw",
        showlegend=in_legend,
    )


def _attention_line(rows: pd.DataFrame, is_share: bool, theme: Theme) -> go.Scatter:
    name, colour = rows["threat"].iloc[0], theme.colours[0]
    value = rows["share"] * 100 if is_share else rows["on_agenda"].astype(float)
    value = value.where(rows["status"] == "counted")
    hover = click_and_hover(rows, "%{fullData.name}, %{customdata[1]}", "year", "words")
    # A plain share of one to four meetings is a hollow point. An estimate at a fixed mix is not.
    few = rows["meetings"].lt(MIN_MEETINGS) & is_share & ("raw" not in rows)
    fill = [theme.page if one else colour for one in few]
    marker = dict(size=8, color=fill, line=dict(color=colour, width=1.5))
    return line_with_gaps(name, rows["year"], value, colour, marker, showlegend=False, **hover)


def _interval_areas(
    rows: pd.DataFrame, theme: Theme, in_legend: bool, label: str
) -> list[go.Scatter]:
    """Return the area of the intervals of each run of consecutive years."""
    areas: list[go.Scatter] = []
    for _run, part in rows.groupby((rows["year"].diff() != 1).cumsum()):
        # A third of a year on both sides makes the interval of a single year visible.
        years = [part["year"].iloc[0] - 0.3, *part["year"], part["year"].iloc[-1] + 0.3]
        low, high = ([v.iloc[0], *v, v.iloc[-1]] for v in (part["low"], part["high"]))
        area = silent_points(
            label,
            years + years[::-1],
            [value * 100 for value in high + low[::-1]],
            mode="lines",
            fill="toself",
            fillcolor=with_alpha(theme.colours[0], 0.18),
            line=dict(width=1, color=theme.shades[2]),
            legendgroup="interval",
            showlegend=in_legend and not areas,
        )
        areas.append(area)
    return areas


def draw_attention_and_indicator(
    attention: pd.DataFrame,
    indicator: pd.DataFrame,
    totals: pd.DataFrame,
    unit: str,
    place: str,
    emergency: EmergencyDates,
    theme: Theme = LIGHT,
) -> go.Figure:
    """Return attention to one threat as ``draw_attention_lines``, with an indicator below it.

    ``indicator`` has ``period``, ``value`` (empty for a gap) and ``words``; ``unit`` is the title
    of its axis, ``place`` is in the heading of its panel.
    """
    figure = draw_attention_lines(attention, totals, "share", emergency, theme, empty_panels=1)
    title = dict(text=_(chart_labels.SHARE_AXIS), standoff=8)
    figure.update_yaxes(title=title, row=1, col=1)
    figure.add_trace(_indicator_line(indicator, theme), row=INDICATOR_ROW, col=1)
    add_panel_heading(figure, chart_labels.indicator_heading(place), INDICATOR_ROW)
    lowest, highest = min(0.0, indicator["value"].min()), max(0.0, indicator["value"].max())
    space = 0.08 * ((highest - lowest) or 1)
    figure.update_yaxes(
        range=[lowest - space if lowest < 0 else 0, highest + space],
        nticks=5,
        title=dict(text=escape("\n".join(textwrap.wrap(unit, 20))), standoff=8),
        row=INDICATOR_ROW,
        col=1,
    )
    return figure


def _indicator_line(table: pd.DataFrame, theme: Theme) -> go.Scatter:
    """Return the line of an indicator; a period without a value is a gap."""
    x, colour = period_positions(table["period"]), theme.colours[1]
    marker = dict(size=4 if table["period"].str.len().gt(4).any() else 8, symbol="square")
    y, hover = table["value"], _period_hover(table, table["words"])
    return line_with_gaps("indicator", x, y, colour, marker, showlegend=False, **hover)


def _period_hover(table: pd.DataFrame, words: Sequence[str] | pd.Series) -> dict:
    rows = pd.DataFrame({"mark": "year:" + table["period"].str[:4], "words": words})
    rows["period"] = table["period"].map(format_partial_date)
    return click_and_hover(rows, "%{customdata[1]}", "period", "words")


def draw_travel_and_meetings(
    table: pd.DataFrame, unit: str, emergency: EmergencyDates, theme: Theme = LIGHT
) -> go.Figure:
    """Return by month, one panel below the other, the level of travel rules, meetings by format,
    and meetings with the pandemic on the agenda among those with a known agenda.

    ``table`` has ``period``, ``value``, ``words``, a column for each of ``MEETING_FORMAT_LABELS``,
    ``on_agenda`` and ``meetings``.
    """
    figure = make_subplots(rows=3, cols=1, shared_xaxes=True, vertical_spacing=40 / _TRAVEL_HEIGHT)
    figure.update_layout(
        template=plotly_template(theme),
        height=_TRAVEL_HEIGHT,
        barmode="stack",
        legend=dict(y=-70 / _TRAVEL_HEIGHT, traceorder="normal"),
    )
    figure.add_trace(_indicator_line(table, theme), row=1, col=1)
    for row, traces in ((2, _format_bars(table, theme)), (3, _pandemic_bars(table, theme))):
        for trace in traces:
            figure.add_trace(trace, row=row, col=1)
        highest = sum(trace.y for trace in traces).max()
        figure.update_yaxes(
            range=[0, highest * 1.1 + 0.5],
            dtick=max(1, highest // 3),
            title=dict(text=_(chart_labels.MEETINGS_AXIS)),
            row=row,
            col=1,
        )
    figure.update_yaxes(range=[0, 4.2], dtick=1, title=dict(text=escape(unit)), row=1, col=1)
    for row, heading in enumerate(_TRAVEL_HEADINGS, start=1):
        add_panel_heading(figure, _(heading), row)
    span = year_span(table["period"].str[:4].astype(int))
    halves = [f"{year}-{month}" for year in range(span[0], span[1] + 1) for month in ("01", "07")]
    ticks = period_positions(pd.Series(halves)).tolist()
    labels = [escape(chart_labels.month_tick(half)) for half in halves]
    set_year_axis(figure, span, showticklabels=False, tickvals=ticks, ticktext=labels)
    figure.update_xaxes(showticklabels=True, row=3, col=1)
    for row in (1, 2, 3):
        add_emergency_band(figure, emergency, span, theme, row, label=row == 1)
    return figure


def _format_bars(table: pd.DataFrame, theme: Theme) -> list[go.Bar]:
    traces, x = [], period_positions(table["period"])
    for kind, label in MEETING_FORMAT_LABELS.items():
        words = [chart_labels.format_count_label(_(label), number) for number in table[kind]]
        hover = _period_hover(table, words)
        traces.append(bars(_(label), x, table[kind], marker=format_marker(kind, theme), **hover))
    return traces


def _pandemic_bars(table: pd.DataFrame, theme: Theme) -> list[go.Bar]:
    traces, x = [], period_positions(table["period"])
    counts = table[["on_agenda", "meetings"]].itertuples(index=False)
    hover = _period_hover(table, [chart_labels.on_agenda_label(*row) for row in counts])
    for name, heights, colour in (
        (chart_labels.PANDEMIC_ON_AGENDA, table["on_agenda"], theme.colours[3]),
        (chart_labels.PANDEMIC_NOT_ON_AGENDA, table["meetings"] - table["on_agenda"], theme.zero),
    ):
        traces.append(bars(_(name), x, heights, marker=outlined_marker(theme, colour), **hover))
    return traces
