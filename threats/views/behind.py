"""The meetings behind a mark, as a table for a reader."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from threats import measures
from threats.dataset import ERAS, Dataset
from threats.selection import Selected
from threats.words import listed


class Mark(NamedTuple):
    """What a reader points at: a threat, a year, series, an era, or several of these at once."""

    threat: str | None = None
    year: int | None = None
    series: tuple[str, ...] = ()
    era: str | None = None


def to_mark(values: Iterable[str], dataset: Dataset) -> Mark:
    """Return the mark that threats, years, series and names of eras stand for, by their ids."""
    known = dataset.names("series")
    threat, year, series, era = None, None, [], None
    for value in values:
        if value in ERAS:
            era = value
        elif value.isdecimal():
            year = int(value)
        elif value in known:
            series.append(value)
        else:
            threat = value
    return Mark(threat, year, tuple(series), era)


def mark_in_words(selected: Selected, mark: Mark) -> str:
    """Return a mark as a phrase, such as "Corruption, 2019"."""
    threats = selected.dataset.names("threat_categories", "short_name")
    series = selected.dataset.names("series", "short_name")
    what = threats[mark.threat] if mark.threat else listed([series[key] for key in mark.series])
    first, last = selected.years
    return ", ".join(
        filter(None, [what or "All meetings", str(mark.year or f"{first}–{last}"), mark.era])
    )


def behind_mark(
    selected: Selected, mark: Mark, role: str = "agenda", pandemic_search: bool = False
) -> pd.DataFrame:
    """Return what is behind a mark as a reader's table, newest first.

    For a threat one row per mention: ``Date``, ``Meeting``, ``Place``, ``Role``, ``Evidence``,
    ``Certainty`` and ``Source``; else one row per meeting, without the middle three.
    """
    if mark.threat:
        rows = measures.behind(selected, mark.threat, mark.year, role, pandemic_search)
    else:
        rows = newest_first(selected.meetings)
        if mark.series:
            rows = rows[rows["series"].isin(mark.series)]
        if mark.year:
            rows = rows[rows["year"] == mark.year]
    if mark.era:
        rows = rows[rows["era"] == mark.era]
    table = meeting_table(selected, rows)
    if mark.threat:
        for place, name in enumerate(("role", "evidence", "certainty"), start=3):
            table.insert(place, name.capitalize(), rows[name].tolist())
    return table


def newest_first(meetings: pd.DataFrame) -> pd.DataFrame:
    """Return meetings from the newest to the oldest."""
    return meetings.sort_values(["start_date", "meeting_id"], ascending=[False, True])


def meeting_table(selected: Selected, rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``Date``, ``Meeting``, ``Place`` and ``Source`` of rows with a meeting's columns."""
    countries = selected.dataset.names("countries")
    cities = zip(rows["city"], rows["country"], rows["format"], strict=True)
    return pd.DataFrame(
        {
            "Date": rows["date"].tolist(),
            "Meeting": rows["title"].tolist(),
            "Place": [
                _place(city, countries.get(country, ""), form) for city, country, form in cities
            ],
            "Source": rows["source_url"].tolist(),
        }
    )


def _place(city: str, country: str, form: str) -> str:
    return ", ".join(filter(None, [city, country])) or (
        "online" if form == "online" else "not known"
    )
