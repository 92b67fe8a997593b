"""Timelines: presence, sessions, participants, precedents."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from threats.charts.axes import new_figure, set_category_rows, set_numbered_rows
from threats.charts.theme import LIGHT, ROW_HEIGHT, Theme, with_alpha
from threats.charts.time_axis import EmergencyDates, add_emergency_band, set_year_axis
from threats.charts.traces import bars, click_and_hover, line_with_gaps, points, silent_points
from threats.text import chart_labels
from threats.text.translate import _

PRECEDENT_BAR_HEIGHT, PRECEDENT_BAR_WIDTH = 0.36, 0.86  # of a row and of a year
PRECEDENT_PLACES = ("here", "elsewhere")


def draw_participants(
    table: pd.DataFrame, emergency: EmergencyDates, span: tuple[int, int], theme: Theme = LIGHT
) -> go.Figure:
    """Return the number of participants of each meeting by year, with the median of each year.
    ``table`` has ``year``, ``participants``, ``median``, ``mark``, ``title`` and ``words``."""
    figure = new_figure(theme, 380)
    meetings = points(
        _(chart_labels.MEETING_POINT),
        table["year"],
        table["participants"],
        marker=dict(size=8, color=with_alpha(theme.colours[0], 0.55)),
        **click_and_hover(table, "%{customdata[1]}", "title", "words"),
    )
    # A year without a known number breaks the line.
    median = table.drop_duplicates("year").set_index("year")["median"]
    median = median.reindex(range(span[0], span[1] + 1))
    medians = line_with_gaps(
        _(chart_labels.MEDIAN_LINE),
        median.index,
        median,
        theme.colours[1],
        dict(symbol="line-ew-open", size=14),
        customdata=[(f"year:{year}",) for year in median.index],
        hovertemplate="<b>%{x}</b><br>%{fullData.name}: %{y}<extra></extra>",
    )
    figure.add_traces([meetings, medians])
    set_year_axis(figure, span)
    figure.update_yaxes(title=_(chart_labels.PARTICIPANTS_AXIS), rangemode="tozero")
    add_emergency_band(figure, emergency, span, theme)
    return figure


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


def draw_session_timeline(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the sessions on a region as points in time. ``table`` has ``label`` (region), ``day``
    (a date), ``mark``, ``topic`` and ``words``."""
    labels = list(dict.fromkeys(table["label"]))
    figure = new_figure(theme, 44 * len(labels) + 110)
    marker = dict(size=13, symbol="diamond", color=with_alpha(theme.colours[0], 0.8))
    hover = click_and_hover(table, "%{customdata[1]}", "topic", "words")
    name = _(chart_labels.SESSION_POINT)
    trace = points(name, table["day"], table["label"], showlegend=None, marker=marker, **hover)
    figure.add_trace(trace)
    set_category_rows(figure, labels)
    return figure.update_xaxes(title=_(chart_labels.DAY_AXIS))


def draw_presence_timeline(
    table: pd.DataFrame,
    years: pd.DataFrame,
    span: tuple[int, int],
    theme: Theme = LIGHT,
    role: str = "agenda",
) -> go.Figure:
    """Return when each threat was on the agenda: a line from its first to its last year, a dot in
    each year, larger with more meetings, and a hollow dot in each other year with a known agenda.

    ``table`` has ``threat``, ``first`` and ``last``, in the order from top to bottom; ``years`` has
    ``threat``, ``year``, ``on_agenda``, ``status``, ``mark`` and ``words``. ``role`` says what
    counts as attention.
    """
    figure = new_figure(theme, ROW_HEIGHT * len(table) + 90, legend=dict(y=-0.02))
    never = table[table["first"].isna()]
    figure.add_trace(_span_lines(table.dropna(subset="first"), theme))
    absent = years[(years["status"] == "counted") & (years["on_agenda"] == 0)]
    shown = absent[~absent["threat"].isin(never["threat"])]
    hollow = dict(color=theme.page, size=5, line=dict(color=theme.shades[2], width=1))
    label = _(chart_labels.YEAR_ABSENT_LABELS[role])
    figure.add_trace(_year_dots(label, shown, hollow, showlegend=len(shown) > 0))
    present = years[years["on_agenda"] > 0]
    size = 6 + 2.2 * present["on_agenda"].clip(upper=6)
    filled = dict(color=theme.colours[0], size=size, line=dict(color=theme.page, width=1))
    figure.add_trace(_year_dots(_(chart_labels.YEAR_PRESENT_LABELS[role]), present, filled))
    # If no agenda was read, nothing can be said to be never on it.
    was_read = len(absent) or len(present)
    text = chart_labels.NEVER_LABELS[role] if was_read else chart_labels.NO_AGENDA_KNOWN
    style = dict(mode="text", textposition="middle right", textfont=dict(color=theme.muted))
    starts, texts = [span[0]] * len(never), [_(text)] * len(never)
    figure.add_trace(silent_points("never", starts, never["threat"], text=texts, **style))
    set_year_axis(figure, span, showgrid=True, side="top")
    set_category_rows(figure, list(table["threat"]))
    return figure


def _span_lines(rows: pd.DataFrame, theme: Theme) -> go.Scatter:
    """Return a line from the first to the last year of each threat."""
    ends = zip(rows["first"], rows["last"], strict=True)
    return silent_points(
        _(chart_labels.FIRST_TO_LAST_YEAR),
        [year for first, last in ends for year in (first, last, None)],
        [label for threat in rows["threat"] for label in (threat, threat, None)],
        mode="lines",
        line=dict(color=theme.shades[2], width=3),
        showlegend=True,
    )


def _year_dots(name: str, rows: pd.DataFrame, marker: dict, **properties: Any) -> go.Scatter:
    hover = click_and_hover(rows, "%{y}, %{customdata[1]}", "year", "words")
    marker = marker | {"opacity": 1}
    return points(name, rows["year"], rows["threat"], marker=marker, **hover, **properties)
