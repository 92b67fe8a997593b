"""The shape of the agenda: how diverse, how concentrated, how sudden and how lasting attention is.

Every figure is over all threats of the vocabulary, and over meetings with a known agenda.
"""

import datetime as dt
import itertools
from collections.abc import Iterator

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.dates import ERAS
from threats.stats.libraries import digamma, gammaln
from threats.stats.mentions import agenda_matrix, eligible_meetings, threat_mentions
from threats.stats.selection import Selected, assign_eras
from threats.stats.trends import MIN_MEETINGS

RESAMPLES, SHUFFLES, SEED = 400, 100, 20180401
SHAPE_LEVEL = 0.90  # of the intervals
MIN_SHAPE_MEETINGS = 10  # fewer agendas cannot show how diverse the threats are
MEASURES = ("effective", "top_three", "gini", "kept")
_RANGES = {"effective": (1.0, np.inf), "top_three": (0, 1), "gini": (0, 1), "kept": (0, 1)}
Periods = tuple[tuple[dt.date, dt.date], ...]


@cached(64)
def agenda_shape(selected: Selected, periods: Periods) -> pd.DataFrame:
    """Return the shape of the agenda of the selection, before, in and after each of ``periods``,
    and of each family of meetings.

    Columns: ``kind`` (``whole``, ``period`` or ``family``), ``value`` (id of the family, or first
    and last day, each empty if open, such as ``2020-01-30/2022-02-23``), ``meetings``, ``pairs`` of
    successive years with five or more meetings, and of each of ``MEASURES`` the figure with the
    ends of its interval, such as ``gini``, ``gini_low`` and ``gini_high``; also ``gini_chance``.

    ``effective``: the number of equally frequent threats that would be as diverse, exp of Shannon's
    entropy of the shares of mentions (Jost, Oikos 113 (2006) 363), with the entropy estimated so
    that few meetings do not look less diverse (Chao, Wang and Jost, Methods Ecol. Evol. 4 (2013)
    1091, without their term for threats never seen). ``top_three``: the share of mentions of the
    three most frequent threats, less its bias in resamples (Efron and Tibshirani, An Introduction
    to the Bootstrap (1993), chapter 10). ``gini``: Gini's coefficient of the absolute changes of
    attention from year to year, of threats on the agenda in either year. Near one, most changes are
    small and a few are large: a punctuated agenda (Lundgren, Squatrito and Tallberg, Rev. Int.
    Organ. 13 (2018) 547; Kaplaner and Steinebach, Polit. Anal. 30 (2022) 450). Chance changes few
    meetings too: ``gini_chance`` is its mean if the meetings are shuffled between the years.
    ``kept``: of the threats on five agendas of a year, the share expected on five agendas of the
    next, so that years with more meetings do not keep more (rarefaction: Hurlbert, Ecology 52
    (1971) 577).

    Under ten meetings nothing is computed. Intervals: 90%, by resampling meetings, for ``gini`` and
    ``kept`` within years (basic bootstrap, chapter 13 of the book).
    """
    selected = selected.all_threats
    meetings = selected.meetings
    ids = selected.threats["threat_id"].tolist()
    mentions = threat_mentions(selected)[["meeting_id", "threat_id"]]
    on = agenda_matrix(meetings, mentions, ids) & eligible_meetings(selected, ids)
    year, known = meetings["year"].fillna(0).to_numpy(dtype=int), meetings["known"].to_numpy(bool)
    rows = []
    for (kind, value), inside in _groups(selected, periods).items():
        chosen = inside & known
        rows.append({"kind": kind, "value": value, **shape_of(on[chosen], year[chosen])})
    return pd.DataFrame(rows)


def _groups(selected: Selected, periods: Periods) -> dict[tuple[str, str], np.ndarray]:
    """Return which meetings are in each group, by kind and value."""
    meetings = selected.meetings
    groups = {("whole", ""): np.ones(len(meetings), dtype=bool)}
    day = dt.timedelta(days=1)
    for start, end in periods:
        spans = (f"/{start - day}", f"{start}/{end}", f"{end + day}/")
        eras = assign_eras(selected, start, end).meetings["era"]
        for era, span in zip(ERAS, spans, strict=True):
            groups["period", span] = (eras == era).to_numpy(dtype=bool)
    for family in selected.dataset.names("families"):
        groups["family", family] = (meetings["family"] == family).to_numpy(dtype=bool)
    return groups


def shape_of(on: np.ndarray, year: np.ndarray) -> dict[str, float]:
    """Return the shape of the agenda of some meetings as ``agenda_shape``, from whether each (row)
    had each threat (column) and its year, 0 if it has none."""
    found: dict[str, float] = {"meetings": len(on)}
    years = [np.flatnonzero(year == one) for one in np.unique(year[year > 0])]
    pairs = list(_successive(year, years))
    found["pairs"] = len(pairs)
    values = {name: np.full(RESAMPLES + 1, np.nan) for name in MEASURES}
    if len(on) >= MIN_SHAPE_MEETINGS and on.any():
        counts = _resampled_weights(np.zeros(len(on))) @ on
        values |= dict(zip(MEASURES, _diversity(counts), strict=False))
        if pairs:
            yearly = _yearly(_resampled_weights(year), on, pairs)
            values |= dict(zip(MEASURES[2:], yearly, strict=True))
    for name in MEASURES:
        found |= _with_interval(name, values[name])
    found["gini_chance"] = _gini_by_chance(on, pairs) if pairs else np.nan
    return found


def _successive(
    year: np.ndarray, years: list[np.ndarray]
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Return the rows of each two successive years that both have enough meetings."""
    for rows, following in itertools.pairwise(years):
        enough = min(len(rows), len(following)) >= MIN_MEETINGS
        if enough and year[following[0]] == year[rows[0]] + 1:
            yield rows, following


def _resampled_weights(year: np.ndarray) -> np.ndarray:
    """Return how often each meeting (column) is in each resample (row) within its year; the first
    row has each once."""
    random = np.random.default_rng(SEED)
    weights = np.ones((RESAMPLES + 1, len(year)))
    for one in np.unique(year):
        rows = np.flatnonzero(year == one)
        equal = np.full(len(rows), 1 / len(rows))
        weights[1:, rows] = random.multinomial(len(rows), equal, size=RESAMPLES)
    return weights


def _diversity(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the effective number of threats and the share of the top three, from the number of
    mentions of each threat (column)."""
    total = counts.sum(axis=1, keepdims=True)
    total = np.where(total > 0, total, np.nan)
    shares = counts / total
    # The digamma of a count is about its logarithm less half its inverse, which removes the bias.
    terms = shares * (digamma(total) - digamma(np.maximum(counts, 1)))
    return np.exp(terms.sum(axis=1)), np.sort(shares, axis=1)[:, -3:].sum(axis=1)


def _yearly(
    weights: np.ndarray, on: np.ndarray, pairs: list[tuple[np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, np.ndarray]:
    """Return Gini's coefficient of the changes, and the share of threats kept."""
    changes, seen, kept = [], 0.0, 0.0
    for rows, following in pairs:
        counts = [weights[:, part] @ on[part] for part in (rows, following)]
        shares = [count / len(part) for count, part in zip(counts, (rows, following), strict=True)]
        changes.append(_changes(*shares))
        first, second = (
            _seen_in_five(count, len(part))
            for count, part in zip(counts, (rows, following), strict=True)
        )
        seen, kept = seen + first.sum(axis=1), kept + (first * second).sum(axis=1)
    return _gini(np.concatenate(changes, axis=1)), kept / np.where(seen > 0, seen, np.nan)


def _changes(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the absolute changes of shares; -1 for a threat that neither year has."""
    return np.where(np.maximum(first, second) > 0, np.abs(second - first), -1)


def _gini(values: np.ndarray) -> np.ndarray:
    """Return Gini's coefficient of the values of each row that are not negative."""
    ordered = np.sort(values, axis=1)
    absent = (ordered < 0).sum(axis=1, keepdims=True)
    ordered = np.maximum(ordered, 0)
    size, total = ordered.shape[1] - absent[:, 0], ordered.sum(axis=1)
    rank = np.arange(1, ordered.shape[1] + 1) - absent
    with np.errstate(invalid="ignore", divide="ignore"):
        return 2 * (rank * ordered).sum(axis=1) / (size * total) - (size + 1) / size


def _seen_in_five(count: np.ndarray, total: int) -> np.ndarray:
    """Return the probability that a threat on ``count`` of ``total`` agendas is on one of five of
    them drawn without replacement."""
    without = total - count

    def log_ways(number: np.ndarray) -> np.ndarray:
        return gammaln(number + 1) - gammaln(np.maximum(number - MIN_MEETINGS, 0) + 1)

    missed = np.exp(log_ways(without) - log_ways(np.array(float(total))))
    return 1 - np.where(without >= MIN_MEETINGS, missed, 0)


def _gini_by_chance(on: np.ndarray, pairs: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """Return the mean of Gini's coefficient over shuffles of the meetings between the years."""
    random = np.random.default_rng(SEED)
    rows = np.unique(np.concatenate([part for pair in pairs for part in pair]))
    place = {row: n for n, row in enumerate(rows)}
    shuffles = random.permuted(np.tile(rows, (SHUFFLES, 1)), axis=1)
    changes = [
        _changes(*(on[shuffles[:, [place[row] for row in part]]].mean(axis=1) for part in pair))
        for pair in pairs
    ]
    ginis = _gini(np.concatenate(changes, axis=1))
    return float(np.nanmean(ginis)) if not np.isnan(ginis).all() else np.nan


def _with_interval(name: str, values: np.ndarray) -> dict[str, float]:
    """Return a figure and its interval from the figure and its resamples."""
    figure, resamples = values[0], values[1:][~np.isnan(values[1:])]
    names = (name, f"{name}_low", f"{name}_high")
    if np.isnan(figure) or not len(resamples):
        return dict.fromkeys(names, np.nan)
    mean, tails = resamples.mean(), (1 - SHAPE_LEVEL) / 2
    low, high = np.quantile(resamples, [tails, 1 - tails])
    centre = 2 * figure - mean if name == "top_three" else figure
    found = np.clip([centre, centre + mean - high, centre + mean - low], *_RANGES[name])
    return dict(zip(names, map(float, found), strict=True))
