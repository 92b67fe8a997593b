"""The meetings behind a mark, as a table for a reader."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from threats import measures, together
from threats.dataset import ERAS, Dataset
from threats.ids import among, places
from threats.selection import Selected, select
from threats.words import listed

NEWEST = 8
_OF_THREATS = ("role", "evidence", "certainty")
_OF_RESPONSES = ("evidence", "certainty")


class Mark(NamedTuple):
    """What a reader points at, by ids: a threat, a year, series, an era and more, or several.

    ``other`` is a second threat, dealt with by the same meeting.
    """

    threat: str | None = None
    year: int | None = None
    series: tuple[str, ...] = ()
    era: str | None = None
    region: str | None = None
    response: str | None = None
    organization: str | None = None
    other: str | None = None


def to_mark(values: Iterable[str], dataset: Dataset) -> Mark:
    """Return the mark that ids, years and names of eras stand for; what is unknown is left out."""
    tables = {
        "series": "series",
        "region": "regions",
        "response": "responses",
        "threat": "threat_categories",
        "organization": "organizations",
    }
    known = {part: dataset.names(table) for part, table in tables.items()}
    parts: dict = {"series": ()}
    for value in values:
        if value in ERAS:
            parts["era"] = value
        elif value.isascii() and value.isdecimal() and len(value) == 4:
            parts["year"] = int(value)
        else:
            part = next((part for part, ids in known.items() if value in ids), None)
            if part == "series":
                parts["series"] += (value,)
            elif part == "threat" and "threat" in parts:
                parts["other"] = value
            elif part:
                parts[part] = value
    return Mark(**parts)


def from_mark(mark: Mark) -> list[str]:
    """Return the ids and years of a mark, as they stand in an address."""
    parts = [part if isinstance(part, tuple) else (part,) for part in mark]
    return [str(value) for values in parts for value in values if value]


def cell(mark: Mark, selected: Selected) -> tuple[str, int] | None:
    """Return the threat and year of a selection that a mark points at; None if it lacks either."""
    threats, (first, last) = set(selected.threats["threat_id"]), selected.years
    if mark.threat in threats and mark.year in range(first, last + 1):
        return mark.threat, mark.year
    return None


def mark_in_words(selected: Selected, mark: Mark) -> str:
    """Return a mark as a phrase, such as "Corruption, 2019"."""
    dataset = selected.dataset
    threats = dataset.names("threat_categories", "label")
    series = dataset.names("series", "short_name")
    parts = [
        threats.get(mark.threat),
        threats.get(mark.other),
        dataset.names("responses", "label").get(mark.response),
        dataset.names("organizations").get(mark.organization),
        listed([series[key] for key in mark.series]),
        dataset.names("regions").get(mark.region),
    ]
    first, last = selected.years
    told = [part for part in parts if part] or ["All meetings"]
    return ", ".join(filter(None, [*told, str(mark.year or f"{first}–{last}"), mark.era]))


def behind_mark(
    selected: Selected, mark: Mark, role: str = "agenda", pandemic_search: bool = False
) -> pd.DataFrame:
    """Return what is behind a mark as a reader's table, newest first.

    For a threat one row per mention: ``Date``, ``Meeting``, ``Place``, ``Role``, ``Evidence``,
    ``Certainty`` and ``Source``, for a response the same without ``Role``; else one row per
    meeting, without these three. A column ``meeting_id`` leads to the record.
    """
    if mark.region:
        selected = select(selected.dataset, replace(selected.selection, region=(mark.region,)))
    meetings = selected.meetings
    if mark.threat:
        rows, told = (
            measures.behind(selected, mark.threat, None, role, pandemic_search),
            _OF_THREATS,
        )
    elif mark.response:
        rows, told = together.response_rows(selected), _OF_RESPONSES
        rows = rows[rows["response_id"] == mark.response].sort_values("mention_id")
    else:
        rows, told = meetings, ()
    inside = pd.Series(True, meetings.index)
    if mark.year:
        inside &= meetings["year"] == mark.year
    if mark.series:
        inside &= meetings["series"].isin(mark.series)
    if mark.era:
        inside &= meetings["era"] == mark.era
    ids = meetings.loc[inside.fillna(False), "meeting_id"]
    if mark.response:
        mentions = together.response_rows(selected)
        ids = ids[among(ids, mentions.loc[mentions["response_id"] == mark.response, "meeting_id"])]
    if mark.organization:
        taking = selected.dataset["participation"]
        own = taking.loc[taking["organization_id"] == mark.organization, "meeting_id"]
        ids = ids[among(ids, own)]
    if mark.other:
        ids = ids[among(ids, measures.behind(selected, mark.other, None, role)["meeting_id"])]
    rows = newest_first(rows[among(rows["meeting_id"], ids)])
    table = meeting_table(selected, rows)
    for place, name in enumerate(told, start=3):
        table.insert(place, name.capitalize(), rows[name].tolist())
    return table


def newest(selected: Selected) -> pd.DataFrame:
    """Return the newest meetings of a selection as a reader's table."""
    return meeting_table(selected, newest_first(selected.meetings).head(NEWEST))


def newest_first(meetings: pd.DataFrame) -> pd.DataFrame:
    """Return meetings from the newest to the oldest."""
    order = ["start_date", "meeting_id"]
    return meetings.sort_values(order, ascending=[False, True], kind="stable")


def meeting_table(selected: Selected, rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``Date``, ``Meeting``, ``Place``, ``Source`` and ``meeting_id`` of rows with
    ``meeting_id`` and ``source_url``."""
    all_meetings = selected.dataset["meetings"]
    meetings = all_meetings.iloc[places(rows["meeting_id"], all_meetings["meeting_id"])]
    countries = selected.dataset.names("countries")
    cities = zip(meetings["city"], meetings["country"], meetings["format"], strict=True)
    return pd.DataFrame(
        {
            "Date": meetings["date"].tolist(),
            "Meeting": meetings["title"].tolist(),
            "Place": [
                _place(city, countries.get(country, ""), form) for city, country, form in cities
            ],
            "Source": rows["source_url"].tolist(),
            "meeting_id": rows["meeting_id"].tolist(),
        }
    )


def _place(city: str, country: str, form: str) -> str:
    return ", ".join(filter(None, [city, country])) or (
        "online" if form == "online" else "not known"
    )
