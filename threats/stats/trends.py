"""Trends of shares over the years, and the tests that go with them."""

import numpy as np
import pandas as pd
from scipy.special import ndtr
from scipy.stats import false_discovery_control

from threats.caching import cached
from threats.stats.attention import attention
from threats.stats.selection import Selected, selected_rows

# Under this many meetings a share says nothing: even 0 of 4 has an interval up to 49%.
MIN_MEETINGS = 5
# Under this p, adjusted, a change holds.
ALPHA = 0.05


def benjamini_hochberg(p: pd.Series | np.ndarray) -> np.ndarray:
    """Return each p adjusted over all of these that are not nan, which stay so: Benjamini and
    Hochberg, J. R. Stat. Soc. B 57 (1995) 289."""
    p = np.array(p, dtype=float)
    tested = ~np.isnan(p)
    if tested.any():
        p[tested] = false_discovery_control(p[tested])
    return p


def cochran_armitage(table: pd.DataFrame, by: str = "threat_id") -> pd.DataFrame:
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
    order = table[by].drop_duplicates()
    wide = table.pivot(index=by, columns="year").reindex(order)
    years = wide["meetings"].columns.to_numpy(dtype=float)
    on, whole = (wide[name].fillna(0).to_numpy(dtype=float) for name in ("on_agenda", "meetings"))
    hits, total = on.sum(axis=1), whole.sum(axis=1)
    few = (hits < MIN_MEETINGS) | (total - hits < MIN_MEETINGS) | ((whole > 0).sum(axis=1) < 3)
    share = hits / np.maximum(total, 1)
    away = years - (whole @ years / np.maximum(total, 1))[:, None]
    spread = share * (1 - share) * (whole * away**2).sum(axis=1)
    slope = ((on - whole * share[:, None]) * away).sum(axis=1)
    few |= spread <= 0
    p = np.where(few, np.nan, 2 * ndtr(-np.abs(slope) / np.sqrt(np.where(few, 1, spread))))
    p_adjusted = benjamini_hochberg(p)
    seen = whole.max(axis=0, initial=0).cumsum()
    place = min(int(np.abs(seen - seen[-1] / 2).argmin()) + 1, len(years) - 1)
    early_on, late_on = on[:, :place].sum(axis=1), on[:, place:].sum(axis=1)
    early, late = whole[:, :place].sum(axis=1), whole[:, place:].sum(axis=1)
    later_share = late_on / np.maximum(late, 1) - early_on / np.maximum(early, 1)
    holds = (p_adjusted < ALPHA) & (np.sign(slope) == np.sign(later_share))
    return pd.DataFrame(
        {
            by: order.to_numpy(),
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


def attention_trends(selected: Selected) -> pd.DataFrame:
    """Return ``trend`` of attention to each threat chosen, with ``p_adjusted`` and ``moved`` over
    every threat of the vocabulary, whichever are chosen."""
    return selected_rows(selected, _attention_trends(selected.all_threats))


@cached(64)
def _attention_trends(selected: Selected) -> pd.DataFrame:
    return cochran_armitage(attention(selected, "year"))
