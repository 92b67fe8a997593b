"""Views of the page Agenda vs. data."""

from urllib.parse import urlencode

import pandas as pd

from threats.charts.small_multiples import draw_attention_and_indicator, draw_travel_and_meetings
from threats.content.attention_tables import labelled_attention_by_year, labelled_trends
from threats.content.comparison_captions import with_indicator_caption
from threats.content.count_captions import travel_rules_caption
from threats.content.indicator_sentences import (
    countries_phrase,
    find_pair_agreement,
    format_indicator_value,
    gap_region_phrase,
    indicator_region_phrase,
    indicator_row,
)
from threats.content.model import Chart
from threats.content.notes import (
    chart_subtitle,
    measure_phrase,
    selection_cautions,
    standard_notes,
    trend_notes,
    yearly_cautions,
)
from threats.content.share_captions import trends_sentence
from threats.content.time_breaks import add_time_breaks
from threats.dataset.model import OSCE_WIDE, PANDEMIC
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
from threats.text.labels import ROLE_PHRASES
from threats.text.quantities import count_of, percentage_points, percentage_points_range, quantity

MISSING_PERIOD_NOTE = "A period without a figure is a gap in the line, never zero."
RANK_AGREEMENT_NOTE = (
    "Rank agreement of the two, in the table as tau, is Kendall's tau-b (1945); its p is adjusted "
    "over all pairs of threat and figure that can be tested for this region and years, whichever "
    "are chosen, after Benjamini and Hochberg (1995)."
)


def attention_with_indicator_chart(
    selected: Selected, threat: str, indicator: str = ""
) -> Chart | None:
    """Attention to a threat over the years, and under it a measured figure; None where the
    selection has no figure."""
    measured = filled_observations(selected, indicator)
    if measured.empty:
        return None
    attention = labelled_attention_by_year(selected)
    attention = attention[attention["threat_id"] == threat].reset_index(drop=True)
    row, place = indicator_row(selected, indicator), indicator_region_phrase(selected)
    measured = measured.assign(words=_value_phrases(measured, row["unit"]))
    totals = meetings_by_year(selected)
    found = labelled_trends(selected)
    moved = trends_sentence(found[found["threat_id"] == threat], selected.years)
    told = find_pair_agreement(rank_agreements(selected), threat, indicator)
    name = attention["threat"].iloc[0]
    chart = Chart(
        name="attention-beside-measured",
        title=f"{name}: attention beside what was measured",
        subtitle=chart_subtitle(
            selected,
            f"{measure_phrase('share', selected.role)}; under it: {row['name']} ({row['unit']}), "
            f"{place}, by {row['publisher']}",
        ),
        alt=with_indicator_caption(
            attention, totals, measured, row["name"], ROLE_PHRASES[selected.role], moved
        ),
        draw=lambda theme: draw_attention_and_indicator(
            attention, measured, totals, row["unit"], place, selected.emergency, theme
        ),
        table=_merge_by_period(
            attention, measured, indicator, row, indicator_region(selected)
        ).assign(tau=told.tau, p=told.p, p_adjusted=told.p_adjusted),
        notes=(
            *_source_notes(row),
            MISSING_PERIOD_NOTE,
            RANK_AGREEMENT_NOTE,
            _region_note(selected),
            *trend_notes(),
            *standard_notes(selected, attention),
        ),
        cautions=yearly_cautions(selected, totals),
    )
    return add_time_breaks(chart, selected)


def _value_phrases(measured: pd.DataFrame, unit: str) -> list[str]:
    return [
        "no figure"
        if pd.isna(row.value)
        else f"{format_indicator_value(row.value)} {unit}, {countries_phrase(row.n_countries)}"
        for row in measured.itertuples()
    ]


def _source_notes(row: pd.Series) -> tuple[str, ...]:
    """Return who publishes a figure, what it is and under which terms."""
    return (
        f"Measured: {row['name']} ({row['unit']}), published by {row['publisher']}. "
        f"Put together: {row['aggregation']}. Terms as they were read: {row['licence']}; the "
        "publisher's own terms hold.",
        f"Mind: {row['caveats']}",
    )


def _region_note(selected: Selected) -> str:
    chosen = selected.selection.region
    if chosen == (OSCE_WIDE,):
        attention = "of what meetings for the whole area dealt with, tied to no single region"
    elif len(chosen) == 1:
        return "Both sides are of the region chosen."
    else:
        attention = "of all meetings selected, as no single region is chosen"
    return f"The figure is of the 57 participating States together, attention {attention}."


def _merge_by_period(
    yearly_attention: pd.DataFrame,
    indicator_values: pd.DataFrame,
    indicator: str,
    row: pd.Series,
    region: str,
) -> pd.DataFrame:
    """Return both series by period, with unit, publisher and licence beside each figure."""
    columns = ["on_agenda", "meetings", "share", "low", "high", "doubtful", "status"]
    left = yearly_attention.assign(period=yearly_attention["year"].astype("str"))[
        ["period", *columns]
    ]
    left = left.astype(dict.fromkeys(("on_agenda", "meetings", "doubtful"), "Int64"))
    table = left.merge(indicator_values.drop(columns="words"), on="period", how="outer")
    if table["period"].str.len().max() == 4:
        table["period"] = table["period"].astype(int)
    table.insert(1, "threat_id", yearly_attention["threat_id"].iloc[0])
    table.insert(2, "threat", yearly_attention["threat"].iloc[0])
    return table.fillna({"status": ""}).assign(
        region=region,
        indicator_id=indicator,
        indicator=row["name"],
        **row[["unit", "publisher", "licence", "source_url"]],
    )


def travel_rules_chart(selected: Selected) -> Chart | None:
    """Rules on international travel by month, beside the form of meetings and the pandemic as an
    item of theirs; None where no meeting is dated to one of these months."""
    table = travel_by_month(selected)
    if table.empty or not table[list(MEETING_FORMATS)].to_numpy().any():
        return None
    row = indicator_row(selected, TRAVEL_INDICATOR)
    table = table.assign(words=_value_phrases(table, row["unit"]))
    pandemic = table.assign(threat_id=PANDEMIC, threat="Pandemic")
    inexact = count_dated_to_year(selected, table)
    dated = int(table[list(MEETING_FORMATS)].to_numpy().sum())
    were = "is" if inexact == 1 else "are"
    return Chart(
        name="travel-rules-and-meetings",
        title="Travel rules, the form of meetings and the pandemic as an item, by month",
        subtitle=chart_subtitle(
            selected,
            f"{row['name']} ({row['unit']}), {indicator_region_phrase(selected)}, by {row['publisher']}; "
            "number of meetings",
        ),
        alt=travel_rules_caption(table, dated),
        draw=lambda theme: draw_travel_and_meetings(table, row["unit"], selected.emergency, theme),
        table=table.drop(columns="words").assign(
            region=indicator_region(selected),
            indicator_id=TRAVEL_INDICATOR,
            **row[["unit", "publisher", "licence", "source_url"]],
        ),
        notes=(
            *_source_notes(row),
            f"Shown: {quantity(dated, 'meeting')} dated to a month; "
            f"{quantity(inexact, 'meeting')} of these years {were} known by the year alone "
            "and left out.",
            _region_note(selected),
            *standard_notes(selected, pandemic),
        ),
        cautions=selection_cautions(selected),
    )


def gap_table(selected: Selected) -> pd.DataFrame:
    """Return where a measured figure rose and attention fell or never came, the widest gap first,
    as a reader's table: ``Threat``, ``Region``, ``Measured`` figure, ``Early and late`` mean of it,
    ``Attention`` in the same years, width of the ``Gap``, and ``View``, the address of the page
    that shows both series."""
    found = attention_gaps(selected)
    found = found[found["status"] == "gap"]
    threats = selected.dataset.names("threat_categories", "label")
    shown = [
        {
            "Threat": threats[row.threat_id],
            "Region": gap_region_phrase(selected, row.region),
            "Measured": "{name} ({unit}); ".format(**indicator_row(selected, row.indicator_id))
            + countries_phrase(row.countries_low, row.countries_high),
            "Early and late": f"{format_indicator_value(row.early_value)} ({row.early_years}), then "
            f"{format_indicator_value(row.late_value)} ({row.late_years})",
            "Attention": f"{count_of(row.early_on, row.early_meetings)}, then "
            f"{count_of(row.late_on, row.late_meetings)}: {percentage_points(row.difference)}, "
            f"95% interval {percentage_points_range(row.low, row.high)}",
            "Gap": f"{row.size:.2f}",
            "View": _gap_address(selected, row),
        }
        for row in found.itertuples()
    ]
    return pd.DataFrame(shown)


def _gap_address(selected: Selected, row) -> str:
    """Return the address, from this page, of the view that shows both series of a gap."""
    params = selected.params
    if row.region != OSCE_WIDE:
        params["region"] = [row.region]
    params |= {"theme": [row.threat_id], "indicator": [row.indicator_id]}
    return f"indicators?{urlencode(params, doseq=True)}"


def indicator_facts_table(selected: Selected, indicator: str = "") -> pd.DataFrame:
    """Return what is known of an indicator, as a reader's table of ``Fact`` and ``Text``."""
    if not indicator:
        return pd.DataFrame()
    row = indicator_row(selected, indicator)
    facts = {
        "Figure": row["name"],
        "Unit": row["unit"],
        "What it counts": row["definition"],
        "Reads as more of the threat": f"a {row['more_threat']} value",
        "Countries put together": row["aggregation"],
        "Years": row["coverage_years"],
        "Publisher": row["publisher"],
        "Terms as they were read": f"{row['licence']}; the publisher's own terms hold",
        "Mind": row["caveats"],
        "Read from": row["source_url"],
    }
    return pd.DataFrame({"Fact": facts.keys(), "Text": facts.values()})


def all_indicators_table(selected: Selected) -> pd.DataFrame:
    """Return every indicator as a reader's table: ``Threat``, ``Figure``, ``Unit``, ``Every``,
    ``Years``, ``Publisher``, ``Terms as they were read``, ``Mind`` and ``Source``."""
    table = selected.dataset["indicators"]
    threats = selected.dataset.names("threat_categories", "label")
    columns = {
        "threat": "Threat",
        "name": "Figure",
        "unit": "Unit",
        "frequency": "Every",
        "coverage_years": "Years",
        "publisher": "Publisher",
        "licence": "Terms as they were read",
        "caveats": "Mind",
        "source_url": "Source",
    }
    table = table.assign(
        threat=table["threat_id"].map(threats),
        frequency=table["frequency"].replace({"yearly": "year", "monthly": "month"}),
    )
    return table.sort_values("threat", kind="stable")[list(columns)].rename(columns=columns)
