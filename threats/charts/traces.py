"""Traces with click data, hover and escaping. All text of a chart enters it through these.

Plotly takes some text for markup: tags and entities
(https://plotly.com/javascript/reference/layout/#layout-title-text) and the placeholders of a hover
text. Callers pass plain text, which is escaped here once.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from threats.charts.theme import AREA_PATTERNS, Theme

# No cell of a dataset has a line break, so each is one of our own.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "\n": "<br>"},
)


def escape(value: Any) -> Any:
    """Return a text, or a table, column or list of texts, as Plotly shows it unchanged, with line
    breaks as line breaks; anything else is returned unchanged."""
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, pd.DataFrame):
        return value.assign(**{str(name): escape(value[name]) for name in value})
    if isinstance(value, pd.Series):
        if isinstance(value.dtype, pd.CategoricalDtype):
            return value.cat.rename_categories(escape)
        if is_numeric_dtype(value) or is_datetime64_any_dtype(value):
            return value
        return value.map(escape, na_action="ignore")
    if isinstance(value, list | tuple):
        return [escape(one) for one in value]
    return value


def click_and_hover(rows: pd.DataFrame, title: str, *columns: str) -> dict:
    """Return the click data and the hover of a trace of these rows.

    The click data are ``mark`` and the columns, of which the last is the text under the title.
    ``title`` has placeholders of Plotly's, such as ``%{y}``, and no text.
    """
    text = f"%{{customdata[{len(columns)}]}}<extra></extra>"
    return {
        "customdata": escape(rows[["mark", *columns]]),
        "hovertemplate": f"<b>{title}</b><br>{text}" if title else text,
    }


def bars(name: str, x: Any, y: Any, **properties: Any) -> go.Bar:
    """Return a trace of bars that is shown in the legend."""
    if "text" in properties:
        properties["text"] = escape(properties["text"])
    settings = {"showlegend": True, **properties}
    return go.Bar(name=escape(name), x=escape(x), y=escape(y), **settings)


def horizontal_bars(name: str, x: Any, y: Any, **properties: Any) -> go.Bar:
    """Return a trace of bars from left to right."""
    return bars(name, x, y, orientation="h", **properties)


def points(name: str, x: Any, y: Any, **properties: Any) -> go.Scatter:
    """Return a trace of points, or of lines or text by its ``mode``."""
    if "text" in properties:
        properties["text"] = escape(properties["text"])
    settings = {"mode": "markers", "showlegend": True, **properties}
    return go.Scatter(name=escape(name), x=escape(x), y=escape(y), **settings)


def line_with_gaps(
    name: str, x: Any, y: Any, colour: str, marker: dict, **properties: Any
) -> go.Scatter:
    """Return a line with markers that a missing value breaks."""
    line = dict(color=colour, width=2.5)
    settings = dict(mode="lines+markers", connectgaps=False, cliponaxis=False, **properties)
    return points(name, x, y, line=line, marker={"color": colour, **marker}, **settings)


def silent_points(name: str, x: Any, y: Any, **properties: Any) -> go.Scatter:
    """Return a trace of points, lines or text without a hover and without an entry in the
    legend."""
    return points(name, x, y, **{"hoverinfo": "skip", "showlegend": False, **properties})


def error_bars(value: pd.Series, low: pd.Series, high: pd.Series, colour: str) -> dict:
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


def point_marker(theme: Theme, colour: str, filled: Iterable[bool], symbol: str = "circle") -> dict:
    """Return the marker of points that are filled or hollow, each by its own value."""
    fill = [colour if one else theme.page for one in filled]
    return dict(symbol=symbol, size=10, color=fill, line=dict(color=colour, width=2))


def area_marker(theme: Theme, colour_index: int) -> dict:
    """Return the marker of an area in the colour and pattern of this number."""
    return dict(
        color=theme.colours[colour_index],
        line=dict(color=theme.page, width=1),
        pattern=dict(
            shape=AREA_PATTERNS[colour_index],
            fgcolor=theme.page,
            fgopacity=0.75,
            size=7,
            fillmode="overlay",
        ),
    )


def outlined_marker(theme: Theme, colour: str, pattern: str = "") -> dict:
    """Return the marker of an area with an outline, plain or with a pattern."""
    shape = dict(shape=pattern, fgcolor=theme.muted, size=6)
    return dict(color=colour, line=dict(color=theme.muted, width=1), pattern=shape)


def unknown_marker(theme: Theme) -> dict:
    """Return the marker of an area about which something is unknown: hatched."""
    return outlined_marker(theme, theme.page, "/")
