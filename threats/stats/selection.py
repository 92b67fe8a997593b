"""The dataset narrowed to the reader's filter."""

import datetime as dt
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.categories import is_in
from threats.dataset.dates import ERAS, era_of
from threats.dataset.model import OSCE_WIDE, PANDEMIC, Dataset
from threats.stats.count_rule import CountRule
from threats.stats.filters import ANY_REACH, COURSE, NATIONAL, Selection, to_params, year_bounds
from threats.stats.scopes import in_regions, scope_overlaps


@dataclass(frozen=True, eq=False)
class Selected:
    """The dataset narrowed to a selection.

    ``meetings`` has every meeting in it, with ``known`` true if its agenda was read; ``agenda`` its
    agenda rows, of every threat; ``threats`` the selected rows of the vocabulary; ``years`` the
    first and last year that charts cover; ``emergency`` the first and last day that bound the eras;
    ``count_rule`` which mentions count; ``whole`` the selection that shares its tables and has
    every threat, None if it is this one.
    """

    dataset: Dataset
    selection: Selection
    meetings: pd.DataFrame
    agenda: pd.DataFrame
    threats: pd.DataFrame
    years: tuple[int, int]
    emergency: tuple[dt.date, dt.date]
    count_rule: CountRule = field(default_factory=CountRule)
    whole: "Selected | None" = None

    def __post_init__(self) -> None:
        # Other tables or another rule need another ``whole``.
        shared = ("meetings", "agenda", "years", "emergency", "count_rule")
        if self.whole and any(
            getattr(self.whole, name) is not getattr(self, name) for name in shared
        ):
            object.__setattr__(self, "whole", None)

    @property
    def params(self) -> dict[str, list[str]]:
        """The address parameters of dataset and selection, without the default values."""
        return self.dataset.params | to_params(self.selection)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show: no meeting, or no threat to look for."""
        return self.meetings.empty or self.threats.empty

    @property
    def known(self) -> int:
        """The number of meetings whose agenda is known."""
        return int(self.meetings["known"].sum())

    @property
    def role(self) -> str:
        """The role that a threat must have to count."""
        return self.count_rule.role

    @property
    def has_all_threats(self) -> bool:
        """Whether every threat of the vocabulary is selected."""
        return len(self.threats) == len(self.dataset["threat_categories"])

    @property
    def all_threats(self) -> "Selected":
        """This selection with every threat of the vocabulary: the same object for all selections
        that share their tables, so that what is computed of it is computed once.

        The significance of a figure must not depend on which threats are shown.
        """
        if self.whole or self.has_all_threats:
            return self.whole or self
        selection = replace(self.selection, group=(), threat=())
        return replace(self, selection=selection, threats=self.dataset["threat_categories"])

    def with_filter(self, **changes) -> "Selected":
        """Return the dataset narrowed to this selection with some parts changed, with the same eras
        and count rule."""
        selected = select(self.dataset, replace(self.selection, **changes))
        return apply_count_rule(assign_eras(selected, *self.emergency), self.count_rule)

    def without_regions(self) -> "Selected":
        """Return this selection over all regions."""
        return self.with_filter(region=())


# A selection takes 0.6 MB and a chart with its figure 0.3 MB, so that all caches, images included,
# stay under 500 MB.
@cached(128)
def select(dataset: Dataset, selection: Selection) -> Selected:
    """Return the dataset narrowed to a selection.

    A region keeps the meetings held for it, with all mentions that are not tied to another region,
    and the sessions and mentions of other meetings that are tied to it. The OSCE-wide choice keeps
    the mentions of meetings for the whole area that are tied to no region. Threats, groups and
    certainty do not change the meetings, so that the base of a share stays the same; certainty
    chooses the agenda rows that count.
    """
    every = replace(selection, group=(), threat=())
    if selection != every:
        return _choose_threats(select(dataset, every), selection)
    meetings, agenda = dataset["meetings"], dataset["agenda"]
    meetings["known"] = meetings["reading"] != "none"
    # Tables are filtered once at the end, as that takes most of the time.
    keep, counted = _meeting_mask(meetings, selection), np.ones(len(agenda), dtype=bool)
    if selection.region:
        regions = set(selection.region)
        counted &= in_regions(agenda["region"], agenda["scope"], regions)
        sessions = dataset["regional_sessions"]
        # A session on a region includes its meeting, even if it names no threat.
        tied = sessions.loc[is_in(sessions["region"], regions - {OSCE_WIDE}), "meeting_id"]
        keep &= (
            scope_overlaps(meetings["scope"], regions)
            | is_in(meetings["meeting_id"], agenda["meeting_id"][counted])
            | is_in(meetings["meeting_id"], tied)
        )
    if selection.certainty:
        counted &= is_in(agenda["certainty"], selection.certainty)
    meetings = meetings[keep].reset_index(drop=True)
    counted &= is_in(agenda["meeting_id"], meetings["meeting_id"])
    agenda = agenda[counted].reset_index(drop=True)
    years = selection.years or _years_shown(dataset, meetings)
    threats = dataset["threat_categories"]
    return Selected(dataset, selection, meetings, agenda, threats, years, dataset.era_bounds())


def _years_shown(dataset: Dataset, meetings: pd.DataFrame) -> tuple[int, int]:
    """Return the first and last year of any meeting, without the year in which the data were made
    if none of ``meetings`` is of it: it was not over, so that an empty column says nothing."""
    first, last = year_bounds(dataset)
    unfinished = last >= first_open_year(dataset)
    empty = unfinished and not (meetings["year"] == last).any()
    return first, max(first, last - 1) if empty else last


def first_open_year(dataset: Dataset) -> int:
    """Return the first year that was not over on the day on which the data were made."""
    made = dt.date.fromisoformat(dataset.descriptor["created"][:10])
    return (made + dt.timedelta(days=1)).year


def _meeting_mask(meetings: pd.DataFrame, selection: Selection) -> np.ndarray:
    """Return which meetings fit every part of a selection but regions."""
    keep = np.ones(len(meetings), dtype=bool)
    if selection.kind:
        keep &= is_in(meetings["kind"], selection.kind)
    elif not selection.courses:
        keep &= (meetings["kind"] != COURSE).to_numpy()
    if selection.reach != ANY_REACH:
        several = (meetings["reach"] != NATIONAL).to_numpy()
        own = (meetings["reach"] == selection.reach).to_numpy()
        keep &= own if selection.reach else several
    if selection.family:
        keep &= is_in(meetings["family"], selection.family)
    if selection.reading:
        keep &= (meetings["reading"] == selection.reading).to_numpy()
    if selection.series:
        keep &= is_in(meetings["series"], selection.series)
    if selection.years:
        inside = meetings["year"].between(*selection.years)
        keep &= inside.to_numpy(dtype=bool, na_value=False)
    return keep


def _choose_threats(whole: Selected, selection: Selection) -> Selected:
    threats = whole.threats
    if selection.group:
        threats = threats[threats["group_id"].isin(selection.group)]
    if selection.threat:
        threats = threats[threats["threat_id"].isin(selection.threat)]
    threats = threats.reset_index(drop=True)
    return replace(whole, selection=selection, threats=threats, whole=whole)


@cached(128)
def apply_count_rule(selected: Selected, rule: CountRule) -> Selected:
    """Return the selection counted by another rule."""
    if rule == selected.count_rule:
        return selected
    whole = selected.all_threats
    if whole is selected:
        return replace(selected, count_rule=rule)
    return _with_threats_of(selected, apply_count_rule(whole, rule))


@cached(128)
def assign_eras(selected: Selected, start: dt.date, end: dt.date) -> Selected:
    """Return the selection with eras by an emergency from ``start`` to ``end``, both included."""
    if (start, end) == selected.emergency:
        return selected

    def changed(table: pd.DataFrame) -> pd.DataFrame:
        days = table["start_date"].astype("category")
        eras = [era_of(day, start, end) for day in days.cat.categories]
        return table.assign(era=pd.Series(eras, dtype="category").take(days.cat.codes).array)

    whole = selected.all_threats
    if whole is selected:
        tables = {name: changed(getattr(selected, name)) for name in ("meetings", "agenda")}
        return replace(selected, **tables, emergency=(start, end))
    return _with_threats_of(selected, assign_eras(whole, start, end))


def _with_threats_of(selected: Selected, whole: Selected) -> Selected:
    return replace(whole, selection=selected.selection, threats=selected.threats, whole=whole)


@cached(128)
def with_series_of_all_eras(selected: Selected) -> Selected:
    """Return the selection with only the series of which an agenda is known in every era."""
    whole = selected.all_threats
    if whole is not selected:
        return _with_threats_of(selected, with_series_of_all_eras(whole))
    known = selected.meetings[selected.meetings["known"] & (selected.meetings["era"] != "")]
    n_eras = known.groupby("series", observed=True)["era"].nunique()
    keep = is_in(selected.meetings["series"], n_eras.index[n_eras == len(ERAS)])
    meetings = selected.meetings[keep].reset_index(drop=True)
    agenda = selected.agenda[is_in(selected.agenda["meeting_id"], meetings["meeting_id"])]
    return replace(selected, meetings=meetings, agenda=agenda.reset_index(drop=True))


@cached(128)
def without_pandemic(selected: Selected) -> Selected:
    """Return the selection without the pandemic among its threats."""
    threats = selected.threats[selected.threats["threat_id"] != PANDEMIC]
    threats = threats.reset_index(drop=True)
    return replace(selected, threats=threats, whole=selected.all_threats)
