"""A figure with the template of its theme, and axes that several charts share."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from threats.charts.theme import Theme, plotly_template
from threats.charts.traces import escape


def new_figure(theme: Theme, height: float, **layout: Any) -> go.Figure:
    """Return an empty figure of this height in pixels."""
    return go.Figure(layout={"template": plotly_template(theme), "height": height, **layout})


def set_category_rows(figure: go.Figure, labels: Sequence[str], **properties: Any) -> None:
    """Set an axis of categories, from top to bottom."""
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=escape(list(labels)),
        autorange="reversed",
        **properties,
    )


def set_numbered_rows(figure: go.Figure, labels: Sequence[str], edge: float = 0.6) -> None:
    """Set an axis on which the row of each label is a number: 0, then -1 and so on downwards."""
    figure.update_yaxes(
        tickmode="array",
        tickvals=[-place for place in range(len(labels))],
        ticktext=escape(list(labels)),
        range=[-len(labels) + 1 - edge, edge],
        zeroline=False,
    )


def add_panel_heading(figure: go.Figure, text: str, row: int) -> None:
    """Write a heading above the panel of this row."""
    figure.add_annotation(
        text=f"<b>{escape(text)}</b>",
        x=0,
        xref="x domain",
        xanchor="left",
        y=1,
        yref="y domain",
        yanchor="bottom",
        row=row,
        col=1,
    )
