"""Charts made of cells: the tile map, regions by threats, and what is dealt with together."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.theme import (
    LIGHT,
    ROW_HEIGHT,
    Theme,
    contrast_colour,
    plotly_template,
)
from threats.charts.traces import bin_labels, cell_number_traces, escape_arguments

# Classes of a difference of shares, in points, by their upper ends.
_DIFFERENCE_CLASSES = (
    (-0.10, "10 points less and more"),
    (-0.03, "3 to 10 less"),
    (0.03, "about the same"),
    (0.10, "3 to 10 more"),
    (2.0, "10 points more and more"),
)
_LIFT_CLASSES = (
    (0.5, "half or less"),
    (0.8, "less"),
    (1.25, "as by chance"),
    (2.0, "more"),
    (float("inf"), "twice or more"),
)
TOO_FEW_LABEL = "too few to tell"


@escape_arguments
def draw_region_matrix(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return region × threat, coloured by the difference from the whole area, with the share in
    percent in each cell. ``table`` has ``column`` (region), ``row`` (threat), ``difference``,
    ``share``, ``few``, ``mark`` and ``words``, in the order of the axes."""
    kind = bin_labels(table["difference"], _DIFFERENCE_CLASSES)
    text = [f"{share * 100:.0f}" if share >= 0 else "" for share in table["share"]]
    classes = [name for _, name in _DIFFERENCE_CLASSES]
    columns = list(dict.fromkeys(table["column"]))
    return _draw_matrix(table.assign(kind=kind, text=text), columns, classes, theme)


@escape_arguments
def draw_cooccurrence_matrix(table: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """Return what comes with what, coloured by lift, with the number of common meetings in each
    cell. ``table`` has ``column``, ``row``, ``lift``, ``together``, ``few``, ``mark`` and
    ``words``, rows in their order and ``second`` with that of the columns."""
    text = [
        str(n) if n or not few else ""
        for n, few in zip(table["together"], table["few"], strict=True)
    ]
    kind = bin_labels(table["lift"], _LIFT_CLASSES)
    classes = [name for _, name in _LIFT_CLASSES]
    columns = list(dict.fromkeys(table.sort_values("second")["column"]))
    return _draw_matrix(table.assign(kind=kind, text=text), columns, classes, theme)


def _draw_matrix(
    table: pd.DataFrame, columns: list[str], classes: list[str], theme: Theme
) -> go.Figure:
    rows = list(dict.fromkeys(table["row"]))
    place = {name: number for number, name in enumerate(columns)}
    figure = go.Figure(
        layout=dict(
            template=plotly_template(theme), barmode="overlay", height=ROW_HEIGHT * len(rows) + 250
        )
    )
    table = table.assign(
        kind=table["kind"].where(~table["few"] | (table["kind"] == ""), TOO_FEW_LABEL)
    )
    colours = dict(zip(classes, theme.diverging, strict=True))
    numbers = []
    for name in [*classes, TOO_FEW_LABEL]:
        part = table[table["kind"] == name]
        colour = theme.page if name == TOO_FEW_LABEL else colours[name]
        less = name in classes[:2]
        places = [place[column] for column in part["column"]]
        texts = zip(places, part["row"], part["text"], [colour] * len(part), strict=True)
        numbers += [number for number in texts if number[2]]
        figure.add_trace(
            go.Bar(
                name=name,
                orientation="h",
                y=part["row"],
                x=[0.94] * len(part),
                base=[at - 0.47 for at in places],
                showlegend=True,
                marker=dict(
                    color=colour,
                    line=dict(color=theme.grid, width=1),
                    # Less has lines, so that it is not told from more by its colour alone.
                    pattern=dict(
                        shape="\\" if less else "",
                        fgcolor=contrast_colour(colour),
                        fgopacity=0.25,
                        size=6,
                        fillmode="overlay",
                    ),
                ),
                customdata=part[["mark", "column", "words"]],
                hovertemplate="<b>%{y}, %{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
                unselected=dict(marker=dict(opacity=1)),
            )
        )
    figure.add_traces(cell_number_traces(numbers))
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(place.values()),
        ticktext=columns,
        tickangle=-45,
        # Else the last label is left out where it ends beyond the chart.
        ticklabeloverflow="allow",
        side="top",
        range=[-0.5, len(columns) - 0.5],
        showgrid=False,
        zeroline=False,
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=rows, autorange="reversed", showgrid=False
    )
    figure.update_layout(legend=dict(y=-0.02))
    return figure
