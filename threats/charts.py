"""One function a chart: a table of figures in, a ``plotly.graph_objects.Figure`` out.

Every figure carries our own template, light or dark, so that screen and file agree. Colours are
from Okabe and Ito's set for colour-blind readers (https://jfly.uni-koeln.de/color/), darkened or
lightened to stand out by 3:1 from the page; the scale of shades is one hue from light to dark.
"""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

FONT = '"Source Sans", "Source Sans 3", "Segoe UI", Arial, sans-serif'
# page, text, soft text, grid, nothing found, shades from little to much, band
LIGHT = {
    "page": "#FFFFFF",
    "text": "#1B2733",
    "soft": "#52606D",
    "grid": "#DDE3E9",
    "zero": "#EEF1F4",
    "shades": ("#C3DCF0", "#86B9DF", "#4791C7", "#1C69A8", "#0B3F73"),
    "band": "#9A6A00",
    "colours": ("#1C69A8", "#B5480F", "#00785A", "#8C4A8C", "#8A6500", "#6B7682"),
}
DARK = {
    "page": "#12181F",
    "text": "#E6EBF0",
    "soft": "#A9B5C1",
    "grid": "#33404D",
    "zero": "#212B35",
    "shades": ("#1F4565", "#2C658F", "#4789B9", "#7DB4DC", "#C6E1F5"),
    "band": "#E0B04A",
    "colours": ("#6BB0E8", "#F08A4B", "#3FC29B", "#D196D1", "#E0B04A", "#9AA6B2"),
}
MOST_COLOURS = 6
_YEAR_AND_WORDS = "%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>"
ROW_HEIGHT = 23
# Upper ends of the classes of the heatmap, for shares in percent and for counts.
CLASSES = {"share": (10, 20, 35, 50, 100), "count": (1, 2, 4, 8, 10_000)}


def template(dark: bool = False) -> go.layout.Template:
    """Return the look that every chart shares."""
    tone = DARK if dark else LIGHT
    axis = dict(
        gridcolor=tone["grid"],
        linecolor=tone["grid"],
        zerolinecolor=tone["grid"],
        automargin=True,
        tickfont=dict(color=tone["text"]),
        title=dict(font=dict(color=tone["soft"], size=13)),
        fixedrange=True,
    )
    return go.layout.Template(
        layout=dict(
            font=dict(family=FONT, size=13, color=tone["text"]),
            paper_bgcolor=tone["page"],
            plot_bgcolor=tone["page"],
            colorway=tone["colours"],
            xaxis=axis,
            yaxis=axis,
            legend=dict(
                orientation="h",
                yanchor="top",
                y=-0.08,
                xanchor="left",
                x=0,
                font=dict(color=tone["text"]),
            ),
            margin=dict(l=8, r=8, t=34, b=8),
            hoverlabel=dict(
                bgcolor=tone["page"],
                bordercolor=tone["soft"],
                font=dict(family=FONT, color=tone["text"]),
                align="left",
            ),
            hovermode="closest",
            clickmode="event+select",
            dragmode=False,
            bargap=0.1,
        )
    )


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
    figure = _over_strip(totals, emergency, height, tone, cells=True)
    value = table["share"] * 100 if measure == "share" else table["on_agenda"]
    counted = table["status"] == "counted"
    cells = [("not on the agenda", tone["zero"], "", table[counted & (table["on_agenda"] == 0)])]
    below = 0
    for upper, shade in zip(CLASSES[measure], tone["shades"], strict=True):
        inside = counted & (value > below) & (value <= upper)
        cells.append((_class_label(measure, below, upper), shade, "", table[inside]))
        below = upper
    unread = table[table["status"] == "not_read"]
    cells.append(("agenda not read", tone["page"], "/", unread))
    for name, colour, pattern, rows in cells:
        if rows.empty and name == "agenda not read":
            continue
        figure.add_trace(
            go.Bar(
                name=name,
                orientation="h",
                y=rows["threat"],
                x=[0.94] * len(rows),
                base=rows["year"] - 0.47,
                customdata=rows[["mark", "year", "words"]],
                text=rows["on_agenda"].where(rows["on_agenda"] > 0, ""),
                textangle=0,
                insidetextanchor="middle",
                textposition="inside",
                legendrank=len(figure.data),
                marker=dict(
                    color=colour,
                    line=dict(width=0),
                    pattern=dict(shape=pattern, fgcolor=tone["soft"], size=5),
                ),
                hovertemplate=f"<b>%{{y}}, {_YEAR_AND_WORDS}",
                unselected=dict(marker=dict(opacity=1)),
                showlegend=True,
            ),
            row=1,
            col=1,
        )
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
    figure.update_layout(uniformtext=dict(mode="hide", minsize=9))
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
) -> go.Figure:
    """Return one panel a threat over a common time axis, with 95 % intervals where the measure is
    a share, over a strip of the number of meetings a year. Columns as in ``attention_heatmap``,
    with ``low`` and ``high`` beside. A year without a known agenda breaks the line.
    """
    tone = DARK if dark else LIGHT
    threats = list(dict.fromkeys(table["threat"]))
    figure = _over_strip(
        totals, emergency, 150 * len(threats), tone, cells=False, panels=len(threats)
    )
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
                        fillcolor=_clear(tone["colours"][0], 0.18),
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
                hovertemplate=f"<b>{threat}, {_YEAR_AND_WORDS}",
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
        row=len(threats) + 1,
        col=1,
    )
    return figure


def presence_timeline(
    table: pd.DataFrame, years: pd.DataFrame, span: tuple[int, int], dark: bool = False
) -> go.Figure:
    """Return since when each threat has been on the agenda: a line from its first to its last
    year, a dot in each year it was, larger with more meetings.

    ``table`` has ``threat``, ``first`` and ``last``, in the order from top to bottom; ``years``
    has ``threat``, ``threat_id``, ``year``, ``on_agenda`` and ``words``.
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
            hovertemplate=f"<b>%{{y}}, {_YEAR_AND_WORDS}",
            unselected=dict(marker=dict(opacity=1)),
            showlegend=True,
        )
    )
    never = table[table["first"].isna()]
    figure.add_trace(
        go.Scatter(
            x=[span[0]] * len(never),
            y=never["threat"],
            mode="text",
            text=["never on the agenda"] * len(never),
            textposition="middle right",
            textfont=dict(color=tone["soft"]),
            hoverinfo="skip",
            showlegend=False,
            name="never",
        )
    )
    figure.update_xaxes(range=[span[0] - 0.6, span[1] + 0.6], **_year_ticks(*span), side="top")
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(table["threat"]), autorange="reversed"
    )
    figure.update_layout(legend=dict(y=-0.02))
    return figure


def attention_ranking(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return the attention to each threat over the whole selection as a point with its 95 %
    interval. ``table`` has ``threat``, ``threat_id``, ``share``, ``low``, ``high`` and ``words``,
    in the order from top to bottom."""
    tone = DARK if dark else LIGHT
    figure = go.Figure(layout=dict(template=template(dark), height=ROW_HEIGHT * len(table) + 80))
    share = table["share"] * 100
    figure.add_trace(
        go.Scatter(
            x=share,
            y=table["threat"],
            mode="markers",
            name="share of meetings",
            marker=dict(size=10, color=tone["colours"][0]),
            error_x=dict(
                type="data",
                symmetric=False,
                array=table["high"] * 100 - share,
                arrayminus=share - table["low"] * 100,
                color=tone["shades"][2],
                thickness=2,
                width=0,
            ),
            customdata=table[["mark", "words"]],
            hovertemplate="<b>%{y}</b><br>%{customdata[1]}<extra></extra>",
            unselected=dict(marker=dict(opacity=1)),
        )
    )
    figure.update_xaxes(
        rangemode="tozero",
        ticksuffix=" %",
        side="top",
        title="share of meetings, with 95 % interval",
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(table["threat"]), autorange="reversed"
    )
    return figure


def meetings_by_series(
    table: pd.DataFrame, emergency: tuple[dt.date, dt.date], dark: bool = False
) -> go.Figure:
    """Return the number of meetings a year as stacked bars. ``table`` has ``year``, ``label`` and
    ``meetings``; the labels, at most six, stack in the order in which they stand."""
    tone = DARK if dark else LIGHT
    labels = list(dict.fromkeys(table["label"]))
    assert len(labels) <= MOST_COLOURS, "more series than colours"
    figure = go.Figure(layout=dict(template=template(dark), height=380, barmode="stack"))
    for label, colour in zip(labels, tone["colours"], strict=False):
        rows = table[table["label"] == label]
        figure.add_trace(
            go.Bar(
                x=rows["year"],
                y=rows["meetings"],
                name=label,
                marker=dict(color=colour, line=dict(color=tone["page"], width=1)),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>{label}, %{{x}}</b><br>%{{customdata[1]}}<extra></extra>",
                showlegend=True,
            )
        )
    years = table["year"]
    if len(years):
        figure.update_xaxes(
            range=[years.min() - 0.6, years.max() + 0.6],
            showgrid=False,
            **_year_ticks(years.min(), years.max()),
        )
        _add_emergency(figure, emergency, (years.min(), years.max()), tone)
    figure.update_yaxes(title="meetings", rangemode="tozero")
    return figure


def _over_strip(
    totals: pd.DataFrame,
    emergency: tuple[dt.date, dt.date],
    height: int,
    tone: dict,
    cells: bool,
    panels: int = 1,
) -> go.Figure:
    """Return a figure with panels above a strip of meetings a year, on one time axis."""
    dark = tone is DARK
    whole = height + 190
    figure = make_subplots(
        rows=panels + 1,
        cols=1,
        shared_xaxes=True,
        row_heights=[height / panels] * panels + [78],
        vertical_spacing=32 / whole,
    )
    years = totals["year"]
    figure.add_trace(
        go.Bar(
            x=years,
            y=totals["known"],
            name="agenda known",
            marker=dict(color=tone["soft"]),
            customdata=totals[["known", "meetings"]],
            showlegend=False,
            legendrank=2000,
            hovertemplate="<b>%{x}</b><br>%{customdata[0]} of %{customdata[1]} meetings "
            "with a known agenda<extra></extra>",
            unselected=dict(marker=dict(opacity=1)),
            text=totals["known"].where(totals["known"] > 0, ""),
            textposition="outside",
            cliponaxis=False,
        ),
        row=panels + 1,
        col=1,
    )
    unread = totals["meetings"] - totals["known"]
    if unread.any():
        figure.add_trace(
            go.Bar(
                x=years,
                y=unread,
                base=totals["known"],
                name="agenda not read",
                showlegend=False,
                marker=dict(
                    color=tone["page"],
                    line=dict(color=tone["soft"], width=1),
                    pattern=dict(shape="/", fgcolor=tone["soft"], size=5),
                ),
                hovertemplate="<b>%{x}</b><br>%{y} more, agenda not read<extra></extra>",
                unselected=dict(marker=dict(opacity=1)),
            ),
            row=panels + 1,
            col=1,
        )
    first, last = years.min(), years.max()
    figure.update_layout(
        template=template(dark), height=whole, barmode="overlay", legend=dict(y=-70 / whole)
    )
    figure.update_xaxes(
        range=[first - 0.55, last + 0.55],
        showgrid=False,
        showticklabels=False,
        **_year_ticks(first, last),
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
        _add_emergency(figure, emergency, (first, last), tone, row, not cells, label=row == 1)
    return figure


def _add_emergency(
    figure: go.Figure,
    emergency: tuple[dt.date, dt.date],
    span: tuple[int, int],
    tone: dict,
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
        line=dict(color=tone["band"], width=1.5, dash="dot"),
        fillcolor=_clear(tone["band"], 0.13 if filled else 0.0),
        layer="below" if filled else "above",
        **place,
    )
    if label:
        figure.add_annotation(
            text="WHO emergency (COVID-19)",
            x=(start + end) / 2,
            y=1,
            yanchor="bottom",
            yshift=2,
            showarrow=False,
            font=dict(color=tone["band"], size=12),
            **place,
        )


def _year_ticks(first: int, last: int) -> dict:
    """Return ticks on whole years, as many as fit."""
    step = 1 if last - first < 8 else 2
    start = first + (last - first) % step
    values = list(range(int(start), int(last) + 1, step))
    return {
        "tickmode": "array",
        "tickvals": values,
        "ticktext": [str(v) for v in values],
    }


def _runs(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the stretches of years without a gap."""
    groups = (rows["year"].diff() != 1).cumsum()
    return [part for _, part in rows.groupby(groups)]


def _clear(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
