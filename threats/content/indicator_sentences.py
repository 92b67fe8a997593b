"""Sentences on statistics of other publishers: rank agreement with attention, and gaps."""

import math
from typing import Any

import pandas as pd

from threats.content.reader_tables import rows_of
from threats.dataset.model import OSCE_WIDE
from threats.format import local_number, lower_name
from threats.stats.filters import filter_choices
from threats.stats.gaps import attention_gaps
from threats.stats.indicators import MIN_AGREEMENT_YEARS, indicator_region, rank_agreements
from threats.stats.selection import Selected
from threats.stats.trends import ALPHA, MIN_MEETINGS
from threats.text import indicators as indicators_text
from threats.text.phrases import join_sentences
from threats.text.quantities import format_p_value
from threats.text.translate import _
from threats.text.vocabulary import translate_label


def indicator_region_phrase(selected: Selected) -> str:
    """Return the region of the statistics."""
    region = indicator_region(selected)
    if region == OSCE_WIDE:
        return _(indicators_text.PARTICIPATING_STATES)
    return filter_choices(selected.dataset)["region"][region]


def gap_region_phrase(selected: Selected, region: str) -> str:
    """Return the region of a gap; without a filter of regions, the whole area."""
    if region == OSCE_WIDE and not selected.selection.region:
        return _(indicators_text.WHOLE_AREA)
    return filter_choices(selected.dataset)["region"][region]


def indicator_row(selected: Selected, indicator: str) -> pd.Series:
    """Return the row of an indicator, its name and unit in the reader's language."""
    row = selected.dataset["indicators"].set_index("indicator_id").loc[indicator].copy()
    row[["name", "unit"]] = translate_label(row["name"]), translate_label(row["unit"])
    return row


def format_indicator_value(value: float) -> str:
    """Return a value with three significant figures, or without decimals from 100 on."""
    return local_number(f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}")


def indicator_summary(selected: Selected, threat: str, indicator: str = "") -> list[str]:
    """Return how attention and a statistic rank the same years, and where statistics rose while
    attention did not."""
    return [
        rank_agreement_sentence(selected, threat, indicator),
        _gaps_sentence(selected),
        _(indicators_text.GAP_METHOD_NOTE),
    ]


def rank_agreement_sentence(selected: Selected, threat: str, indicator: str) -> str:
    """Return how attention and a statistic rank the same years."""
    name = lower_name(selected.dataset.names("threat_categories", "label")[threat])
    if not indicator:
        return _(indicators_text.NO_INDICATOR_SENTENCE, threat=name)
    row, table = indicator_row(selected, indicator), rank_agreements(selected)
    pair = {"threat": name, "name": row["name"], "region": indicator_region_phrase(selected)}
    found = find_pair_agreement(table, threat, indicator)
    if found.n < MIN_AGREEMENT_YEARS:
        return indicators_text.too_few_years_sentence(
            found.n, MIN_MEETINGS, MIN_AGREEMENT_YEARS, **pair
        )
    result = "chance"
    if math.isnan(found.tau):
        result = "constant"
    elif found.p_adjusted < ALPHA:
        result = "higher" if found.tau > 0 else "lower"
    ranks = _(
        indicators_text.RANK_SENTENCES[result],
        number=found.n,
        first=found.first,
        last=found.last,
        **pair,
    )
    if result == "constant":
        return ranks
    return join_sentences(
        ranks,
        _(indicators_text.LOWER_IS_WORSE) if row["more_threat"] == "lower" else "",
        _(indicators_text.NO_CAUSE),
    )


def rank_correlation_facts(
    selected: Selected, threat: str, indicator: str
) -> list[tuple[str, str]]:
    """Return label and text of the rank correlation of a statistic with attention, and of their
    yearly changes; nothing with too few years or without variation."""
    table = rank_agreements(selected)
    found = find_pair_agreement(table, threat, indicator)
    if found.n < MIN_AGREEMENT_YEARS or math.isnan(found.tau):
        return []
    tau = indicators_text.tau_sentence(
        _format_signed(found.tau),
        _interval_phrase(found.tau, found.low, found.high),
        (format_p_value(found.p), format_p_value(found.p_adjusted)),
        int(table["p"].notna().sum()),
    )
    return [
        (_(indicators_text.RANK_CORRELATION_LABEL), tau),
        (_(indicators_text.CHANGES_CORRELATION_LABEL), _changes_sentence(found)),
    ]


def find_pair_agreement(agreement_rows: pd.DataFrame, threat: str, indicator: str) -> Any:
    """Return the row of ``rank_agreements`` for a threat and a statistic."""
    own = agreement_rows[agreement_rows["threat_id"] == threat].set_index(
        "indicator_id", drop=False
    )
    return next(rows_of(own.loc[[indicator]]))


def _interval_phrase(tau: float, low: float, high: float) -> str:
    """Return the interval of a rank correlation, or why it has none."""
    if not math.isnan(low):
        return indicators_text.tau_interval(_format_signed(low), _format_signed(high))
    complete = abs(tau) > 1 - 1e-9
    return _(indicators_text.NO_INTERVAL_COMPLETE if complete else indicators_text.NO_INTERVAL_TIES)


def _changes_sentence(found: Any) -> str:
    """Return the rank correlation of the changes from year to year."""
    if math.isnan(found.tau_change):
        return _(indicators_text.NO_CHANGES_SENTENCE)
    significant = found.p_change_adjusted < ALPHA
    return indicators_text.tau_of_changes_sentence(
        _format_signed(found.tau_change),
        _interval_phrase(found.tau_change, found.low_change, found.high_change),
        (format_p_value(found.p_change), format_p_value(found.p_change_adjusted)),
        int(found.n_changes),
        significant,
    )


def _format_signed(value: float) -> str:
    return local_number(f"{value:+.2f}").replace("-", "−")


def _gaps_sentence(selected: Selected) -> str:
    table = attention_gaps(selected)
    n_few = int((table["status"] == "few").sum())
    gaps = table[table["status"] == "gap"]
    if len(table) == n_few:
        return indicators_text.no_comparison_sentence(n_few, MIN_MEETINGS)
    n_sure = int((gaps["high"] < 0).sum())
    return join_sentences(
        indicators_text.gaps_found_sentence(len(table) - n_few, len(gaps), n_sure),
    )
