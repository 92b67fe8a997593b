"""The look that every chart shares, and the parts that several draw.

Every figure carries our own template, light or dark, so that screen and file agree. Colours are
from Okabe and Ito's set for colour-blind readers (https://jfly.uni-koeln.de/color/), darkened or
lightened to stand out by 3:1 from the page; the scale of shades is one hue from light to dark.
"""

import datetime as dt
from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.measures import FEWEST

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
YEAR_AND_WORDS = "%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>"
ROW_HEIGHT = 23
NUMBERS = "numbers"


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


def over_strip(
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
    unread = totals["meetings"] - totals["known"]
    marks = [
        (
            f"year:{year}",
            f"{known} of {all_of} meetings with a known agenda"
            + ("; too few to tell a share" if 0 < known < FEWEST else "")
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
                color=[tone["soft"] if n >= FEWEST else tone["page"] for n in totals["known"]],
                line=dict(color=tone["soft"], width=1),
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
                marker=dict(
                    color=tone["page"],
                    line=dict(color=tone["soft"], width=1),
                    pattern=dict(shape="/", fgcolor=tone["soft"], size=5),
                ),
                **strip,
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
        add_emergency(figure, emergency, (first, last), tone, row, not cells, label=row == 1)
    return figure


def cell_numbers(numbers: Iterable[tuple[object, object, object, str]]) -> list[go.Scatter]:
    """Return traces that write numbers into the cells of a chart: each of ``numbers`` has the place
    on both axes, the number, and the colour of the cell, from which its own stands out.

    Text that belongs to a bar is measured by plotly.js one by one, which takes longer than all else
    in such a chart; text of points is just put there. It does not shrink with the cells, so the
    pages hide it on narrow screens, by the name ``NUMBERS`` in its class.
    """
    traces = []
    for colour in (LIGHT["text"], DARK["text"]):
        # What is light by relative luminance (WCAG 2.2) bears dark text.
        own = [n[:3] for n in numbers if (luminance(n[3]) > 0.18) == (colour == LIGHT["text"])]
        if own:
            x, y, text = zip(*own, strict=True)
            traces.append(
                go.Scatter(
                    uid=f"{NUMBERS}{len(traces)}",
                    mode="text",
                    x=x,
                    y=y,
                    text=[str(number) for number in text],
                    textfont=dict(color=colour, size=12),
                    unselected=dict(textfont=dict(color=colour)),
                    hoverinfo="skip",
                    showlegend=False,
                )
            )
    return traces


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as "#1C69A8", from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def add_emergency(
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
        fillcolor=clear(tone["band"], 0.13 if filled else 0.0),
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
            font=dict(color=tone["band"], size=12),
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


def whiskers(value: pd.Series, low: pd.Series, high: pd.Series, colour: str) -> dict:
    """Return the error bars of points from the ends of their intervals."""
    return dict(
        type="data",
        symmetric=False,
        array=high - value,
        arrayminus=value - low,
        color=colour,
        thickness=1.5,
        width=0,
    )


def clear(colour: str, opacity: float) -> str:
    """Return a colour made transparent."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
