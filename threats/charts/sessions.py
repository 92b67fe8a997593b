"""The timeline of sessions on a region."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.look import DARK, LIGHT, template
from threats.charts.text import text_stays_text


@text_stays_text
def session_timeline(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return the sessions on a region as points in time. ``table`` has ``label`` (region), ``day``
    (a date), ``mark``, ``topic`` and ``words``."""
    tone = DARK if dark else LIGHT
    labels = list(dict.fromkeys(table["label"]))
    figure = go.Figure(layout=dict(template=template(dark), height=44 * len(labels) + 110))
    figure.add_trace(
        go.Scatter(
            x=table["day"],
            y=table["label"],
            mode="markers",
            name="a session",
            marker=dict(size=13, symbol="diamond", color=tone["colours"][0], opacity=0.8),
            customdata=table[["mark", "topic", "words"]],
            unselected=dict(marker=dict(opacity=0.8)),
            hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
        )
    )
    figure.update_yaxes(categoryorder="array", categoryarray=labels[::-1])
    figure.update_xaxes(title="day of the meeting")
    return figure
