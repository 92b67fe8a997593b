"""Views of the page Data and method on what was gathered and what is missing."""

from dataclasses import replace

import pandas as pd

from threats.charts.heatmap import draw_region_year_heatmap
from threats.charts.stacked_bars import READING_STYLES, draw_reading_by_year, draw_series_coverage
from threats.content.count_captions import (
    region_years_caption,
    series_coverage_caption,
    stacked_bars_caption,
)
from threats.content.model import Chart
from threats.content.notes import chart_subtitle, selection_cautions
from threats.content.time_breaks import add_time_breaks
from threats.dataset.model import OSCE_WIDE
from threats.format import format_range, join, number_runs
from threats.stats.coverage import (
    completeness,
    count_by_reading,
    coverage_by_region,
    coverage_by_series,
    readings_by_year,
    with_whole_series,
)
from threats.stats.drilldown import click_data
from threats.stats.selection import Selected, filter_choices, select
from threats.text.quantities import count_of, quantity

MISSING_EDITIONS_NOTE = (
    "An edition whose number shows that it was held counts as known. Known to be missing are the "
    "numbers that no meeting has, less the meetings of the series without a number, as these may "
    "be among them; so there may be more. Where two meetings of a series share a number, numbers "
    "count several things and tell nothing."
)


def coverage_summary(selected: Selected) -> list[str]:
    """Return what was gathered and what it cannot tell, with counts from the whole dataset."""
    data = selected.dataset
    counts, read = completeness(data), count_by_reading(data["meetings"])
    total, seen = counts["meetings"], read["whole"] + read["part"]
    years = data["meetings"]["year"].dropna()
    kinds = set(data["breaks"]["kind"])
    gathered = f"Gathered were {quantity(total, 'meeting')}"
    span = f"{years.min()} to {years.max()}"
    if "search" in kinds:
        sentences = [
            f"{gathered} on borders and transnational threats in the OSCE area, {span}, found by "
            f"looking for each series of meetings and each region; {counts['pandemic_search']} "
            "were found only by pandemic words, and are left out of figures about the pandemic "
            "itself."
        ]
    else:
        sentences = [
            data.descriptor.get("description", data.descriptor["title"]),
            f"{gathered}, {span}; how they were looked for is not told.",
        ]
    sentences += [
        f"Coded from a public page were {seen}; {quantity(read['none'], 'meeting')} "
        f"{'is' if read['none'] == 1 else 'are'} inferred from counted editions or a title alone, "
        "counted as known of and in no other figure. Each row names its page, and each phrase is "
        "in our own words.",
        f"Of {seen} readings {read['part']} saw only a part of the page, mostly its first 2,000 "
        f"characters, and {read['whole']} the whole: late items are undercounted, most of all "
        "what was only mentioned and closing sessions."
        if read["part"]
        else f"All {seen} readings saw the whole text.",
        f"{quantity(counts['nothing_named'], 'meeting').capitalize()} read "
        f"{'names' if counts['nothing_named'] == 1 else 'name'} no threat; they count among the "
        "agendas known.",
        "Not found is not the same as not held. Pages from after 2021 are archived less often, so "
        "no trend may be read from the fall in numbers since; the South Caucasus, Belarus and the "
        "Partners are thin."
        if "archive" in kinds
        else "Not found is not the same as not held.",
    ]
    if "search" in kinds:
        sentences.append(
            "2020 and 2021 were searched with pandemic words on purpose, which raises what is "
            "known of these years."
        )
    return [
        *sentences,
        f"The start is known to the day for {counts['day']}, to the month for {counts['month']}, "
        f"to the year for {counts['year']} and not at all for {counts['undated']}; a number of "
        f"participants for {counts['participants']}, the form (in person or online) for "
        f"{counts['format']}, where it was often taken from a named place.",
        "The figures tell what meetings had on their agendas: not how large a threat was, nor what "
        "was said of it, decided or done.",
    ]


def reading_by_year_chart(selected: Selected) -> Chart:
    """How much of the page of each meeting was read, by year."""
    table = readings_by_year(selected)
    table = table.assign(
        mark=click_data(year=table["year"]),
        words=[quantity(n, "meeting") for n in table["meetings"]],
    )
    counts = count_by_reading(selected.meetings)
    read = counts["whole"] + counts["part"]
    undated = int(selected.meetings["year"].isna().sum())
    notes = ["An empty year means that no meeting is known of, not that none was held."]
    if read:
        partly = count_of(counts["part"], read)
        notes.append(f"Of the meetings read here {partly} were read only in part.")
    if undated:
        notes.append(f"{quantity(undated, 'meeting').capitalize()} of unknown year left out.")
    chart = Chart(
        name="reading-by-year",
        title="How much of each meeting's page was read",
        subtitle=chart_subtitle(selected, "number of meetings known of"),
        alt=stacked_bars_caption(
            table.groupby("year", as_index=False)["meetings"].sum(),
            "how much of the page was read",
            {
                "whole": int(table.loc[table["reading"] == "whole", "meetings"].sum()),
                "in part": int(table.loc[table["reading"] == "part", "meetings"].sum()),
                "inferred and not read": int(
                    table.loc[table["reading"] == "none", "meetings"].sum()
                ),
            }.items(),
        ),
        draw=lambda dark: draw_reading_by_year(table, selected.dataset.era_bounds(), dark),
        table=table[["year", "reading", "meetings"]],
        notes=tuple(notes),
        cautions=selection_cautions(selected, about_agendas=False),
    )
    return add_time_breaks(chart, selected)


def series_coverage_chart(selected: Selected) -> Chart:
    """What of each series was read, inferred, and is known to be missing."""
    whole = with_whole_series(selected)
    names = filter_choices(selected.dataset)["series"]
    table = coverage_by_series(whole)
    long = table.melt(
        id_vars="series",
        value_vars=list(READING_STYLES),
        var_name="kind",
        value_name="number",
    )
    long = long.assign(
        label=long["series"].map(names),
        mark=click_data(series=long["series"]),
        words=[
            quantity(row.number, "edition" if row.kind == "missing" else "meeting")
            for row in long.itertuples()
        ],
    )
    return Chart(
        name="known-of-series",
        title="What is known of each series, and what is known to be missing",
        subtitle=chart_subtitle(whole, "number of meetings"),
        alt=series_coverage_caption(table.assign(label=table["series"].map(names))),
        draw=lambda dark: draw_series_coverage(long, dark),
        table=long[["series", "label", "kind", "number"]],
        notes=(MISSING_EDITIONS_NOTE, "Region and years of the filter are set aside here."),
        cautions=(),
    )


def missing_editions_table(selected: Selected) -> pd.DataFrame:
    """Return the editions that no meeting here has, as a reader's table: ``Series``, ``Highest
    edition``, ``No meeting has``, ``Meetings without a number`` and ``At least missing``."""
    table = coverage_by_series(with_whole_series(selected))
    table = table[table["unseen"].map(len) > 0]
    names = filter_choices(selected.dataset)["series"]
    return pd.DataFrame(
        {
            "Series": table["series"].map(names).tolist(),
            "Highest edition": table["highest"].tolist(),
            "No meeting has": [_edition_ranges_phrase(unseen) for unseen in table["unseen"]],
            "Meetings without a number": table["unnumbered"].tolist(),
            "At least missing": table["missing"].tolist(),
        }
    )


def _edition_ranges_phrase(editions: list[tuple[int, int | None]]) -> str:
    """Return editions in words, such as "1–4, 7 and 9 (2019)"."""
    runs = number_runs(number for number, year in editions if year is None)
    labels = {first: format_range(first, last) for first, last in runs}
    labels |= {number: f"{number} ({year})" for number, year in editions if year is not None}
    return join([labels[number] for number in sorted(labels)])


def region_years_chart(selected: Selected) -> Chart:
    """How many meetings are known of in each region and year."""
    names = filter_choices(selected.dataset)["region"]
    selected = select(selected.dataset, replace(selected.selection, region=()))
    table = coverage_by_region(selected)
    table = table.assign(
        label=table["region"].map(names),
        mark=click_data(region=table["region"], year=table["year"]),
        words=[
            f"{quantity(row.meetings, 'meeting')}, "
            f"{row.known if row.known < row.meetings else 'all'} with a known agenda"
            if row.meetings
            else "no meeting known; that is not a zero"
            for row in table.itertuples()
        ],
    )
    return Chart(
        name="region-years",
        title="Meetings known of, by region and year",
        subtitle=chart_subtitle(selected, "number of meetings held for the region"),
        alt=region_years_caption(table),
        draw=lambda dark: draw_region_year_heatmap(table, dark),
        table=table[["region", "label", "year", "meetings", "known"]],
        notes=(
            "A meeting counts in each region that it was held for; "
            f"{names[OSCE_WIDE]} are those for the whole area. Hatched: no meeting known, which "
            "is not a zero. The filter's own region is set aside here.",
        ),
        cautions=selection_cautions(selected, about_agendas=False),
    )
