"""Views of the page Brief: earlier meetings on the themes chosen, here and elsewhere."""

import pandas as pd

from threats import precedents, words
from threats.charts import precedents as charts
from threats.selection import Selected, options
from threats.views import caption
from threats.views.base import Chart, notes_on, ranked, subtitle
from threats.views.behind import meeting_table
from threats.views.breaks import on_time_axis

MOST_ROWS = 6
MOST_PRECEDENTS = 20
LABELS = {
    "themes": "Shared themes",
    "subject": "Main subject",
    "region": "Region",
    "recency": "Recency",
    "series": "Series",
}


def timeline(selected: Selected) -> Chart | None:
    """When the themes stood on the agenda, here and elsewhere; None if they never did."""
    counts = precedents.by_year(selected)
    if counts.empty:
        return None
    whole = counts.groupby("threat_id")[["here", "elsewhere"]].sum()
    order = whole.sort_values(["here", "elsewhere"], ascending=False, kind="stable").index
    shown = list(order[:MOST_ROWS])
    counts = counts[counts["threat_id"].isin(shown)]
    labels = selected.dataset.names("threat_categories", "label")
    table = counts.melt(
        ["threat_id", "year"], list(charts.PLACES), var_name="place", value_name="meetings"
    )
    table = table[table["meetings"] > 0]
    table = table.assign(
        threat=table["threat_id"].map(labels),
        rank=table["threat_id"].map(shown.index),
        mark=("threat:" + table["threat_id"] + " year:" + table["year"].astype("str")).where(
            table["place"] == "here", ""
        ),
    ).sort_values(["rank", "year", "place"], ascending=[True, True, False])
    names = _places(selected)
    table["words"] = [
        f"<b>{row.threat}, {row.year}</b><br>{names[row.place]}: "
        + words.counted(row.meetings, "meeting")
        for row in table.itertuples()
    ]
    same = (whole == whole.loc[shown[-1]]).all(axis=1)  # as often as the last that is shown
    which = f"the {MOST_ROWS} most frequent themes"
    if len(order) == len(shown):
        which = "all of the themes"
    elif same[order[len(shown)]]:  # then the cut is by their place in the list alone
        which = f"{MOST_ROWS} of the most frequent themes"
    told = " and ".join(f"{int(whole[place].sum())} {place}" for place in names)
    top = whole[(whole == whole.loc[order[0]]).all(axis=1)].index
    often = f" Most often: {caption.some(top.map(labels))}." if len(whole) > 1 else ""
    chart = Chart(
        name="precedents-by-year",
        title="When the themes stood on the agenda"
        + (", here and elsewhere" if len(names) > 1 else ""),
        subtitle=subtitle(selected, f"number of meetings (focus or discussed), {which}"),
        alt=f"Timeline of {words.counted(len(shown), 'theme')}, {selected.years[0]} to "
        f"{selected.years[1]}; counted once for each theme, in {told}."
        f"{often}",
        draw=lambda dark: charts.precedent_timeline(table, names, selected.years, dark),
        table=counts.assign(threat=counts["threat_id"].map(labels))[
            ["threat_id", "threat", "year", *charts.PLACES]
        ].reset_index(drop=True),
        notes=(
            "A number counts the meetings of a year. Elsewhere are other regions and items for the "
            "whole area; a click lists the meetings here.",
            *notes_on(selected, ranked(selected, "agenda")),
        ),
    )
    return on_time_axis(chart, selected)


def _places(selected: Selected) -> dict[str, str]:
    """Return what "here" and "elsewhere" are called; elsewhere only where regions are chosen."""
    regions = selected.selection.region
    if not regions:
        return {"here": "All regions"}
    labels = options(selected.dataset)["region"]
    return {"here": words.listed([labels[key] for key in regions]), "elsewhere": "elsewhere"}


def nearest(selected: Selected, most: int = MOST_PRECEDENTS) -> pd.DataFrame:
    """Return the nearest precedents as a reader's table: ``Points``, ``Date``, ``Meeting``,
    ``Place``, ``Themes`` shared, the points for each part of the ranking with the most it can give,
    such as ``Region (of 25)``, ``Source`` and ``meeting_id``."""
    table = precedents.ranked(selected).head(most)
    labels = selected.dataset.names("threat_categories", "label")
    meetings = selected.dataset["meetings"].set_index("meeting_id", drop=False)
    shown = meeting_table(selected, meetings.loc[table["meeting_id"]])
    shown.insert(0, "Points", table["points"].tolist())
    shown.insert(4, "Themes", [words.listed([labels[t] for t in row]) for row in table["shared"]])
    for place, name in enumerate(precedents.WEIGHTS, start=5):
        shown.insert(place, points_of(name), table[name].tolist())
    return shown


def points_of(part: str) -> str:
    """Return what a part of the ranking is called, with the most points that it can give."""
    return f"{LABELS[part]} (of {precedents.WEIGHTS[part]})"
