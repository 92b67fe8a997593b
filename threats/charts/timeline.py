"""The timeline of precedents."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from threats.charts.theme import LIGHT, ROW_HEIGHT, Theme, plotly_template
from threats.charts.time_axis import add_emergency_band, year_ticks
from threats.charts.traces import YEAR_HOVER, escape_arguments
from threats.stats.drilldown import Drilldown


@escape_arguments
def draw_participants(
    table: pd.DataFrame,
    emergency: tuple[dt.date, dt.date],
    span: tuple[int, int],
    theme: Theme = LIGHT,
) -> go.Figure:
    """Return the number of participants of each meeting by year, with the median of each year.
    ``table`` has ``year``, ``participants``, ``median``, ``mark``, ``title`` and
    ``words``."""
    figure = go.Figure(layout=dict(template=plotly_template(theme), height=380))
    figure.add_trace(
        go.Scatter(
            x=table["year"],
            y=table["participants"],
            mode="markers",
            name="a meeting",
            showlegend=True,
            marker=dict(size=8, color=theme.colours[0], opacity=0.55),
            customdata=table[["mark", "title", "words"]],
            unselected=dict(marker=dict(opacity=0.55)),
            hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
        )
    )
    medians = table.drop_duplicates("year").set_index("year")["median"]
    # A year of which no number is known breaks the line.
    medians = medians.reindex(range(span[0], span[1] + 1))
    figure.add_trace(
        go.Scatter(
            x=medians.index,
            y=medians,
            mode="lines+markers",
            connectgaps=False,
            name="median of the year",
            line=dict(color=theme.colours[1], width=2.5),
            marker=dict(symbol="line-ew-open", size=14),
            hovertemplate="<b>%{x}</b><br>median %{y}<extra></extra>",
            showlegend=True,
            customdata=[(Drilldown(year=year).encode(),) for year in medians.index],
            unselected=dict(marker=dict(opacity=1)),
        )
    )
    figure.update_xaxes(range=[span[0] - 0.6, span[1] + 0.6], showgrid=False, **year_ticks(*span))
    figure.update_yaxes(title="participants (people)", rangemode="tozero")
    add_emergency_band(figure, emergency, span, theme)
    return figure


PRECEDENT_BAR_HEIGHT, PRECEDENT_BAR_WIDTH = 0.36, 0.86  # of a row and of a year
PRECEDENT_PLACES = ("here", "elsewhere")


@escape_arguments
def draw_precedent_timeline(
    table: pd.DataFrame, place_names: dict[str, str], years: tuple[int, int], theme: Theme = LIGHT
) -> go.Figure:
    """Return for each theme a row of years with the number of meetings that had it on the agenda:
    filled for those in the regions chosen and, below, hollow for those elsewhere. ``table`` has
    ``threat``, ``year``, ``place`` (of ``PLACES``), ``meetings``, ``mark`` and ``words``; ``names``
    tell what the places are called."""
    threats = list(dict.fromkeys(table["threat"]))
    row = {threat: -place for place, threat in enumerate(threats)}
    figure = go.Figure(layout=dict(template=plotly_template(theme), height=48 * len(threats) + 95))
    for place in PRECEDENT_PLACES:
        rows = table[table["place"] == place]
        if place not in place_names:
            continue
        # From the middle of the row upwards and downwards; a lone place around it.
        base = (
            (0.02 if place == "here" else -0.02 - PRECEDENT_BAR_HEIGHT)
            if len(place_names) > 1
            else -PRECEDENT_BAR_HEIGHT / 2
        )
        colour = theme.colours[0] if place == "here" else theme.muted
        figure.add_trace(
            go.Bar(
                x=rows["year"],
                y=[PRECEDENT_BAR_HEIGHT] * len(rows),
                base=[row[threat] + base for threat in rows["threat"]],
                width=PRECEDENT_BAR_WIDTH,
                name=place_names[place],
                text=rows["meetings"],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                textfont=dict(size=11, color=theme.page if place == "here" else theme.text),
                marker=dict(
                    color=colour if place == "here" else theme.page,
                    line=dict(color=colour, width=1.2),
                ),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate="%{customdata[1]}<extra></extra>",
                showlegend=True,
            )
        )
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(row.values()),
        ticktext=threats,
        range=[-len(threats) + 0.45, 0.55],
        showgrid=False,
        zeroline=False,
    )
    figure.update_xaxes(
        range=[years[0] - 0.7, years[1] + 0.7], zeroline=False, **year_ticks(*years)
    )
    return figure


@escape_arguments
def draw_session_timeline(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return the sessions on a region as points in time. ``table`` has ``label`` (region), ``day``
    (a date), ``mark``, ``topic`` and ``words``."""
    labels = list(dict.fromkeys(table["label"]))
    figure = go.Figure(layout=dict(template=plotly_template(theme), height=44 * len(labels) + 110))
    figure.add_trace(
        go.Scatter(
            x=table["day"],
            y=table["label"],
            mode="markers",
            name="a session",
            marker=dict(size=13, symbol="diamond", color=theme.colours[0], opacity=0.8),
            customdata=table[["mark", "topic", "words"]],
            unselected=dict(marker=dict(opacity=0.8)),
            hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
        )
    )
    figure.update_yaxes(categoryorder="array", categoryarray=labels[::-1])
    figure.update_xaxes(title="day of the meeting")
    return figure


@escape_arguments
def draw_presence_timeline(
    table: pd.DataFrame, years: pd.DataFrame, span: tuple[int, int], theme: Theme = LIGHT
) -> go.Figure:
    """Return since when each threat has been on the agenda: a line from its first to its last
    year, a dot in each year it was, larger with more meetings, and a pale one in each that was
    looked at and had it not; a year of which no agenda is known is left blank.

    ``table`` has ``threat``, ``first`` and ``last``, in the order from top to bottom; ``years``
    has ``threat``, ``threat_id``, ``year``, ``on_agenda``, ``status`` and ``words``.
    """
    figure = go.Figure(
        layout=dict(template=plotly_template(theme), height=ROW_HEIGHT * len(table) + 90)
    )
    ever = table.dropna(subset="first")
    figure.add_trace(
        go.Scatter(
            x=[x for row in ever.itertuples() for x in (row.first, row.last, None)],
            y=[y for row in ever.itertuples() for y in (row.threat, row.threat, None)],
            mode="lines",
            line=dict(color=theme.shades[2], width=3),
            hoverinfo="skip",
            name="first to last year",
            showlegend=True,
        )
    )
    never = table[table["first"].isna()]
    looked = years[(years["status"] == "counted") & (years["on_agenda"] == 0)]
    shown = looked[~looked["threat"].isin(never["threat"])]
    figure.add_trace(
        go.Scatter(
            x=shown["year"],
            y=shown["threat"],
            mode="markers",
            name="not on the agenda in that year",
            customdata=shown[["mark", "year", "words"]],
            marker=dict(
                color=theme.page, size=5, line=dict(color=theme.shades[2], width=1), opacity=1
            ),
            hovertemplate=f"<b>%{{y}}, {YEAR_HOVER}",
            unselected=dict(marker=dict(opacity=1)),
            showlegend=len(shown) > 0,
        )
    )
    on = years[years["on_agenda"] > 0]
    figure.add_trace(
        go.Scatter(
            x=on["year"],
            y=on["threat"],
            mode="markers",
            name="on the agenda in that year",
            customdata=on[["mark", "year", "words"]],
            marker=dict(
                color=theme.colours[0],
                size=6 + 2.2 * on["on_agenda"].clip(upper=6),
                line=dict(color=theme.page, width=1),
                opacity=1,
            ),
            hovertemplate=f"<b>%{{y}}, {YEAR_HOVER}",
            unselected=dict(marker=dict(opacity=1)),
            showlegend=True,
        )
    )
    # Where nothing was read, nobody can say never.
    said = "never on the agenda" if len(looked) or len(on) else "no agenda known"
    figure.add_trace(
        go.Scatter(
            x=[span[0]] * len(never),
            y=never["threat"],
            mode="text",
            text=[said] * len(never),
            textposition="middle right",
            textfont=dict(color=theme.muted),
            hoverinfo="skip",
            showlegend=False,
            name="never",
        )
    )
    figure.update_xaxes(range=[span[0] - 0.6, span[1] + 0.6], **year_ticks(*span), side="top")
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(table["threat"]), autorange="reversed"
    )
    figure.update_layout(legend=dict(y=-0.02))
    return figure
