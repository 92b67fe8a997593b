"""Coverage: what was read, inferred and is missing."""

from collections import Counter

import pandas as pd
import plain
from drawn import drawn_cells

from threats.charts.theme import LIGHT
from threats.content.builder import build_chart, build_table
from threats.stats.coverage import (
    coverage_by_region,
    coverage_by_series,
    missing_editions,
    readings_by_year,
)
from threats.stats.filters import Selection
from threats.stats.selection import select


def editions(*pairs):
    table = pd.DataFrame(pairs, columns=["edition", "year"])
    return table.astype({"edition": "Int64", "year": "Int64"})


def test_editions_without_a_meeting_and_their_year_where_it_follows():
    unseen, highest = missing_editions(
        editions((3, 2010), (5, 2012), (6, 2013), (8, 2014), (None, 2015))
    )
    # 4 lies between 2010 and 2012; 7 could be of 2013 or 2014; 1 and 2 have nothing before.
    assert unseen == [(1, None), (2, None), (4, 2011), (7, None)]
    assert highest == 8


def test_an_edition_number_of_two_meetings_counts_no_sequence():
    assert missing_editions(editions((1, 2010), (1, 2011), (4, 2012))) == ([], None)
    assert missing_editions(editions((None, 2010))) == ([], None)


def test_the_alliance_lacks_editions_and_mixed_series_tell_nothing(data):
    selection = Selection(courses=True, reach="all")
    table = coverage_by_series(select(data, selection)).set_index("series")
    alliance = table.loc["thb_alliance"]
    assert [number for number, _ in alliance["unseen"]] == [1, 2, 3, 4, 7]
    assert (alliance["unnumbered"], alliance["missing"]) == (1, 4)
    # Nine focal points meetings are known by counting: they are the editions without a number.
    assert table.loc["bsmnfp", ["none", "missing"]].tolist() == [9, 0]
    for mixed in ("bmsc_course", "border_regional", "crime_events", "trafficking_events"):
        assert table.loc[mixed, "unseen"] == [], mixed


def test_missing_editions_do_not_follow_region_and_years(data):
    values = {}
    narrow = select(data, Selection(region=("central_asia",), years=(2018, 2020)))
    table = build_table("editions", narrow, values)
    whole = build_table("editions", select(data, Selection()), values)
    assert table.equals(whole)
    # The numbers of passenger data seminars and other events count no yearly series.
    assert set(table["Editions not found"]) >= {"1–4 and 7"}
    yearly = {row["short_name"] for row in plain.rows("series") if row["expected_from"]}
    assert set(table.loc[table["Editions not found"] != "", "Series"]) <= yearly


def test_meetings_by_year_and_reading_add_up(data):
    selected = select(data, Selection(courses=True, reach="all"))
    table = readings_by_year(selected)
    dated = [row for row in plain.rows("meetings") if row["start_date"]]
    assert table["meetings"].sum() == len(dated) < len(plain.rows("meetings"))
    counts = Counter((int(row["start_date"][:4]), row["reading"]) for row in dated)
    for row in table.itertuples():
        assert row.meetings == counts[row.year, row.reading]


def test_a_meeting_counts_in_each_region_of_its_scope(data):
    table = coverage_by_region(select(data, Selection(courses=True, reach="all")))
    cell = table.set_index(["region", "year"])["meetings"]
    rows = data["meetings"].query("year == 2019")
    for region in ("central_asia", "afghanistan", "osce_area"):
        inside = [region in scope.split(";") for scope in rows["scope"]]
        assert cell[region, 2019] == sum(inside) > 0
    assert table.groupby("region")["meetings"].sum()["north_america"] == 0


def test_no_meeting_known_is_hatched_and_not_a_zero(data):
    selected = select(data, Selection())
    chart = build_chart("region-years", selected, {})
    drawn = drawn_cells(chart.draw(LIGHT))
    empty = {place for place, cell in drawn.items() if cell["class"] == "no meeting found"}
    zero = chart.table[chart.table["meetings"] == 0]
    assert empty == set(zip(zero["label"], zero["year"], strict=True)) != set()
    numbers = {place: cell["text"] for place, cell in drawn.items() if place not in empty}
    filled = chart.table[chart.table["meetings"] > 0]
    assert numbers == {(row.label, row.year): str(row.meetings) for row in filled.itertuples()}
