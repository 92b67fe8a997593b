"""Views of the page Reality check."""

import pandas as pd

from threats import measures, reality, words
from threats.charts import indicators as charts
from threats.selection import OSCE_WIDE, Selected
from threats.views import caption, caption_counts
from threats.views.base import (
    Chart,
    by_year,
    cautions_by_year,
    measure_in_words,
    notes_on,
    subtitle,
    trends,
)
from threats.views.breaks import on_time_axis
from threats.views.measured import countries_in_words, number, pair, place_in_words, row_of
from threats.views.trends import STRIP_NOTE

GAP_NOTE = "A period without a figure is a gap in the line, never zero."
AGREEMENT_NOTE = (
    "Rank agreement of the two, in the table as tau, is Kendall's tau-b (1945); its p is adjusted "
    "over all pairs of threat and figure that can be tested for this region and years, whichever "
    "are chosen, after Benjamini and Hochberg (1995)."
)


def beside(
    selected: Selected, threat: str, indicator: str = "", role: str = "agenda"
) -> Chart | None:
    """Attention to a threat over the years, and under it a measured figure; None where the
    selection has no figure."""
    measured = reality.values(selected, indicator)
    if measured.empty:
        return None
    attention = by_year(selected, role)
    attention = attention[attention["threat_id"] == threat].reset_index(drop=True)
    row, place = row_of(selected, indicator), place_in_words(selected)
    measured = measured.assign(words=_figures_in_words(measured, row["unit"]))
    totals = measures.meetings_by_year(selected)
    found = trends(selected, role)
    moved = caption.trends(found[found["threat_id"] == threat], selected.years)
    told = pair(reality.agreements(selected, role), threat, indicator)
    name = attention["threat"].iloc[0]
    chart = Chart(
        name="attention-beside-measured",
        title=f"{name}: attention beside what was measured",
        subtitle=subtitle(
            selected,
            f"{measure_in_words('share', role)}; under it: {row['name']} ({row['unit']}), "
            f"{place}, by {row['publisher']}",
        ),
        alt=caption.beside(attention, totals, measured, row["name"], caption.ON[role], moved),
        draw=lambda dark: charts.attention_and_measured(
            attention, measured, totals, row["unit"], place, selected.dataset.era_bounds(), dark
        ),
        table=_together(attention, measured, indicator, row, reality.region_of(selected)).assign(
            tau=told.tau, p=told.p, p_adjusted=told.p_adjusted
        ),
        notes=(
            *_terms(row),
            GAP_NOTE,
            AGREEMENT_NOTE,
            _whole_note(selected),
            STRIP_NOTE,
            caption.trend_note(),
            *notes_on(selected, attention),
        ),
        cautions=cautions_by_year(selected, totals),
    )
    return on_time_axis(chart, selected)


def _figures_in_words(measured: pd.DataFrame, unit: str) -> list[str]:
    return [
        "no figure"
        if pd.isna(row.value)
        else f"{number(row.value)} {unit}, {countries_in_words(row.n_countries)}"
        for row in measured.itertuples()
    ]


def _terms(row: pd.Series) -> tuple[str, ...]:
    """Return who publishes a figure, what it is and under which terms."""
    return (
        f"Measured: {row['name']} ({row['unit']}), published by {row['publisher']}. "
        f"Put together: {row['aggregation']}. Terms as they were read: {row['licence']}; the "
        "publisher's own terms hold.",
        f"Mind: {row['caveats']}",
    )


def _whole_note(selected: Selected) -> str:
    chosen = selected.selection.region
    if chosen == (OSCE_WIDE,):
        attention = "of what meetings for the whole area dealt with, tied to no single region"
    elif len(chosen) == 1:
        return "Both sides are of the region chosen."
    else:
        attention = "of all meetings selected, as no single region is chosen"
    return f"The figure is of the 57 participating States together, attention {attention}."


def _together(
    attention: pd.DataFrame, measured: pd.DataFrame, indicator: str, row: pd.Series, region: str
) -> pd.DataFrame:
    """Return both series by period, with unit, publisher and licence beside each figure."""
    columns = ["on_agenda", "meetings", "share", "low", "high", "doubtful", "status"]
    left = attention.assign(period=attention["year"].astype("str"))[["period", *columns]]
    left = left.astype(dict.fromkeys(("on_agenda", "meetings", "doubtful"), "Int64"))
    table = left.merge(measured.drop(columns="words"), on="period", how="outer")
    if table["period"].str.len().max() == 4:
        table["period"] = table["period"].astype(int)
    table.insert(1, "threat_id", attention["threat_id"].iloc[0])
    table.insert(2, "threat", attention["threat"].iloc[0])
    return table.fillna({"status": ""}).assign(
        region=region,
        indicator_id=indicator,
        indicator=row["name"],
        **row[["unit", "publisher", "licence", "source_url"]],
    )


def travel(selected: Selected) -> Chart | None:
    """Rules on international travel by month, beside the form of meetings and the pandemic as an
    item of theirs; None where no meeting is dated to one of these months."""
    table = reality.travel_by_month(selected)
    if table.empty or not table[list(reality.FORMS)].to_numpy().any():
        return None
    row = row_of(selected, reality.TRAVEL)
    table = table.assign(words=_figures_in_words(table, row["unit"]))
    pandemic = table.assign(threat_id=measures.PANDEMIC, threat="Pandemic")
    inexact = reality.known_by_year_only(selected, table)
    dated = int(table[list(reality.FORMS)].to_numpy().sum())
    were = "is" if inexact == 1 else "are"
    return Chart(
        name="travel-rules-and-meetings",
        title="Travel rules, the form of meetings and the pandemic as an item, by month",
        subtitle=subtitle(
            selected,
            f"{row['name']} ({row['unit']}), {place_in_words(selected)}, by {row['publisher']}; "
            "number of meetings",
        ),
        alt=caption_counts.by_month(table, dated),
        draw=lambda dark: charts.travel_and_meetings(
            table, row["unit"], selected.dataset.era_bounds(), dark
        ),
        table=table.drop(columns="words").assign(
            region=reality.region_of(selected),
            indicator_id=reality.TRAVEL,
            **row[["unit", "publisher", "licence", "source_url"]],
        ),
        notes=(
            *_terms(row),
            f"Shown: {words.counted(dated, 'meeting')} dated to a month; "
            f"{words.counted(inexact, 'meeting')} of these years {were} known by the year alone "
            "and left out.",
            _whole_note(selected),
            *notes_on(selected, pandemic),
        ),
    )
