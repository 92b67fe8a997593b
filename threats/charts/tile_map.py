"""A tile map of the OSCE area."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.theme import LIGHT, Theme, contrast_colour, plotly_template
from threats.charts.traces import bin_labels, escape_arguments

_SHARE_CLASSES = (
    (0.0, "none"),
    (0.10, "to 10%"),
    (0.20, "10–20%"),
    (0.35, "20–35%"),
    (1.0, "over 35%"),
)
_COUNT_CLASSES = ((0, "none"), (2, "1–2"), (5, "3–5"), (15, "6–15"), (10_000, "16 or more"))


@escape_arguments
def draw_tile_map(table: pd.DataFrame, measure: str, theme: Theme = LIGHT) -> go.Figure:
    """Return the OSCE area as one equal tile a country.

    ``table`` has ``iso3``, ``name``, ``tile_row``, ``tile_column``, ``value``, ``partner``,
    ``mark`` and ``words``; ``measure`` is ``share`` (of one) or ``count``. Partners for
    Co-operation have an outline; a region without a known agenda is hatched.
    """
    classes = _SHARE_CLASSES if measure == "share" else _COUNT_CLASSES
    colours = (
        theme.zero,
        theme.shades[0],
        theme.shades[1],
        theme.shades[2],
        theme.shades[4],
    )
    rows = table.assign(kind=bin_labels(table["value"].astype(float), classes))
    # What is not known is a tile too, and looks like nothing that is known.
    shades = [*zip([name for _, name in classes], colours, strict=True), ("", theme.page)]
    figure = go.Figure(
        layout=dict(template=plotly_template(theme), barmode="overlay", height=44 * 11 + 70)
    )
    for name, colour in shades:
        part = rows[rows["kind"] == name]
        figure.add_trace(
            go.Bar(
                name=name or "no agenda known",
                orientation="h",
                y=-part["tile_row"],
                x=[0.92] * len(part),
                base=part["tile_column"] - 0.46,
                width=0.92,
                text=part["iso3"],
                textangle=0,
                textposition="inside",
                insidetextanchor="middle",
                textfont=dict(size=11, color=contrast_colour(colour)),
                showlegend=True,
                marker=dict(
                    color=colour,
                    line=dict(color=theme.muted, width=[1.5 if p else 0 for p in part["partner"]]),
                    pattern=dict(shape="" if name else "/", fgcolor=theme.muted, size=6),
                ),
                customdata=part[["mark", "name", "words"]],
                hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
                unselected=dict(marker=dict(opacity=1)),
            )
        )
    figure.update_xaxes(visible=False, range=[0.4, table["tile_column"].max() + 0.6])
    figure.update_yaxes(visible=False)
    figure.update_layout(legend=dict(y=-0.02))
    return figure
