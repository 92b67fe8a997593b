"""Precedents of a planned meeting: earlier meetings on its threats, the best first."""

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.categories import is_in
from threats.stats.attention import attention
from threats.stats.mentions import filter_role
from threats.stats.selection import Selected

# The maximum of points for each part of the ranking; 100 together.
# A meeting on the same threats for the same region comes before any elsewhere, however recent.
PRECEDENT_WEIGHTS = {"themes": 35, "subject": 10, "region": 35, "recency": 15, "series": 5}
RECENCY_YEARS = 15  # an older meeting gets no points for recency


@cached(64)
def rank_precedents(selected: Selected) -> pd.DataFrame:
    """Return the meetings of all regions and series that had a selected threat on the agenda, the
    best precedent first: one row per meeting.

    Columns: ``meeting_id``, ``shared`` (ids of the threats on its agenda, in the vocabulary's
    order), ``here`` (whether a threat counts for the selected regions), the points for each part of
    ``PRECEDENT_WEIGHTS``, as whole numbers, and ``points``, their sum. Of meetings with the same
    points the newer comes first. Years, certainty and kinds of meetings are those of the filter.
    """
    everywhere = selected.with_filter(region=(), series=())
    themes = selected.threats["threat_id"].tolist()
    rows = _mentions_of_threats(everywhere, themes)
    meetings = everywhere.meetings[everywhere.meetings["known"]]
    on = pd.Series(is_in(meetings["meeting_id"], rows["meeting_id"]), meetings.index)
    regular = on.groupby(meetings["series"]).mean()
    table = meetings[on][["meeting_id", "series", "year", "start_date"]].reset_index(drop=True)
    shared = rows.groupby("meeting_id")["threat_id"].agg(set)
    shared_threats = [[t for t in themes if t in shared[key]] for key in table["meeting_id"]]
    here, region_score = _region_scores(selected, table["meeting_id"], themes)
    chosen = selected.selection.series
    age = (everywhere.years[1] - table["year"]).astype("Float64")
    scores = {
        "themes": pd.Series(map(len, shared_threats), table.index, float) / max(len(themes), 1),
        "subject": is_in(table["meeting_id"], filter_role(rows, "focus")["meeting_id"]),
        "region": region_score,
        "recency": (1 - age / RECENCY_YEARS).clip(0, 1).fillna(0),
        "series": table["series"].isin(chosen) if chosen else table["series"].map(regular),
    }
    points = {
        name: (pd.Series(scores[name], table.index).astype(float) * weight + 0.5).astype(int)
        for name, weight in PRECEDENT_WEIGHTS.items()
    }
    table = table.assign(shared=shared_threats, here=here, **points)
    table["points"] = table[list(points)].sum(axis=1)
    order = ["points", "start_date", "meeting_id"]
    table = table.sort_values(order, ascending=[False, False, True], ignore_index=True)
    return table[["meeting_id", "shared", "here", *PRECEDENT_WEIGHTS, "points"]]


def _region_scores(
    selected: Selected, ids: pd.Series, themes: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return whether a threat of each meeting counts for the selected regions, and the score: half
    if only the meeting does."""
    region = selected.with_filter(series=())
    here = is_in(ids, _mentions_of_threats(region, themes)["meeting_id"])
    if not selected.selection.region:
        return here, np.ones(len(ids))
    return here, np.where(here, 1, 0.5 * is_in(ids, region.meetings["meeting_id"]))


def _mentions_of_threats(selected: Selected, threat_ids: list[str]) -> pd.DataFrame:
    rows = filter_role(selected.agenda)
    return rows[is_in(rows["threat_id"], threat_ids)]


def precedents_by_year(selected: Selected) -> pd.DataFrame:
    """Return how many meetings had each selected threat on the agenda ``here`` (in the selected
    regions) and ``elsewhere``, as ``attention`` counts, by ``threat_id`` and ``year``; without rows
    of zeros."""
    everywhere = selected.without_regions()
    own, whole = (
        attention(part, "year").set_index(["threat_id", "year"])["on_agenda"]
        for part in (selected, everywhere)
    )
    table = pd.DataFrame({"here": own, "elsewhere": whole - own})
    return table[table.any(axis=1)].sort_index(level="year").reset_index()
