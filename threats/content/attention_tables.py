"""Tables of attention with labels, shared by pages and findings."""

from math import isnan

import pandas as pd

from threats.stats.attention import attention, first_and_last_year
from threats.stats.drilldown import click_data
from threats.stats.eras import era_differences, within_series
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS, attention_trends
from threats.text.quantities import quantity, share_with_interval


def add_labels(selected: Selected, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of attention with ``threat`` (its name), ``words`` (the figure in words) and
    ``mark`` (what a click on it asks for)."""
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
        return "meetings known, none of their agendas read"
    if status == "no_meeting":
        return "no meeting known"
    parts = [share_with_interval(n_on_agenda, n_meetings, low, high)]
    if n_meetings < MIN_MEETINGS:
        parts.append("too few meetings to tell")
    if doubtful:
        parts.append(f"{doubtful} by a code that is not sure")
    return "; ".join(parts)


def ranked_attention(selected: Selected) -> pd.DataFrame:
    """Return attention over the whole selection, the largest share first."""
    table = add_labels(selected, attention(selected))
    # By share, not by count: of the pandemic fewer meetings can tell than of the rest.
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


def labelled_trends(selected: Selected) -> pd.DataFrame:
    """Return ``measures.trends`` with ``threat``, the name of each."""
    names = selected.dataset.names("threat_categories", "label")
    table = attention_trends(selected)
    return table.assign(threat=table["threat_id"].map(names))


def select_export_columns(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the columns of a table that a reader takes away."""
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
    return table[kept].reset_index(drop=True)


def labelled_era_changes(selected: Selected) -> pd.DataFrame:
    """Return ``shifts.shifts`` with names, the difference's interval as ``difference_low`` and
    ``difference_high``."""
    names = selected.dataset.names("threat_categories", "label")
    table = era_differences(selected)
    table = table.rename(columns={"low": "difference_low", "high": "difference_high"})
    return table.assign(threat=table["threat_id"].map(names))


def labelled_within_series(selected: Selected) -> pd.DataFrame:
    """Return ``shifts.within_series`` with names, words and marks."""
    names = selected.dataset.names("threat_categories", "label")
    table = within_series(selected)
    text = [
        f"odds {row.odds_ratio:.2g} times those before, "
        f"95% interval {row.low:.2g}–{row.high:.2g}, "
        f"in {quantity(row.series, 'series').removesuffix('s')}; "
        + ("too few to tell" if isnan(row.p) else "holds" if row.holds else "does not hold")
        for row in table.itertuples()
    ]
    return table.assign(
        threat=table["threat_id"].map(names),
        words=text,
        mark=click_data(threat=table["threat_id"], era=table["era"]),
    )


def labelled_presence(selected: Selected) -> pd.DataFrame:
    """Return ``measures.presence`` with names, the earliest first and what never came up last."""
    names = selected.dataset.names("threat_categories", "label")
    table = first_and_last_year(selected)
    table.insert(1, "threat", table["threat_id"].map(names))
    return table.sort_values(
        ["first", "meetings"], ascending=[True, False], na_position="last", kind="stable"
    ).reset_index(drop=True)
