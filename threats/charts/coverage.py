"""Charts of what is known of the meetings, and of how far two readings agree."""

import datetime as dt
import textwrap

import pandas as pd
import plotly.graph_objects as go

from threats.charts.look import (
    DARK,
    LIGHT,
    ROW_HEIGHT,
    add_emergency,
    ink,
    template,
    year_ticks,
)
from threats.charts.text import text_stays_text
from threats.reliability import BANDS, RELIABLE, TENTATIVE

# How much is known, by name: a shade and a pattern each, so that colour is not the only sign.
KNOWLEDGE = {
    "whole": ("page read whole", 4, ""),
    "part": ("page read in part", 2, ""),
    "none": ("inferred, not read", None, "/"),
    "missing": ("known to be missing", None, "x"),
}
_CLASSES = ((1, "1"), (3, "2–3"), (6, "4–6"), (10, "7–10"), (10_000, "over 10"))
_DOT_ROW, _LABEL = 30, 24  # pixels a row, letters a line of a label
_BAND_MARKS = {
    "reliable": ("circle", 2),
    "tentative": ("diamond", 4),
    "unreliable": ("x", 1),
}


def _marker(kind: str, tone: dict) -> dict:
    _, shade, pattern = KNOWLEDGE[kind]
    return dict(
        color=tone["page"] if shade is None else tone["shades"][shade],
        line=dict(color=tone["soft"], width=1),
        pattern=dict(shape=pattern, fgcolor=tone["soft"], size=6),
    )


@text_stays_text
def reading_by_year(
    table: pd.DataFrame, emergency: tuple[dt.date, dt.date], dark: bool = False
) -> go.Figure:
    """Return stacked bars of meetings by year and by how much of their page was read. ``table`` has
    ``year``, ``reading``, ``meetings``, ``mark`` and ``words``."""
    tone = DARK if dark else LIGHT
    figure = go.Figure(layout=dict(template=template(dark), height=380, barmode="stack"))
    for reading in ("whole", "part", "none"):
        rows = table[table["reading"] == reading]
        name = KNOWLEDGE[reading][0]
        figure.add_trace(
            go.Bar(
                x=rows["year"],
                y=rows["meetings"],
                name=name,
                showlegend=True,
                marker=_marker(reading, tone),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>%{{x}}, {name}</b><br>%{{customdata[1]}}<extra></extra>",
            )
        )
    first, last = int(table["year"].min()), int(table["year"].max())
    figure.update_xaxes(range=[first - 0.6, last + 0.6], showgrid=False, **year_ticks(first, last))
    figure.update_yaxes(title="meetings", rangemode="tozero")
    add_emergency(figure, emergency, (first, last), tone)
    return figure


@text_stays_text
def known_of_series(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return a bar a series: meetings read, inferred, and editions known to be missing. ``table``
    has ``label``, ``kind`` (of ``KNOWLEDGE``), ``number``, ``mark`` and ``words``, series in the
    order from top to bottom."""
    tone = DARK if dark else LIGHT
    labels = list(dict.fromkeys(table["label"]))
    figure = go.Figure(
        layout=dict(template=template(dark), height=30 * len(labels) + 130, barmode="stack")
    )
    for kind, (name, _, _) in KNOWLEDGE.items():
        rows = table[table["kind"] == kind]
        figure.add_trace(
            go.Bar(
                orientation="h",
                y=rows["label"],
                x=rows["number"],
                name=name,
                showlegend=True,
                marker=_marker(kind, tone),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate=f"<b>%{{y}}, {name}</b><br>%{{customdata[1]}}<extra></extra>",
            )
        )
    figure.update_yaxes(categoryorder="array", categoryarray=labels[::-1])
    figure.update_xaxes(title="meetings", rangemode="tozero")
    figure.update_layout(legend=dict(y=-70 / (30 * len(labels) + 130)))
    return figure


@text_stays_text
def region_years(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return region × year with the number of meetings known of in each cell; where none is known
    the cell is hatched, as that is not a zero. ``table`` has ``label``, ``year``, ``meetings``,
    ``mark`` and ``words``, regions in the order from top to bottom."""
    tone = DARK if dark else LIGHT
    labels = list(dict.fromkeys(table["label"]))
    height = (ROW_HEIGHT + 5) * len(labels) + 120
    figure = go.Figure(layout=dict(template=template(dark), height=height, barmode="overlay"))
    below, cells = 0, []
    for (upper, name), shade in zip(_CLASSES, tone["shades"], strict=True):
        inside = (table["meetings"] > below) & (table["meetings"] <= upper)
        cells.append((name, shade, "", table[inside]))
        below = upper
    cells.append(("no meeting known", tone["page"], "/", table[table["meetings"] == 0]))
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
                textfont=dict(color=ink(colour)),
                showlegend=True,
                marker=dict(
                    color=colour,
                    line=dict(width=0),
                    pattern=dict(shape=pattern, fgcolor=tone["soft"], size=7, solidity=0.15),
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


@text_stays_text
def agreement_dots(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return Krippendorff's alpha of each code as a dot, its shape by its band. ``table`` has
    ``heading`` (of a kind of codes), ``row`` (name of the code), ``alpha``, ``band``, ``mark`` and
    ``words``, in the order from top to bottom."""
    tone = DARK if dark else LIGHT
    labels, places = [], []
    for heading, rows in table.groupby("heading", sort=False):
        labels.append(f"<b>{heading}</b>")
        places += range(len(labels), len(labels) + len(rows))
        labels += ["<br>".join(textwrap.wrap(name, _LABEL)) for name in rows["row"]]
    table = table.assign(place=places)
    height = _DOT_ROW * len(labels) + 150
    figure = go.Figure(layout=dict(template=template(dark), height=height))
    for band, (symbol, colour) in _BAND_MARKS.items():
        part = table[table["band"] == band]
        figure.add_trace(
            go.Scatter(
                x=part["alpha"],
                y=part["place"],
                mode="markers+text",
                name=BANDS[band],
                showlegend=True,
                text=[f"{value:.2f}" for value in part["alpha"]],
                textposition="middle left",
                textfont=dict(color=tone["soft"], size=12),
                cliponaxis=False,
                marker=dict(symbol=symbol, size=11, color=tone["colours"][colour]),
                customdata=part[["mark", "row", "words"]],
                hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
                unselected=dict(marker=dict(opacity=1)),
            )
        )
    for edge in (TENTATIVE, RELIABLE):
        figure.add_vline(x=edge, line=dict(color=tone["soft"], width=1.5, dash="dash"))
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=labels,
        range=[len(labels) - 0.4, -0.6],
        zeroline=False,
    )
    figure.update_xaxes(
        title="Krippendorff's alpha",
        side="top",
        range=[min(-0.1, table["alpha"].min() - 0.15), 1.05],
        tickvals=[0, 0.5, 1],
        tickangle=0,
        zeroline=False,
    )
    figure.update_layout(legend=dict(y=-25 / height))
    return figure
