"""Attention by region, meetings by country, sessions about a region."""

from dataclasses import replace

import pandas as pd

from threats.caching import cached
from threats.dataset.model import Dataset
from threats.stats.attention import attention, only_read
from threats.stats.selection import Selected, Selection, select, without_regions


def attention_by_region(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return attention to each threat in each region beside that in the whole area: the columns of
    ``measures.attention`` with ``region``, ``whole`` (share over all regions) and ``difference``
    from it (of one). The filter's own regions are set aside."""
    return _attention_by_region(selected.dataset, replace(selected.selection, region=()), role)


@cached(64)
def _attention_by_region(dataset: Dataset, base: Selection, role: str) -> pd.DataFrame:
    whole = attention(select(dataset, base), None, role)
    whole = whole.set_index("threat_id")["share"]
    tables = []
    for region in dataset.names("regions"):
        narrowed = select(dataset, replace(base, region=(region,)))
        tables.append(attention(narrowed, None, role).assign(region=region))
    table = pd.concat(tables, ignore_index=True)
    table["whole"] = table["threat_id"].map(whole)
    return table.assign(difference=table["share"] - table["whole"])


def attention_by_region_and_year(
    selected: Selected, threat_id: str, role: str = "agenda"
) -> pd.DataFrame:
    """Return attention to one threat by year in each region: ``measures.attention`` with
    ``region``. The filter's own regions are set aside."""
    base = replace(selected.selection, region=(), group=(), threat=(threat_id,))
    return _attention_by_region_and_year(selected.dataset, base, role)


@cached(64)
def _attention_by_region_and_year(dataset: Dataset, base: Selection, role: str) -> pd.DataFrame:
    tables = [
        attention(select(dataset, replace(base, region=(region,))), "year", role).assign(
            region=region
        )
        for region in dataset.names("regions")
    ]
    return pd.concat(tables, ignore_index=True)


def meetings_by_country(selected: Selected) -> pd.Series:
    """Return the number of meetings read that were held in each country of the OSCE area, by
    ``iso3``; the filter's own regions are set aside."""
    counts = only_read(without_regions(selected)).meetings["country"].value_counts()
    countries = selected.dataset["countries"]["iso3"]
    return pd.Series(counts.reindex(countries, fill_value=0).to_numpy(), countries, dtype=int)
