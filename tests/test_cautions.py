"""Few and partial readings are said with every figure, and what is missing is not drawn as zero."""

import io
import json
import math

import pandas as pd
import plain
import pytest
from chart_examples import example_chart

from threats.charts.theme import LIGHT
from threats.content.meetings import all_meetings_table
from threats.content.notes import selection_cautions
from threats.content.registry import CHART_SPECS
from threats.content.responses import first_and_last_seen_table
from threats.content.trends import presence_table
from threats.dataset.store import open_dataset
from threats.exports.html import to_html
from threats.exports.tables import to_about, to_xlsx
from threats.exports.urls import View
from threats.stats.filters import Selection
from threats.stats.selection import Selected, select


def read(*readings):
    """Return a selection of meetings read so."""
    meetings = pd.DataFrame({"reading": pd.Series(readings, dtype="str")})
    meetings["known"] = meetings["reading"] != "none"
    return Selected(None, Selection(), meetings, None, None, (2019, 2021), None)


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        (["whole"] * 5, ()),
        ([], ()),
        (["whole"], ("Based on 1 meeting: too few to conclude from",)),
        (
            ["part"] * 5,
            ("All 5 agendas were read only in part, so late items may be missing",),
        ),
        (
            ["part"],
            (
                "Based on 1 meeting: too few to conclude from",
                "The agenda was read only in part, so late items may be missing",
            ),
        ),
        (
            ["whole"] * 4 + ["part", "none"],
            (
                "1 of 6 meetings was not read",
                "1 of 5 agendas was read only in part, so late items may be missing",
            ),
        ),
        (["none"] * 3, ("None of these 3 meetings was read, so no agenda is known",)),
        (["none"], ("The only meeting was not read, so its agenda is not known",)),
    ],
)
def test_few_and_partial_readings_are_named(readings, said):
    assert selection_cautions(read(*readings)) == said


def test_counts_of_meetings_need_no_agenda():
    assert selection_cautions(read(*["part"] * 5, "none"), about_agendas=False) == ()
    assert selection_cautions(read("none"), about_agendas=False) == (
        "Based on 1 meeting: too few to conclude from",
    )


def drawn(name, selection):
    selected = select(open_dataset(), selection)
    return example_chart(name, selected), selected


@pytest.mark.parametrize("name", CHART_SPECS)
def test_what_holds_for_every_chart_is_no_caution_of_one(name):
    chart, _ = drawn(name, Selection())
    assert not any("only in part" in text or "not read" in text for text in chart.cautions)


def test_a_map_of_all_regions_is_not_cautioned_for_the_one_chosen():
    chart, _ = drawn("tile-map", Selection(region=("south_caucasus",)))
    everywhere, _ = drawn("tile-map", Selection())
    assert chart.cautions == everywhere.cautions
    assert "All regions" in chart.subtitle


def test_an_era_of_few_meetings_is_named():
    narrow = Selection(series=("cyber_conference",))
    chart, _ = drawn("shift-by-era", narrow)
    during = sum(
        row["series"] == "cyber_conference" and "2020-01-30" <= row["start_date"] < "2022-02-24"
        for row in plain.meetings()
    )
    assert 2 <= during < 5
    few = f"Only {during} meetings in the pandemic period: too few to conclude from"
    assert few in chart.cautions
    none, _ = drawn("shift-by-era", Selection(region=("south_caucasus",)))
    assert "No meeting in the pandemic period" in none.cautions


@pytest.mark.parametrize("name", ["attention-by-year", "attention-compared", "responses-by-year"])
def test_years_of_few_meetings_are_named_where_there_is_no_other(name):
    few = "No year has 5 meetings: too few to compare years"
    assert drawn(name, Selection(region=("south_caucasus",)))[0].cautions[0] == few
    assert few not in drawn(name, Selection())[0].cautions


def test_cautions_go_along_into_files():
    one = Selection(region=("south_caucasus",), years=(2006, 2012))
    chart, selected = drawn("attention-by-year", one)
    view = View("trends", selected, {}, "http://here")
    (first, *_) = chart.cautions
    assert first in json.loads(to_about(chart, view))["notes"]
    about = pd.read_excel(io.BytesIO(to_xlsx(chart, view)), sheet_name="About", header=None)
    assert first in about[1].tolist()
    assert first in to_html(chart, view).decode("utf-8")


def test_a_year_without_a_meeting_has_no_bar_in_the_strip():
    narrow = Selection(region=("south_caucasus",))
    chart, selected = drawn("attention-by-year", narrow)
    (strip,) = [t for t in chart.draw(LIGHT).data if t.name == "agenda known"]
    heights = dict(zip(strip.x, strip.y, strict=True))
    assert set(selected.meetings["year"].dropna()) == {
        year for year, height in heights.items() if not math.isnan(height)
    }


def test_what_was_not_read_has_no_number_and_is_never_never(data):
    unread = select(data, Selection(series=("bsmnfp",), years=(2017, 2017)))
    table = all_meetings_table(unread)
    assert table["Agenda"].tolist() == ["inferred, not read"]
    assert table["Threats"].isna().all()
    assert set(first_and_last_seen_table(unread)["First"]) == {"not known"}
    assert set(presence_table(unread)["First year"]) == {"not known"}
    assert "Never" not in drawn("attention-ranked", unread.selection)[0].alt


def test_threats_are_ranked_by_share_where_fewer_meetings_can_tell_of_one():
    shares = drawn("attention-ranked", Selection())[0].table["share"].tolist()
    assert shares == sorted(shares, reverse=True)
