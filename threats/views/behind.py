"""The meetings behind a mark, as a table for a reader."""

import pandas as pd

from threats import measures
from threats.selection import Selected


def behind(
    selected: Selected,
    threat_id: str | None = None,
    year: int | None = None,
    series: tuple[str, ...] = (),
    role: str = "agenda",
) -> pd.DataFrame:
    """Return what is behind a mark as a reader's table, newest first.

    For a threat one row per mention: ``Date``, ``Meeting``, ``Place``, ``Role``, ``Evidence``,
    ``Certainty`` and ``Source``; else one row per meeting, of the series or all, without the
    middle three.
    """
    if threat_id:
        rows = measures.behind(selected, threat_id, year, role)
    else:
        rows = newest_first(selected.meetings)
        if series:
            rows = rows[rows["series"].isin(series)]
        if year:
            rows = rows[rows["year"] == year]
    table = meeting_table(selected, rows)
    if threat_id:
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
