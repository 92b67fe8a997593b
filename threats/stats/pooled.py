"""Attention at a fixed mix of series and regions, by binomial models with partial pooling.

The raw share of a year depends most of all on which series of meetings are in the data of that
year. These figures compare like with like: every year and period has the same mix.

The model
    One for each threat, response or organization. The base is every meeting of the selection that
    has a year and a known agenda; the selection's count rule decides which mentions count. The
    logit of the probability that a meeting has it on the agenda is the sum of

    - a level: normal prior, mean 0, standard deviation (sd) 3
    - an effect of its series: normal, with a common sd that has a half-normal prior of scale 1.5
    - the mean of the effects of the regions in its scope: normal, sd 0.5
    - a random walk over the years of the selection that sums to zero: normal steps, with a common
      sd that has a half-normal prior of scale 0.3
    - two shocks: normal, sd 2 each. The first lasts from WHO's emergency to the day before the
      invasion of Ukraine, the second from the invasion to the end of the emergency. The days are
      those of the milestones of the dataset and do not depend on the periods that a reader chooses.

    A date of a month or year belongs to a shock with the share of its days in it.

The mix
    Each share is the mean prediction over all pairs of series and scope in the base. A pair's
    weight is its share of the meetings of the base over all years, so that a series has the weight
    of its share. ``pooled_mix`` returns these weights. All ids have the same mix. A filter changes
    the mix. Days weigh alike within a year or period, and meetings do not: a year is the mean over
    its days in and out of shocks, a period that over its days in years with a meeting of the base.

The figures
    Posterior means, and bands from the 5th to the 95th percentile, of 2,000 draws with fixed random
    numbers. Laplace's approximation, with the skewness correction of the mean, is fitted at each of
    49 pairs of the two unknown sds and mixed by marginal likelihood. The benchmark
    ``tests/benchmarks/pooled.py`` compares it with a long-run sampler and simpler predictors.

    A year without a meeting has a band, from its neighbours, but no share. An id with fewer than 8
    hits, 20 meetings or 5 years with a meeting has no figure: its status is ``too_few``.

Sources
    Poststratification: Gelman and Little, Surv. Methodol. 23 (1997) 127; Gelman and Hill, Data
    Analysis Using Regression and Multilevel/Hierarchical Models (2007), chapter 14. Random walks:
    Rue and Held, Gaussian Markov Random Fields (2005), chapter 3. Laplace's approximation on a
    grid: Tierney and Kadane, J. Am. Stat. Assoc. 81 (1986) 82; Rue, Martino and Chopin, J. R. Stat.
    Soc. B 71 (2009) 319. Half-normal priors: Gelman, Bayesian Anal. 1 (2006) 515.
"""

import datetime as dt
from collections.abc import Iterable

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.stats.libraries import ndtri
from threats.stats.mentions import ID_COLUMNS, Subject, subject_ids
from threats.stats.pooled_base import Period, PooledBase, pooled_base
from threats.stats.pooled_model import Draws, fit_pooled_models, standardise_shares
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS

MIN_HITS = 8
MIN_BASE = 20
MIN_YEARS = 5
BAND = (0.05, 0.95)
POWER = 0.8


def pooled_mix(selected: Selected) -> pd.DataFrame:
    """Return the weight of each series in the fixed mix, the largest first: ``series`` and
    ``weight`` (of one)."""
    base = pooled_base(selected.all_threats, "threats")
    table = pd.DataFrame({"series": base.mix.series, "weight": base.mix.weights})
    table = table.groupby("series", as_index=False)["weight"].sum()
    return table.sort_values(["weight", "series"], ascending=[False, True], ignore_index=True)


@cached(64)
def pooled_attention(selected: Selected, of: Subject = "threats") -> pd.DataFrame:
    """Return attention in each year at a fixed mix of series and regions.

    One row per year of the selection and id, in this order. Columns: ``year``, the id, ``share``
    with its 90% band ``low`` to ``high`` (of one), the raw counts ``on_agenda`` of ``meetings``,
    and ``status``: ``estimated``, or ``too_few`` for no figure. The docstring of the module says
    what the figures are.
    """
    low, high = selected.years
    years = [(str(n), dt.date(n, 1, 1), dt.date(n, 12, 31)) for n in range(low, high + 1)]
    table = _pooled_table(selected, tuple(years), of).rename(columns={"period": "year"})
    return table.astype({"year": int})


def pooled_periods(
    selected: Selected, periods: Iterable[Period], of: Subject = "threats"
) -> pd.DataFrame:
    """Return attention in each period, a name with its first and last day, at a fixed mix: the
    columns of ``pooled_attention`` with ``period`` instead of ``year``.

    A meeting whose date could be in two periods has no part in the raw counts.
    """
    return _pooled_table(selected, tuple(periods), of)


@cached(64)
def _pooled_table(selected: Selected, periods: tuple[Period, ...], of: Subject) -> pd.DataFrame:
    ids, base = subject_ids(selected, of), pooled_base(selected.all_threats, of)
    column = [base.ids.index(key) for key in ids]
    on_agenda, meetings = (counts[:, column] for counts in base.count(periods))
    enough = _has_enough(base)[column]
    figures = np.full((3, len(periods), len(ids)), np.nan)
    figures[:, :, enough] = _summarise(_draw_shares(selected, of, periods))
    figures[0, meetings == 0] = np.nan
    index = pd.MultiIndex.from_product(
        [[name for name, _, _ in periods], ids], names=["period", ID_COLUMNS[of]]
    )
    return index.to_frame(index=False).assign(
        **dict(zip(("share", "low", "high"), figures.reshape(3, -1), strict=True)),
        on_agenda=on_agenda.ravel(),
        meetings=meetings.ravel(),
        status=np.tile(np.where(enough, "estimated", "too_few"), len(periods)),
    )


def _has_enough(base: PooledBase) -> np.ndarray:
    """Return whether each id has enough hits, meetings and years for a figure."""
    year = base.first.astype("datetime64[Y]")
    years = np.array([len(np.unique(year[of])) for of in base.eligible.T], dtype=int)
    hits, trials = base.hits.sum(axis=1), base.trials.sum(axis=1)
    return (hits >= MIN_HITS) & (trials >= MIN_BASE) & (years >= MIN_YEARS)


def _draw_shares(selected: Selected, of: Subject, periods: tuple[Period, ...]) -> np.ndarray:
    """Return draws of the shares at the fixed mix, for each id with enough meetings: ids by draws
    by periods."""
    whole, wanted = selected.all_threats, set(subject_ids(selected, of))
    base = pooled_base(whole, of)
    ids = [key for key, fits in zip(base.ids, _has_enough(base), strict=True) if fits]
    shares = _shares_by_segment(whole, of, tuple(key for key in ids if key in wanted))
    return shares @ base.time.weigh(periods).T


# Years and eras are sums of the same segments. The shares of a selection take about 5 MB.
@cached(4)
def _shares_by_segment(selected: Selected, of: Subject, ids: tuple[str, ...]) -> np.ndarray:
    base = pooled_base(selected, of)
    draws, mix = _fit(selected, of, ids), base.mix
    return standardise_shares(draws, mix.columns, mix.weights, base.time.columns)


# The draws of a selection take about 10 MB.
@cached(4)
def _fit(selected: Selected, of: Subject, ids: tuple[str, ...]) -> Draws:
    base = pooled_base(selected, of)
    rows = [base.ids.index(key) for key in ids]
    return fit_pooled_models(base.design, base.hits[rows], base.trials[rows])


def _summarise(draws: np.ndarray) -> np.ndarray:
    """Return mean and band of draws: these three by periods by ids."""
    band = np.quantile(draws, BAND, axis=1) if len(draws) else np.empty((2, 0, draws.shape[2]))
    return np.concatenate([draws.mean(axis=1)[None], band]).transpose(0, 2, 1)


@cached(64)
def pooled_contrast(
    selected: Selected, earlier: Period, later: Period, of: Subject = "threats"
) -> pd.DataFrame:
    """Return how attention differs between two periods at a fixed mix, one row per id.

    Columns: the id; ``earlier_share`` and ``later_share``; their ``difference``, which pooling
    shrinks towards zero, with its 90% band ``low`` to ``high`` (of one); the raw counts
    ``earlier_on`` of ``earlier_meetings`` and ``later_on`` of ``later_meetings``; the columns of
    ``smallest_visible_changes``; and ``direction``: ``up`` or ``down`` if the band excludes zero,
    else ``unclear``, and ``too_few`` for no figure, also if a period has under five meetings.
    """
    periods = (("earlier", *earlier[1:]), ("later", *later[1:]))
    both = _pooled_table(selected, periods, of)
    parts = {name: both[both["period"] == name].reset_index(drop=True) for name, *_ in periods}
    table = parts["earlier"][[ID_COLUMNS[of]]]
    for name, part in parts.items():
        table[f"{name}_share"] = part["share"]
        table[f"{name}_on"] = part["on_agenda"]
        table[f"{name}_meetings"] = part["meetings"]
    enough = (parts["earlier"]["status"] == "estimated").to_numpy()
    figures = np.full((3, len(table)), np.nan)
    figures[:, enough] = _summarise(np.diff(_draw_shares(selected, of, periods), axis=2))[:, 0]
    few = ~enough | (table[["earlier_meetings", "later_meetings"]].min(axis=1) < MIN_MEETINGS)
    difference, low, high = np.where(few, np.nan, figures)
    table = table.assign(difference=difference, low=low, high=high)
    visible = smallest_visible_changes(
        *(table[name] for name in ("earlier_on", "earlier_meetings", "later_meetings"))
    )
    direction = np.select([few, low > 0, high < 0], ["too_few", "up", "down"], "unclear")
    return table.join(visible).assign(direction=direction)


def smallest_visible_changes(on: pd.Series, earlier: pd.Series, later: pd.Series) -> pd.DataFrame:
    """Return the smallest changes of a share that a comparison of two raw shares would detect with
    a probability of 80%, from ``on`` of ``earlier`` meetings to an unknown part of ``later`` ones.

    Columns: ``smallest_rise`` and ``smallest_fall`` (of one, to a tenth of a point), empty if even
    the largest possible one is too small, and ``smallest_visible``, the smaller of the two.
    Detection means a 90% interval that excludes zero. Normal approximation: Fleiss, Levin and Paik,
    Statistical Methods for Rates and Proportions (2003), chapter 4.
    """
    n, m = (part.where(part > 0).to_numpy(dtype=float)[:, None] for part in (earlier, later))
    share = on.to_numpy()[:, None] / n
    change = np.arange(1, 1001) / 1000
    smallest = []
    for other in (share + change, share - change):
        possible = (other >= 0) & (other <= 1)
        other = np.clip(other, 0, 1)
        mean = (share * n + other * m) / (n + m)
        null = np.sqrt(mean * (1 - mean) * (1 / n + 1 / m))
        own = np.sqrt(share * (1 - share) / n + other * (1 - other) / m)
        visible = possible & (change >= ndtri(BAND[1]) * null + ndtri(POWER) * own)
        first = change[visible.argmax(axis=1)]
        smallest.append(np.where(visible.any(axis=1), first, np.nan))
    rise, fall = smallest
    changes = {"smallest_rise": rise, "smallest_fall": fall, "smallest_visible": np.fmin(*smallest)}
    return pd.DataFrame(changes, index=on.index)
