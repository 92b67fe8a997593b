"""The meetings behind a mark, as a table for a reader."""

import pandas as pd

from threats.content.meetings import meeting_list_table, sort_newest_first
from threats.dataset.categories import is_in
from threats.format import format_range, join
from threats.stats.drilldown import Drilldown
from threats.stats.mentions import mentions_of, response_rows
from threats.stats.selection import Selected
from threats.text.labels import ERA_LABELS
from threats.text.selection import ALL_MEETINGS_LABEL
from threats.text.translate import _


def heatmap_cell(drilldown: Drilldown, selected: Selected) -> tuple[str, int] | None:
    """Return the threat and year of a selection that a mark points at; None if it lacks either."""
    threat, year = drilldown.threat, drilldown.year
    first, last = selected.years
    if threat and year and threat in set(selected.threats["threat_id"]) and first <= year <= last:
        return threat, year
    return None


def drilldown_phrase(selected: Selected, drilldown: Drilldown) -> str:
    """Return a mark as a phrase, such as "Corruption, 2019"."""
    dataset = selected.dataset
    threats = dataset.names("threat_categories", "label")
    series = dataset.names("series", "short_name")
    parts = [
        threats.get(drilldown.threat or ""),
        threats.get(drilldown.other or ""),
        dataset.names("responses", "label").get(drilldown.response or ""),
        dataset.names("organizations").get(drilldown.organization or ""),
        join([series[key] for key in drilldown.series]),
        dataset.names("regions").get(drilldown.region or ""),
    ]
    shown = [part for part in parts if part] or [_(ALL_MEETINGS_LABEL)]
    shown.append(str(drilldown.year or format_range(*selected.years)))
    return ", ".join([*shown, *([_(ERA_LABELS[drilldown.era])] if drilldown.era else [])])


def meetings_for(selected: Selected, drilldown: Drilldown) -> pd.DataFrame:
    """Return what is behind a mark as a reader's table, newest first.

    For a threat one row per mention, with ``Role``, ``Evidence`` and ``Certainty``; for a response
    the same without ``Role``; else one row per meeting. The column ``meeting_id`` leads to the
    record.
    """
    if drilldown.region:
        selected = selected.with_filter(region=(drilldown.region,))
    columns: tuple[str, ...] = ()
    rows = selected.meetings
    if drilldown.threat:
        rows, columns = mentions_of(selected, drilldown.threat), ("role", "evidence", "certainty")
    elif drilldown.response:
        rows, columns = _response_mentions(selected, drilldown.response), ("evidence", "certainty")
    rows = rows[is_in(rows["meeting_id"], _meeting_ids(selected, drilldown))]
    rows = sort_newest_first(rows)
    table = meeting_list_table(selected, rows)
    for place, name in enumerate(columns, start=3):
        table.insert(place, name.capitalize(), rows[name].tolist())
    return table


def _response_mentions(selected: Selected, response: str) -> pd.DataFrame:
    rows = response_rows(selected)
    return rows[rows["response_id"] == response].sort_values("mention_id")


def _meeting_ids(selected: Selected, drilldown: Drilldown) -> pd.Series:
    """Return the ids of the meetings that each part of a mark applies to, except its threat."""
    meetings = selected.meetings
    inside = pd.Series(True, meetings.index)
    if drilldown.year:
        inside &= meetings["year"] == drilldown.year
    if drilldown.series:
        inside &= meetings["series"].isin(drilldown.series)
    if drilldown.era:
        inside &= meetings["era"] == drilldown.era
    ids = meetings.loc[inside.fillna(False), "meeting_id"]
    if drilldown.response:
        ids = ids[is_in(ids, _response_mentions(selected, drilldown.response)["meeting_id"])]
    if drilldown.organization:
        participation = selected.dataset["participation"]
        rows = participation[participation["organization_id"] == drilldown.organization]
        ids = ids[is_in(ids, rows["meeting_id"])]
    if drilldown.other:
        ids = ids[is_in(ids, mentions_of(selected, drilldown.other)["meeting_id"])]
    return ids
