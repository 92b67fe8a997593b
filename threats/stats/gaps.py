"""Gaps: where a measured figure rose and attention fell or never came."""

import math

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.model import OSCE_WIDE
from threats.stats import attention as stats_attention
from threats.stats.indicators import annual_observations, indicator_region, rank_indicators
from threats.stats.libraries import confint_proportions_2indep
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS

MIN_GAP_YEARS = 5  # fewer cannot be cut in an early and a late third of two years each
MIN_COVERAGE = 0.9  # countries behind the least covered of the years compared, against the most
MIN_INCREASE = 0.1  # a smaller rise of a measured figure is none
MAX_SCORE = 2.5  # of the scores of which a lower one is worse; they run from -2.5 to 2.5
_COMPARISON_COLUMNS = (
    *("early_years", "late_years", "early_value", "late_value", "countries_low", "countries_high"),
    *("early_on", "early_meetings", "late_on", "late_meetings"),
    *("difference", "low", "high", "size", "status"),
)


def first_and_last_third(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the earliest and the latest third (rounded up) of the years of an indicator.

    None under ``MIN_GAP_YEARS`` years, or if the number of countries behind the figures differs by
    more than a tenth.
    """
    if len(table) < MIN_GAP_YEARS:
        return None
    size = math.ceil(len(table) / 3)
    early, late = table.head(size), table.tail(size)
    countries = pd.concat([early, late])["n_countries"]
    if countries.min() < MIN_COVERAGE * countries.max() or not countries.max():
        return None
    return early, late


def relative_change(early: float, late: float) -> float:
    """Return the change of an amount as the difference over the sum of both: 1 from nothing, -1 to
    nothing, 0 the same. It treats a rise and the fall back alike and can start at nothing; see
    Törnqvist, Vartia and Vartia, Am. Stat. 39 (1985) 43."""
    return (late - early) / (late + early) if late + early else 0.0


def compare_thirds(
    table: pd.DataFrame, attention: pd.DataFrame, more_threat: str = "higher"
) -> dict | None:
    """Return how an indicator (``annual_observations``) and attention (by year, to one threat)
    differ between the first and the last third of the indicator's years; None if these do not
    compare.

    ``early_years`` and ``late_years`` in words; ``early_value`` and ``late_value``, means of the
    years; ``countries_low`` and ``countries_high`` behind them; ``early_on`` of ``early_meetings``
    and ``late_on`` of ``late_meetings``, with the ``difference`` of these shares and its 95%
    interval ``low`` to ``high`` (Newcombe, Stat. Med. 17 (1998) 873); ``size``, the relative change
    of the indicator minus that of attention, from -2 to 2; ``status``: ``few`` if a third has too
    few meetings, ``gap`` if the indicator rose by a tenth or more towards more of the threat while
    attention fell or was zero, else ``none``. Scores of which a lower one means more threat count
    by their distance from the top of their scale.
    """
    thirds = first_and_last_third(table)
    if thirds is None:
        return None
    early, late = thirds
    countries = pd.concat(thirds)["n_countries"]
    years = attention.set_index("year")[["on_agenda", "meetings"]]
    (k1, n1), (k2, n2) = (map(int, years.reindex(third["year"]).sum()) for third in thirds)
    before, after = float(early["value"].mean()), float(late["value"].mean())
    result = {
        **{f"{name}_years": _year_span(end) for name, end in (("early", early), ("late", late))},
        **dict(early_value=before, late_value=after),
        **dict(countries_low=int(countries.min()), countries_high=int(countries.max())),
        **dict(early_on=k1, early_meetings=n1, late_on=k2, late_meetings=n2),
        **dict(difference=np.nan, low=np.nan, high=np.nan, size=np.nan, status="few"),
    }
    if min(n1, n2) < MIN_MEETINGS:
        return result
    if more_threat == "lower":
        before, after = MAX_SCORE - before, MAX_SCORE - after
    return result | _gap_figures(before, after, (k1, n1), (k2, n2))


def _gap_figures(
    before: float, after: float, early: tuple[int, int], late: tuple[int, int]
) -> dict[str, float | str]:
    (k1, n1), (k2, n2) = early, late
    low, high = confint_proportions_2indep(k2, n2, k1, n1, method="newcomb", compare="diff")
    rose = after > before and after - before >= MIN_INCREASE * before
    quiet = k2 / n2 < k1 / n1 or not k1 + k2
    return {
        "difference": k2 / n2 - k1 / n1,
        "low": float(low),
        "high": float(high),
        "size": relative_change(before, after) - relative_change(k1 / n1, k2 / n2),
        "status": "gap" if rose and quiet else "none",
    }


def _year_span(end: pd.DataFrame) -> str:
    return f"{end['year'].iloc[0]}–{end['year'].iloc[-1]}"


@cached(64)
def attention_gaps(selected: Selected) -> pd.DataFrame:
    """Return every threat and region with an indicator that can be compared, the widest gap first.

    Columns: ``threat_id``, ``region``, ``indicator_id`` (the first of ``rank_indicators`` that can
    be compared) and those of ``compare_thirds``. Regions are those of the filter; else each, and as
    ``osce_area`` all meetings with the figures of the 57 participating States together.
    """
    dataset, rows = selected.dataset, []
    worse = dataset.names("indicators", "more_threat")
    names = [key for key in dataset.names("regions") if key != OSCE_WIDE]
    regions: list[tuple[str, ...]] = [(key,) for key in selected.selection.region]
    for region in regions or [(), *((key,) for key in names)]:
        own = selected.with_filter(region=region)
        if own.meetings.empty:
            continue
        place = indicator_region(own)
        attention = dict(list(stats_attention.attention(own, "year").groupby("threat_id")))
        for threat, indicators in rank_indicators(dataset, place).items():
            for indicator in indicators if threat in attention else ():
                table = annual_observations(own, indicator)
                found = compare_thirds(table, attention[threat], worse[indicator])
                if found:
                    rows.append((threat, place, indicator, *found.values()))
                    break
    table = pd.DataFrame(
        rows, columns=["threat_id", "region", "indicator_id", *_COMPARISON_COLUMNS]
    )
    return table.sort_values("size", ascending=False, kind="stable", ignore_index=True)
