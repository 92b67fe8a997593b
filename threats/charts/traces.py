"""Text that stays text in a chart: Plotly would take some of it for markup."""

import functools
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from threats.charts.theme import AREA_PATTERNS, LIGHT, Theme, contrast_colour


def bin_labels(values: pd.Series, bins: tuple) -> list[str]:
    """Return the name of the class of each value; empty where there is no value."""
    return [
        "" if pd.isna(value) else next(name for upper, name in bins if value <= upper)
        for value in values
    ]


YEAR_HOVER = "%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>"
CELL_NUMBERS_UID = "numbers"


def cell_number_traces(numbers: Iterable[tuple[object, object, object, str]]) -> list[go.Scatter]:
    """Return traces that write numbers into the cells of a chart: each of ``numbers`` has the place
    on both axes, the number, and the colour of the cell, from which its own stands out.

    Text that belongs to a bar is measured by plotly.js one by one, which takes longer than all else
    in such a chart; text of points is just put there. It does not shrink with the cells, so the
    charts of narrow screens leave it out, by the name ``NUMBERS``.
    """
    traces = []
    for colour in (LIGHT.text, LIGHT.page):
        own = [n[:3] for n in numbers if contrast_colour(n[3]) == colour]
        if own:
            x, y, text = zip(*own, strict=True)
            traces.append(
                go.Scatter(
                    uid=f"{CELL_NUMBERS_UID}{len(traces)}",
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


def unknown_marker(theme: Theme) -> dict:
    """Return the marker of an area of which something is not known: hatched."""
    return dict(
        color=theme.page,
        line=dict(color=theme.muted, width=1),
        pattern=dict(shape="/", fgcolor=theme.muted, size=5),
    )


# Tags and entities by https://plotly.com/javascript/reference/layout/#layout-title-text, and the
# places of a hover text into which Plotly puts figures. A line break is one of our own, as no cell
# of a dataset has any.
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("%{", "%&#123;"), ("\n", "<br>"))


def escape(value: Any) -> Any:
    """Return a text, or a table, list or mapping of texts, so that Plotly shows it as it is, and
    line breaks as line breaks; anything else as it is."""
    if isinstance(value, str):
        for sign, shown in _ESCAPES:
            value = value.replace(sign, shown)
        return value
    if isinstance(value, pd.DataFrame):
        texts = value.select_dtypes(include=["str", "object", "category"])
        changed = {name: escape(texts[name]) for name in texts if _needs_escaping(texts[name])}
        return value.assign(**changed) if changed else value
    if isinstance(value, pd.Series):
        if isinstance(value.dtype, pd.CategoricalDtype):
            return value.cat.rename_categories(escape)
        return value.map(escape, na_action="ignore")
    if type(value) in (list, tuple):
        return type(value)(escape(one) for one in value)
    if type(value) is dict:
        return {escape(key): escape(one) for key, one in value.items()}
    return value


def _needs_escaping(column: pd.Series) -> bool:
    whole = " ".join(map(str, column.array))
    return any(sign in whole for sign, _ in _ESCAPES)


def escape_arguments(draw: Callable) -> Callable:
    """Return a chart function that takes all text in its arguments by ``as_text``, so that what is
    markup in its figure is its own."""

    @functools.wraps(draw)
    def drawn(*arguments, **named):
        named = {name: escape(value) for name, value in named.items()}
        return draw(*map(escape, arguments), **named)

    return drawn
