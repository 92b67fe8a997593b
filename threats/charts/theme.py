"""The look that every chart shares, and the parts that several draw.

Every figure carries our own template, light or dark, so that screen and file agree. Colours are
from Okabe and Ito's set for colour-blind readers (https://jfly.uni-koeln.de/color/), darkened or
lightened to stand out by 3:1 from the page; the scale of shades is one hue from light to dark.
"""

import plotly.graph_objects as go

DIVERGING_COLOURS = {
    "light": ("#B5480F", "#F0BE9C", "#EEF1F4", "#A9CDE8", "#1C69A8"),
    "dark": ("#F08A4B", "#7A4A2C", "#212B35", "#2C5A80", "#6BB0E8"),
}

FONT_FAMILY = '"Source Sans", "Source Sans 3", "Segoe UI", Arial, sans-serif'
# page, text, soft text, grid, nothing found, shades from little to much, band
LIGHT = {
    "page": "#FFFFFF",
    "text": "#0F1720",
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
MAX_COLOURS = 6
# Some of the colours look alike to colour-blind readers, so each comes with a pattern of its own
# where areas lie side by side.
AREA_PATTERNS = ("", "/", ".", "x", "\\", "-")
ROW_HEIGHT = 23


def plotly_template(dark: bool = False) -> go.layout.Template:
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
            font=dict(family=FONT_FAMILY, size=13, color=tone["text"]),
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
                font=dict(family=FONT_FAMILY, color=tone["text"]),
                align="left",
            ),
            hovermode="closest",
            clickmode="event+select",
            dragmode=False,
            bargap=0.1,
        )
    )


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as "#1C69A8", from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_colour(colour: str) -> str:
    """Return the colour of text that stands out most from an area of this colour."""
    return LIGHT["page"] if luminance(colour) < 0.18 else LIGHT["text"]


def with_alpha(colour: str, opacity: float) -> str:
    """Return a colour made transparent."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
