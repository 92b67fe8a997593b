"""Precedents of a meeting to come: earlier meetings on its themes, the nearest first."""

import pandas as pd

from threats.caching import cached
from threats.dataset.categories import is_in
from threats.stats.attention import attention
from threats.stats.mentions import filter_role
from threats.stats.selection import Selected

# The most points that each part of the ranking gives; 100 in all.
PRECEDENT_WEIGHTS = {"themes": 40, "subject": 10, "region": 25, "recency": 15, "series": 10}
RECENCY_YEARS = 15  # after so many years recency gives nothing


@cached(64)
def rank_precedents(selected: Selected) -> pd.DataFrame:
    """Return the meetings of all regions and series that had a chosen theme on the agenda, the
    nearest first: one row per meeting.

    Columns: ``meeting_id``, ``shared`` (ids of the themes on its agenda, in the vocabulary's
    order), ``here`` (whether a theme counts for the regions chosen), the points for each part of
    ``WEIGHTS``, which are whole numbers given as ``RULES`` say, and ``points``, their sum. Of
    meetings with the same points the newer comes first. Years, certainty and kinds of meetings are
    those of the filter.
    """
    everywhere = selected.with_filter(region=(), series=())
    here = selected.with_filter(series=())
    themes = selected.threats["threat_id"].tolist()
    rows, own = (_mentions_of_threats(part, themes) for part in (everywhere, here))
    meetings = everywhere.meetings[everywhere.meetings["known"]]
    on = pd.Series(is_in(meetings["meeting_id"], rows["meeting_id"]), meetings.index)
    regular = on.groupby(meetings["series"]).mean()
    table = meetings[on][["meeting_id", "series", "year", "start_date"]].reset_index(drop=True)
    ids, chosen = table["meeting_id"], selected.selection
    shared = rows.groupby("meeting_id")["threat_id"].agg(set)
    subjects = filter_role(rows, "focus")["meeting_id"]
    tied, near = (
        pd.Series(is_in(ids, part["meeting_id"]), ids.index) for part in (own, here.meetings)
    )
    age = (everywhere.years[1] - table["year"]).astype("Float64")
    parts = {
        "themes": pd.Series([len(shared[key]) for key in ids], ids.index, float)
        / max(len(themes), 1),
        "subject": pd.Series(is_in(ids, subjects), ids.index),
        "region": (tied + 0.5 * (near & ~tied)) if chosen.region else pd.Series(1.0, ids.index),
        "recency": (1 - age / RECENCY_YEARS).clip(0, 1).fillna(0),
        "series": table["series"].isin(chosen.series)
        if chosen.series
        else table["series"].map(regular),
    }
    points = {
        name: (parts[name].astype(float) * most + 0.5).astype(int)
        for name, most in PRECEDENT_WEIGHTS.items()
    }
    table = table.assign(
        shared=[[t for t in themes if t in shared[key]] for key in ids],
        here=tied,
        **points,
        points=sum(points.values()) if len(table) else 0,
    )
    order = ["points", "start_date", "meeting_id"]
    table = table.sort_values(order, ascending=[False, False, True], ignore_index=True)
    return table[["meeting_id", "shared", "here", *PRECEDENT_WEIGHTS, "points"]]


def _mentions_of_threats(selected: Selected, threat_ids: list[str]) -> pd.DataFrame:
    rows = filter_role(selected.agenda)
    return rows[is_in(rows["threat_id"], threat_ids)]


def precedents_by_year(selected: Selected) -> pd.DataFrame:
    """Return in how many meetings each chosen theme stood on the agenda ``here`` (in the regions
    chosen) and ``elsewhere``, one row per theme and year with any: ``threat_id``, ``year``, both
    counts, as ``measures.attention`` counts."""
    everywhere = selected.without_regions()
    own, whole = (
        attention(part, "year").set_index(["threat_id", "year"])["on_agenda"]
        for part in (selected, everywhere)
    )
    table = pd.DataFrame({"here": own, "elsewhere": whole - own})
    return table[table.any(axis=1)].sort_index(level="year").reset_index()
