"""The meetings of a selection as the design of the pooled models, and periods as weights of days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.dates import date_range
from threats.stats.mentions import (
    ID_COLUMNS,
    Subject,
    agenda_matrix,
    eligible_meetings,
    subject_ids,
    subject_rows,
)
from threats.stats.pooled_model import Design
from threats.stats.selection import Selected

# The shocks last from each of these days to the day before the next; the last day is in the last.
SHOCK_MILESTONES = ("who_emergency_start", "ukraine_invasion", "who_emergency_end")

Period = tuple[str, dt.date, dt.date]  # name, first day, last day


@dataclass(frozen=True, eq=False)
class PooledBase:
    """The dated meetings of a selection whose agenda is known, as the models see them.

    ``on_agenda`` and ``eligible`` have a row for each meeting and a column for each id; ``first``
    and ``last`` are the days that the date of a meeting can mean. ``hits`` and ``trials`` have a
    row for each id and a column for each row of ``design``. ``mix`` has a row for each series and
    scope with a meeting, ``mix_weights`` its share of the meetings, and ``series`` its series.
    ``time`` has a row for each year and shock, which are together a segment; ``segment`` is that of
    each day, and ``observed`` whether a meeting is in the year of the day.
    """

    ids: tuple[str, ...]
    on_agenda: np.ndarray
    eligible: np.ndarray
    first: np.ndarray
    last: np.ndarray
    design: Design
    hits: np.ndarray
    trials: np.ndarray
    mix: np.ndarray
    mix_weights: np.ndarray
    series: np.ndarray
    time: np.ndarray
    days: np.ndarray
    segment: np.ndarray
    observed: np.ndarray

    def count(self, periods: Sequence[Period]) -> tuple[np.ndarray, np.ndarray]:
        """Return the meetings with each id on the agenda, and all that could have it: periods by
        ids. A date that could be outside a period does not count in it."""
        inside = np.array(
            [
                (self.first >= np.datetime64(first)) & (self.last <= np.datetime64(last))
                for _, first, last in periods
            ]
        )
        on, of = (inside.astype(float) @ cells for cells in (self.on_agenda, self.eligible))
        return on.astype(int), of.astype(int)

    def weigh(self, periods: Sequence[Period]) -> np.ndarray:
        """Return the share of the days of each period (row) in each segment (column).

        The days of years without a meeting count only in periods without any other day. A period
        outside the years of the selection has no weights (nan).
        """
        weights = np.empty((len(periods), len(self.time)))
        for row, (_, first, last) in enumerate(periods):
            inside = (self.days >= np.datetime64(first)) & (self.days <= np.datetime64(last))
            inside = inside & self.observed if (inside & self.observed).any() else inside
            weights[row] = np.bincount(self.segment[inside], minlength=len(self.time))
        total = weights.sum(axis=1, keepdims=True)
        return weights / np.where(total > 0, total, np.nan)


@cached(16)
def pooled_base(selected: Selected, of: Subject) -> PooledBase:
    """Return the base of the pooled models of a selection."""
    ids = subject_ids(selected, of)
    known = (selected.meetings["known"] & selected.meetings["year"].notna()).to_numpy(dtype=bool)
    meetings = selected.meetings[known]
    rows = subject_rows(selected, of)[["meeting_id", ID_COLUMNS[of]]]
    eligible = eligible_meetings(selected, ids)[known]
    on_agenda = agenda_matrix(meetings, rows, ids) & eligible
    first, last = _days_of(meetings["start_date"])
    shocks = _shock_days(selected)
    low, high = selected.years
    years = np.arange(low, high + 1)
    mix_columns, sizes, mix_key, series = _mix_columns(meetings)
    year = meetings["year"].to_numpy(dtype=int)
    exposure = _shock_exposure(first, last, shocks)
    time_columns = np.hstack([_walk_columns(year, years), exposure])
    key = pd.DataFrame(exposure).assign(mix=mix_key, year=year)
    cell, cell_row = _group(key)
    mix, mix_row = _group(pd.DataFrame({"mix": mix_key}))
    days = np.arange(f"{low}-01-01", f"{high + 1}-01-01", dtype="datetime64[D]")
    time, segment, day_year = _segments(days, years, shocks)
    walk_and_shocks = (len(years) - 1, len(shocks))
    design = Design(mix_columns[cell_row], time_columns[cell_row], (*sizes, *walk_and_shocks))
    return PooledBase(
        tuple(ids),
        on_agenda,
        eligible,
        first,
        last,
        design,
        *(_sum_by(cell, len(cell_row), cells) for cells in (on_agenda, eligible)),
        mix_columns[mix_row],
        np.bincount(mix, minlength=len(mix_row)) / max(len(meetings), 1),
        series[mix_row],
        time,
        days,
        segment,
        np.isin(day_year, year),
    )


def _days_of(dates: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and last day that each date can mean."""
    code, texts = pd.factorize(dates)
    ranges = np.array([date_range(text) for text in texts], dtype="datetime64[D]").reshape(-1, 2)
    return ranges[code, 0], ranges[code, 1]


def _shock_days(selected: Selected) -> list[tuple[np.datetime64, np.datetime64]]:
    """Return the first and last day of each shock, from the milestones that the dataset has."""
    milestones = selected.dataset["milestones"]
    dates = milestones.loc[milestones["milestone_id"].isin(SHOCK_MILESTONES), "date"]
    days = np.sort(_days_of(dates)[0])
    end = days[-1:]
    return [(day, after if after in end else after - 1) for day, after in pairwise(days)]


def _shock_exposure(
    first: np.ndarray, last: np.ndarray, shocks: list[tuple[np.datetime64, np.datetime64]]
) -> np.ndarray:
    """Return the share of the days from ``first`` to ``last`` in each shock (column)."""
    one = np.timedelta64(1, "D")
    exposure = np.zeros((len(first), len(shocks)))
    for column, (start, end) in enumerate(shocks):
        inside = (np.minimum(last, end) - np.maximum(first, start) + one) / one
        exposure[:, column] = np.maximum(inside, 0) / ((last - first + one) / one)
    return exposure


def _walk_columns(year: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Return the columns of the steps of a random walk that sums to zero over ``years``."""
    after = years[:, None] >= years[1:]
    return (year[:, None] >= years[1:]) - after.mean(axis=0)


def _mix_columns(
    meetings: pd.DataFrame,
) -> tuple[np.ndarray, tuple[int, int, int], np.ndarray, np.ndarray]:
    """Return the columns of level, series and regions with their numbers, a key of series and
    scope, and the series of each meeting. A scope of several regions has an equal part of each."""
    series, names = pd.factorize(meetings["series"].astype("str"), sort=True)
    scope, scopes = pd.factorize(meetings["scope"].astype("str"), sort=True)
    regions = pd.Series(scopes, dtype="str").str.get_dummies(";").to_numpy(dtype=float)
    regions = regions / np.maximum(regions.sum(axis=1, keepdims=True), 1)
    columns = np.hstack([np.ones((len(meetings), 1)), np.eye(len(names))[series], regions[scope]])
    sizes = (1, len(names), regions.shape[1])
    return columns, sizes, series * max(len(scopes), 1) + scope, np.asarray(names)[series]


def _group(key: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of the group of each row, in sorted order, and the first row of each."""
    group = key.groupby(list(key.columns), sort=True).ngroup().to_numpy()
    return group, np.unique(group, return_index=True)[1]


def _sum_by(group: np.ndarray, n_groups: int, cells: np.ndarray) -> np.ndarray:
    """Return the sum of the rows of each group, transposed: ids by groups."""
    total = np.zeros((n_groups, cells.shape[1]))
    np.add.at(total, group, cells)
    return total.T


def _segments(
    days: np.ndarray, years: np.ndarray, shocks: list[tuple[np.datetime64, np.datetime64]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the columns of each segment, the segment of each day and the year of each day."""
    day_year = days.astype("datetime64[Y]").astype(int) + 1970
    exposure = _shock_exposure(days, days, shocks)
    segment, row = _group(pd.DataFrame(exposure).assign(year=day_year))
    return np.hstack([_walk_columns(day_year[row], years), exposure[row]]), segment, day_year
