"""Tables of figures: every function takes a narrowed dataset and returns a new tidy table."""

from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from threats.caching import cached
from threats.dataset.categories import as_text, is_in, positions
from threats.dataset.model import PANDEMIC
from threats.stats.selection import Selected

_Rows = TypeVar("_Rows", pd.DataFrame, pd.Series)


def filter_role(agenda: pd.DataFrame, role: str = "agenda") -> pd.DataFrame:
    """Return the agenda rows that count for a role of ``ROLES``.

    The focus of a meeting is in its title or stated aim, so the subject of a single session is
    not one; it was discussed. Raises KeyError for an unknown role.
    """
    wanted = {
        "agenda": lambda: is_in(agenda["role"], ["focus", "discussed"]),
        "focus": lambda: (agenda["role"] == "focus") & (agenda["session_id"] == ""),
        "any": lambda: slice(None),
    }
    return agenda[wanted[role]()]


# A page asks for the same figures in several of its parts.
@cached(32)
def attention(selected: Selected, by: str | None = None) -> pd.DataFrame:
    """Return how many meetings had each threat on the agenda, one row per threat and value of
    ``by`` (a column of meetings such as ``year`` or ``era``; None for the whole selection).

    Columns: ``by``, ``threat_id``, ``meetings`` (with a known agenda), ``on_agenda`` (of these),
    ``doubtful`` (of these, by codes alone that are not sure), ``share`` of one with its 95%
    interval ``low`` to ``high``, and ``status``: ``counted``, ``not_read`` where meetings
    are known but none of their agendas, ``no_meeting``. A meeting counts once however often it
    names a threat. ``count_rule`` of the selection decides which mentions
    count. Intervals by Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
    """
    meetings, rows = selected.meetings, filter_role(selected.agenda, selected.role)
    ids, values = selected.threats["threat_id"].tolist(), _index_values(selected, by or "all")
    value = positions(meetings[by], values) if by else np.zeros(len(meetings), dtype=int)
    meeting = positions(rows["meeting_id"], meetings["meeting_id"])
    threat = positions(rows["threat_id"], ids)
    inside = (meeting >= 0) & (threat >= 0)
    # A place of -1 would be taken from the end, and of no meetings there is none to take.
    inside[inside] = value[meeting[inside]] >= 0
    searched = (meetings["found_by"] == "pandemic_search").to_numpy()
    left_out = PANDEMIC in ids and not selected.count_rule.pandemic_search
    if left_out:
        of_pandemic = inside & (threat == ids.index(PANDEMIC))
        inside[of_pandemic] = ~searched[meeting[of_pandemic]]

    def counted(inside: np.ndarray) -> np.ndarray:
        # A cell for each meeting and threat: many times faster than to group.
        cells = np.zeros((len(meetings), len(ids)), dtype=bool)
        cells[meeting[inside], threat[inside]] = True
        of, what = np.divmod(np.flatnonzero(cells), len(ids))
        size = len(values) * len(ids)
        return np.bincount(value[of] * len(ids) + what, minlength=size)

    def held(wanted: np.ndarray) -> np.ndarray:
        of_value = np.bincount(value[wanted & (value >= 0)], minlength=len(values))
        return np.repeat(of_value, len(ids))

    known = meetings["known"].to_numpy()
    read, unread = held(known), held(~known)
    if left_out:
        place = ids.index(PANDEMIC)
        read[place :: len(ids)] = held(known & ~searched)[place :: len(ids)]
    table = pd.MultiIndex.from_product([values, ids], names=[by or "all", "threat_id"])
    table = table.to_frame(index=False).assign(
        on_agenda=counted(inside),
        doubtful=lambda t: t["on_agenda"] - counted(inside & is_in(rows["certainty"], ["sure"])),
        meetings=read,
    )
    table["status"] = np.select(
        [table["meetings"] > 0, unread > 0], ["counted", "not_read"], "no_meeting"
    )
    table = add_wilson(table)
    order = ["threat_id", "meetings", "on_agenda", "doubtful", "share", "low", "high", "status"]
    return table[[by, *order] if by else order]


def add_wilson(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with ``share``, ``low`` and ``high`` (of one) from ``on_agenda`` out of
    ``meetings``; empty where there is no meeting. Wilson's interval, 95%."""
    total = table["meetings"].where(table["meetings"] > 0).astype(float)
    low, high = proportion_confint(table["on_agenda"].to_numpy(), total.to_numpy(), method="wilson")
    return table.assign(
        share=table["on_agenda"] / total,
        low=np.clip(low, 0, 1),
        high=np.clip(high, 0, 1),
    )


def _index_values(selected: Selected, column: str) -> list:
    """Return what the rows of a table stand for: every year in range, else the values present."""
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

    Columns: ``year``, ``by``, ``meetings`` (all known of), ``known`` (with a known agenda). Years
    and values without a meeting stand with 0; meetings without a year are left out.
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
    """Return those of some rows whose figure is the largest: all of them where several are as
    large, none where no figure is above zero."""
    return rows[(figures == figures.max()) & (figures > 0)]


def only_read(selected: Selected) -> Selected:
    """Return the selection with those meetings alone that were read. The others are inferred from
    counted editions or a title: they count as known of, and in no other figure."""
    meetings = selected.meetings
    return replace(selected, meetings=meetings[meetings["known"]].reset_index(drop=True))


def last_known_year(selected: Selected) -> int:
    """Return the last year of which an agenda is known; without any, the last of the selection."""
    years = selected.meetings.loc[selected.meetings["known"], "year"]
    return selected.years[1] if years.isna().all() else int(years.max())


def first_and_last_year(selected: Selected) -> pd.DataFrame:
    """Return since when each threat has been on the agenda, one row per threat.

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


def mentions_of(
    selected: Selected,
    threat_id: str,
    year: int | None = None,
) -> pd.DataFrame:
    """Return the mentions behind a figure, newest meeting first: one row per mention, with the
    columns of ``agenda``. Those that ``attention`` leaves out are left out here."""
    rows = filter_role(selected.agenda, selected.role)
    rows = rows[rows["threat_id"] == threat_id]
    if year is not None:
        rows = rows[rows["year"] == year]
    if threat_id == PANDEMIC and not selected.count_rule.pandemic_search:
        rows = rows[rows["found_by"] != "pandemic_search"]
    order = ["start_date", "meeting_id", "mention_id"]
    return rows.sort_values(order, ascending=[False, True, True])
