"""Captions of charts that compare shares: of eras, series, regions, and a measured figure."""

import pandas as pd

from threats.content.share_captions import single_series_caption
from threats.format import format_range, join, lower_name
from threats.stats.attention import ties_for_max
from threats.stats.trends import MIN_MEETINGS
from threats.text import captions
from threats.text.phrases import join_names, join_parts, join_sentences
from threats.text.quantities import count_of_meetings, percentage_points
from threats.text.translate import _


def era_changes_caption(counts: dict[str, int], significant: pd.DataFrame, scope: str = "") -> str:
    """Return the caption of a comparison of eras, from the number of meetings by label of the era
    and the significant changes: ``threat``, ``era`` and ``difference``; ``scope`` as in
    ``trends_sentence``."""
    before, *later = counts.values()
    changes = [
        _(captions.ERA_CHANGE[row.era], threat=row.threat, points=percentage_points(row.difference))
        for row in significant.itertuples()
    ]
    if changes:
        text = _(captions.SIGNIFICANT_CHANGES, changes="; ".join(changes))
    elif min(before, max(later)) < MIN_MEETINGS:
        text = _(captions.TOO_FEW_FOR_CHANGE)
    else:
        text = _(captions.NO_CHANGE_OF if scope else captions.NO_CHANGE, scope=scope)
    numbers = join([f"{number} {label}" for label, number in counts.items()])
    return join_sentences(text, _(captions.MEETINGS_BY_ERA, counts=numbers))


def extreme_regions_sentence(regions: pd.DataFrame) -> str:
    """Return where attention was highest and where lowest, from ``share``, ``on_agenda`` and
    ``meetings`` of the regions with enough meetings, by their names."""
    if regions.empty:
        return _(captions.TOO_FEW_IN_REGIONS)
    figures = pd.Series(
        [
            f"{name}: {count_of_meetings(on, of)}"
            for name, on, of in zip(
                regions.index, regions["on_agenda"], regions["meetings"], strict=True
            )
        ],
        index=regions.index,
    )
    if regions["share"].nunique() == 1:
        one = captions.ONE_REGION if len(regions) == 1 else captions.SAME_IN_REGIONS
        return _(one, regions=join_parts(figures))
    highest = ties_for_max(figures, regions["share"])
    lowest = ties_for_max(figures, 1 - regions["share"])
    return join_sentences(
        _(captions.HIGHEST_IN, regions=join_parts(highest)),
        _(captions.LOWEST_IN, regions=join_parts(lowest)),
    )


def vs_all_regions_caption(table: pd.DataFrame) -> str:
    """Return the caption of regions compared with all regions, from ``region`` (its name),
    ``threat``, ``on_agenda``, ``meetings``, ``difference`` and ``few``."""
    known = table.groupby("region", sort=False)["meetings"].max()
    few = known[known < MIN_MEETINGS].index
    enough = table[~table["few"]].dropna(subset="difference")
    sentences = []
    for text, sign in ((captions.LARGEST_EXCESS, 1), (captions.LARGEST_SHORTFALL, -1)):
        rows = ties_for_max(enough, sign * enough["difference"])
        figures = join_parts(_region_difference_phrase(row) for row in rows.itertuples())
        sentences += [_(text, figures=figures)] if figures else []
    sentences = sentences or [_(captions.NO_DIFFERENCE)]
    if len(few):
        sentences.append(_(captions.TOO_FEW_TO_COMPARE_IN, names=join_names(few)))
    return join_sentences(*sentences)


def _region_difference_phrase(row) -> str:
    return _(
        captions.REGION_DIFFERENCE,
        threat=lower_name(row.threat),
        region=row.region,
        figure=count_of_meetings(row.on_agenda, row.meetings),
        points=percentage_points(row.difference),
    )


def with_indicator_caption(
    attention: pd.DataFrame,
    totals: pd.DataFrame,
    indicator_values: pd.DataFrame,
    indicator_name: str,
    predicate: str,
    trend_text: str,
) -> str:
    """Return the caption of attention to one threat next to a measured figure, from tables as in
    ``heatmap_caption`` and from ``period``, ``value`` and ``words``."""
    known = indicator_values.dropna(subset="value")
    empty = len(indicator_values) - len(known)
    return join_sentences(
        single_series_caption(attention, totals, predicate, trend_text),
        _indicator_sentence(known, indicator_name),
        captions.missing_periods_sentence(empty) if empty else "",
    )


def _indicator_sentence(known: pd.DataFrame, name: str) -> str:
    top, least = known["value"].max(), known["value"].min()
    high, low = known[known["value"] == top], known[known["value"] == least]
    periods = format_range(known["period"].iloc[0], known["period"].iloc[-1])
    text = captions.INDICATOR_EXTREMES
    if top == least:
        text = captions.INDICATOR_CONSTANT if len(known) > 1 else captions.INDICATOR_VALUE
    return _(
        text,
        name=name,
        periods=periods,
        value=high["words"].iloc[0],
        low_value=low["words"].iloc[0],
        high=join_names(high["period"]),
        low=join_names(low["period"]),
    )
