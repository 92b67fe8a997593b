"""Content of the page Agenda vs. data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from threats.charts.small_multiples import draw_attention_and_indicator, draw_travel_and_meetings
from threats.content.attention_tables import labelled_attention_by_year, labelled_trends
from threats.content.comparison_captions import with_indicator_caption
from threats.content.count_captions import travel_rules_caption
from threats.content.indicator_sentences import (
    find_pair_agreement,
    format_indicator_value,
    gap_region_phrase,
    indicator_region_phrase,
    indicator_row,
    rank_correlation_facts,
)
from threats.content.model import Chart
from threats.content.notes import (
    chart_cautions,
    chart_subtitle,
    measure_phrase,
    standard_notes,
    trend_notes,
    yearly_cautions,
)
from threats.content.reader_tables import casefolded, reader_table, rows_of, translated
from threats.content.share_captions import trends_sentence
from threats.content.time_breaks import add_time_breaks
from threats.dataset.model import OSCE_WIDE, PANDEMIC
from threats.format import decimals
from threats.stats.attention import meetings_by_year
from threats.stats.gaps import attention_gaps
from threats.stats.indicators import (
    MEETING_FORMATS,
    TRAVEL_INDICATOR,
    count_dated_to_year,
    filled_observations,
    indicator_region,
    rank_agreements,
    travel_by_month,
)
from threats.stats.selection import Selected
from threats.text import indicators as indicators_text
from threats.text.labels import ROLE_PHRASES
from threats.text.quantities import count_of, percentage_points, percentage_points_range
from threats.text.translate import _
from threats.text.vocabulary import translate_label

_AGREEMENT_COLUMNS = ("tau", "p", "p_adjusted", "tau_change", "p_change", "p_change_adjusted")
_SOURCE_COLUMNS = ["unit", "publisher", "licence", "source_url", "source_file"]


def attention_with_indicator_chart(
    selected: Selected, threat: str, indicator: str = ""
) -> Chart | None:
    """Return attention to a threat over the years, and below it a statistic; None if the selection
    has no value of one."""
    measured = filled_observations(selected, indicator)
    if measured.empty:
        return None
    attention = labelled_attention_by_year(selected)
    attention = attention[attention["threat_id"] == threat].reset_index(drop=True)
    row, place = indicator_row(selected, indicator), indicator_region_phrase(selected)
    measured = measured.assign(words=_value_labels(measured, row["unit"]))
    totals, trends = meetings_by_year(selected), labelled_trends(selected)
    trend_text = trends_sentence(trends[trends["threat_id"] == threat], selected.years)
    agreement = find_pair_agreement(rank_agreements(selected), threat, indicator)
    chart = Chart(
        name="attention-beside-measured",
        title=_(indicators_text.INDICATOR_TITLE, threat=attention["threat"].iloc[0]),
        subtitle=chart_subtitle(
            selected,
            _(
                indicators_text.INDICATOR_MEASURE,
                measure=measure_phrase("share", selected.role),
                region=place,
                **row[["name", "unit", "publisher"]],
            ),
        ),
        alt=with_indicator_caption(
            attention, totals, measured, row["name"], _(ROLE_PHRASES[selected.role]), trend_text
        ),
        draw=lambda theme: draw_attention_and_indicator(
            attention, measured, totals, row["unit"], place, selected.emergency, theme
        ),
        table=_merge_by_period(selected, attention, measured, row).assign(
            **{name: getattr(agreement, name) for name in _AGREEMENT_COLUMNS}
        ),
        notes=_indicator_notes(selected, row, attention),
        cautions=yearly_cautions(selected, totals),
    )
    return add_time_breaks(chart, selected)


def _value_labels(measured: pd.DataFrame, unit: str) -> list[str]:
    return [
        _(indicators_text.NO_VALUE)
        if pd.isna(row.value)
        else _(
            indicators_text.INDICATOR_VALUE_LABEL,
            value=format_indicator_value(row.value),
            unit=unit,
            countries=indicators_text.countries_label(row.n_countries),
        )
        for row in rows_of(measured)
    ]


def _source_note(row: pd.Series) -> str:
    """Return the file of a statistic and its licence; the table below has the rest."""
    return _(indicators_text.SOURCE_NOTE, **row)


def _region_notes(selected: Selected) -> tuple[str, ...]:
    """Return which States the statistic covers, if they are others than those of the meetings."""
    chosen = selected.selection.region
    if len(chosen) == 1 and chosen != (OSCE_WIDE,):
        return ()
    return (_(indicators_text.REGION_NOTES[OSCE_WIDE if chosen else "all"]),)


def _indicator_notes(
    selected: Selected, row: pd.Series, attention: pd.DataFrame
) -> tuple[str, ...]:
    return (
        _source_note(row),
        *_region_notes(selected),
        *trend_notes("share"),
        *standard_notes(selected, attention),
    )


def _merge_by_period(
    selected: Selected,
    yearly_attention: pd.DataFrame,
    indicator_values: pd.DataFrame,
    row: pd.Series,
) -> pd.DataFrame:
    """Return both series by period, with unit, publisher, licence and source of each value."""
    columns = ["on_agenda", "meetings", "share", "low", "high", "doubtful", "status"]
    left = yearly_attention.assign(period=yearly_attention["year"].astype("str"))
    left = left[["period", *columns]]
    left = left.astype(dict.fromkeys(("on_agenda", "meetings", "doubtful"), "Int64"))
    table = left.merge(indicator_values.drop(columns="words"), on="period", how="outer")
    if table["period"].str.len().max() == 4:
        table["period"] = table["period"].astype(int)
    table.insert(1, "threat_id", yearly_attention["threat_id"].iloc[0])
    table.insert(2, "threat", yearly_attention["threat"].iloc[0])
    return table.fillna({"status": ""}).assign(
        region=indicator_region(selected),
        indicator_id=row.name,
        indicator=row["name"],
        **row[_SOURCE_COLUMNS],
    )


def travel_rules_chart(selected: Selected) -> Chart | None:
    """Return rules on international travel by month, with the format of meetings and the pandemic
    as an item of theirs; None if no meeting is dated to one of these months."""
    table = travel_by_month(selected)
    if table.empty or not table[list(MEETING_FORMATS)].to_numpy().any():
        return None
    row = indicator_row(selected, TRAVEL_INDICATOR)
    table = table.assign(words=_value_labels(table, row["unit"]))
    pandemic = table.assign(threat_id=PANDEMIC, threat="Pandemic")
    n_dated = int(table[list(MEETING_FORMATS)].to_numpy().sum())
    measure = _(
        indicators_text.TRAVEL_RULES_MEASURE,
        region=indicator_region_phrase(selected),
        **row[["name", "unit", "publisher"]],
    )
    return Chart(
        name="travel-rules-and-meetings",
        title=_(indicators_text.TRAVEL_RULES_TITLE),
        subtitle=chart_subtitle(selected, measure),
        alt=travel_rules_caption(table, n_dated),
        draw=lambda theme: draw_travel_and_meetings(table, row["unit"], selected.emergency, theme),
        table=table.drop(columns="words").assign(
            region=indicator_region(selected),
            indicator_id=TRAVEL_INDICATOR,
            **row[_SOURCE_COLUMNS],
        ),
        notes=(
            _source_note(row),
            indicators_text.dated_to_month_note(n_dated, count_dated_to_year(selected, table)),
            *standard_notes(selected, pandemic),
        ),
        cautions=chart_cautions(selected),
    )


def gap_table(selected: Selected) -> pd.DataFrame:
    """Return where a statistic rose and attention fell or was always absent as a reader's table,
    the widest gap first; ``View`` is the address of the page that shows both series."""
    found = attention_gaps(selected)
    headings = indicators_text.GAP_COLUMNS
    return pd.DataFrame(
        [
            {headings[name]: cell for name, cell in _gap_cells(selected, row).items()}
            for row in rows_of(found[found["status"] == "gap"])
        ]
    )


def _gap_cells(selected: Selected, row: Any) -> dict[str, str]:
    return {
        "threat": selected.dataset.names("threat_categories", "label")[row.threat_id],
        "threat_id": row.threat_id,
        "region": gap_region_phrase(selected, row.region),
        "statistic": _(
            indicators_text.GAP_STATISTIC_CELL,
            countries=indicators_text.countries_label(row.countries_low, row.countries_high),
            **indicator_row(selected, row.indicator_id)[["name", "unit"]],
        ),
        "values": _(
            indicators_text.GAP_VALUES_CELL,
            early=format_indicator_value(row.early_value),
            early_years=row.early_years,
            late=format_indicator_value(row.late_value),
            late_years=row.late_years,
        ),
        "attention": _(
            indicators_text.GAP_ATTENTION_CELL,
            early=count_of(row.early_on, row.early_meetings),
            late=count_of(row.late_on, row.late_meetings),
            difference=percentage_points(row.difference),
            interval=percentage_points_range(row.low, row.high),
        ),
        "gap": decimals(row.size),
        "view": _gap_address(selected, row),
    }


def _gap_address(selected: Selected, row: Any) -> str:
    there = {} if row.region == OSCE_WIDE else {"region": [row.region]}
    return indicator_address(selected, row.threat_id, row.indicator_id, there)


def indicator_address(
    selected: Selected,
    threat: str,
    indicator: str,
    changed: Mapping[str, list[str]] = MappingProxyType({}),
) -> str:
    """Return the address, relative to the dashboard's, of the view that shows attention to a threat
    and a statistic, with parts of the filter changed."""
    params = {**selected.params, **changed, "theme": [threat], "indicator": [indicator]}
    return f"indicators?{urlencode(params, doseq=True)}"


def indicator_facts_table(
    selected: Selected, threat: str = "", indicator: str = ""
) -> pd.DataFrame:
    """Return the description of a statistic, and its rank correlation with attention to a threat,
    as a reader's table."""
    if not indicator:
        return pd.DataFrame()
    row = indicator_row(selected, indicator)
    facts = {
        **row,
        "more_threat": _(indicators_text.DIRECTION_LABELS[row["more_threat"]]),
        "licence": _(indicators_text.LICENCE_AS_RETRIEVED, licence=row["licence"]),
    }
    labels = translated(indicators_text.INDICATOR_FACT_LABELS)
    rows = [(label, facts[name]) for name, label in labels.items()]
    rows += rank_correlation_facts(selected, threat, indicator)
    return pd.DataFrame(rows, columns=list(indicators_text.INDICATOR_FACT_COLUMNS))


def all_indicators_table(selected: Selected) -> pd.DataFrame:
    """Return every statistic as a reader's table, by threat."""
    table = selected.dataset["indicators"]
    table = table.assign(
        threat=table["threat_id"].map(selected.dataset.names("threat_categories", "label")),
        name=table["name"].map(translate_label),
        unit=table["unit"].map(translate_label),
        frequency=table["frequency"].map(translated(indicators_text.FREQUENCY_LABELS)),
    )
    return reader_table(
        table.sort_values("threat", kind="stable", key=casefolded),
        indicators_text.INDICATOR_COLUMNS,
    )
