"""Attention by region, meetings by country, sessions about a region."""

import pandas as pd

from threats.caching import cached
from threats.stats.attention import attention, only_read
from threats.stats.selection import Selected


@cached(64)
def attention_by_region(selected: Selected) -> pd.DataFrame:
    """Return attention to each threat in each region beside that in the whole area.

    Columns: those of ``attention`` with ``region``, ``whole`` (share over all regions) and
    ``difference`` from it (of one). The regions of the filter are ignored.
    """
    whole = attention(selected.without_regions()).set_index("threat_id")["share"]
    tables = [
        attention(selected.with_filter(region=(region,))).assign(region=region)
        for region in selected.dataset.names("regions")
    ]
    table = pd.concat(tables, ignore_index=True)
    table["whole"] = table["threat_id"].map(whole)
    return table.assign(difference=table["share"] - table["whole"])


@cached(64)
def attention_by_region_and_year(selected: Selected, threat_id: str) -> pd.DataFrame:
    """Return attention to one threat by year in each region: ``attention`` with ``region``. The
    regions of the filter are ignored."""
    changes = {"group": (), "threat": (threat_id,)}
    tables = [
        attention(selected.with_filter(region=(region,), **changes), "year").assign(region=region)
        for region in selected.dataset.names("regions")
    ]
    return pd.concat(tables, ignore_index=True)


def meetings_by_country(selected: Selected) -> pd.Series:
    """Return the number of meetings read that were held in each country of the OSCE area, by
    ``iso3``; the filter's own regions are set aside."""
    counts = only_read(selected.without_regions()).meetings["country"].value_counts()
    countries = selected.dataset["countries"]["iso3"]
    return pd.Series(counts.reindex(countries, fill_value=0).to_numpy(), countries, dtype=int)
