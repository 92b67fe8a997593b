"""Charts of the page Trends."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from threats.charts.theme import LIGHT, ROW_HEIGHT, Theme, contrast_colour, plotly_template
from threats.charts.time_axis import with_meeting_counts, year_ticks
from threats.charts.traces import YEAR_HOVER, cell_number_traces, escape_arguments

_MEETING_COUNT_CLASSES = ((1, "1"), (3, "2–3"), (6, "4–6"), (10, "7–10"), (10_000, "over 10"))


@escape_arguments
def draw_region_year_heatmap(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return region × year with the number of meetings known of in each cell; where none is known
    the cell is hatched, as that is not a zero. ``table`` has ``label``, ``year``, ``meetings``,
    ``mark`` and ``words``, regions in the order from top to bottom."""
    labels = list(dict.fromkeys(table["label"]))
    height = (ROW_HEIGHT + 5) * len(labels) + 120
    figure = go.Figure(
        layout=dict(template=plotly_template(theme), height=height, barmode="overlay")
    )
    below, cells = 0, []
    for (upper, name), shade in zip(_MEETING_COUNT_CLASSES, theme.shades, strict=True):
        inside = (table["meetings"] > below) & (table["meetings"] <= upper)
        cells.append((name, shade, "", table[inside]))
        below = upper
    cells.append(("no meeting known", theme.page, "/", table[table["meetings"] == 0]))
    for name, colour, pattern, rows in cells:
        figure.add_trace(
            go.Bar(
                name=name,
                orientation="h",
                y=rows["label"],
                x=[0.94] * len(rows),
                base=rows["year"] - 0.47,
                text=rows["meetings"].where(rows["meetings"] > 0, ""),
                textangle=0,
                textposition="inside",
                insidetextanchor="middle",
                textfont=dict(color=contrast_colour(colour)),
                showlegend=True,
                marker=dict(
                    color=colour,
                    line=dict(width=0),
                    pattern=dict(shape=pattern, fgcolor=theme.muted, size=7, solidity=0.15),
                ),
                customdata=rows[["mark", "year", "words"]],
                hovertemplate="<b>%{y}, %{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
                unselected=dict(marker=dict(opacity=1)),
            )
        )
    first, last = int(table["year"].min()), int(table["year"].max())
    figure.update_xaxes(
        range=[first - 0.55, last + 0.55], showgrid=False, **year_ticks(first, last)
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=labels, autorange="reversed", showgrid=False
    )
    figure.update_layout(legend=dict(y=-55 / height), uniformtext=dict(mode="hide", minsize=9))
    return figure


# Upper ends of the classes of the heatmap, for shares in percent and for counts.
ATTENTION_CLASSES = {"share": (10, 20, 35, 50, 100), "count": (1, 2, 4, 8, 10_000)}


@escape_arguments
def draw_attention_heatmap(
    table: pd.DataFrame,
    totals: pd.DataFrame,
    measure: str,
    emergency: tuple[dt.date, dt.date],
    highlight: tuple[str, int] | None = None,
    theme: Theme = LIGHT,
) -> go.Figure:
    """Return threat × year as cells, over a strip of the number of meetings a year.

    ``table`` has ``threat``, ``threat_id``, ``year``, ``on_agenda``, ``share``, ``status`` and
    ``words``, threats in the order from top to bottom; ``totals`` has ``year``, ``meetings`` and
    ``known``. ``measure`` is ``share`` or ``count``. ``mark`` outlines one cell. Looked and not
    there is a pale cell, an agenda not read is hatched, no meeting known is left blank.
    """
    threats = list(dict.fromkeys(table["threat"]))
    height = ROW_HEIGHT * len(threats)
    figure = with_meeting_counts(totals, emergency, height, theme, has_cells=True)
    value = table["share"] * 100 if measure == "share" else table["on_agenda"]
    counted = table["status"] == "counted"
    cells = [("not on the agenda", theme.zero, "", table[counted & (table["on_agenda"] == 0)])]
    below = 0
    for upper, shade in zip(ATTENTION_CLASSES[measure], theme.shades, strict=True):
        inside = counted & (value > below) & (value <= upper)
        cells.append((_class_label(measure, below, upper), shade, "", table[inside]))
        below = upper
    numbers = []
    unread = table[table["status"] == "not_read"]
    cells.append(("agenda not read", theme.page, "/", unread))
    for name, colour, pattern, rows in cells:
        if rows.empty and name == "agenda not read":
            continue
        # A dot says looked and not there also to who does not see how pale the cell is.
        said = rows["on_agenda"].where(rows["on_agenda"] > 0, "·")
        if not pattern:
            numbers += zip(rows["year"], rows["threat"], said, [colour] * len(rows), strict=True)
        figure.add_trace(
            go.Bar(
                name=name,
                orientation="h",
                y=rows["threat"],
                x=[0.94] * len(rows),
                base=rows["year"] - 0.47,
                customdata=rows[["mark", "year", "words"]],
                legendrank=len(figure.data),
                marker=dict(
                    color=colour,
                    line=dict(width=0),
                    pattern=dict(shape=pattern, fgcolor=theme.muted, size=5),
                ),
                hovertemplate=f"<b>%{{y}}, {YEAR_HOVER}",
                unselected=dict(marker=dict(opacity=1)),
                showlegend=True,
            ),
            row=1,
            col=1,
        )
    for trace in cell_number_traces(numbers):
        figure.add_trace(trace, row=1, col=1)
    if highlight and highlight[0] in set(table["threat_id"]):
        row = threats.index(table.loc[table["threat_id"] == highlight[0], "threat"].iloc[0])
        figure.add_shape(
            type="rect",
            x0=highlight[1] - 0.5,
            x1=highlight[1] + 0.5,
            y0=row - 0.48,
            y1=row + 0.48,
            line=dict(color=theme.colours[1], width=3),
            row=1,
            col=1,
        )
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=threats,
        autorange="reversed",
        range=None,
        showgrid=False,
        row=1,
        col=1,
    )
    return figure


def _class_label(measure: str, below: int, upper: int) -> str:
    if measure == "share":
        return (
            f"over {below}%" if upper == 100 else f"{below}–{upper}%" if below else f"to {upper}%"
        )
    low = below + 1
    return f"{low} or more" if upper >= 10_000 else str(low) if low == upper else f"{low}–{upper}"
