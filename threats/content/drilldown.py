"""The meetings behind a mark, as a table for a reader."""

import pandas as pd

from threats.content.meetings import meeting_list_table, sort_newest_first
from threats.dataset.categories import is_in
from threats.format import join
from threats.stats.drilldown import Drilldown
from threats.stats.mentions import mentions_of, response_rows
from threats.stats.selection import Selected
from threats.text.selection import ALL_MEETINGS_LABEL
from threats.text.translate import _

_MENTION_COLUMNS = ("role", "evidence", "certainty")
_RESPONSE_COLUMNS = ("evidence", "certainty")


def heatmap_cell(drilldown: Drilldown, selected: Selected) -> tuple[str, int] | None:
    """Return the threat and year of a selection that a mark points at; None if it lacks either."""
    threats, (first, last) = set(selected.threats["threat_id"]), selected.years
    threat, year = drilldown.threat, drilldown.year
    if threat in threats and threat and year and first <= year <= last:
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
    first, last = selected.years
    subjects = [part for part in parts if part] or [_(ALL_MEETINGS_LABEL)]
    return ", ".join(
        filter(None, [*subjects, str(drilldown.year or f"{first}–{last}"), drilldown.era])
    )


def meetings_for(selected: Selected, drilldown: Drilldown) -> pd.DataFrame:
    """Return what is behind a mark as a reader's table, newest first.

    For a threat one row per mention: ``Date``, ``Meeting``, ``Place``, ``Role``, ``Evidence``,
    ``Certainty`` and ``Source``, for a response the same without ``Role``; else one row per
    meeting, without these three. A column ``meeting_id`` leads to the record.
    """
    if drilldown.region:
        selected = selected.with_filter(region=(drilldown.region,))
    columns: tuple[str, ...] = ()
    if drilldown.threat:
        rows, columns = mentions_of(selected, drilldown.threat), _MENTION_COLUMNS
    elif drilldown.response:
        rows, columns = response_rows(selected), _RESPONSE_COLUMNS
        rows = rows[rows["response_id"] == drilldown.response].sort_values("mention_id")
    else:
        rows = selected.meetings
    ids = _meeting_ids(selected, drilldown)
    rows = sort_newest_first(rows[is_in(rows["meeting_id"], ids)])
    table = meeting_list_table(selected, rows)
    for place, name in enumerate(columns, start=3):
        table.insert(place, name.capitalize(), rows[name].tolist())
    return table


def _meeting_ids(selected: Selected, drilldown: Drilldown) -> pd.Series:
    """Return the ids of the meetings that a mark counts, whatever their threat."""
    meetings = selected.meetings
    inside = pd.Series(True, meetings.index)
    if drilldown.year:
        inside &= meetings["year"] == drilldown.year
    if drilldown.series:
        inside &= meetings["series"].isin(drilldown.series)
    if drilldown.era:
        inside &= meetings["era"] == drilldown.era
    ids = meetings.loc[inside.fillna(False), "meeting_id"]
    responses, taking = response_rows(selected), selected.dataset["participation"]
    for given, rows in (
        (drilldown.response, responses[responses["response_id"] == drilldown.response]),
        (drilldown.organization, taking[taking["organization_id"] == drilldown.organization]),
        (drilldown.other, mentions_of(selected, drilldown.other) if drilldown.other else taking),
    ):
        if given:
            ids = ids[is_in(ids, rows["meeting_id"])]
    return ids
