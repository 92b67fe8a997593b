"""Coverage: which meetings were read, were not read, or are missing."""

import pandas as pd

from threats.dataset.categories import as_text, is_in
from threats.dataset.model import Dataset
from threats.stats.filters import ANY_REACH, Selection, year_bounds
from threats.stats.selection import Selected, select

READINGS = ("whole", "part", "none")


def readings_by_year(selected: Selected) -> pd.DataFrame:
    """Return ``year``, ``reading`` (of ``READINGS``) and ``meetings``, for every year of the
    selection; meetings without a year are left out."""
    dated = selected.meetings.dropna(subset="year")
    counts = dated.groupby(["year", "reading"]).size()
    first, last = selected.years
    index = pd.MultiIndex.from_product(
        [range(first, last + 1), READINGS], names=["year", "reading"]
    )
    return as_text(counts.reindex(index, fill_value=0).rename("meetings").reset_index())


def with_whole_series(selected: Selected) -> Selected:
    """Return all meetings of the selected series, with courses and every region and year, as an
    edition is missing only if no meeting at all has its number."""
    selection = Selection(
        family=selected.selection.family,
        series=selected.selection.series,
        group=selected.selection.group,
        threat=selected.selection.threat,
        reach=ANY_REACH,
        courses=True,
    )
    return select(selected.dataset, selection)


def coverage_by_series(selected: Selected) -> pd.DataFrame:
    """Return the coverage of each series, one row per series with a meeting.

    Columns: ``series``, ``whole``, ``part`` and ``none`` (meetings by reading), ``highest`` edition
    (empty where editions count no one sequence: in series without a rhythm), ``unseen``, the
    editions from 1 to the highest that no meeting has, as a list of ``(edition, year)``,
    ``unnumbered`` (meetings without an edition, which may be among those) and ``missing``, the
    number of editions that must be missing even if every unnumbered meeting were one of them.
    """
    table = selected.dataset["series"]
    yearly = set(table.loc[table["expected_from"].notna(), "series_id"])
    counts = selected.meetings.groupby(["series", "reading"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(READINGS), fill_value=0)
    rows = []
    for series in selected.dataset.names("series"):
        if series not in counts.index:
            continue
        own = selected.meetings[selected.meetings["series"] == series]
        unseen, highest = missing_editions(own) if series in yearly else ([], None)
        unnumbered = int(own["edition"].isna().sum())
        missing = max(0, len(unseen) - unnumbered)
        rows.append((series, *counts.loc[series], highest, unseen, unnumbered, missing))
    columns = ["series", *READINGS, "highest", "unseen", "unnumbered", "missing"]
    return pd.DataFrame(rows, columns=columns).astype({"highest": "Int64"})


def missing_editions(meetings: pd.DataFrame) -> tuple[list[tuple[int, int | None]], int | None]:
    """Return the editions from 1 to the highest that no meeting of a series has, each with its
    year, and the highest.

    Empty if two meetings have the same number, as it then counts something else. The year is known
    if the editions before and after are one a year; else it is None.
    """
    numbered = meetings.dropna(subset="edition")
    if numbered.empty or numbered["edition"].duplicated().any():
        return [], None
    years = {int(row.edition): row.year for row in numbered.itertuples()}
    highest = max(years)
    unseen: list[tuple[int, int | None]] = []
    for edition in range(1, highest):
        if edition in years:
            continue
        before = max((n for n in years if n < edition), default=None)
        after = min(n for n in years if n > edition)
        year = None
        if before is not None and not pd.isna(years[before]) and not pd.isna(years[after]):
            in_step = years[after] - years[before] == after - before
            year = int(years[before]) + edition - before if in_step else None
        unseen.append((edition, year))
    return unseen, highest


def expected_meetings(selected: Selected) -> pd.DataFrame:
    """Return what is known of each year of each yearly series: ``series``, ``year``, ``meetings``,
    ``known`` (with a known agenda) and ``status``.

    ``status`` is ``read``, ``not_read`` (no agenda known), ``missing`` (a meeting is expected by
    the rhythm of the series, none is known) or ``not_expected``. The last year of the data may be
    incomplete, so nothing is missing in it. Series without a rhythm are left out.
    """
    whole, (first, last) = with_whole_series(selected), selected.years
    latest = year_bounds(selected.dataset)[1]
    table = selected.dataset["series"].dropna(subset="expected_from")
    table = table[is_in(table["series_id"], set(whole.meetings["series"]))]
    counts = whole.meetings.groupby(["series", "year"]).agg(
        meetings=("known", "size"), known=("known", "sum")
    )
    rows = []
    for series in table.itertuples():
        end = latest - 1 if pd.isna(series.expected_to) else series.expected_to
        for year in range(first, last + 1):
            found = (series.series_id, year) in counts.index
            n, known = counts.loc[(series.series_id, year)] if found else (0, 0)
            expected = series.expected_from <= year <= min(end, latest - 1)
            status = "read" if known else "not_read" if n else "missing"
            status = status if n or expected else "not_expected"
            rows.append((series.series_id, year, int(n), int(known), status))
    return pd.DataFrame(rows, columns=["series", "year", "meetings", "known", "status"])


def stopped_series(selected: Selected) -> dict[str, int]:
    """Return the yearly series of which no meeting of the last two or more expected years is known,
    each with the last year of a known meeting."""
    table = expected_meetings(selected)
    stopped = {}
    for series, rows in table.groupby("series", sort=False):
        found, missing = rows[rows["meetings"] > 0], rows[rows["status"] == "missing"]
        last = int(found["year"].max()) if len(found) else 0
        if last and (missing["year"] > last).sum() >= 2:
            stopped[str(series)] = last
    return stopped


def coverage_by_region(selected: Selected) -> pd.DataFrame:
    """Return ``region``, ``year``, ``meetings`` and ``known`` (with a known agenda) for
    every region and year; a meeting counts in each region that it was held for."""
    rows = selected.meetings.dropna(subset="year")
    rows = rows.assign(region=rows["scope"].str.split(";")).explode("region")
    counts = rows.groupby(["region", "year"]).agg(
        meetings=("known", "size"), known=("known", "sum")
    )
    first, last = selected.years
    index = pd.MultiIndex.from_product(
        [list(selected.dataset.names("regions")), range(first, last + 1)],
        names=["region", "year"],
    )
    return counts.reindex(index, fill_value=0).astype(int).reset_index()


def count_by_reading(meetings: pd.DataFrame) -> dict[str, int]:
    """Return the number of meetings by how much of their page was read, of ``READINGS``."""
    counts = meetings["reading"].value_counts()
    return {name: int(counts.get(name, 0)) for name in READINGS}


def completeness(dataset: Dataset) -> dict[str, int]:
    """Return counts of the meetings of a dataset: ``meetings``; those whose start is known to the
    ``day``, ``month`` or ``year``, or ``undated``; with known ``participants`` and ``format``;
    ``nothing_named`` (read, without a threat) and ``pandemic_search`` (found only by it)."""
    meetings = dataset["meetings"]
    precision = meetings["start_date"].str.len().value_counts()
    read = meetings[meetings["reading"] != "none"]
    named = set(dataset["threat_mentions"]["meeting_id"])
    return {
        "meetings": len(meetings),
        "day": int(precision.get(10, 0)),
        "month": int(precision.get(7, 0)),
        "year": int(precision.get(4, 0)),
        "undated": int(precision.get(0, 0)),
        "participants": int(meetings["participants"].notna().sum()),
        "format": int((meetings["format"] != "").sum()),
        "nothing_named": int((~read["meeting_id"].isin(named)).sum()),
        "pandemic_search": int((meetings["found_by"] == "pandemic_search").sum()),
    }
