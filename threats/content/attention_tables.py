"""Tables of attention with labels, shared by pages and findings."""

from collections.abc import Mapping
from math import isnan

import pandas as pd

from threats.charts.theme import MAX_COLOURS
from threats.content.reader_tables import rows_of
from threats.stats.attention import attention, first_and_last_year
from threats.stats.drilldown import click_data
from threats.stats.eras import era_differences, within_series
from threats.stats.mentions import ID_COLUMNS, Subject
from threats.stats.pooled import pooled_attention
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS, attention_trends
from threats.text import attention as attention_text
from threats.text.covid import within_series_label
from threats.text.quantities import share_with_interval
from threats.text.translate import _

MIX_COLUMNS = ("mix_share", "mix_low", "mix_high", "mix_status")


def add_labels(selected: Selected, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of attention with ``threat`` (its name), ``words`` (the figure in words) and
    ``mark`` (its click data)."""
    names = selected.dataset.names("threat_categories", "label")
    figures = zip(
        table["on_agenda"],
        table["meetings"],
        table["low"],
        table["high"],
        table["doubtful"],
        table["status"],
        strict=True,
    )
    parts = {"threat": table["threat_id"], **{k: table[k] for k in ("year", "era") if k in table}}
    return table.assign(
        threat=table["threat_id"].map(names),
        mark=click_data(**parts),
        words=[_attention_phrase(*row) for row in figures],
    )


def _attention_phrase(
    n_on_agenda: int, n_meetings: int, low: float, high: float, doubtful: int, status: str
) -> str:
    if status == "not_read":
        return _(attention_text.NOT_READ_LABEL)
    if status == "no_meeting":
        return _(attention_text.NO_MEETING_LABEL)
    share = share_with_interval(n_on_agenda, n_meetings, low, high)
    return attention_text.attention_label(share, n_meetings < MIN_MEETINGS, doubtful)


def label_largest(
    ids: pd.Series, n_meetings: pd.Series, names: Mapping[str, str], rest: str
) -> pd.Series:
    """Return the names of the groups with most meetings, as many as there are colours, in falling
    order; all other groups are named ``rest``."""
    sizes = n_meetings.groupby(ids).sum()
    largest = sizes.nlargest(MAX_COLOURS - (len(sizes) > MAX_COLOURS)).index
    labels = ids.where(ids.isin(largest)).map(names).fillna(rest)
    return labels.astype(pd.CategoricalDtype([*(names[key] for key in largest), rest]))


def ranked_attention(selected: Selected) -> pd.DataFrame:
    """Return attention over the whole selection, the largest share first."""
    table = add_labels(selected, attention(selected))
    # By share, not by count, because fewer meetings count for the pandemic.
    return table.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)


def labelled_attention_by_year(selected: Selected) -> pd.DataFrame:
    """Return attention by year, the threats most on the agenda first."""
    order = ranked_attention(selected)["threat_id"].tolist()
    table = add_labels(selected, attention(selected, "year"))
    rank = table["threat_id"].map({threat: place for place, threat in enumerate(order)})
    return (
        table.assign(rank=rank)
        .sort_values(["rank", "year"])
        .drop(columns="rank")
        .reset_index(drop=True)
    )


def add_fixed_mix(selected: Selected, table: pd.DataFrame, of: Subject = "threats") -> pd.DataFrame:
    """Return attention by year with ``mix_share``, its 90% band ``mix_low`` to ``mix_high`` and
    ``mix_status``: ``pooled_attention``, which compares like with like."""
    keys = [ID_COLUMNS[of], "year"]
    pooled = pooled_attention(selected, of)[[*keys, "share", "low", "high", "status"]]
    pooled = pooled.rename(
        columns=dict(zip(("share", "low", "high", "status"), MIX_COLUMNS, strict=True))
    )
    return table.merge(pooled, on=keys, how="left")


def labelled_trends(selected: Selected) -> pd.DataFrame:
    """Return ``attention_trends`` with ``threat``, the name of each."""
    names = selected.dataset.names("threat_categories", "label")
    table = attention_trends(selected)
    return table.assign(threat=table["threat_id"].map(names))


def select_export_columns(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the columns of a table of attention for exports; ``MIX_COLUMNS`` if there."""
    kept = [
        "threat_id",
        "threat",
        *columns,
        "on_agenda",
        "meetings",
        "share",
        "low",
        "high",
        "doubtful",
        "status",
    ]
    kept += [name for name in MIX_COLUMNS if name in table]
    return table[kept].reset_index(drop=True)


def labelled_era_changes(selected: Selected) -> pd.DataFrame:
    """Return ``era_differences`` with names, and the interval of the difference as
    ``difference_low`` and ``difference_high``."""
    names = selected.dataset.names("threat_categories", "label")
    table = era_differences(selected)
    table = table.rename(columns={"low": "difference_low", "high": "difference_high"})
    return table.assign(threat=table["threat_id"].map(names))


def labelled_within_series(selected: Selected) -> pd.DataFrame:
    """Return ``within_series`` with names, words and click data."""
    names = selected.dataset.names("threat_categories", "label")
    table = within_series(selected)
    words = [
        within_series_label(
            row.odds_ratio, row.low, row.high, row.series, None if isnan(row.p) else row.holds
        )
        for row in rows_of(table)
    ]
    return table.assign(
        threat=table["threat_id"].map(names),
        words=words,
        mark=click_data(threat=table["threat_id"], era=table["era"]),
    )


def labelled_presence(selected: Selected) -> pd.DataFrame:
    """Return ``first_and_last_year`` with names, earliest first, threats that never appeared
    last."""
    names = selected.dataset.names("threat_categories", "label")
    table = first_and_last_year(selected)
    table.insert(1, "threat", table["threat_id"].map(names))
    return table.sort_values(
        ["first", "meetings"], ascending=[True, False], na_position="last", kind="stable"
    ).reset_index(drop=True)
