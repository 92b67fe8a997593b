"""Design tokens: the colours, fonts and sizes of charts, pages and Word files.

Charts and Word files read them. A test compares ``.streamlit/config.toml``, the style sheets and
the HTML templates with them. Colours are from Okabe and Ito's set for colour-blind readers
(https://jfly.uni-koeln.de/color/), darkened or lightened to a contrast of 3:1 with the page. Shades
are one hue from light to dark.
"""

from dataclasses import dataclass
from functools import cache

import plotly.graph_objects as go

FONT_FAMILY = '"Source Sans", "Source Sans 3", "Segoe UI", Arial, sans-serif'
PAGE_FONT_SIZE, FONT_SIZE, SMALL_FONT_SIZE = 16, 13, 12  # pixels, of pages and of charts
ROW_HEIGHT = 23  # pixels of a row with one label
# Some colours look alike to colour-blind readers, so each has a pattern where areas touch.
AREA_PATTERNS = ("", "/", ".", "x", "\\", "-")
MAX_COLOURS = len(AREA_PATTERNS)


@dataclass(frozen=True)
class Theme:
    """Colours of a theme, as ``#RRGGBB``."""

    name: str
    page: str
    surface: str  # background of the sidebar
    text: str
    muted: str  # secondary text
    grid: str
    zero: str  # a cell whose value is zero
    band: str  # emergency band and warnings
    button: str  # buttons and the ring around the focused element
    shades: tuple[str, ...]  # from little to much
    colours: tuple[str, ...]  # of categories
    diverging: tuple[str, ...]  # from less to more


LIGHT = Theme(
    name="light",
    page="#FFFFFF",
    surface="#F3F6F9",
    text="#0F1720",
    muted="#52606D",
    grid="#DDE3E9",
    zero="#EEF1F4",
    band="#9A6A00",
    button="#1C69A8",
    shades=("#C3DCF0", "#86B9DF", "#4791C7", "#1C69A8", "#0B3F73"),
    colours=("#1C69A8", "#B5480F", "#00785A", "#8C4A8C", "#8A6500", "#6B7682"),
    diverging=("#B5480F", "#F0BE9C", "#EEF1F4", "#A9CDE8", "#1C69A8"),
)
DARK = Theme(
    name="dark",
    page="#12181F",
    surface="#1C252F",
    text="#E6EBF0",
    muted="#A9B5C1",
    grid="#33404D",
    zero="#212B35",
    band="#E0B04A",
    button="#3578B0",
    shades=("#1F4565", "#2C658F", "#4789B9", "#7DB4DC", "#C6E1F5"),
    colours=("#6BB0E8", "#F08A4B", "#3FC29B", "#D196D1", "#E0B04A", "#9AA6B2"),
    diverging=("#F08A4B", "#7A4A2C", "#212B35", "#2C5A80", "#6BB0E8"),
)


@cache
def plotly_template(theme: Theme) -> go.layout.Template:
    """Return the Plotly template of a theme, with the defaults of traces and annotations."""
    axis = dict(
        gridcolor=theme.grid,
        linecolor=theme.grid,
        zerolinecolor=theme.grid,
        automargin=True,
        ticks="",  # heatmaps have ticks by default
        tickfont=dict(color=theme.text),
        title=dict(font=dict(color=theme.muted, size=FONT_SIZE)),
        fixedrange=True,
    )
    layout = dict(
        font=dict(family=FONT_FAMILY, size=FONT_SIZE, color=theme.text),
        paper_bgcolor=theme.page,
        plot_bgcolor=theme.page,
        colorway=theme.colours,
        xaxis=axis,
        yaxis=axis,
        legend=dict(
            orientation="h", yanchor="top", y=-0.08, xanchor="left", x=0, font_color=theme.text
        ),
        margin=dict(l=8, r=8, t=34, b=8),
        hoverlabel=_hover_label(theme),
        annotationdefaults=dict(showarrow=False, hoverlabel=_hover_label(theme)),
        hovermode="closest",
        clickmode="event+select",
        dragmode=False,
        bargap=0.1,
    )
    # A click selects a point for its list of meetings; the other points stay as they are.
    trace = dict(unselected=dict(marker=dict(opacity=1)))
    bar = trace | dict(textangle=0, insidetextanchor="middle")
    return go.layout.Template(layout=layout, data=dict(scatter=[trace], bar=[bar]))


def _hover_label(theme: Theme) -> dict:
    font = dict(family=FONT_FAMILY, color=theme.text)
    return dict(bgcolor=theme.page, bordercolor=theme.muted, font=font)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as "#1C69A8", from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_colour(colour: str) -> str:
    """Return the text colour with the higher contrast to an area of this colour."""
    return LIGHT.page if luminance(colour) < 0.18 else LIGHT.text


def with_alpha(colour: str, opacity: float) -> str:
    """Return a colour with this opacity."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
