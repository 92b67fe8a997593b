"""Trends of shares over the years, and the tests that go with them."""

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.stats.attention import attention
from threats.stats.libraries import false_discovery_control, ndtr
from threats.stats.mentions import selected_rows
from threats.stats.selection import Selected, first_open_year

MIN_MEETINGS = 5  # of fewer a share says nothing: even 0 of 4 has an interval up to 49%
ALPHA = 0.05  # the level of significance of adjusted p values


def benjamini_hochberg(p: pd.Series | np.ndarray) -> np.ndarray:
    """Return p values adjusted over all that are not nan: Benjamini and Hochberg, J. R. Stat. Soc.
    B 57 (1995) 289."""
    p = np.array(p, dtype=float)
    tested = ~np.isnan(p)
    if tested.any():
        p[tested] = false_discovery_control(p[tested])
    return p


def cochran_armitage(table: pd.DataFrame, by: str = "threat_id") -> pd.DataFrame:
    """Return the trend of the share of meetings over the years, one row per value of ``by``.

    ``table`` has ``by``, ``year``, ``on_agenda`` and ``meetings``. Columns: ``by``, in their order;
    ``split``, the first year of the later half, which has as nearly as whole years allow as many
    meetings as the earlier one; ``early_on`` of ``early`` meetings and ``late_on`` of ``late``;
    ``p``, ``p_adjusted`` and ``moved``: ``up``, ``down``, ``none`` if neither is significant,
    ``few`` if under five meetings had it, or had it not, or fewer than three years have a meeting.

    ``p``: Cochran-Armitage test for trend in proportions, two-sided (Biometrics 10 (1954) 417; 11
    (1955) 375). ``p_adjusted``: ``benjamini_hochberg`` over all rows that are not ``few``. A trend
    is significant under 0.05 if the halves differ in the same direction.
    """
    order = table[by].drop_duplicates()
    wide = table.pivot(index=by, columns="year").reindex(order)
    years = wide["meetings"].columns.to_numpy(dtype=float)
    on, whole = (wide[name].fillna(0).to_numpy(dtype=float) for name in ("on_agenda", "meetings"))
    slope, p = _trend_test(on, whole, years)
    p_adjusted = benjamini_hochberg(p)
    place = _split_position(whole)
    halves = {
        "early_on": on[:, :place].sum(axis=1),
        "early": whole[:, :place].sum(axis=1),
        "late_on": on[:, place:].sum(axis=1),
        "late": whole[:, place:].sum(axis=1),
    }
    early, late = (halves[f"{name}_on"] / np.maximum(halves[name], 1) for name in ("early", "late"))
    holds = (p_adjusted < ALPHA) & (np.sign(slope) == np.sign(late - early))
    cases = [np.isnan(p), holds & (slope > 0), holds & (slope < 0)]
    return pd.DataFrame(
        {
            by: order.to_numpy(),
            "split": int(years[place]),
            **{name: counts.astype(int) for name, counts in halves.items()},
            "p": p,
            "p_adjusted": p_adjusted,
            "moved": np.select(cases, ["few", "up", "down"], "none"),
        }
    )


def _trend_test(
    on: np.ndarray, whole: np.ndarray, years: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the slope and p value of each row; p is nan if it has too few meetings."""
    hits, total = on.sum(axis=1), whole.sum(axis=1)
    few = (hits < MIN_MEETINGS) | (total - hits < MIN_MEETINGS) | ((whole > 0).sum(axis=1) < 3)
    share = hits / np.maximum(total, 1)
    away = years - (whole @ years / np.maximum(total, 1))[:, None]
    spread = share * (1 - share) * (whole * away**2).sum(axis=1)
    slope = ((on - whole * share[:, None]) * away).sum(axis=1)
    few |= spread <= 0
    return slope, np.where(
        few, np.nan, 2 * ndtr(-np.abs(slope) / np.sqrt(np.where(few, 1, spread)))
    )


def _split_position(whole: np.ndarray) -> int:
    """Return where the later half of the meetings begins."""
    seen = whole.max(axis=0, initial=0).cumsum()
    return min(int(np.abs(seen - seen[-1] / 2).argmin()) + 1, len(seen) - 1)


def attention_trends(selected: Selected) -> pd.DataFrame:
    """Return ``cochran_armitage`` of attention to each selected threat, with ``p_adjusted`` and
    ``moved`` over every threat of the vocabulary, whichever are selected."""
    return selected_rows(selected, _attention_trends(selected.all_threats))


@cached(64)
def _attention_trends(selected: Selected) -> pd.DataFrame:
    return cochran_armitage(attention(selected, "year"))


def incomplete_year(selected: Selected) -> int | None:
    """Return the last year with a known agenda if it was not over when the data were made, else
    None. A year with fewer than ``MIN_MEETINGS`` is marked as one of too few already."""
    years = selected.meetings.loc[selected.meetings["known"], "year"].dropna()
    last = int(years.max()) if len(years) else 0
    enough = int((years == last).sum()) >= MIN_MEETINGS
    return last if enough and last >= first_open_year(selected.dataset) else None
