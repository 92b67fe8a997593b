"""Tests of pairs on agendas within series: do two things come together more often than each
series' own mix of meetings explains?"""

import numpy as np
import pandas as pd

from threats.dataset.categories import is_in
from threats.dataset.model import PANDEMIC
from threats.stats.libraries import chdtrc
from threats.stats.mentions import agenda_matrix
from threats.stats.selection import Selected
from threats.stats.trends import ALPHA, benjamini_hochberg

_Z95 = 1.959964


def pair_tests(left: pd.DataFrame, right: pd.DataFrame, selected: Selected) -> pd.DataFrame:
    """Return how strongly each id on the left comes together with each on the right, within series.

    ``left`` and ``right`` have ``meeting_id`` and one more column. Columns: ``left``, ``right``,
    ``odds_ratio`` pooled over series with its 95% interval ``low`` to ``high``, ``p``,
    ``p_adjusted`` and ``holds``. A pair has no p if its series cannot show a difference: in each of
    them one of the two is always or never there. Pairs with the pandemic leave out the meetings
    found only by pandemic words. ``p_adjusted`` is Benjamini's and Hochberg's over all pairs with a
    p; ``holds`` if it is under 0.05.

    Mantel and Haenszel, J. Natl. Cancer Inst. 22 (1959) 719, with continuity correction; the
    interval by Robins, Breslow and Greenland, Biometrics 42 (1986) 311.
    """
    known = selected.meetings[selected.meetings["known"]]
    table = _pooled(left, right, known)
    searched = known["found_by"] == "pandemic_search"
    pandemic = table[["left", "right"]].eq(PANDEMIC).any(axis=1)
    if pandemic.any() and searched.any():
        others = _pooled(left, right, known[~searched])
        of_others = others[["left", "right"]].eq(PANDEMIC).any(axis=1)
        table = pd.concat([table[~pandemic], others[of_others]], ignore_index=True)
    same = table["left"] == table["right"]
    table = table[~same].sort_values(["left", "right"], ignore_index=True)
    p_adjusted = benjamini_hochberg(table["p"])
    return table.assign(p_adjusted=p_adjusted, holds=p_adjusted < ALPHA)


def _pooled(left: pd.DataFrame, right: pd.DataFrame, meetings: pd.DataFrame) -> pd.DataFrame:
    """Return ``left``, ``right``, ``odds_ratio``, ``low``, ``high`` and ``p`` of all pairs."""
    ids, present = [], []
    for rows in (left, right):
        rows = rows[is_in(rows["meeting_id"], meetings["meeting_id"])]
        (column,) = rows.columns.difference(["meeting_id"])
        names = sorted(rows[column].astype(str).unique())
        ids.append(names)
        present.append(agenda_matrix(meetings, rows, names).astype(float))
    index = pd.MultiIndex.from_product(ids, names=["left", "right"])
    series, _names = pd.factorize(meetings["series"])
    figures = _mantel_haenszel(present[0], present[1], series)
    return index.to_frame(index=False).assign(
        **{name: values.ravel() for name, values in figures.items()}
    )


def _mantel_haenszel(
    left: np.ndarray, right: np.ndarray, series: np.ndarray
) -> dict[str, np.ndarray]:
    """Return the pooled figures of each pair, as arrays of left × right, from arrays of meeting ×
    id and the series of each meeting."""
    shape = left.shape[1], right.shape[1]
    sums = {name: np.zeros(shape) for name in ("r", "s", "pr", "mixed", "qs", "gap", "variance")}
    for one in range(series.max(initial=-1) + 1):
        mine = series == one
        n = float(mine.sum())
        both = left[mine].T @ right[mine]
        row, column = left[mine].sum(axis=0)[:, None], right[mine].sum(axis=0)[None, :]
        only_left, only_right = row - both, column - both
        neither = n - row - column + both
        r, s = both * neither / n, only_left * only_right / n
        p, q = (both + neither) / n, (only_left + only_right) / n
        parts = {"r": r, "s": s, "pr": p * r, "mixed": p * s + q * r, "qs": q * s}
        parts["gap"] = both - row * column / n
        if n > 1:
            parts["variance"] = row * (n - row) * column * (n - column) / (n * n * (n - 1))
        for name, values in parts.items():
            sums[name] += values
    testable = sums["variance"] > 0
    with np.errstate(all="ignore"):
        ratio = sums["r"] / sums["s"]
        error = np.sqrt(
            sums["pr"] / (2 * sums["r"] ** 2)
            + sums["mixed"] / (2 * sums["r"] * sums["s"])
            + sums["qs"] / (2 * sums["s"] ** 2)
        )
        gap = np.maximum(np.abs(sums["gap"]) - 0.5, 0)
        p_values = chdtrc(1, gap**2 / sums["variance"])
        low, high = ratio * np.exp(-_Z95 * error), ratio * np.exp(_Z95 * error)
    bounded = testable & np.isfinite(error)
    return {
        "odds_ratio": np.where(testable, ratio, np.nan),
        "low": np.where(bounded, low, np.nan),
        "high": np.where(bounded, high, np.nan),
        "p": np.where(testable, p_values, np.nan),
    }
