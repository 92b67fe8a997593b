"""Measured figures in words and tables: how they go with attention, gaps, what each figure is."""

import math

import pandas as pd

from threats.dataset.model import OSCE_WIDE
from threats.format import lower_name
from threats.stats.gaps import attention_gaps
from threats.stats.indicators import MIN_AGREEMENT_YEARS, indicator_region, rank_agreements
from threats.stats.selection import Selected, filter_choices
from threats.stats.trends import ALPHA, MIN_MEETINGS
from threats.text.quantities import count_of, format_p_value, quantity

GAP_METHOD_NOTE = (
    "How gaps are found: the mean of the earliest third of a figure's years (five or more, from a "
    "steady number of countries) against that of the latest third, and attention in the same "
    "years. A rise is a tenth or more. The width of a gap is the relative change of the figure "
    "less that of attention, each as the difference over the sum of both, so 2 is the most. No "
    "test was made of so many pairs: they are questions to ask, not findings."
)


def indicator_region_phrase(selected: Selected) -> str:
    """Return the region of the measured figures."""
    region = indicator_region(selected)
    return (
        "the 57 participating States together"
        if region == OSCE_WIDE
        else filter_choices(selected.dataset)["region"][region]
    )


def indicator_row(selected: Selected, indicator: str) -> pd.Series:
    """Return the row of an indicator."""
    return selected.dataset["indicators"].set_index("indicator_id").loc[indicator]


def format_indicator_value(value: float) -> str:
    """Return a measured figure as a reader would say it: to three figures, or whole."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def gap_region_phrase(selected: Selected, region: str) -> str:
    """Return the region of a gap; all meetings stand beside the 57 participating States."""
    if region == OSCE_WIDE and not selected.selection.region:
        return "whole area"
    return filter_choices(selected.dataset)["region"][region]


def countries_phrase(fewest: int, most: int | None = None) -> str:
    """Return how many countries stand behind a figure, or from fewest to most."""
    if most not in (None, fewest):
        return f"{fewest} to {most} countries"
    return "1 country" if fewest == 1 else f"{fewest} countries"


def indicator_summary(selected: Selected, threat: str, indicator: str = "") -> list[str]:
    """Return in sentences how attention and the measured figure rank the same years, and where
    figures rose while attention did not."""
    return [
        rank_agreement_sentence(selected, threat, indicator),
        _gaps_sentence(selected),
        GAP_METHOD_NOTE,
    ]


def rank_agreement_sentence(selected: Selected, threat: str, indicator: str) -> str:
    """Return in a sentence how attention and the measured figure rank the same years."""
    name = lower_name(selected.dataset.names("threat_categories", "label")[threat])
    if not indicator:
        return f"No openly licensed figure in these data stands beside {name}."
    row = indicator_row(selected, indicator)
    both = f"attention to {name} and “{row['name']}” ({indicator_region_phrase(selected)})"
    table = rank_agreements(selected)
    found = find_pair_agreement(table, threat, indicator)
    years = quantity(found.n, "year")
    if found.n < MIN_AGREEMENT_YEARS:
        return (
            f"Too few years to tell whether {both} go together: {years} with a figure and at "
            f"least {MIN_MEETINGS} meetings, where {MIN_AGREEMENT_YEARS} are needed."
        )
    over = f"Over the {years} with both ({found.first}–{found.last})"
    if math.isnan(found.tau):
        return f"{over}, one of the two never changed: {both}. So their ranks tell nothing."
    if math.isnan(found.low):
        doubt = "no interval where the ranks agree wholly or not at all"
    else:
        doubt = f"95% interval {_format_signed(found.low)} to {_format_signed(found.high)}"
    tested = quantity(int(table["p"].notna().sum()), "pair")
    doubt += f"; p {format_p_value(found.p)}, and {format_p_value(found.p_adjusted)} adjusted over "
    doubt += f"the {tested} of threat and figure that can be tested here"
    way = "higher" if found.tau > 0 else "lower"
    told = (
        f"years with more attention tended to be years with a {way} figure"
        if found.p_adjusted < ALPHA
        else "no agreement in rank can be told from chance"
    )
    worse = " Here a lower figure is the worse one." if row["more_threat"] == "lower" else ""
    return (
        f"{over}, Kendall's tau-b between {both} is {_format_signed(found.tau)} ({doubt}): {told}.{worse} "
        "This does not say what led to what, and years that follow each other are not independent."
    )


def find_pair_agreement(agreement_rows: pd.DataFrame, threat: str, indicator: str):
    """Return the row of ``reality.agreements`` for a threat and a measured figure."""
    own = agreement_rows[agreement_rows["threat_id"] == threat].set_index(
        "indicator_id", drop=False
    )
    return next(own.loc[[indicator]].itertuples())


def _format_signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _gaps_sentence(selected: Selected) -> str:
    table = attention_gaps(selected)
    few = int((table["status"] == "few").sum())
    more = quantity(few, "more pair")
    verb = "has" if few == 1 else "have"
    rest = f" {more} {verb} fewer than {MIN_MEETINGS} meetings at one end." if few else ""
    compared = len(table) - few
    found = table[table["status"] == "gap"]
    if not compared:
        whole = quantity(few, "pair")
        return (
            f"Nothing can be compared: {whole} of threat and region {verb} a figure over enough "
            f"years, but fewer than {MIN_MEETINGS} meetings at one end."
            if few
            else "No threat and region here has a figure over enough years to compare its ends."
        )
    of = f"{quantity(compared, 'pair')} of threat and region"
    if found.empty:
        return (
            f"Of {of} that can be compared, in none did the measured figure rise while attention "
            f"fell or never came.{rest}"
        )
    sure = int((found["high"] < 0).sum())
    top, wide = found.iloc[0], int((found["size"] == found["size"].max()).sum())
    which = "The gap" if len(found) == 1 else "The widest gap"
    if wide > 1:
        which = f"One of the {wide} widest gaps"
    row = indicator_row(selected, top["indicator_id"])
    threats = selected.dataset.names("threat_categories", "label")
    return (
        f"Of {of} that can be compared, in {len(found)} the measured figure rose while attention "
        f"fell or never came; the 95% interval of the fall leaves out no change in {sure} of "
        f"these. {which}: {lower_name(threats[top['threat_id']])}, "
        f"{gap_region_phrase(selected, top['region'])}, where “{row['name']}” went from "
        f"{format_indicator_value(top['early_value'])} ({top['early_years']}) to {format_indicator_value(top['late_value'])} "
        f"({top['late_years']}) {row['unit']} and attention from "
        f"{count_of(top['early_on'], top['early_meetings'])} to "
        f"{count_of(top['late_on'], top['late_meetings'])} meetings.{rest}"
    )
