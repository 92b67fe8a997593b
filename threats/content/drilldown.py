"""The meetings behind a mark, as a table for a reader."""

import pandas as pd

from threats.content.meetings import meeting_list_table, sort_newest_first
from threats.dataset.categories import is_in
from threats.format import join
from threats.stats.drilldown import Drilldown
from threats.stats.mentions import mentions_of, response_rows
from threats.stats.selection import Selected

_MENTION_COLUMNS = ("role", "evidence", "certainty")
_RESPONSE_COLUMNS = ("evidence", "certainty")


def heatmap_cell(drilldown: Drilldown, selected: Selected) -> tuple[str, int] | None:
    """Return the threat and year of a selection that a mark points at; None if it lacks either."""
    threats, (first, last) = set(selected.threats["threat_id"]), selected.years
    if drilldown.threat in threats and drilldown.year in range(first, last + 1):
        return drilldown.threat, drilldown.year
    return None


def drilldown_phrase(selected: Selected, drilldown: Drilldown) -> str:
    """Return a mark as a phrase, such as "Corruption, 2019"."""
    dataset = selected.dataset
    threats = dataset.names("threat_categories", "label")
    series = dataset.names("series", "short_name")
    parts = [
        threats.get(drilldown.threat),
        threats.get(drilldown.other),
        dataset.names("responses", "label").get(drilldown.response),
        dataset.names("organizations").get(drilldown.organization),
        join([series[key] for key in drilldown.series]),
        dataset.names("regions").get(drilldown.region),
    ]
    first, last = selected.years
    told = [part for part in parts if part] or ["All meetings"]
    return ", ".join(filter(None, [*told, str(drilldown.year or f"{first}–{last}"), drilldown.era]))


def meetings_for(selected: Selected, drilldown: Drilldown) -> pd.DataFrame:
    """Return what is behind a mark as a reader's table, newest first.

    For a threat one row per mention: ``Date``, ``Meeting``, ``Place``, ``Role``, ``Evidence``,
    ``Certainty`` and ``Source``, for a response the same without ``Role``; else one row per
    meeting, without these three. A column ``meeting_id`` leads to the record.
    """
    if drilldown.region:
        selected = selected.with_filter(region=(drilldown.region,))
    meetings = selected.meetings
    if drilldown.threat:
        rows, told = (
            mentions_of(selected, drilldown.threat),
            _MENTION_COLUMNS,
        )
    elif drilldown.response:
        rows, told = response_rows(selected), _RESPONSE_COLUMNS
        rows = rows[rows["response_id"] == drilldown.response].sort_values("mention_id")
    else:
        rows, told = meetings, ()
    inside = pd.Series(True, meetings.index)
    if drilldown.year:
        inside &= meetings["year"] == drilldown.year
    if drilldown.series:
        inside &= meetings["series"].isin(drilldown.series)
    if drilldown.era:
        inside &= meetings["era"] == drilldown.era
    ids = meetings.loc[inside.fillna(False), "meeting_id"]
    if drilldown.response:
        mentions = response_rows(selected)
        ids = ids[
            is_in(ids, mentions.loc[mentions["response_id"] == drilldown.response, "meeting_id"])
        ]
    if drilldown.organization:
        taking = selected.dataset["participation"]
        own = taking.loc[taking["organization_id"] == drilldown.organization, "meeting_id"]
        ids = ids[is_in(ids, own)]
    if drilldown.other:
        ids = ids[is_in(ids, mentions_of(selected, drilldown.other)["meeting_id"])]
    rows = sort_newest_first(rows[is_in(rows["meeting_id"], ids)])
    table = meeting_list_table(selected, rows)
    for place, name in enumerate(told, start=3):
        table.insert(place, name.capitalize(), rows[name].tolist())
    return table
