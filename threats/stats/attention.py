"""Tables of figures: every function takes a narrowed dataset and returns a new tidy table."""

from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.categories import as_text, is_in, positions
from threats.stats.mentions import (
    ID_COLUMNS,
    Subject,
    agenda_matrix,
    eligible_meetings,
    subject_ids,
    subject_rows,
)
from threats.stats.selection import Selected

Z95 = 1.959963984540054  # half of a 95% interval in standard deviations

_Rows = TypeVar("_Rows", pd.DataFrame, pd.Series)


@cached(64)
def attention(selected: Selected, by: str | None = None, of: Subject = "threats") -> pd.DataFrame:
    """Return how many meetings had each threat or response on the agenda, or each organization
    among their participants.

    One row per id and value of ``by``, a column of meetings such as ``year`` or ``era`` (None for
    the whole selection). Columns: ``by``, the id, ``meetings`` (with a
    known agenda), ``on_agenda`` (of these), ``doubtful`` (of these, only by uncertain codes),
    ``share`` (of one) with its 95% interval ``low`` to ``high``, and ``status``: ``counted``,
    ``not_read`` if no agenda of the meetings is known, ``no_meeting``. A meeting counts once
    however often it mentions the id. The selection's ``count_rule`` decides which mentions of
    threats count. Intervals by Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
    """
    meetings, key, ids = selected.meetings, ID_COLUMNS[of], subject_ids(selected, of)
    mentions = subject_rows(selected, of)
    values = _index_values(selected, by or "all")
    place = positions(meetings[by], values) if by else np.zeros(len(meetings), dtype=int)
    in_value = (place == np.arange(len(values))[:, None]).astype(float)

    def count(cells: np.ndarray) -> np.ndarray:
        return (in_value @ cells).astype(int).ravel()

    rows, sure = mentions[["meeting_id", key]], is_in(mentions["certainty"], ["sure"])
    on_agenda, on_agenda_surely = (
        count(agenda_matrix(meetings, part, ids)) for part in (rows, rows[sure])
    )
    index = {by: pd.Index(values).repeat(len(ids))} if by else {}
    unread = np.repeat(in_value @ ~meetings["known"].to_numpy(dtype=bool), len(ids)) > 0
    base = count(eligible_meetings(selected, ids))
    table = pd.DataFrame(
        {
            **index,
            key: pd.Index(ids * len(values)),
            "meetings": base,
            "on_agenda": on_agenda,
            "doubtful": on_agenda - on_agenda_surely,
        }
    )
    status = np.select([base > 0, unread], ["counted", "not_read"], "no_meeting")
    return add_wilson(table).assign(status=status)


def add_wilson(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with ``share``, ``low`` and ``high`` (of one) from ``on_agenda`` out of
    ``meetings``; empty where there is no meeting. Wilson's interval, 95%."""
    total = table["meetings"].where(table["meetings"] > 0).astype(float)
    low, high = wilson_interval(table["on_agenda"], total)
    return table.assign(share=table["on_agenda"] / total, low=low, high=high)


def wilson_interval(on: pd.Series, total: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the ends of Wilson's 95% interval of shares (of one), ``on`` of ``total``."""
    # statsmodels would take as long to import as everything else on the first page.
    share, weight = on / total, Z95**2 / total
    middle = (share + weight / 2) / (1 + weight)
    half = Z95 * np.sqrt(share * (1 - share) / total + weight / (4 * total)) / (1 + weight)
    # Rounding would leave a little beside 0 and 1. Without a meeting there is no interval.
    none, all_of_them = (on == 0) & total.notna(), on == total
    return (middle - half).mask(none, 0.0), (middle + half).mask(all_of_them, 1.0)


def _index_values(selected: Selected, column: str) -> list:
    """Return the values of a column: every year in range, else the values present."""
    if column == "year":
        first, last = selected.years
        return list(range(first, last + 1))
    if column == "all":
        return ["all"]
    values = selected.meetings[column]
    return sorted(values[values != ""].dropna().unique())


def meetings_by_year(selected: Selected, by: str | None = None) -> pd.DataFrame:
    """Return the number of meetings of each year, and of each value of ``by`` (a column of
    meetings) if given.

    Columns: ``year``, ``by``, ``meetings``, ``known`` (with a known agenda). Years and values
    without a meeting have 0; meetings without a year are excluded.
    """
    column = by or "all"
    columns = ["year", "known", *([by] if by else [])]
    dated = selected.meetings[columns].assign(all="all").dropna(subset="year")
    counts = dated.groupby(["year", column]).agg(meetings=("known", "size"), known=("known", "sum"))
    index = pd.MultiIndex.from_product(
        [_index_values(selected, "year"), sorted(dated[column].unique()) if by else ["all"]],
        names=["year", column],
    )
    table = as_text(counts.reindex(index, fill_value=0).astype(int).reset_index())
    return table if by else table.drop(columns="all")


def ties_for_max(rows: _Rows, figures: pd.Series) -> _Rows:
    """Return the rows with the largest figure, all that tie; none if no figure is above zero."""
    return rows[(figures == figures.max()) & (figures > 0)]


def only_read(selected: Selected) -> Selected:
    """Return the selection with only the meetings that were read. The others are inferred from
    counted editions or a title; no figure but the number of meetings includes them."""
    meetings = selected.meetings
    return replace(selected, meetings=meetings[meetings["known"]].reset_index(drop=True))


def last_known_year(selected: Selected) -> int:
    """Return the last year with a known agenda; without any, the last year of the selection."""
    years = selected.meetings.loc[selected.meetings["known"], "year"]
    return selected.years[1] if years.isna().all() else int(years.max())


def first_and_last_year(selected: Selected) -> pd.DataFrame:
    """Return when each threat was first and last on the agenda, one row per threat.

    Columns: ``threat_id``, ``first`` and ``last`` year (empty if never), ``years`` in which it was,
    ``meetings`` that had it, and ``silent``, the years from the last to the end of the selection.
    """
    table = attention(selected, "year")
    on = table[table["on_agenda"] > 0].groupby("threat_id")
    result = (
        selected.threats[["threat_id"]]
        .set_index("threat_id")
        .assign(
            first=on["year"].min(),
            last=on["year"].max(),
            years=on["year"].nunique(),
            meetings=on["on_agenda"].sum(),
        )
    )
    result = result.astype("Int64").fillna({"years": 0, "meetings": 0})
    result["silent"] = selected.years[1] - result["last"]
    return result.reset_index()
