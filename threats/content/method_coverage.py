"""Content of the page Data and method on what was gathered and what is missing."""

import pandas as pd

from threats.charts.heatmap import draw_expected_meetings, draw_region_year_heatmap
from threats.charts.stacked_bars import (
    draw_meetings_by_series,
    draw_reading_by_year,
    draw_series_coverage,
)
from threats.content.attention_tables import label_largest
from threats.content.count_captions import (
    expected_meetings_caption,
    region_years_caption,
    series_coverage_caption,
    stacked_bars_caption,
)
from threats.content.model import Chart
from threats.content.notes import chart_cautions, chart_subtitle
from threats.content.reader_tables import reader_table, rows_of
from threats.content.time_breaks import add_time_breaks
from threats.dataset.model import OSCE_WIDE
from threats.format import format_range, join, number_runs
from threats.stats.attention import meetings_by_year
from threats.stats.coverage import (
    READINGS,
    completeness,
    count_by_reading,
    coverage_by_region,
    coverage_by_series,
    expected_meetings,
    readings_by_year,
    with_whole_series,
)
from threats.stats.drilldown import Drilldown, click_data
from threats.stats.filters import filter_choices
from threats.stats.selection import Selected
from threats.text import attention as attention_text
from threats.text import coverage as coverage_text
from threats.text.chart_labels import READING_LABELS
from threats.text.quantities import format_meetings
from threats.text.translate import _


def coverage_summary(selected: Selected) -> list[str]:
    """Return what was gathered and its limits, with counts from the whole dataset."""
    data = selected.dataset
    counts, read = completeness(data), count_by_reading(data["meetings"])
    n_read, kinds = read["whole"] + read["part"], set(data["breaks"]["kind"])
    dated = data["meetings"]["year"].dropna()
    years = int(dated.min()), int(dated.max())
    if "search" in kinds:
        gathered = [
            coverage_text.searched_sentence(counts["meetings"], years, counts["pandemic_search"])
        ]
    else:
        gathered = [
            data.descriptor.get("description", data.descriptor["title"]),
            coverage_text.gathered_sentence(counts["meetings"], years),
        ]
    return [
        *gathered,
        coverage_text.coded_sentence(n_read, read["none"]),
        coverage_text.partial_reading_sentence(n_read, read["part"], read["whole"]),
        _(
            coverage_text.ARCHIVE_SENTENCE
            if "archive" in kinds
            else coverage_text.NOT_FOUND_SENTENCE
        ),
        _(coverage_text.SCOPE_SENTENCE),
    ]


def reading_by_year_chart(selected: Selected) -> Chart:
    """Return how much of the page of each meeting was read, by year."""
    table = readings_by_year(selected)
    table = table.assign(
        mark=click_data(year=table["year"]),
        words=[format_meetings(n) for n in table["meetings"]],
    )
    undated = int(selected.meetings["year"].isna().sum())
    dated = table.groupby("reading")["meetings"].sum()
    chart = Chart(
        name="reading-by-year",
        title=_(coverage_text.READING_TITLE),
        subtitle=chart_subtitle(selected, _(coverage_text.READING_MEASURE)),
        alt=stacked_bars_caption(
            table.groupby("year")["meetings"].sum().reset_index(),
            [(_(READING_LABELS[key]), int(dated[key])) for key in READINGS],
        ),
        draw=lambda theme: draw_reading_by_year(table, selected.emergency, theme),
        table=table[["year", "reading", "meetings"]],
        notes=(coverage_text.undated_note(undated),) if undated else (),
        cautions=chart_cautions(selected, about_agendas=False),
    )
    return add_time_breaks(chart, selected)


def meetings_by_year_chart(selected: Selected) -> Chart:
    """Return how many meetings were found of each year, by series: the largest and the rest."""
    table = meetings_by_year(selected, "series")
    names = selected.dataset.names("series", "short_name")
    rest = _(attention_text.OTHER_SERIES_LABEL)
    label = label_largest(table["series"], table["meetings"], names, rest)
    drawn = table.assign(label=label).groupby(["label", "year"], observed=True, as_index=False)
    drawn = drawn[["meetings", "known"]].sum()
    series = table.groupby(label, observed=True)["series"].agg(lambda ids: tuple(sorted(set(ids))))
    drawn["mark"] = [
        Drilldown(year=year, series=series[label]).encode()
        for label, year in zip(drawn["label"], drawn["year"], strict=True)
    ]
    drawn["words"] = [format_meetings(n) for n in drawn["meetings"]]
    parts = drawn.groupby("label", observed=True)["meetings"].sum()
    chart = Chart(
        name="meetings-by-year",
        title=_(attention_text.MEETINGS_BY_YEAR_TITLE),
        subtitle=chart_subtitle(selected, _(coverage_text.READING_MEASURE)),
        alt=stacked_bars_caption(meetings_by_year(selected), parts.items()),
        draw=lambda theme: draw_meetings_by_series(drawn, selected.emergency, theme),
        table=drawn.rename(columns={"label": "series"})[["series", "year", "meetings", "known"]],
        notes=(),
        cautions=chart_cautions(selected, about_agendas=False),
    )
    return add_time_breaks(chart, selected)


def series_coverage_chart(selected: Selected) -> Chart:
    """Return how many meetings of each series were read, inferred, and are known to be missing."""
    whole = with_whole_series(selected)
    names = filter_choices(selected.dataset)["series"]
    table = coverage_by_series(whole)
    table.insert(1, "label", table["series"].map(names))
    long = table.melt(
        id_vars=["series", "label"],
        value_vars=list(READING_LABELS),
        var_name="kind",
        value_name="number",
    )
    long = long.assign(
        mark=click_data(series=long["series"]),
        words=[
            coverage_text.format_editions(row.number)
            if row.kind == "missing"
            else format_meetings(row.number)
            for row in rows_of(long)
        ],
    )
    return Chart(
        name="known-of-series",
        title=_(coverage_text.SERIES_TITLE),
        subtitle=chart_subtitle(whole, _(coverage_text.SERIES_MEASURE)),
        alt=series_coverage_caption(table),
        draw=lambda theme: draw_series_coverage(long, theme),
        table=long[["series", "label", "kind", "number"]],
        notes=(_(coverage_text.MISSING_EDITIONS_NOTE), _(coverage_text.WHOLE_SERIES_NOTE)),
        cautions=(),
    )


def missing_editions_table(selected: Selected) -> pd.DataFrame:
    """Return the editions that no meeting has, by series, as a reader's table."""
    table = coverage_by_series(with_whole_series(selected))
    table = table[table["unseen"].map(len) > 0]
    table = table.assign(
        series=table["series"].map(filter_choices(selected.dataset)["series"]),
        series_id=table["series"],
        unseen=[edition_ranges(unseen) for unseen in table["unseen"]],
    )
    return reader_table(table, coverage_text.EDITION_COLUMNS)


def edition_ranges(editions: list[tuple[int, int | None]]) -> str:
    """Return editions as runs, such as "1–4, 7 and 9 (2019)"."""
    runs = number_runs(number for number, year in editions if year is None)
    labels = {first: format_range(first, last) for first, last in runs}
    labels |= {number: f"{number} ({year})" for number, year in editions if year is not None}
    return join([labels[number] for number in sorted(labels)])


def expected_meetings_chart(selected: Selected) -> Chart | None:
    """Return which meetings of yearly series were found, and which are expected and not found."""
    names = filter_choices(selected.dataset)["series"]
    table = expected_meetings(selected)
    if table.empty:
        return None
    table = table.assign(
        label=table["series"].map(names),
        mark=click_data(series=table["series"], year=table["year"]),
        words=[
            coverage_text.expected_label(row.status, row.meetings, row.known)
            for row in rows_of(table)
        ],
    )
    return Chart(
        name="expected-by-year",
        title=_(coverage_text.EXPECTED_TITLE),
        subtitle=chart_subtitle(with_whole_series(selected), _(coverage_text.EXPECTED_MEASURE)),
        alt=expected_meetings_caption(table),
        draw=lambda theme: draw_expected_meetings(table, theme),
        table=table[["series", "label", "year", "status", "meetings", "known"]],
        notes=(),
        cautions=(),
    )


def region_years_chart(selected: Selected) -> Chart:
    """Return how many meetings were found for each region and year."""
    names = filter_choices(selected.dataset)["region"]
    selected = selected.without_regions()
    table = coverage_by_region(selected)
    table = table.assign(
        label=table["region"].map(names),
        mark=click_data(region=table["region"], year=table["year"]),
        words=[coverage_text.region_year_label(row.meetings, row.known) for row in rows_of(table)],
    )
    return Chart(
        name="region-years",
        title=_(coverage_text.REGION_YEARS_TITLE),
        subtitle=chart_subtitle(selected, _(coverage_text.REGION_YEARS_MEASURE)),
        alt=region_years_caption(table),
        draw=lambda theme: draw_region_year_heatmap(table, theme),
        table=table[["region", "label", "year", "meetings", "known"]],
        notes=(coverage_text.region_years_note(names[OSCE_WIDE]),),
        cautions=chart_cautions(selected, about_agendas=False),
    )
