"""Precedents of a meeting to come: earlier meetings on its themes, the nearest first."""

from dataclasses import replace

import pandas as pd

from threats import measures
from threats.ids import among
from threats.once import once
from threats.selection import Selected, select

# The most points that each part of the ranking gives; 100 in all.
WEIGHTS = {"themes": 40, "subject": 10, "region": 25, "recency": 15, "series": 10}
YEARS_TO_FADE = 15  # after so many years recency gives nothing
# How a meeting gets its points, in the words of a reader.
RULES = {
    "themes": "the share of the themes chosen that stood on its agenda",
    "subject": "all, if one of these themes was its main subject",
    "region": "all, if a theme on its agenda is tied to a region chosen or it was held for one; "
    "half, if it only dealt with that region otherwise; where no region is chosen, all",
    "recency": f"all in the last year of the filter, less each year before, none after "
    f"{YEARS_TO_FADE} years or without a date",
    "series": "where series are chosen, all if it belongs to one of them; else the share of the "
    "known agendas of its series that had one of the themes",
}


@once(64)
def ranked(selected: Selected) -> pd.DataFrame:
    """Return the meetings of all regions and series that had a chosen theme on the agenda, the
    nearest first: one row per meeting.

    Columns: ``meeting_id``, ``shared`` (ids of the themes on its agenda, in the vocabulary's
    order), ``here`` (whether a theme counts for the regions chosen), the points for each part of
    ``WEIGHTS``, which are whole numbers given as ``RULES`` say, and ``points``, their sum. Of
    meetings with the same points the newer comes first. Years, certainty and kinds of meetings are
    those of the filter.
    """
    everywhere = select(selected.dataset, replace(selected.selection, region=(), series=()))
    here = select(selected.dataset, replace(selected.selection, series=()))
    themes = selected.threats["threat_id"].tolist()
    rows, own = (_on_themes(part, themes) for part in (everywhere, here))
    meetings = everywhere.meetings[everywhere.meetings["known"]]
    on = pd.Series(among(meetings["meeting_id"], rows["meeting_id"]), meetings.index)
    regular = on.groupby(meetings["series"]).mean()
    table = meetings[on][["meeting_id", "series", "year", "start_date"]].reset_index(drop=True)
    ids, chosen = table["meeting_id"], selected.selection
    shared = rows.groupby("meeting_id")["threat_id"].agg(set)
    subjects = measures.role_rows(rows, "focus")["meeting_id"]
    tied, near = (
        pd.Series(among(ids, part["meeting_id"]), ids.index) for part in (own, here.meetings)
    )
    age = (everywhere.years[1] - table["year"]).astype("Float64")
    parts = {
        "themes": pd.Series([len(shared[key]) for key in ids], ids.index, float)
        / max(len(themes), 1),
        "subject": pd.Series(among(ids, subjects), ids.index),
        "region": (tied + 0.5 * (near & ~tied)) if chosen.region else pd.Series(1.0, ids.index),
        "recency": (1 - age / YEARS_TO_FADE).clip(0, 1).fillna(0),
        "series": table["series"].isin(chosen.series)
        if chosen.series
        else table["series"].map(regular),
    }
    points = {
        name: (parts[name].astype(float) * most + 0.5).astype(int) for name, most in WEIGHTS.items()
    }
    table = table.assign(
        shared=[[t for t in themes if t in shared[key]] for key in ids],
        here=tied,
        **points,
        points=sum(points.values()) if len(table) else 0,
    )
    order = ["points", "start_date", "meeting_id"]
    table = table.sort_values(order, ascending=[False, False, True], ignore_index=True)
    return table[["meeting_id", "shared", "here", *WEIGHTS, "points"]]


def _on_themes(selected: Selected, themes: list[str]) -> pd.DataFrame:
    rows = measures.role_rows(selected.agenda)
    return rows[among(rows["threat_id"], themes)]


def by_year(selected: Selected) -> pd.DataFrame:
    """Return in how many meetings each chosen theme stood on the agenda ``here`` (in the regions
    chosen) and ``elsewhere``, one row per theme and year with any: ``threat_id``, ``year``, both
    counts, as ``measures.attention`` counts."""
    everywhere = select(selected.dataset, replace(selected.selection, region=()))
    own, whole = (
        measures.attention(part, "year").set_index(["threat_id", "year"])["on_agenda"]
        for part in (selected, everywhere)
    )
    table = pd.DataFrame({"here": own, "elsewhere": whole - own})
    return table[table.any(axis=1)].sort_index(level="year").reset_index()
