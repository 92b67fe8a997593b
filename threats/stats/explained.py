"""How much of attention a grouping of meetings explains: the series of a meeting, or its year."""

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.stats.mentions import agenda_matrix, subject_ids, threat_mentions
from threats.stats.pooled import MIN_HITS
from threats.stats.selection import Selected

N_PERMUTATIONS = 40


@cached(32)
def explained_deviance(selected: Selected) -> dict[str, float]:
    """Return the share of the Bernoulli deviance of attention that ``series``, ``year`` and
    ``region`` (the scope) of a meeting explain, each less what the same groups explain by chance.

    The deviance is summed over the threats with at least 8 meetings. Chance is the mean over 40
    random orders of the meetings, with a fixed seed. Empty if no threat has enough meetings,
    or if all agendas are the same.
    McCullagh and Nelder, Generalized Linear Models (1989), chapter 4.
    """
    whole = selected.all_threats
    meetings = whole.meetings[whole.meetings["known"] & whole.meetings["year"].notna()]
    ids = subject_ids(whole, "threats")
    present = agenda_matrix(meetings, threat_mentions(whole)[["meeting_id", "threat_id"]], ids)
    present = present[:, present.sum(axis=0) >= MIN_HITS].astype(float)
    if not present.size:
        return {}
    null = _deviance(present, np.zeros(len(meetings), dtype=int))
    if null == 0:  # every agenda is the same, so there is nothing to explain
        return {}
    random = np.random.default_rng(0)
    orders = [random.permutation(len(meetings)) for _order in range(N_PERMUTATIONS)]
    found = {}
    for name, column in (("series", "series"), ("year", "year"), ("region", "scope")):
        groups, _names = pd.factorize(meetings[column])
        chance = np.mean([null - _deviance(present, groups[order]) for order in orders])
        found[name] = float((null - _deviance(present, groups) - chance) / null)
    return found


def _deviance(present: np.ndarray, groups: np.ndarray) -> float:
    """Return minus twice the log likelihood at the share of each group."""
    sizes = np.bincount(groups)[:, None].astype(float)
    hits = np.zeros((len(sizes), present.shape[1]))
    np.add.at(hits, groups, present)
    share = hits / sizes
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = hits * np.log(share) + (sizes - hits) * np.log1p(-share)
    return float(-2 * np.nansum(parts))
