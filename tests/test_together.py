"""What is dealt with together, counted by hand on small frames and checked on the real data."""

import pandas as pd
import plain
import pytest
from drawn import drawn_cells

from threats.charts.theme import LIGHT
from threats.content.drilldown import meetings_for
from threats.content.regions import tile_map_chart
from threats.content.responses import (
    first_and_last_seen_table,
    responses_by_threat_chart,
    threat_cooccurrence_chart,
)
from threats.stats.cooccurrence import (
    MIN_COOCCURRENCES,
    cooccurring_threats,
    count_cooccurrences,
    organizations_with_threats,
    responses_with_threats,
)
from threats.stats.drilldown import Drilldown, click_data
from threats.stats.filters import Selection
from threats.stats.meetings import previous_and_next, similar_meetings
from threats.stats.mentions import response_rows
from threats.stats.regions import attention_by_region, meetings_by_country
from threats.stats.selection import select
from threats.text.chart_labels import TOO_FEW_LABEL


def test_pairs_count_common_meetings_and_compare_with_chance():
    left = pd.DataFrame({"meeting_id": ["m1", "m2", "m3"], "response_id": ["x", "x", "y"]})
    right = pd.DataFrame({"meeting_id": ["m1", "m2", "m4"], "threat_id": ["a", "a", "a"]})
    table = count_cooccurrences(left, right, n_meetings=10).set_index(["left", "right"])
    row = table.loc[("x", "a")]
    assert (row["together"], row["left_meetings"], row["right_meetings"]) == (2, 2, 3)
    assert row["expected"] == pytest.approx(2 * 3 / 10)
    assert row["lift"] == pytest.approx(2 / 0.6)
    assert table.loc[("y", "a"), "together"] == 0


def test_no_mentions_give_no_pairs():
    nothing = pd.DataFrame({"meeting_id": [], "threat_id": []}, dtype="str")
    assert count_cooccurrences(nothing, nothing, 0).empty


def test_responses_follow_the_certainty_asked_for(data):
    selection = Selection(certainty=("conflict",), courses=True, reach="all")
    rows = response_rows(select(data, selection))
    wanted = {
        r["mention_id"] for r in plain.rows("response_mentions") if r["certainty"] == "conflict"
    }
    assert set(rows["mention_id"]) == wanted
    assert len(wanted) > 10
    assert set(rows["certainty"]) == {"conflict"}


def test_threats_together_are_the_same_in_both_directions(data):
    table = cooccurring_threats(select(data, Selection())).set_index(["left", "right"])
    assert not (table.index.get_level_values(0) == table.index.get_level_values(1)).any()
    for pair, row in table.head(60).iterrows():
        assert table.loc[pair[::-1], "together"] == row["together"]


def test_the_meetings_behind_a_pair_are_as_many_as_its_number(data):
    selected = select(data, Selection())
    pair = cooccurring_threats(selected).nlargest(1, "together").iloc[0]
    rows = meetings_for(selected, Drilldown(threat=pair["left"], other=pair["right"]))
    assert rows["meeting_id"].nunique() == pair["together"]
    pair = responses_with_threats(selected).nlargest(1, "together").iloc[0]
    rows = meetings_for(selected, Drilldown(threat=pair["right"], response=pair["left"]))
    assert rows["meeting_id"].nunique() == pair["together"]
    pair = organizations_with_threats(selected).nlargest(1, "together").iloc[0]
    rows = meetings_for(selected, Drilldown(threat=pair["right"], organization=pair["left"]))
    assert rows["meeting_id"].nunique() == pair["together"]


def test_the_meetings_behind_a_region_and_threat_are_as_many_as_its_number(data):
    selected = select(data, Selection())
    table = attention_by_region(selected)
    for row in table[table["threat_id"] == "terrorism"].itertuples():
        rows = meetings_for(selected, Drilldown(threat="terrorism", region=row.region))
        assert rows["meeting_id"].nunique() == row.on_agenda


def test_regions_are_compared_with_the_whole_area_whatever_region_is_chosen(data):
    everywhere = attention_by_region(select(data, Selection()))
    chosen = attention_by_region(select(data, Selection(region=("central_asia",))))
    pd.testing.assert_frame_equal(everywhere, chosen)
    row = everywhere.query("region == 'central_asia' and threat_id == 'terrorism'").iloc[0]
    assert row["difference"] == pytest.approx(row["share"] - row["whole"])


def test_hosted_meetings_count_countries_of_the_area(data):
    selected = select(data, Selection())
    counts = meetings_by_country(selected)
    assert len(counts) == 68
    read = [row["country"] for row in plain.meetings() if row["reading"] != "none"]
    for country in ("AUT", "TJK", "UKR"):
        assert counts[country] == read.count(country) > 0


def test_likeness_is_shared_themes_against_all(data):
    agenda = pd.DataFrame(
        [("m1", "a"), ("m1", "b"), ("m2", "a"), ("m3", "b"), ("m3", "a"), ("m4", "c")],
        columns=["meeting_id", "threat_id"],
    ).assign(role="discussed", session_id="")
    table = similar_meetings("m1", agenda)
    assert table.to_dict("list") == {
        "meeting_id": ["m3", "m2"],
        "shared": [2, 1],
        "likeness": [1.0, 0.5],
    }


def test_neighbours_in_a_series_follow_the_dates(data):
    selected = select(data, Selection())
    assert previous_and_next(selected, "bsmnfp-2020") == ("bsmnfp-2019", "bsmnfp-2021")
    assert previous_and_next(selected, "bsmnfp-2021")[1] is None
    assert previous_and_next(selected, "bsmnfp-2013") == (None, None)


def test_a_mark_stands_in_an_address_and_comes_back(data):
    mark = Drilldown(
        "terrorism",
        2019,
        ("thb_alliance",),
        "before",
        "central_asia",
        "biometrics",
        "interpol",
        "corruption",
    )
    assert Drilldown.parse(mark.to_params(), data) == mark
    assert not Drilldown.parse(["dragons", "99999", ""], data)


def test_click_data_keep_the_kind_of_each_part(data):
    mark = Drilldown("terrorism", 2019, ("thb_alliance", "bsmnfp"), other="corruption")
    assert mark.encode() == (
        "threat:terrorism year:2019 series:thb_alliance series:bsmnfp threat:corruption"
    )
    assert Drilldown.parse(mark.encode().split(), data) == mark
    assert not Drilldown.parse(["series:terrorism", "region:2", ":"], data)
    table = pd.DataFrame({"threat_id": ["terrorism"], "year": [2019]})
    (encoded,) = click_data(threat=table["threat_id"], year=table["year"])
    assert encoded == "threat:terrorism year:2019"
    with pytest.raises(TypeError, match=r"^threats$"):
        click_data(threats=table["threat_id"])


def test_tiles_do_not_overlap_and_follow_their_region(data):
    selected = select(data, Selection())
    chart = tile_map_chart(selected, "share", "terrorism")
    figure = chart.draw(LIGHT)
    places = [
        (y, base) for trace in figure.data for y, base in zip(trace.y, trace.base, strict=True)
    ]
    assert len(places) == len(set(places)) == 68
    assert all(trace.width == 0.92 and set(trace.x) <= {0.92} for trace in figure.data)
    region = dict(zip(data["countries"]["iso3"], data["countries"]["region"], strict=True))
    for trace in figure.data:
        for iso3, custom in zip(trace.text, trace.customdata, strict=True):
            assert custom[0] == f"region:{region[iso3]}"


def test_cells_with_too_few_meetings_are_left_white(data):
    chart = responses_by_threat_chart(select(data, Selection()))
    drawn = drawn_cells(chart.draw(LIGHT)).values()
    few = [cell for cell in drawn if cell["class"] == TOO_FEW_LABEL]
    assert {cell["fill"] for cell in few} == {LIGHT.page}
    table = chart.table
    small = table[["together", "expected"]].max(axis=1) < MIN_COOCCURRENCES
    assert len(few) == small.sum() > 0


def test_pairs_of_threats_are_ranked_each_once(data):
    chart = threat_cooccurrence_chart(select(data, Selection()))
    (points,) = [t for t in chart.draw(LIGHT).data if t.name == "meetings with both"]
    table = chart.table
    above = table[(table["together"] >= MIN_COOCCURRENCES) & (table["lift"] > 1)]
    unique = {frozenset(pair) for pair in zip(above["left"], above["right"], strict=True)}
    marks = [custom[0] for custom in points.customdata]
    assert len(marks) == len(set(marks)) == min(15, len(unique))
    # Significant pairs come first, by how far they exceed the expected number.
    best = table[table["holds"]].sort_values("lift", ascending=False).iloc[0]
    assert points.x[0] == best["together"]


def test_since_when_a_response_is_discussed(data):
    table = first_and_last_seen_table(select(data, Selection())).set_index("Response")
    mentions = response_rows(select(data, Selection()))
    own = mentions[mentions["response_id"] == "biometrics"]
    assert table.loc["Biometrics", "First"] == own["year"].min()
    assert table.loc["Biometrics", "Meetings"] == own["meeting_id"].nunique()
