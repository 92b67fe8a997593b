"""Views of the page Brief: earlier meetings on the themes chosen, here and elsewhere."""

import pandas as pd

from threats.charts.timeline import PRECEDENT_PLACES, draw_precedent_timeline
from threats.content.attention_tables import ranked_attention
from threats.content.meetings import meeting_list_table
from threats.content.model import Chart
from threats.content.notes import chart_subtitle, selection_cautions, standard_notes
from threats.content.time_breaks import add_time_breaks
from threats.format import join
from threats.stats.drilldown import click_data
from threats.stats.precedents import (
    PRECEDENT_WEIGHTS,
    RECENCY_YEARS,
    precedents_by_year,
    rank_precedents,
)
from threats.stats.selection import Selected, filter_choices
from threats.text.phrases import join_names
from threats.text.quantities import quantity

# How a meeting gets its points, in the words of a reader.
PRECEDENT_RULES = {
    "themes": "the share of the themes chosen that stood on its agenda",
    "subject": "all, if one of these themes was its main subject",
    "region": "all, if a theme on its agenda is tied to a region chosen or it was held for one; "
    "half, if it only dealt with that region otherwise; where no region is chosen, all",
    "recency": f"all in the last year of the filter, less each year before, none after "
    f"{RECENCY_YEARS} years or without a date",
    "series": "where series are chosen, all if it belongs to one of them; else the share of the "
    "known agendas of its series that had one of the themes",
}

MAX_TIMELINE_THREATS = 6
MAX_PRECEDENTS = 20
SCORE_LABELS = {
    "themes": "Shared themes",
    "subject": "Main subject",
    "region": "Region",
    "recency": "Recency",
    "series": "Series",
}


def precedents_by_year_chart(selected: Selected) -> Chart | None:
    """When the themes stood on the agenda, here and elsewhere; None if they never did."""
    counts = precedents_by_year(selected)
    if counts.empty:
        return None
    whole = counts.groupby("threat_id")[["here", "elsewhere"]].sum()
    order = whole.sort_values(["here", "elsewhere"], ascending=False, kind="stable").index
    shown = list(order[:MAX_TIMELINE_THREATS])
    counts = counts[counts["threat_id"].isin(shown)]
    labels = selected.dataset.names("threat_categories", "label")
    table = counts.melt(
        ["threat_id", "year"], list(PRECEDENT_PLACES), var_name="place", value_name="meetings"
    )
    table = table[table["meetings"] > 0]
    table = table.assign(
        threat=table["threat_id"].map(labels),
        rank=table["threat_id"].map(shown.index),
        mark=click_data(threat=table["threat_id"], year=table["year"]).where(
            table["place"] == "here", ""
        ),
    ).sort_values(["rank", "year", "place"], ascending=[True, True, False])
    names = _place_labels(selected)
    table["title"] = [f"{row.threat}, {row.year}" for row in table.itertuples()]
    table["words"] = [
        f"{names[row.place]}: " + quantity(row.meetings, "meeting") for row in table.itertuples()
    ]
    same = (whole == whole.loc[shown[-1]]).all(axis=1)  # as often as the last that is shown
    which = f"the {MAX_TIMELINE_THREATS} most frequent themes"
    if len(order) == len(shown):
        which = "all of the themes"
    elif same[order[len(shown)]]:  # then the cut is by their place in the list alone
        which = f"{MAX_TIMELINE_THREATS} of the most frequent themes"
    told = " and ".join(f"{int(whole[place].sum())} {place}" for place in names)
    top = whole[(whole == whole.loc[order[0]]).all(axis=1)].index
    often = f" Most often: {join_names(top.map(labels))}." if len(whole) > 1 else ""
    chart = Chart(
        name="precedents-by-year",
        title="When the themes stood on the agenda"
        + (", here and elsewhere" if len(names) > 1 else ""),
        subtitle=chart_subtitle(selected, f"number of meetings (focus or discussed), {which}"),
        alt=f"Timeline of {quantity(len(shown), 'theme')}, {selected.years[0]} to "
        f"{selected.years[1]}; counted once for each theme, in {told}."
        f"{often}",
        draw=lambda theme: draw_precedent_timeline(table, names, selected.years, theme),
        table=counts.assign(threat=counts["threat_id"].map(labels))[
            ["threat_id", "threat", "year", *PRECEDENT_PLACES]
        ].reset_index(drop=True),
        notes=(
            "A number counts the meetings of a year. Elsewhere are other regions and items for the "
            "whole area; a click lists the meetings here.",
            *standard_notes(selected, ranked_attention(selected)),
        ),
        cautions=selection_cautions(selected),
    )
    return add_time_breaks(chart, selected)


def _place_labels(selected: Selected) -> dict[str, str]:
    """Return what "here" and "elsewhere" are called; elsewhere only where regions are chosen."""
    regions = selected.selection.region
    if not regions:
        return {"here": "All regions"}
    labels = filter_choices(selected.dataset)["region"]
    return {"here": join([labels[key] for key in regions]), "elsewhere": "elsewhere"}


def top_precedents_table(selected: Selected, limit: int = MAX_PRECEDENTS) -> pd.DataFrame:
    """Return the nearest precedents as a reader's table: ``Points``, ``Date``, ``Meeting``,
    ``Place``, ``Themes`` shared, the points for each part of the ranking with the most it can give,
    such as ``Region (of 25)``, ``Source`` and ``meeting_id``."""
    table = rank_precedents(selected).head(limit)
    labels = selected.dataset.names("threat_categories", "label")
    meetings = selected.dataset["meetings"].set_index("meeting_id", drop=False)
    shown = meeting_list_table(selected, meetings.loc[table["meeting_id"]])
    shown.insert(0, "Points", table["points"].tolist())
    shown.insert(4, "Themes", [join([labels[t] for t in row]) for row in table["shared"]])
    for place, name in enumerate(PRECEDENT_WEIGHTS, start=5):
        shown.insert(place, score_label(name), table[name].tolist())
    return shown


def score_label(criterion: str) -> str:
    """Return what a part of the ranking is called, with the most points that it can give."""
    return f"{SCORE_LABELS[criterion]} (of {PRECEDENT_WEIGHTS[criterion]})"
