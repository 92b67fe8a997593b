"""Charts of the page Trends."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from threats.charts.look import (
    DARK,
    LIGHT,
    ROW_HEIGHT,
    YEAR_AND_WORDS,
    cell_numbers,
    clear,
    over_strip,
    template,
    year_ticks,
)

# Upper ends of the classes of the heatmap, for shares in percent and for counts.
CLASSES = {"share": (10, 20, 35, 50, 100), "count": (1, 2, 4, 8, 10_000)}


def attention_heatmap(
    table: pd.DataFrame,
    totals: pd.DataFrame,
    measure: str,
    emergency: tuple[dt.date, dt.date],
    mark: tuple[str, int] | None = None,
    dark: bool = False,
) -> go.Figure:
    """Return threat × year as cells, over a strip of the number of meetings a year.

    ``table`` has ``threat``, ``threat_id``, ``year``, ``on_agenda``, ``share``, ``status`` and
    ``words``, threats in the order from top to bottom; ``totals`` has ``year``, ``meetings`` and
    ``known``. ``measure`` is ``share`` or ``count``. ``mark`` outlines one cell. Looked and not
    there is a pale cell, an agenda not read is hatched, no meeting known is left blank.
    """
    tone = DARK if dark else LIGHT
    threats = list(dict.fromkeys(table["threat"]))
    height = ROW_HEIGHT * len(threats)
    figure = over_strip(totals, emergency, height, tone, cells=True)
    value = table["share"] * 100 if measure == "share" else table["on_agenda"]
    counted = table["status"] == "counted"
    cells = [("not on the agenda", tone["zero"], "", table[counted & (table["on_agenda"] == 0)])]
    below = 0
    for upper, shade in zip(CLASSES[measure], tone["shades"], strict=True):
        inside = counted & (value > below) & (value <= upper)
        cells.append((_class_label(measure, below, upper), shade, "", table[inside]))
        below = upper
    numbers = []
    unread = table[table["status"] == "not_read"]
    cells.append(("agenda not read", tone["page"], "/", unread))
    for name, colour, pattern, rows in cells:
        if rows.empty and name == "agenda not read":
            continue
        named = rows[rows["on_agenda"] > 0]
        numbers += zip(
            named["year"], named["threat"], named["on_agenda"], [colour] * len(named), strict=True
        )
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
                    pattern=dict(shape=pattern, fgcolor=tone["soft"], size=5),
                ),
                hovertemplate=f"<b>%{{y}}, {YEAR_AND_WORDS}",
                unselected=dict(marker=dict(opacity=1)),
                showlegend=True,
            ),
            row=1,
            col=1,
        )
    for trace in cell_numbers(numbers):
        figure.add_trace(trace, row=1, col=1)
    if mark and mark[0] in set(table["threat_id"]):
        row = threats.index(table.loc[table["threat_id"] == mark[0], "threat"].iloc[0])
        figure.add_shape(
            type="rect",
            x0=mark[1] - 0.5,
            x1=mark[1] + 0.5,
            y0=row - 0.48,
            y1=row + 0.48,
            line=dict(color=tone["colours"][1], width=3),
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
            f"over {below} %"
            if upper == 100
            else f"{below}–{upper} %"
            if below
            else f"to {upper} %"
        )
    low = below + 1
    return f"{low} or more" if upper >= 10_000 else str(low) if low == upper else f"{low}–{upper}"


def attention_lines(
    table: pd.DataFrame,
    totals: pd.DataFrame,
    measure: str,
    emergency: tuple[dt.date, dt.date],
    dark: bool = False,
    more: int = 0,
) -> go.Figure:
    """Return one panel a threat over a common time axis, with 95 % intervals where the measure is
    a share, over a strip of the number of meetings a year. Columns as in ``attention_heatmap``,
    with ``low`` and ``high`` beside. A year without a known agenda breaks the line. ``more`` panels
    are left empty between these and the strip.
    """
    tone = DARK if dark else LIGHT
    threats = list(dict.fromkeys(table["threat"]))
    panels = len(threats) + more
    figure = over_strip(totals, emergency, 150 * panels, tone, cells=False, panels=panels)
    for row, threat in enumerate(threats, start=1):
        rows = table[table["threat"] == threat]
        counted = rows["status"] == "counted"
        if measure == "share":
            values = rows["share"] * 100
            for part in _runs(rows[counted]):
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
                        fillcolor=clear(tone["colours"][0], 0.18),
                        line=dict(width=0),
                        mode="lines",
                        hoverinfo="skip",
                        name="95 % interval",
                        legendgroup="interval",
                        showlegend="95 % interval" not in {trace.name for trace in figure.data},
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
                line=dict(color=tone["colours"][0], width=2.5),
                showlegend=False,
                marker=dict(size=8, color=tone["colours"][0]),
                connectgaps=False,
                cliponaxis=False,
                customdata=rows[["mark", "year", "words"]],
                hovertemplate=f"<b>{threat}, {YEAR_AND_WORDS}",
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
        ticksuffix=" %" if measure == "share" else "",
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


def _runs(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the stretches of years without a gap."""
    groups = (rows["year"].diff() != 1).cumsum()
    return [part for _, part in rows.groupby(groups)]


def presence_timeline(
    table: pd.DataFrame, years: pd.DataFrame, span: tuple[int, int], dark: bool = False
) -> go.Figure:
    """Return since when each threat has been on the agenda: a line from its first to its last
    year, a dot in each year it was, larger with more meetings, and a pale one in each that was
    looked at and had it not; a year of which no agenda is known is left blank.

    ``table`` has ``threat``, ``first`` and ``last``, in the order from top to bottom; ``years``
    has ``threat``, ``threat_id``, ``year``, ``on_agenda``, ``status`` and ``words``.
    """
    tone = DARK if dark else LIGHT
    figure = go.Figure(layout=dict(template=template(dark), height=ROW_HEIGHT * len(table) + 90))
    ever = table.dropna(subset="first")
    figure.add_trace(
        go.Scatter(
            x=[x for row in ever.itertuples() for x in (row.first, row.last, None)],
            y=[y for row in ever.itertuples() for y in (row.threat, row.threat, None)],
            mode="lines",
            line=dict(color=tone["shades"][1], width=3),
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
                color=tone["page"], size=5, line=dict(color=tone["shades"][1], width=1), opacity=1
            ),
            hovertemplate=f"<b>%{{y}}, {YEAR_AND_WORDS}",
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
                color=tone["colours"][0],
                size=6 + 2.2 * on["on_agenda"].clip(upper=6),
                line=dict(color=tone["page"], width=1),
                opacity=1,
            ),
            hovertemplate=f"<b>%{{y}}, {YEAR_AND_WORDS}",
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
            textfont=dict(color=tone["soft"]),
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
