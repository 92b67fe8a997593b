"""The design of the pooled models from the meetings of a selection, and periods by their days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

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


class Mix(NamedTuple):
    """The fixed mix: a row of predictors, a weight and a series for each pair of series and scope
    with a meeting. The weights sum to one."""

    columns: np.ndarray
    weights: np.ndarray
    series: np.ndarray


class TimeAxis(NamedTuple):
    """The days of the years of a selection in segments, which are all days of the same year and
    shock.

    ``columns`` has a row of predictors for each segment. The others have a value for each day:
    ``days`` itself, ``segment`` that of the day, ``observed`` whether a meeting is in its year.
    """

    columns: np.ndarray
    days: np.ndarray
    segment: np.ndarray
    observed: np.ndarray

    def weigh(self, periods: Sequence[Period]) -> np.ndarray:
        """Return the share of the days of each period (row) in each segment (column).

        The days of years without a meeting count only in periods without any other day. A period
        outside the years of the selection has no weights (nan).
        """
        weights = np.empty((len(periods), len(self.columns)))
        for row, (_, first, last) in enumerate(periods):
            inside = (self.days >= np.datetime64(first)) & (self.days <= np.datetime64(last))
            observed = inside & self.observed
            chosen = observed if observed.any() else inside
            weights[row] = np.bincount(self.segment[chosen], minlength=len(self.columns))
        total = weights.sum(axis=1, keepdims=True)
        return weights / np.where(total > 0, total, np.nan)


@dataclass(frozen=True, eq=False)
class PooledBase:
    """The dated meetings of a selection whose agenda is known, as the models see them.

    ``on_agenda`` and ``eligible`` have a row for each meeting and a column for each id; ``first``
    and ``last`` are the days that the date of a meeting can mean. ``hits`` and ``trials`` have a
    row for each id and a column for each row of ``design``.
    """

    ids: tuple[str, ...]
    on_agenda: np.ndarray
    eligible: np.ndarray
    first: np.ndarray
    last: np.ndarray
    design: Design
    hits: np.ndarray
    trials: np.ndarray
    mix: Mix
    time: TimeAxis

    def count(self, periods: Sequence[Period]) -> tuple[np.ndarray, np.ndarray]:
        """Return the meetings with each id on the agenda, and all that could have it: periods by
        ids. A date that could be outside a period does not count in it."""
        inside = np.zeros((len(periods), len(self.first)))
        for row, (_, first, last) in enumerate(periods):
            inside[row] = (self.first >= np.datetime64(first)) & (self.last <= np.datetime64(last))
        on, of = (inside @ cells for cells in (self.on_agenda, self.eligible))
        return on.astype(int), of.astype(int)


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
    years = np.arange(selected.years[0], selected.years[1] + 1)
    year = meetings["year"].to_numpy(dtype=int)
    exposure = _shock_exposure(first, last, shocks)
    columns, sizes, pair = _mix_columns(meetings)
    cell, row = _group(pd.DataFrame(exposure).assign(pair=pair, year=year))
    time_columns = np.hstack([_walk_columns(year, years), exposure])
    design = Design(columns[row], time_columns[row], (*sizes, len(years) - 1, len(shocks)))
    hits, trials = (_sum_by(cell, len(row), values) for values in (on_agenda, eligible))
    mix = _mix(columns, pair, meetings["series"])
    time = _time_axis(years, shocks, year)
    return PooledBase(tuple(ids), on_agenda, eligible, first, last, design, hits, trials, mix, time)


def _mix(columns: np.ndarray, pair: np.ndarray, series: pd.Series) -> Mix:
    group, row = _group(pd.DataFrame({"pair": pair}))
    weights = np.bincount(group, minlength=len(row)) / max(len(group), 1)
    return Mix(columns[row], weights, series.astype("str").to_numpy()[row])


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


def _mix_columns(meetings: pd.DataFrame) -> tuple[np.ndarray, tuple[int, int, int], np.ndarray]:
    """Return the columns of level, series and regions, the number of each, and a number for each
    pair of series and scope. A scope of several regions has an equal part of each."""
    series, names = pd.factorize(meetings["series"].astype("str"), sort=True)
    scope, scopes = pd.factorize(meetings["scope"].astype("str"), sort=True)
    regions = pd.Series(scopes, dtype="str").str.get_dummies(";").to_numpy(dtype=float)
    regions = regions / np.maximum(regions.sum(axis=1, keepdims=True), 1)
    columns = np.hstack([np.ones((len(meetings), 1)), np.eye(len(names))[series], regions[scope]])
    return columns, (1, len(names), regions.shape[1]), series * len(scopes) + scope


def _group(key: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of the group of each row, in sorted order, and the first row of each."""
    group = key.groupby(list(key.columns), sort=True).ngroup().to_numpy()
    return group, np.unique(group, return_index=True)[1]


def _sum_by(group: np.ndarray, n_groups: int, cells: np.ndarray) -> np.ndarray:
    """Return the sum of the rows of each group, transposed: ids by groups."""
    total = np.zeros((n_groups, cells.shape[1]))
    np.add.at(total, group, cells)
    return total.T


def _time_axis(
    years: np.ndarray, shocks: list[tuple[np.datetime64, np.datetime64]], observed: np.ndarray
) -> TimeAxis:
    """Return the days of ``years``, of which those in ``observed`` have a meeting."""
    days = np.arange(f"{years[0]}-01-01", f"{years[-1] + 1}-01-01", dtype="datetime64[D]")
    year = days.astype("datetime64[Y]").astype(int) + 1970
    exposure = _shock_exposure(days, days, shocks)
    segment, row = _group(pd.DataFrame(exposure).assign(year=year))
    columns = np.hstack([_walk_columns(year[row], years), exposure[row]])
    return TimeAxis(columns, days, segment, np.isin(year, observed))
