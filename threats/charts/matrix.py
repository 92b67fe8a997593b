"""Matrices of pairs, and of regions by threats."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from threats.charts.axes import new_figure, set_category_rows
from threats.charts.cells import add_cells, classify
from threats.charts.theme import LIGHT, ROW_HEIGHT, Theme
from threats.charts.traces import escape
from threats.text import chart_labels
from threats.text.translate import _

# Upper ends of the classes of a difference of shares, and of lift.
_DIFFERENCE_CLASSES = (-0.10, -0.03, 0.03, 0.10, 2.0)
_LIFT_CLASSES = (0.5, 0.8, 1.25, 2.0, float("inf"))


def draw_region_matrix(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return region × threat, coloured by the difference from all regions, with the share in
    percent in each cell.

    ``table`` has ``column`` (region), ``row`` (threat), ``difference``, ``share``, ``few``,
    ``mark`` and ``words``, in the order of the axes.
    """
    text = [f"{share * 100:.0f}" if share >= 0 else "" for share in table["share"]]
    classes = [_(label) for label in chart_labels.DIFFERENCE_LABELS]
    kind = classify(table["difference"], _DIFFERENCE_CLASSES, classes)
    columns = list(dict.fromkeys(table["column"]))
    return _draw_matrix(table.assign(kind=kind, text=text), columns, classes, theme)


def draw_cooccurrence_matrix(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return pairs, coloured by lift if it is significant, with the number of common meetings.

    ``table`` has ``column``, ``row``, ``lift``, ``holds`` (is significant), ``together``, ``few``,
    ``mark`` and ``words``, with rows in their order, and ``second``, the order of the columns.
    """
    text = table["together"].astype(str).mask((table["together"] == 0) & table["few"], "")
    classes = [_(label) for label in chart_labels.LIFT_LABELS]
    kind = classify(table["lift"], _LIFT_CLASSES, classes)
    columns = list(dict.fromkeys(table.sort_values("second")["column"]))
    kind = kind.where(table["holds"], _(chart_labels.CHANCE_LABEL))
    return _draw_matrix(table.assign(kind=kind, text=text), columns, classes, theme)


def _draw_matrix(
    table: pd.DataFrame, columns: Sequence[str], classes: Sequence[str], theme: Theme
) -> go.Figure:
    rows = list(dict.fromkeys(table["row"]))
    figure = new_figure(
        theme, ROW_HEIGHT * len(rows) + 250, barmode="overlay", legend=dict(y=-0.02)
    )
    too_few, chance = _(chart_labels.TOO_FEW_LABEL), _(chart_labels.CHANCE_LABEL)
    cells = table.assign(
        x=table["column"].map({name: place for place, name in enumerate(columns)}).astype(int),
        y=table["row"],
        heading=table["column"],
        kind=table["kind"].mask(table["few"] & (table["kind"] != ""), too_few),
    )
    fills = dict(
        zip([*classes, chance, too_few], (*theme.diverging, theme.zero, theme.page), strict=True)
    )
    add_cells(figure, cells, fills, theme, below=classes[:2], outlined=True)
    _set_columns(figure, columns)
    set_category_rows(figure, rows, showgrid=False)
    return figure


def _set_columns(figure: go.Figure, labels: Sequence[str]) -> None:
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=escape(list(labels)),
        tickangle=-45,
        # Otherwise plotly.js omits the last label, which ends beyond the chart.
        ticklabeloverflow="allow",
        side="top",
        range=[-0.5, len(labels) - 0.5],
        showgrid=False,
        zeroline=False,
    )
