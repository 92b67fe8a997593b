"""Charts made of cells: the tile map, regions by threats, and what is dealt with together."""

import pandas as pd
import plotly.graph_objects as go

from threats.charts.look import DARK, LIGHT, ROW_HEIGHT, cell_numbers, template

# Classes of a difference of shares, in points, by their upper ends.
_DIFFERENCES = (
    (-0.10, "10 points less and more"),
    (-0.03, "3 to 10 less"),
    (0.03, "about the same"),
    (0.10, "3 to 10 more"),
    (2.0, "10 points more and more"),
)
_LIFTS = (
    (0.5, "half or less"),
    (0.8, "less"),
    (1.25, "as by chance"),
    (2.0, "more"),
    (float("inf"), "twice or more"),
)
_SHARES = (
    (0.0, "none"),
    (0.10, "to 10 %"),
    (0.20, "10–20 %"),
    (0.35, "20–35 %"),
    (1.0, "over 35 %"),
)
_COUNTS = ((0, "none"), (2, "1–2"), (5, "3–5"), (15, "6–15"), (10_000, "16 or more"))
TOO_FEW = "too few to tell"
_DIVERGING = {
    "light": ("#B5480F", "#F0BE9C", "#EEF1F4", "#A9CDE8", "#1C69A8"),
    "dark": ("#F08A4B", "#7A4A2C", "#212B35", "#2C5A80", "#6BB0E8"),
}


def classified(values: pd.Series, classes: tuple) -> list[str]:
    """Return the name of the class of each value; empty where there is no value."""
    return [
        "" if pd.isna(value) else next(name for upper, name in classes if value <= upper)
        for value in values
    ]


def tile_map(table: pd.DataFrame, measure: str, dark: bool = False) -> go.Figure:
    """Return the OSCE area as one equal tile a country.

    ``table`` has ``iso3``, ``name``, ``tile_row``, ``tile_column``, ``value``, ``partner``,
    ``mark`` and ``words``; ``measure`` is ``share`` (of one) or ``count``. Partners for
    Co-operation have an outline; a region without a known agenda is hatched.
    """
    tone = DARK if dark else LIGHT
    classes = _SHARES if measure == "share" else _COUNTS
    colours = (
        tone["zero"],
        tone["shades"][0],
        tone["shades"][1],
        tone["shades"][2],
        tone["shades"][4],
    )
    rows = table.assign(kind=classified(table["value"].astype(float), classes))
    # What is not known is a tile too, and looks like nothing that is known.
    shades = [*zip([name for _, name in classes], colours, strict=True), ("", tone["page"])]
    figure = go.Figure(layout=dict(template=template(dark), barmode="overlay", height=44 * 11 + 70))
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
                textfont=dict(size=11),
                showlegend=True,
                marker=dict(
                    color=colour,
                    line=dict(color=tone["soft"], width=[1.5 if p else 0 for p in part["partner"]]),
                    pattern=dict(shape="" if name else "/", fgcolor=tone["soft"], size=6),
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


def region_grid(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return region × threat, coloured by the difference from the whole area, with the share in
    percent in each cell. ``table`` has ``column`` (region), ``row`` (threat), ``difference``,
    ``share``, ``few``, ``mark`` and ``words``, in the order of the axes."""
    kind = classified(table["difference"], _DIFFERENCES)
    text = [f"{share * 100:.0f}" if share > 0 else "" for share in table["share"]]
    classes = [name for _, name in _DIFFERENCES]
    columns = list(dict.fromkeys(table["column"]))
    return _grid(table.assign(kind=kind, text=text), columns, classes, dark)


def pair_grid(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Return what comes with what, coloured by lift, with the number of common meetings in each
    cell. ``table`` has ``column``, ``row``, ``lift``, ``together``, ``few``, ``mark`` and
    ``words``, rows in their order and ``second`` with that of the columns."""
    text = [str(n) if n else "" for n in table["together"]]
    kind = classified(table["lift"], _LIFTS)
    classes = [name for _, name in _LIFTS]
    columns = list(dict.fromkeys(table.sort_values("second")["column"]))
    return _grid(table.assign(kind=kind, text=text), columns, classes, dark)


def _grid(table: pd.DataFrame, columns: list[str], classes: list[str], dark: bool) -> go.Figure:
    tone = DARK if dark else LIGHT
    rows = list(dict.fromkeys(table["row"]))
    place = {name: number for number, name in enumerate(columns)}
    figure = go.Figure(
        layout=dict(template=template(dark), barmode="overlay", height=ROW_HEIGHT * len(rows) + 250)
    )
    table = table.assign(kind=table["kind"].where(~table["few"] | (table["kind"] == ""), TOO_FEW))
    colours = dict(zip(classes, _DIVERGING["dark" if dark else "light"], strict=True))
    numbers = []
    for name in [*classes, TOO_FEW]:
        part = table[table["kind"] == name]
        colour = tone["page"] if name == TOO_FEW else colours[name]
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
                    line=dict(color=tone["grid"], width=1),
                ),
                customdata=part[["mark", "column", "words"]],
                hovertemplate="<b>%{y}, %{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
                unselected=dict(marker=dict(opacity=1)),
            )
        )
    figure.add_traces(cell_numbers(numbers))
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(place.values()),
        ticktext=columns,
        tickangle=-45,
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
