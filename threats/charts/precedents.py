"""The timeline of precedents."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.look import DARK, LIGHT, template, year_ticks
from threats.charts.text import text_stays_text

HIGH, WIDE = 0.36, 0.86  # of a row and of a year
PLACES = ("here", "elsewhere")


@text_stays_text
def precedent_timeline(
    table: pd.DataFrame, names: dict[str, str], years: tuple[int, int], dark: bool = False
) -> go.Figure:
    """Return for each theme a row of years with the number of meetings that had it on the agenda:
    filled for those in the regions chosen and, below, hollow for those elsewhere. ``table`` has
    ``threat``, ``year``, ``place`` (of ``PLACES``), ``meetings``, ``mark`` and ``words``; ``names``
    tell what the places are called."""
    tone = DARK if dark else LIGHT
    threats = list(dict.fromkeys(table["threat"]))
    row = {threat: -place for place, threat in enumerate(threats)}
    figure = go.Figure(layout=dict(template=template(dark), height=48 * len(threats) + 95))
    for place in PLACES:
        rows = table[table["place"] == place]
        if place not in names:
            continue
        # From the middle of the row upwards and downwards; a lone place around it.
        base = (0.02 if place == "here" else -0.02 - HIGH) if len(names) > 1 else -HIGH / 2
        colour = tone["colours"][0] if place == "here" else tone["soft"]
        figure.add_trace(
            go.Bar(
                x=rows["year"],
                y=[HIGH] * len(rows),
                base=[row[threat] + base for threat in rows["threat"]],
                width=WIDE,
                name=names[place],
                text=rows["meetings"],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                textfont=dict(size=11, color=tone["page"] if place == "here" else tone["text"]),
                marker=dict(
                    color=colour if place == "here" else tone["page"],
                    line=dict(color=colour, width=1.2),
                ),
                customdata=rows[["mark", "words"]],
                unselected=dict(marker=dict(opacity=1)),
                hovertemplate="%{customdata[1]}<extra></extra>",
                showlegend=True,
            )
        )
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(row.values()),
        ticktext=threats,
        range=[-len(threats) + 0.45, 0.55],
        showgrid=False,
        zeroline=False,
    )
    figure.update_xaxes(
        range=[years[0] - 0.7, years[1] + 0.7], zeroline=False, **year_ticks(*years)
    )
    return figure
