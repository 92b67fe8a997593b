"""Attention to threats side by side: regions, families, series, Chairpersonships or periods.

Each value has its own meetings, and nothing is pooled. The filter holds, except for the part that
is compared: a comparison of regions ignores the regions of the filter.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from threats.caching import cached
from threats.dataset.addresses import mend_value
from threats.dataset.model import Dataset
from threats.format import format_range
from threats.stats.attention import attention
from threats.stats.filters import current_ids, filter_choices, parse_year_range, year_bounds
from threats.stats.libraries import confint_proportions_2indep
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS

# What can be compared, and how many values at most.
MAX_COMPARED_VALUES = {"region": 4, "family": 4, "series": 4, "chair": 12, "period": 4}
# The part of the filter that a comparison replaces.
_REPLACED: Mapping[str, dict[str, Any]] = {
    "region": {"region": ()},
    "family": {"family": ()},
    "series": {"series": ()},
    "chair": {},
    "period": {"years": None},
}


@cached(8, words=True)
def chairpersonships(dataset: Dataset) -> dict[str, str]:
    """Return the Chairpersonships in time order by their id, such as ``FIN-2025``, each with its
    label; a State can hold the chair more than once."""
    rows = dataset["meetings"].dropna(subset="year")
    rows = rows.loc[rows["chair"] != "", ["year", "chair"]].drop_duplicates().astype("str")
    names = dataset.names("countries")
    return {
        f"{chair}-{year}": f"{names.get(chair, chair)} {year}"
        for year, chair in sorted(rows.itertuples(index=False, name=None))
    }


def comparison_labels(dataset: Dataset, by: str) -> dict[str, str]:
    """Return the ids that can be compared with their labels; for periods the two halves of the
    years, and each five years."""
    if by == "chair":
        return chairpersonships(dataset)
    if by != "period":
        return filter_choices(dataset)[by]
    first, last = year_bounds(dataset)
    fives = [(year, min(year + 4, last)) for year in range(first - first % 5, last + 1, 5)]
    spans = [*_halves(first, last), *((max(low, first), high) for low, high in fives)]
    return {_period_id(*span): format_range(*span) for span in spans}


def comparison_label(dataset: Dataset, by: str, value: str) -> str:
    """Return the label of a value."""
    if by == "period":
        return format_range(*parse_year_range(value))
    return comparison_labels(dataset, by)[value]


def parse_compared(dataset: Dataset, by: str, text: str) -> tuple[str, ...]:
    """Return the values that an address text stands for: none if it is unknown, several if an id
    of an earlier edition of the data is now several."""
    if by == "period":
        (low, high), (first, last) = parse_year_range(text), year_bounds(dataset)
        inside = low <= high and high >= first and low <= last
        return (_period_id(max(low, first), min(high, last)),) if inside else ()
    text = mend_value(text, comparison_labels(dataset, by))
    ids = (text,) if by == "chair" else current_ids(dataset, by, text)
    return ids if all(key in comparison_labels(dataset, by) for key in ids) else ()


def comparison_base(selected: Selected, by: str) -> Selected:
    """Return the selection without the part of the filter that a comparison replaces."""
    return selected.with_filter(**_REPLACED[by])


@cached(256)
def narrow_to(selected: Selected, by: str, value: str) -> Selected:
    """Return the selection narrowed to one value of a comparison."""
    if by == "period":
        return selected.with_filter(years=parse_year_range(value))
    if by != "chair":
        return selected.with_filter(**{by: (value,)})
    chair, _separator, year = value.rpartition("-")
    rows = selected.meetings
    inside = (rows["chair"] == chair) & (rows["year"] == int(year)).fillna(False)
    return replace(selected, meetings=rows[inside.astype(bool)].reset_index(drop=True))


def known_by_value(selected: Selected, by: str, values: tuple[str, ...]) -> dict[str, int]:
    """Return the number of meetings with a known agenda of each value."""
    return {value: narrow_to(selected, by, value).known for value in values}


def compared_values(selected: Selected, by: str, chosen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the values of a comparison: those chosen, completed to two if one is chosen.

    Without a choice: the Chairpersonships with a meeting, up to the last twelve; the two halves of
    the years; else the values of the filter and those with most meetings, up to four.
    """
    most = MAX_COMPARED_VALUES[by]
    if len(chosen) >= 2:
        return chosen[:most]
    if by == "chair":
        known = known_by_value(selected, by, tuple(chairpersonships(selected.dataset)))
        latest = [value for value, number in known.items() if number][-most:]
        if chosen:
            latest = [value for value in latest if value not in chosen][-1:]
        return (*chosen, *latest)
    if by == "period":
        return (*chosen, *_default_periods(selected, chosen))
    known = known_by_value(selected, by, tuple(comparison_labels(selected.dataset, by)))
    ranked = sorted((key for key in known if known[key]), key=lambda key: -known[key])
    first = chosen or getattr(selected.selection, by)[:most]
    return tuple(dict.fromkeys((*first, *ranked)))[: 2 if chosen else most]


def _default_periods(selected: Selected, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return the two halves of the years, or the years beside a period or a single year."""
    bounds, (first, last) = year_bounds(selected.dataset), selected.years
    if not chosen and first < last:
        return tuple(_period_id(*span) for span in _halves(first, last))
    low, high = parse_year_range(chosen[0]) if chosen else (first, last)
    beside = (bounds[0], low - 1) if low > bounds[0] else (high + 1, bounds[1])
    own = () if chosen else (_period_id(low, high),)
    return (*own, _period_id(*beside)) if beside[0] <= beside[1] else own


def _halves(first: int, last: int) -> list[tuple[int, int]]:
    middle = first + (last - first) // 2
    return [(first, middle), (middle + 1, last)] if first < last else [(first, last)]


def _period_id(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"


@cached(64)
def compare_attention(selected: Selected, by: str, values: tuple[str, ...]) -> pd.DataFrame:
    """Return attention to each threat in the meetings of each value: the columns of ``attention``
    after ``value``.

    ``status`` is ``few`` if a value has meetings, but under five. A meeting for several regions
    counts in each of them.
    """
    tables = []
    for value in values:
        table = attention(narrow_to(selected, by, value))
        table.insert(0, "value", value)
        tables.append(table)
    table = pd.concat(tables, ignore_index=True)
    few = table["meetings"].between(1, MIN_MEETINGS - 1)
    return table.assign(status=table["status"].mask(few, "few"))


def difference_interval(on: int, total: int, other_on: int, other: int) -> tuple[float, float]:
    """Return the 95% interval of the difference of two shares, ``on`` of ``total`` less
    ``other_on`` of ``other``: Newcombe's method 10, Stat. Med. 17 (1998) 873."""
    low, high = confint_proportions_2indep(
        on, total, other_on, other, method="newcomb", compare="diff"
    )
    return float(low), float(high)
