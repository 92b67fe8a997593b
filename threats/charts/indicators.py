"""Charts of the page Reality check: panels on one time axis, each with an axis of its own."""

import datetime as dt
import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from threats.charts.look import DARK, LIGHT, add_emergency, fill, hollow, template
from threats.charts.text import text_stays_text
from threats.charts.trends import attention_lines

MEASURED = 2  # the row of the measured figure, under attention
FORMS = {
    "in_person": ("in person", 0),
    "hybrid": ("hybrid", 4),
    "online": ("online", 1),
    "unknown": ("form not told", 5),
}


def position(periods: pd.Series) -> pd.Series:
    """Return where years, or years and months, lie on a time axis on which a year goes from half to
    half: a year at itself, a month at its middle."""
    year, month = periods.str[:4].astype(float), periods.str[5:7]
    return year.where(month == "", year - 0.5 + (pd.to_numeric(month) - 0.5) / 12)


@text_stays_text
def attention_and_measured(
    attention: pd.DataFrame,
    measured: pd.DataFrame,
    totals: pd.DataFrame,
    unit: str,
    place: str,
    emergency: tuple[dt.date, dt.date],
    dark: bool = False,
) -> go.Figure:
    """Return attention to one threat as ``attention_lines`` draws it, and under it on the same time
    axis the measured figure, over the strip of meetings a year.

    ``measured`` has ``period``, ``value`` (empty: a gap) and ``words``; ``unit`` stands on its axis
    and ``place`` in its heading.
    """
    tone = DARK if dark else LIGHT
    # What is text is so already.
    figure = attention_lines.__wrapped__(attention, totals, "share", emergency, dark, more=1)
    figure.update_yaxes(title=dict(text="share of meetings", standoff=8), row=1, col=1)
    _line(figure, measured, "measured", tone, MEASURED)
    _heading(figure, f"<b>Measured</b>, {place}", MEASURED)
    _scale(figure, measured["value"], unit, MEASURED)
    return figure


@text_stays_text
def travel_and_meetings(
    table: pd.DataFrame, unit: str, emergency: tuple[dt.date, dt.date], dark: bool = False
) -> go.Figure:
    """Return by month the level of travel rules, meetings by form, and meetings that had the
    pandemic on the agenda out of those with a known agenda, one panel under the other.

    ``table`` has ``period``, ``value``, ``words``, a column for each of ``FORMS``, ``on_agenda``
    and ``meetings``.
    """
    tone = DARK if dark else LIGHT
    height = 620
    figure = make_subplots(rows=3, cols=1, shared_xaxes=True, vertical_spacing=40 / height)
    figure.update_layout(
        template=template(dark),
        height=height,
        barmode="stack",
        legend=dict(y=-70 / height, traceorder="normal"),
    )
    x = position(table["period"])
    _line(figure, table, "travel rules", tone, 1)
    look = dict(unselected=dict(marker=dict(opacity=1)), x=x, showlegend=True)
    for form, (name, number) in FORMS.items():
        figure.add_trace(
            go.Bar(
                y=table[form],
                name=name,
                marker=hollow(tone) if form == "unknown" else fill(tone, number),
                customdata=_marks(table, [f"{name}: {n}" for n in table[form]]),
                hovertemplate=_HOVER,
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
        ("pandemic on the agenda", table["on_agenda"], tone["colours"][3]),
        ("pandemic not on the known agenda", rest, tone["zero"]),
    ):
        figure.add_trace(
            go.Bar(
                y=heights,
                name=name,
                marker=dict(color=colour, line=dict(color=tone["soft"], width=1)),
                customdata=_marks(table, texts),
                hovertemplate=_HOVER,
                **look,
            ),
            row=3,
            col=1,
        )
    _heading(figure, "<b>Travel rules</b>", 1)
    _heading(figure, "<b>Meetings by form</b>", 2)
    _heading(figure, "<b>Meetings with a known agenda</b>", 3)
    figure.update_yaxes(range=[0, 4.2], dtick=1, title=dict(text=unit), row=1, col=1)
    for row, most in ((2, table[list(FORMS)].sum(axis=1).max()), (3, table["meetings"].max())):
        axis = dict(range=[0, most * 1.1 + 0.5], dtick=max(1, most // 3))
        figure.update_yaxes(title=dict(text="meetings"), **axis, row=row, col=1)
    first, last = int(table["period"].iloc[0][:4]), int(table["period"].iloc[-1][:4])
    quarters = [f"{year}-{month}" for year in range(first, last + 1) for month in ("01", "07")]
    figure.update_xaxes(
        range=[first - 0.55, last + 0.55],
        showgrid=False,
        showticklabels=False,
        tickvals=position(pd.Series(quarters)).tolist(),
        ticktext=[f"{'Jan' if q.endswith('01') else 'Jul'}<br>{q[:4]}" for q in quarters],
    )
    figure.update_xaxes(showticklabels=True, row=3, col=1)
    for row in (1, 2, 3):
        add_emergency(figure, emergency, (first, last), tone, row, label=row == 1)
    return figure


_HOVER = "<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>"


def _marks(table: pd.DataFrame, texts) -> list[tuple]:
    """Return for each row what a click asks for, the period and the words."""
    periods = zip(table["period"], texts, strict=True)
    return [(f"year:{period[:4]}", period, text) for period, text in periods]


def _line(figure: go.Figure, table: pd.DataFrame, name: str, tone: dict, row: int) -> None:
    """Draw a measured figure; a period without one is a gap."""
    monthly = table["period"].str.len().gt(4).any()
    figure.add_trace(
        go.Scatter(
            x=position(table["period"]),
            y=table["value"],
            mode="lines+markers",
            name=name,
            line=dict(color=tone["colours"][1], width=2.5),
            marker=dict(size=4 if monthly else 8, symbol="square", color=tone["colours"][1]),
            connectgaps=False,
            cliponaxis=False,
            showlegend=False,
            customdata=_marks(table, table["words"]),
            hovertemplate=_HOVER,
            unselected=dict(marker=dict(opacity=1)),
        ),
        row=row,
        col=1,
    )


def _heading(figure: go.Figure, text: str, row: int) -> None:
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


def _scale(figure: go.Figure, values: pd.Series, unit: str, row: int) -> None:
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
