"""Attention beside what other publishers measured: their figures, rank agreement, travel rules.

Measured figures are those of one region: the region chosen, else (several or none are chosen) of
the 57 participating States together.
"""

import functools
import math
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
from scipy.stats import kendalltau

from threats import measures
from threats.dataset import Dataset
from threats.once import once
from threats.selection import OSCE_WIDE, Selected, of_all_threats

FEWEST_YEARS = 8  # fewer tell nothing of rank agreement
TRAVEL = "oxcgrt_c8_mean"
FORMS = ("in_person", "hybrid", "online", "unknown")


def region_of(selected: Selected) -> str:
    """Return the region whose measured figures stand beside this selection."""
    regions = selected.selection.region
    return regions[0] if len(regions) == 1 else OSCE_WIDE


@functools.lru_cache(maxsize=64)
def fittest_first(dataset: Dataset, region: str) -> dict[str, list[str]]:
    """Return for each threat its indicators, the fittest to follow in a region first.

    Those with a value for the region come first; of these the ones counted over the same countries
    each year (``_panel``); then the steadier number of countries behind the values; then rates
    before counts; then the longer series; then the order of the file.
    """
    rows = dataset["indicator_values"]
    own = rows[rows["region"] == region].groupby("indicator_id")["n_countries"].agg(["min", "max"])
    years = rows[rows["region"] == region].assign(year=rows["period"].str[:4])
    years = years.groupby("indicator_id")["year"].nunique()

    def unfitness(row) -> tuple:
        key = row.indicator_id
        sort, rate = not key.endswith("_panel"), " per " not in row.unit
        if key not in years.index:
            return True, sort, 0, rate, 0
        spread = 1 - own.at[key, "min"] / max(own.at[key, "max"], 1)
        return False, sort, spread, rate, -years[key]

    found: dict[str, list[str]] = {}
    for row in sorted(dataset["indicators"].itertuples(), key=unfitness):
        found.setdefault(row.threat_id, []).append(row.indicator_id)
    return found


@functools.lru_cache(maxsize=4)
def _series(dataset: Dataset) -> dict[tuple[str, str], pd.DataFrame]:
    rows = dataset["indicator_values"]
    rows = rows.assign(year=rows["period"].str[:4].astype(int))
    columns = ["year", "period", "value", "n_countries"]
    return {key: own[columns] for key, own in rows.groupby(["indicator_id", "region"])}


def rows_of(selected: Selected, indicator: str) -> pd.DataFrame:
    """Return the figures of an indicator for the region and years of a selection: ``year`` (int),
    ``period`` (year, or year and month), ``value`` in the indicator's unit and ``n_countries``
    behind it, in order."""
    return _of(_series(selected.dataset), selected, indicator)


def values(selected: Selected, indicator: str) -> pd.DataFrame:
    """Return ``period``, ``value`` and ``n_countries`` of ``rows_of``, with an empty row for each
    period without a figure between two that have one."""
    rows = rows_of(selected, indicator).set_index("period")
    if len(rows):
        step = "Y" if len(rows.index[0]) == 4 else "M"
        every = pd.period_range(rows.index[0], rows.index[-1], freq=step).astype(str)
        rows = rows.reindex(pd.Index(every, name="period", dtype=rows.index.dtype))
    return rows[["value", "n_countries"]].reset_index()


def yearly(rows: pd.DataFrame, to_year: str) -> pd.DataFrame:
    """Return figures as ``rows_of`` gives them by ``year``: ``value`` and ``n_countries``.

    Months make a year by their sum or mean as ``to_year`` says, and only where all twelve have a
    figure; the countries are then the fewest of any month.
    """
    if to_year:
        whole = rows[rows.groupby("year")["period"].transform("size") == 12].groupby("year")
        rows = whole.agg(value=("value", to_year), n_countries=("n_countries", "min"))
        rows = rows.reset_index()
    return rows[["year", "value", "n_countries"]].reset_index(drop=True)


@functools.lru_cache(maxsize=4)
def _years(dataset: Dataset) -> dict[tuple[str, str], pd.DataFrame]:
    to_year = dataset.names("indicators", "to_year")
    return {key: yearly(rows, to_year[key[0]]) for key, rows in _series(dataset).items()}


def years_of(selected: Selected, indicator: str) -> pd.DataFrame:
    """Return the figures of an indicator for the region and years of a selection, as ``yearly``."""
    rows = _of(_years(selected.dataset), selected, indicator)
    return rows[["year", "value", "n_countries"]]


_NOTHING = pd.DataFrame({"year": [0], "period": [""], "value": [0.0], "n_countries": [0]}).astype(
    {"n_countries": "Int64"}
)[:0]


def _of(series: dict, selected: Selected, indicator: str) -> pd.DataFrame:
    rows = series.get((indicator, region_of(selected)), _NOTHING)
    return rows[rows["year"].between(*selected.years)]


class Agreement(NamedTuple):
    """How alike two series rank the same ``n`` years from ``first`` to ``last``: Kendall's
    ``tau``-b with its 95 % interval and ``p``; empty (nan) where it cannot be told."""

    n: int
    first: int
    last: int
    tau: float = math.nan
    low: float = math.nan
    high: float = math.nan
    p: float = math.nan


def agreement(table: pd.DataFrame) -> Agreement:
    """Return how alike ``share`` and ``value`` rank the years of a table that also has ``year`` and
    ``meetings``, of those with at least ``measures.FEWEST`` of these; empty under ``FEWEST_YEARS``
    years or where one of the two never changes.

    Kendall's tau-b, Biometrika 33 (1945) 239. The interval is that of Fieller, Hartley and Pearson,
    Biometrika 44 (1957) 470: atanh(tau) with variance 0.437 / (n - 4); it takes years as
    independent of each other, which they hardly are, so it is rather too narrow. None is given
    where the ranks are wholly the same or opposite. ``p`` is that of Kendall's test, two sides,
    exact where no two years are tied, and takes years likewise.
    """
    told = table[table["meetings"] >= measures.FEWEST]
    n = len(told)
    years = (int(told["year"].min()), int(told["year"].max())) if n else (0, 0)
    constant = told["share"].nunique() < 2 or told["value"].nunique() < 2
    if n < FEWEST_YEARS or constant:
        return Agreement(n, *years)
    tau, p = map(float, kendalltau(told["share"].astype(float), told["value"].astype(float)))
    if abs(tau) > 1 - 1e-9:
        return Agreement(n, *years, tau, p=p)
    half = 1.959964 * math.sqrt(0.437 / (n - 4))
    low, high = math.tanh(math.atanh(tau) - half), math.tanh(math.atanh(tau) + half)
    return Agreement(n, *years, tau, low, high, p)


def agreements(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return ``agreement`` of attention with measured figures for the region and years of a
    selection, one row per threat and indicator, of all threats whichever are chosen:
    ``threat_id``, ``indicator_id``, what ``Agreement`` has, and ``p_adjusted`` over all rows that
    have a ``p`` (``measures.adjusted``)."""
    return _agreements(of_all_threats(selected), role)


@once(64)
def _agreements(selected: Selected, role: str) -> pd.DataFrame:
    region, attention = region_of(selected), measures.attention(selected, "year", role)
    of = selected.dataset.names("indicators", "threat_id")
    years = _years(selected.dataset)
    own = {key: years[key, region] for key in of if (key, region) in years}
    found = dict.fromkeys(of, Agreement(0, 0, 0))
    if own:
        # One merge of all takes a quarter of the time of one for each.
        both = pd.concat(own, names=["indicator_id", "row"]).reset_index()
        both = both[both["year"].between(*selected.years)]
        both = both.assign(threat_id=both["indicator_id"].map(of))
        both = both.merge(attention, on=["threat_id", "year"])
        found |= {key: agreement(rows) for key, rows in both.groupby("indicator_id")}
    rows = [(of[key], key, *result) for key, result in found.items()]
    table = pd.DataFrame(rows, columns=["threat_id", "indicator_id", *Agreement._fields])
    return table.assign(p_adjusted=measures.adjusted(table["p"]))


def travel_by_month(selected: Selected) -> pd.DataFrame:
    """Return the months of the selection's years for which rules on international travel are
    measured: ``period``, ``value`` (mean level, 0 to 4) and ``n_countries``; the number of meetings
    read of each form (``FORMS``) that are dated to the month; ``on_agenda``, how many of the
    ``meetings`` with a known agenda had the pandemic on it, and of these ``doubtful``, as
    ``measures.attention`` counts."""
    table = values(selected, TRAVEL)
    meetings = measures.read(selected).meetings
    month = meetings["start_date"].str[:7]
    meetings = meetings.assign(
        month=month.where(month.isin(table["period"]), ""),
        format=meetings["format"].cat.rename_categories({"": "unknown"}),
    )
    dated = meetings[meetings["month"] != ""]
    forms = pd.crosstab(dated["month"], dated["format"]).reindex(columns=list(FORMS), fill_value=0)
    threats = selected.dataset["threat_categories"]
    pandemic = threats[threats["threat_id"] == measures.PANDEMIC]
    attention = measures.attention(replace(selected, meetings=dated, threats=pandemic), "month")
    attention = attention.set_index("month")[["on_agenda", "meetings", "doubtful"]]
    beside = forms.join(attention)
    counts = beside.reindex(table["period"]).fillna(0).astype(int).reset_index(drop=True)
    return table.join(counts)


def known_by_year_only(selected: Selected, table: pd.DataFrame) -> int:
    """Return how many meetings read of the years of a table by month are dated to no month."""
    dates = measures.read(selected).meetings["start_date"]
    return int(((dates.str.len() == 4) & dates.isin(table["period"].str[:4])).sum())
