"""Changes of attention between eras, raw and within series, with intervals and tests."""

import functools
from dataclasses import replace

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.categories import as_text, is_in, positions
from threats.dataset.dates import ERAS
from threats.dataset.model import OSCE_WIDE, PANDEMIC
from threats.stats.attention import attention, meetings_by_year, only_read
from threats.stats.libraries import (
    chdtrc,
    confint_proportions_2indep,
    fisher_exact,
    stratified_table,
)
from threats.stats.mentions import agenda_matrix, eligible_meetings, selected_rows, threat_mentions
from threats.stats.selection import Selected
from threats.stats.trends import ALPHA, MIN_MEETINGS, benjamini_hochberg

COMPARISON_ERAS = ERAS[1:]


def meetings_by_era(selected: Selected) -> dict[str, int]:
    """Return the number of meetings with a known agenda in each era, and under an empty key those
    whose date could be in two eras."""
    counts = selected.meetings.loc[selected.meetings["known"], "era"].value_counts()
    return {era: int(counts.get(era, 0)) for era in (*ERAS, "")}


def attention_by_era(selected: Selected) -> pd.DataFrame:
    """Return ``attention`` by era, with every era even if it has no meeting."""
    table = attention(selected, "era")
    ids = selected.threats["threat_id"].tolist()
    index = pd.MultiIndex.from_product([ERAS, ids], names=["era", "threat_id"])
    table = table.set_index(["era", "threat_id"]).reindex(index).reset_index()
    whole = ["meetings", "on_agenda", "doubtful"]
    table[whole] = table[whole].fillna(0).astype(int)
    return table.assign(status=table["status"].fillna("no_meeting"))


def era_differences(selected: Selected) -> pd.DataFrame:
    """Return how attention to each threat differs from before the emergency: one row per threat
    and later era (``during``, ``after``).

    Columns: ``threat_id``, ``era``, ``before_on`` of ``before_meetings``, ``on_agenda`` of
    ``meetings``, the ``difference`` of the two shares with its 95% interval ``low`` to ``high``
    (of one; empty if an era has no meeting), ``p``, ``p_adjusted`` and ``holds``.

    Intervals: Newcombe's method 10, Stat. Med. 17 (1998) 873. ``p``: Fisher's exact test, two
    sides (J. R. Stat. Soc. 85 (1922) 87), which is what shuffling the meetings between the two eras
    gives; empty if one of the two eras has under five meetings. ``p_adjusted``:
    ``benjamini_hochberg`` over every threat of the vocabulary, whichever are selected, and both
    eras; ``holds`` if it is under 0.05.
    """
    return selected_rows(selected, _era_differences(selected.all_threats))


@cached(256)
def _era_differences(selected: Selected) -> pd.DataFrame:
    table = attention_by_era(selected)
    counts = {
        (era, threat): (on, of)
        for era, threat, on, of in zip(
            *(table[name].tolist() for name in ("era", "threat_id", "on_agenda", "meetings")),
            strict=True,
        )
    }
    rows = []
    for threat in selected.threats["threat_id"]:
        first = counts["before", threat]
        for era in COMPARISON_ERAS:
            later = counts[era, threat]
            rows.append((threat, era, *first, *later, *_newcombe_difference(*first, *later)))
    names = ["threat_id", "era", "before_on", "before_meetings", "on_agenda", "meetings"]
    result = pd.DataFrame(rows, columns=[*names, "difference", "low", "high", "p"])
    return _add_significance(result)


@functools.lru_cache(maxsize=4096)
def _newcombe_difference(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float, float, float]:
    """Return the difference of two shares, ``k1`` of ``n1`` and later ``k2`` of ``n2``, its
    interval and its p; empty without meetings, and p with too few."""
    if not n1 or not n2:
        return (np.nan,) * 4
    low, high = confint_proportions_2indep(k2, n2, k1, n1, method="newcomb", compare="diff")
    p = _fisher_p(k1, n1, k2, n2) if min(n1, n2) >= MIN_MEETINGS else np.nan
    return k2 / n2 - k1 / n1, float(low), float(high), p


def _fisher_p(k1: int, n1: int, k2: int, n2: int) -> float:
    return float(fisher_exact([[k2, n2 - k2], [k1, n1 - k1]])[1])


def _add_significance(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with ``p_adjusted`` and ``holds``, from ``p`` if there is one."""
    p_adjusted = benjamini_hochberg(table["p"])
    return table.assign(p_adjusted=p_adjusted, holds=p_adjusted < ALPHA)


def within_series(selected: Selected) -> pd.DataFrame:
    """Return the change within series of meetings, one row per threat and later era.

    Columns: ``threat_id``, ``era``, ``series`` (number of series with meetings in both eras),
    ``odds_ratio`` of the later era against before, pooled over these series, with its 95% interval
    ``low`` to ``high``, ``p``, ``p_adjusted`` and ``holds``, these two as in
    ``era_differences``. Empty if no series has meetings in both eras with the threat on the agenda
    of some and not of others; ``p`` also if these series have under five meetings in one era.

    Cochran, Biometrics 10 (1954) 417; Mantel and Haenszel, J. Natl. Cancer Inst. 22 (1959) 719,
    with continuity correction (Yates, J. R. Stat. Soc. Suppl. 1 (1934) 217), which never goes
    beyond what is expected, as in ``scipy.stats.chi2_contingency``; the interval by Robins, Breslow
    and Greenland, Biometrics 42 (1986) 311.
    """
    return selected_rows(selected, _within_series(selected.all_threats))


@cached(256)
def _within_series(selected: Selected) -> pd.DataFrame:
    meetings, ids = selected.meetings, selected.threats["threat_id"].tolist()
    series, names = pd.factorize(meetings["series"], sort=True)
    era = positions(meetings["era"], ERAS)
    counted = eligible_meetings(selected, ids) & (era >= 0)[:, None]
    mentions = threat_mentions(selected)[["meeting_id", "threat_id"]]
    on_agenda = agenda_matrix(meetings, mentions, ids)
    rows = []
    for n, threat in enumerate(ids):
        place = (series * len(ERAS) + era) * 2 + ~on_agenda[:, n]
        cells = np.bincount(place[counted[:, n]], minlength=len(names) * len(ERAS) * 2)
        cells = cells.reshape(-1, len(ERAS), 2)
        for later in COMPARISON_ERAS:
            rows.append((threat, later, *_pool_odds_ratio(cells[:, [ERAS.index(later), 0]])))
    columns = ["threat_id", "era", "series", "odds_ratio", "low", "high", "p"]
    return _add_significance(pd.DataFrame(rows, columns=columns))


def _pool_odds_ratio(cells: np.ndarray) -> tuple[int, float, float, float, float]:
    """Return the number of strata, the pooled odds ratio, its interval and its p, from the number
    of meetings by series, later era and before, with and without the threat."""
    counts = cells.astype(float)
    strata = counts[(counts.sum(axis=2) > 0).all(axis=1)]
    # A series with the threat always or never says nothing about a change.
    informative = strata[(strata.sum(axis=1) > 0).all(axis=1)]
    if not len(informative):
        return (len(strata), *(np.nan,) * 4)
    with np.errstate(all="ignore"):
        pooled = stratified_table(list(informative))
        ratio = pooled.oddsratio_pooled
        low, high = pooled.oddsratio_pooled_confint()
    # With an empty cell in every stratum the ratio is 0 or infinite and has no interval.
    low, high = (value if np.isfinite(value) else np.nan for value in (low, high))
    enough = informative.sum(axis=(0, 2)).min() >= MIN_MEETINGS
    p = _mantel_haenszel_p(informative) if enough else np.nan
    return len(strata), float(ratio), float(low), float(high), p


def _mantel_haenszel_p(strata: np.ndarray) -> float:
    """Return the p of Cochran's, Mantel's and Haenszel's test that no odds differ, from strata as
    in ``_pool_odds_ratio``."""
    # statsmodels applies the continuity correction even to differences of less than a half.
    n, eras, having = strata.sum(axis=(1, 2)), strata.sum(axis=2), strata.sum(axis=1)
    expected = eras[:, 0] * having[:, 0] / n
    variance = eras.prod(axis=1) * having.prod(axis=1) / (n**2 * (n - 1))
    gap = max(abs((strata[:, 0, 0] - expected).sum()) - 0.5, 0)
    return float(chdtrc(1, gap**2 / variance.sum()))


def composition(selected: Selected, by: str) -> pd.DataFrame:
    """Return what meetings each era is made of: ``era``, ``by``, ``meetings`` (with a known
    agenda), ``whole`` (of the era) and ``share`` of one. ``by`` is a column of meetings; a scope of
    several regions without the whole area reads ``several``, with it ``osce_area``."""
    known = selected.meetings[selected.meetings["known"] & (selected.meetings["era"] != "")]
    if by == "scope":
        known = known.assign(scope=known["scope"].map(_simplify_scope))
    counts = known.groupby(["era", by]).size()
    index = pd.MultiIndex.from_product([ERAS, sorted(known[by].unique())], names=["era", by])
    table = as_text(counts.reindex(index, fill_value=0).rename("meetings").reset_index())
    table["whole"] = table.groupby("era")["meetings"].transform("sum")
    return table.assign(share=table["meetings"] / table["whole"].where(table["whole"] > 0))


def _simplify_scope(scope: str) -> str:
    regions = scope.split(";")
    if OSCE_WIDE in regions:
        return OSCE_WIDE
    return regions[0] if len(regions) == 1 else "several"


def pandemic_links(selected: Selected) -> pd.DataFrame:
    """Return the mentions of other threats that a source links to the pandemic, newest first: the
    columns of ``agenda``."""
    rows = selected.agenda[selected.agenda["pandemic_link"] != ""]
    rows = rows[is_in(rows["threat_id"], selected.threats["threat_id"])]
    rows = as_text(rows[rows["threat_id"] != PANDEMIC])
    order = ["start_date", "meeting_id", "mention_id"]
    return rows.sort_values(order, ascending=[False, True, True])


def pandemic_links_by_year(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return ``threat_id``, ``year``, ``pandemic_link`` and ``meetings``: in how many meetings a
    source linked the threat to the pandemic in that way, from the rows of ``pandemic_links``."""
    keys = ["threat_id", "year", "pandemic_link"]
    counts = mentions.drop_duplicates([*keys, "meeting_id"]).groupby(keys).size()
    return counts.rename("meetings").reset_index()


def meetings_by_format(selected: Selected) -> pd.DataFrame:
    """Return ``year``, ``format`` (``in_person``, ``hybrid``, ``online``, ``unknown``) and
    ``meetings``, of all meetings read that have a year."""
    meetings = only_read(selected).meetings
    form = meetings["format"].cat.rename_categories({"": "unknown"})
    meetings = meetings[["year", "known"]].assign(format=form)
    table = meetings_by_year(replace(selected, meetings=meetings), "format")
    return table.drop(columns="known")
