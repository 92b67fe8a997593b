"""Tables of figures: every function takes a narrowed dataset and returns a new tidy table."""

from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy.special import ndtr
from scipy.stats import false_discovery_control
from statsmodels.stats.proportion import proportion_confint

from threats.ids import among, places, plain
from threats.once import once
from threats.selection import Selected, chosen, of_all_threats

PANDEMIC = "pandemic"
# Under this many meetings a share says nothing: even 0 of 4 has an interval up to 49 %.
FEWEST = 5
# Under this p, adjusted, a change holds.
LEVEL = 0.05
# What counts as having a threat on the agenda, by the name it has in an address.
ROLES = {"agenda": "focus or discussed", "focus": "main subject", "any": "any mention"}


Rows = TypeVar("Rows", pd.DataFrame, pd.Series)


def role_rows(agenda: pd.DataFrame, role: str = "agenda") -> pd.DataFrame:
    """Return the agenda rows that count for a role of ``ROLES``.

    The focus of a meeting is in its title or stated aim, so the subject of a single session is
    not one; it was discussed. Raises KeyError for an unknown role.
    """
    wanted = {
        "agenda": lambda: among(agenda["role"], ["focus", "discussed"]),
        "focus": lambda: (agenda["role"] == "focus") & (agenda["session_id"] == ""),
        "any": lambda: slice(None),
    }
    return agenda[wanted[role]()]


# A page asks for the same figures in several of its parts.
@once(32)
def attention(
    selected: Selected, by: str | None = None, role: str = "agenda", pandemic_search: bool = False
) -> pd.DataFrame:
    """Return how many meetings had each threat on the agenda, one row per threat and value of
    ``by`` (a column of meetings such as ``year`` or ``era``; None for the whole selection).

    Columns: ``by``, ``threat_id``, ``meetings`` (with a known agenda), ``on_agenda`` (of these),
    ``doubtful`` (of these, by codes alone that are not sure), ``share`` of one with its 95 %
    interval ``low`` to ``high``, and ``status``: ``counted``, ``not_read`` where meetings
    are known but none of their agendas, ``no_meeting``. A meeting counts once however often it
    names a threat. Figures of the pandemic leave out meetings found only by pandemic words, unless
    ``pandemic_search``. Intervals by Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
    """
    meetings, rows = selected.meetings, role_rows(selected.agenda, role)
    ids, values = selected.threats["threat_id"].tolist(), _values(selected, by or "all")
    value = places(meetings[by], values) if by else np.zeros(len(meetings), dtype=int)
    meeting = places(rows["meeting_id"], meetings["meeting_id"])
    threat = places(rows["threat_id"], ids)
    inside = (meeting >= 0) & (threat >= 0)
    # A place of -1 would be taken from the end, and of no meetings there is none to take.
    inside[inside] = value[meeting[inside]] >= 0
    searched = (meetings["found_by"] == "pandemic_search").to_numpy()
    left_out = PANDEMIC in ids and not pandemic_search
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
        doubtful=lambda t: t["on_agenda"] - counted(inside & among(rows["certainty"], ["sure"])),
        meetings=read,
    )
    table["status"] = np.select(
        [table["meetings"] > 0, unread > 0], ["counted", "not_read"], "no_meeting"
    )
    table = with_shares(table)
    order = ["threat_id", "meetings", "on_agenda", "doubtful", "share", "low", "high", "status"]
    return table[[by, *order] if by else order]


def with_shares(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with ``share``, ``low`` and ``high`` (of one) from ``on_agenda`` out of
    ``meetings``; empty where there is no meeting. Wilson's interval, 95 %."""
    total = table["meetings"].where(table["meetings"] > 0).astype(float)
    low, high = proportion_confint(table["on_agenda"].to_numpy(), total.to_numpy(), method="wilson")
    return table.assign(
        share=table["on_agenda"] / total,
        low=np.clip(low, 0, 1),
        high=np.clip(high, 0, 1),
    )


def _values(selected: Selected, column: str) -> list:
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
        [_values(selected, "year"), sorted(dated[column].unique()) if by else ["all"]],
        names=["year", column],
    )
    table = plain(counts.reindex(index, fill_value=0).astype(int).reset_index())
    return table if by else table.drop(columns="all")


def adjusted(p: pd.Series | np.ndarray) -> np.ndarray:
    """Return each p adjusted over all of these that are not nan, which stay so: Benjamini and
    Hochberg, J. R. Stat. Soc. B 57 (1995) 289."""
    p = np.array(p, dtype=float)
    tested = ~np.isnan(p)
    if tested.any():
        p[tested] = false_discovery_control(p[tested])
    return p


def trend(table: pd.DataFrame, of: str = "threat_id") -> pd.DataFrame:
    """Return how the share of meetings moved over the years, one row per value of ``of``, in their
    order, from a table with ``of``, ``year``, ``on_agenda`` and ``meetings``.

    Columns: ``of``; ``split``, the first year of the later half, which has as nearly as whole years
    allow as many meetings as the earlier one; ``early_on`` of ``early`` meetings and ``late_on`` of
    ``late``; ``p``, ``p_adjusted`` and ``moved``: ``up``, ``down``, ``none`` where neither holds,
    ``few`` where under five meetings had it, or had it not, or fewer than three years have one.

    ``p``: Cochran's and Armitage's test for a trend in proportions, two sides (Biometrics 10 (1954)
    417; 11 (1955) 375). ``p_adjusted``: ``adjusted`` over all rows that are not ``few``; it holds
    under 0.05 where the halves differ the same way.
    """
    order = table[of].drop_duplicates()
    wide = table.pivot(index=of, columns="year").reindex(order)
    years = wide["meetings"].columns.to_numpy(dtype=float)
    on, whole = (wide[name].fillna(0).to_numpy(dtype=float) for name in ("on_agenda", "meetings"))
    hits, total = on.sum(axis=1), whole.sum(axis=1)
    few = (hits < FEWEST) | (total - hits < FEWEST) | ((whole > 0).sum(axis=1) < 3)
    share = hits / np.maximum(total, 1)
    away = years - (whole @ years / np.maximum(total, 1))[:, None]
    spread = share * (1 - share) * (whole * away**2).sum(axis=1)
    slope = ((on - whole * share[:, None]) * away).sum(axis=1)
    few |= spread <= 0
    p = np.where(few, np.nan, 2 * ndtr(-np.abs(slope) / np.sqrt(np.where(few, 1, spread))))
    p_adjusted = adjusted(p)
    seen = whole.max(axis=0, initial=0).cumsum()
    place = min(int(np.abs(seen - seen[-1] / 2).argmin()) + 1, len(years) - 1)
    early_on, late_on = on[:, :place].sum(axis=1), on[:, place:].sum(axis=1)
    early, late = whole[:, :place].sum(axis=1), whole[:, place:].sum(axis=1)
    later_share = late_on / np.maximum(late, 1) - early_on / np.maximum(early, 1)
    holds = (p_adjusted < LEVEL) & (np.sign(slope) == np.sign(later_share))
    return pd.DataFrame(
        {
            of: order.to_numpy(),
            "split": int(years[place]),
            "early_on": early_on.astype(int),
            "early": early.astype(int),
            "late_on": late_on.astype(int),
            "late": late.astype(int),
            "p": p,
            "p_adjusted": p_adjusted,
            "moved": np.select(
                [few, holds & (slope > 0), holds & (slope < 0)], ["few", "up", "down"], "none"
            ),
        }
    )


def trends(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return ``trend`` of attention to each threat chosen, with ``p_adjusted`` and ``moved`` over
    every threat of the vocabulary, whichever are chosen."""
    return chosen(selected, _trends(of_all_threats(selected), role))


@once(64)
def _trends(selected: Selected, role: str) -> pd.DataFrame:
    return trend(attention(selected, "year", role))


def largest(rows: Rows, figures: pd.Series) -> Rows:
    """Return those of some rows whose figure is the largest: all of them where several are as
    large, none where no figure is above zero."""
    return rows[(figures == figures.max()) & (figures > 0)]


def read(selected: Selected) -> Selected:
    """Return the selection with those meetings alone that were read. The others are inferred from
    counted editions or a title: they count as known of, and in no other figure."""
    meetings = selected.meetings
    return replace(selected, meetings=meetings[meetings["known"]].reset_index(drop=True))


def last_known(selected: Selected) -> int:
    """Return the last year of which an agenda is known; without any, the last of the selection."""
    years = selected.meetings.loc[selected.meetings["known"], "year"]
    return selected.years[1] if years.isna().all() else int(years.max())


def presence(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return since when each threat has been on the agenda, one row per threat.

    Columns: ``threat_id``, ``first`` and ``last`` year (empty if never), ``years`` in which it was,
    ``meetings`` that had it, and ``silent``, the years from the last to the end of the selection.
    """
    table = attention(selected, "year", role)
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


def behind(
    selected: Selected,
    threat_id: str,
    year: int | None = None,
    role: str = "agenda",
    pandemic_search: bool = False,
) -> pd.DataFrame:
    """Return the mentions behind a figure, newest meeting first: one row per mention, with the
    columns of ``agenda``. Those that ``attention`` leaves out are left out here."""
    rows = role_rows(selected.agenda, role)
    rows = rows[rows["threat_id"] == threat_id]
    if year is not None:
        rows = rows[rows["year"] == year]
    if threat_id == PANDEMIC and not pandemic_search:
        rows = rows[rows["found_by"] != "pandemic_search"]
    order = ["start_date", "meeting_id", "mention_id"]
    return rows.sort_values(order, ascending=[False, True, True])
