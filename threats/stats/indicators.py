"""Indicators of other publishers: their values, rank agreement with attention, travel rules.

Measured figures are those of one region: the region chosen, else (several or none are chosen) of
the 57 participating States together.
"""

import math
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.model import OSCE_WIDE, PANDEMIC, Dataset
from threats.stats import attention as stats_attention
from threats.stats.attention import only_read
from threats.stats.count_rule import CountRule
from threats.stats.libraries import kendalltau
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS, benjamini_hochberg

MIN_AGREEMENT_YEARS = 8  # fewer tell nothing of rank agreement
TRAVEL_INDICATOR = "oxcgrt_c8_mean"
MEETING_FORMATS = ("in_person", "hybrid", "online", "unknown")


def indicator_region(selected: Selected) -> str:
    """Return the region whose indicators belong to this selection."""
    regions = selected.selection.region
    return regions[0] if len(regions) == 1 else OSCE_WIDE


@cached(64)
def rank_indicators(dataset: Dataset, region: str) -> dict[str, list[str]]:
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


@cached(4)
def _observations_by_indicator(dataset: Dataset) -> dict[tuple[str, str], pd.DataFrame]:
    rows = dataset["indicator_values"]
    rows = rows.assign(year=rows["period"].str[:4].astype(int))
    columns = ["year", "period", "value", "n_countries"]
    return {key: own[columns] for key, own in rows.groupby(["indicator_id", "region"])}


def observations(selected: Selected, indicator: str) -> pd.DataFrame:
    """Return the figures of an indicator for the region and years of a selection: ``year`` (int),
    ``period`` (year, or year and month), ``value`` in the indicator's unit and ``n_countries``
    behind it, in order."""
    return _select_observations(_observations_by_indicator(selected.dataset), selected, indicator)


def filled_observations(selected: Selected, indicator: str) -> pd.DataFrame:
    """Return ``period``, ``value`` and ``n_countries`` of ``observations``, with an empty row for
    each period without a value between two with one."""
    rows = observations(selected, indicator).set_index("period")
    if len(rows):
        step = "Y" if len(rows.index[0]) == 4 else "M"
        every = pd.period_range(rows.index[0], rows.index[-1], freq=step).astype(str)
        rows = rows.reindex(pd.Index(every, name="period", dtype=rows.index.dtype))
    return rows[["value", "n_countries"]].reset_index()


def aggregate_by_year(rows: pd.DataFrame, aggregation: str) -> pd.DataFrame:
    """Return ``observations`` by ``year``: ``value`` and ``n_countries``.

    Months make a year by their sum or mean by ``aggregation``, and only where all twelve have a
    figure; the countries are then the fewest of any month.
    """
    if aggregation:
        whole = rows[rows.groupby("year")["period"].transform("size") == 12].groupby("year")
        rows = whole.agg(value=("value", aggregation), n_countries=("n_countries", "min"))
        rows = rows.reset_index()
    return rows[["year", "value", "n_countries"]].reset_index(drop=True)


@cached(4)
def _annual_by_indicator(dataset: Dataset) -> dict[tuple[str, str], pd.DataFrame]:
    to_year = dataset.names("indicators", "to_year")
    return {
        key: aggregate_by_year(rows, to_year[key[0]])
        for key, rows in _observations_by_indicator(dataset).items()
    }


def annual_observations(selected: Selected, indicator: str) -> pd.DataFrame:
    """Return the figures of an indicator for the region and years of a selection,
    as ``aggregate_by_year``."""
    rows = _select_observations(_annual_by_indicator(selected.dataset), selected, indicator)
    return rows[["year", "value", "n_countries"]]


_NO_OBSERVATIONS = pd.DataFrame(
    {"year": [0], "period": [""], "value": [0.0], "n_countries": [0]}
).astype({"n_countries": "Int64"})[:0]


def _select_observations(series: dict, selected: Selected, indicator: str) -> pd.DataFrame:
    rows = series.get((indicator, indicator_region(selected)), _NO_OBSERVATIONS)
    return rows[rows["year"].between(*selected.years)]


class RankAgreement(NamedTuple):
    """How alike two series rank the same ``n`` years from ``first`` to ``last``: Kendall's
    ``tau``-b with its 95% interval and ``p``; nan if it cannot be computed. The same of their
    ``n_changes`` from one year to the next as ``tau_change`` and so on."""

    n: int
    first: int
    last: int
    tau: float = math.nan
    low: float = math.nan
    high: float = math.nan
    p: float = math.nan
    n_changes: int = 0
    tau_change: float = math.nan
    low_change: float = math.nan
    high_change: float = math.nan
    p_change: float = math.nan


def rank_agreement(table: pd.DataFrame) -> RankAgreement:
    """Return how alike ``share`` and ``value`` rank the years of a table that also has ``year`` and
    ``meetings``, of those with at least ``MIN_MEETINGS``; empty under ``MIN_AGREEMENT_YEARS``
    years or where one of the two never changes.

    Kendall's tau-b, Biometrika 33 (1945) 239. The interval is that of Fieller, Hartley and Pearson,
    Biometrika 44 (1957) 470: atanh(tau) with variance 0.437 / (n - 4); it takes years as
    independent of each other, which they hardly are, so it is rather too narrow. None is given
    where the ranks are wholly the same or opposite, or where half of the years or more have the
    same share or value: it supposes that there are no ties. ``p`` is that of Kendall's test, two
    sides, exact where no two years are tied, and takes years likewise.

    Two series that only share a trend agree in levels and not in changes (first differences;
    Granger and Newbold, J. Econom. 2 (1974) 111). Changes are from one calendar year to the next,
    and need as many as years do.
    """
    enough = table[table["meetings"] >= MIN_MEETINGS]
    n = len(enough)
    years = (int(enough["year"].min()), int(enough["year"].max())) if n else (0, 0)
    if n < MIN_AGREEMENT_YEARS:
        return RankAgreement(n, *years)
    enough = enough.sort_values("year")
    pair = enough[["share", "value"]].to_numpy(dtype=float)
    changes = np.diff(pair, axis=0)[np.diff(enough["year"]) == 1]
    return RankAgreement(n, *years, *_kendall(pair), len(changes), *_kendall(changes))


def _kendall(pair: np.ndarray) -> tuple[float, float, float, float]:
    """Return tau, the ends of its interval and p of two columns; nan where they cannot be
    computed."""
    n = len(pair)
    # A difference of equal shares is only nearly zero.
    first, second = pair.T.round(12)
    counts = [np.unique(column, return_counts=True)[1] for column in (first, second)]
    if n < MIN_AGREEMENT_YEARS or min(map(len, counts)) < 2:
        return (math.nan,) * 4
    tied = max(count.max() for count in counts)
    tau, p = map(float, kendalltau(first, second))
    if abs(tau) > 1 - 1e-9 or tied >= n / 2:
        return tau, math.nan, math.nan, p
    half = 1.959964 * math.sqrt(0.437 / (n - 4))
    low, high = math.tanh(math.atanh(tau) - half), math.tanh(math.atanh(tau) + half)
    return tau, low, high, p


def rank_agreements(selected: Selected) -> pd.DataFrame:
    """Return ``rank_agreement`` of attention with each indicator for the region and years of a
    selection, for all threats, whichever are selected.

    Columns: ``threat_id``, ``indicator_id``, the fields of ``RankAgreement``, and ``p_adjusted``
    and ``p_change_adjusted`` (``benjamini_hochberg`` over all rows with a ``p``, or a
    ``p_change``).
    """
    return _rank_agreements(selected.all_threats)


@cached(64)
def _rank_agreements(selected: Selected) -> pd.DataFrame:
    region, attention = (
        indicator_region(selected),
        stats_attention.attention(selected, "year"),
    )
    of = selected.dataset.names("indicators", "threat_id")
    years = _annual_by_indicator(selected.dataset)
    own = {key: years[key, region] for key in of if (key, region) in years}
    found = dict.fromkeys(of, RankAgreement(0, 0, 0))
    if own:
        # One merge of all takes a quarter of the time of one for each.
        both = pd.concat(own, names=["indicator_id", "row"]).reset_index()
        both = both[both["year"].between(*selected.years)]
        both = both.assign(threat_id=both["indicator_id"].map(of))
        both = both.merge(attention, on=["threat_id", "year"])
        found |= {key: rank_agreement(rows) for key, rows in both.groupby("indicator_id")}
    rows = [(of[key], key, *result) for key, result in found.items()]
    table = pd.DataFrame(rows, columns=["threat_id", "indicator_id", *RankAgreement._fields])
    return table.assign(
        p_adjusted=benjamini_hochberg(table["p"]),
        p_change_adjusted=benjamini_hochberg(table["p_change"]),
    )


def travel_by_month(selected: Selected) -> pd.DataFrame:
    """Return travel rules and meetings by month, for the months with a value.

    Columns: ``period``, ``value`` (mean level of the rules on international travel, 0 to 4) and
    ``n_countries``; the number of read meetings of each of ``MEETING_FORMATS`` that are dated to
    the month; ``on_agenda``, how many of the ``meetings`` with a known agenda had the pandemic on
    it, and of these ``doubtful``, as ``attention`` counts.
    """
    table = filled_observations(selected, TRAVEL_INDICATOR)
    meetings = only_read(selected).meetings
    month = meetings["start_date"].str[:7]
    meetings = meetings.assign(
        month=month.where(month.isin(table["period"]), ""),
        format=meetings["format"].cat.rename_categories({"": "unknown"}),
    )
    dated = meetings[meetings["month"] != ""]
    forms = pd.crosstab(dated["month"], dated["format"]).reindex(
        columns=list(MEETING_FORMATS), fill_value=0
    )
    threats = selected.dataset["threat_categories"]
    pandemic = threats[threats["threat_id"] == PANDEMIC]
    attention = stats_attention.attention(
        replace(selected, meetings=dated, threats=pandemic, count_rule=CountRule()), "month"
    )
    attention = attention.set_index("month")[["on_agenda", "meetings", "doubtful"]]
    beside = forms.join(attention)
    counts = beside.reindex(table["period"]).fillna(0).astype(int).reset_index(drop=True)
    return table.join(counts)


def count_dated_to_year(selected: Selected, table: pd.DataFrame) -> int:
    """Return how many meetings read of the years of a table by month are dated to no month."""
    dates = only_read(selected).meetings["start_date"]
    return int(((dates.str.len() == 4) & dates.isin(table["period"].str[:4])).sum())
