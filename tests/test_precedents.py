"""Precedents: the expected one is near, the points are as the rules say, and nothing is lost."""

import pytest

from threats.charts.theme import LIGHT
from threats.content.brief_charts import (
    precedents_by_year_chart,
    top_precedents_table,
)
from threats.stats.attention import attention
from threats.stats.filters import Selection
from threats.stats.mentions import mentions_of
from threats.stats.precedents import PRECEDENT_WEIGHTS, precedents_by_year, rank_precedents
from threats.stats.selection import select
from threats.text.precedents import CRITERION_LABELS, precedent_rules

# By hand, from reading titles, dates and themes of the meetings of more than one State: the region
# and themes of a meeting to come (and the series it belongs to), and the earlier meeting that its
# planner should see first.
CASES = [
    ("central_asia", "firearms_trafficking", "", "tnt-istanbul-salw-tracing"),
    ("central_asia", "document_and_identity_fraud", "", "tds-2014-tashkent"),
    ("central_asia", "trafficking_in_persons", "", "tnt-2024-tashkent-nrm"),
    ("central_asia", "drug_trafficking organized_crime", "", "tnt-2019-dushanbe"),
    ("central_asia", "environmental_crime", "", "border-regional-2014-khmelnytskyi"),
    ("central_asia", "cultural_property_trafficking", "", "tnt-2018-cultural-tashkent"),
    ("south_caucasus", "drug_trafficking organized_crime", "", "border-regional-2008-lagodekhi"),
    ("south_caucasus", "child_sexual_exploitation", "", "tnt-2008-online-children"),
    ("eastern_europe", "trafficking_in_persons", "", "tnt-2023-bucharest-thb-tech"),
    (
        "south_eastern_europe",
        "migrant_smuggling irregular_migration",
        "",
        "border-regional-2017-sarajevo",
    ),
    ("mediterranean_partners", "firearms_trafficking", "", "tnt-other-2014-neum"),
    ("afghanistan", "corruption", "", "border-regional-2012-vienna-cabsi"),
    ("", "cultural_property_trafficking", "bsmnfp", "bsmnfp-2018"),
    ("north_america", "trafficking_in_persons", "", "thb-2025"),
]


# The same among all meetings: national events and courses too.
CASES_OF_ALL = [
    ("central_asia", "firearms_trafficking", "", "border-regional-2025-bishkek-salw"),
    (
        "central_asia",
        "document_and_identity_fraud",
        "",
        "travel-document-security-2018-shymkent-docs",
    ),
    ("central_asia", "drug_trafficking organized_crime", "", "border-regional-2016-pavlodar"),
    (
        "south_caucasus",
        "drug_trafficking organized_crime",
        "",
        "border-regional-2015-ust-kamenogorsk",
    ),
    ("eastern_europe", "firearms_trafficking", "", "tnt-2024-firearms-kyiv"),
    ("eastern_europe", "trafficking_in_persons", "", "tnt-other-2022-chisinau-thb"),
    ("", "cultural_property_trafficking", "", "tnt-2025-cultural-wroclaw"),
]


def asked(data, region, threats, series="", **more):
    regions, chosen = (region,) if region else (), tuple(threats.split())
    own = (series,) if series else ()
    return select(data, Selection(region=regions, threat=chosen, series=own, **more))


@pytest.mark.parametrize(("region", "threats", "series", "expected"), CASES)
def test_the_expected_precedent_is_among_the_first_three(data, region, threats, series, expected):
    table = rank_precedents(asked(data, region, threats, series))
    assert expected in table["meeting_id"].head(3).tolist()


@pytest.mark.parametrize(("region", "threats", "series", "expected"), CASES_OF_ALL)
def test_national_events_and_courses_are_precedents_if_asked_for(
    data, region, threats, series, expected
):
    every = asked(data, region, threats, series, reach="all", courses=True)
    assert expected in rank_precedents(every)["meeting_id"].head(3).tolist()
    meeting = data["meetings"].set_index("meeting_id").loc[expected]
    left_out = meeting["reach"] == "national" or meeting["kind"] == "course"
    usual = rank_precedents(asked(data, region, threats, series))["meeting_id"].tolist()
    assert (expected not in usual) == left_out


def test_the_points_of_one_meeting_are_those_counted_by_hand(data):
    table = rank_precedents(asked(data, "central_asia", "firearms_trafficking", reach="all"))
    row = table.set_index("meeting_id").loc["border-regional-2025-bishkek-salw"]
    # The one theme, as the subject, for the region; a year old of fifteen: 14 of 15.
    assert (row["themes"], row["subject"], row["region"], row["recency"]) == (35, 10, 35, 14)
    meetings, mentions = data["meetings"], data["threat_mentions"]
    own = meetings[
        (meetings["series"] == "border_regional")
        & (meetings["reading"] != "none")
        & (meetings["kind"] != "course")
    ]
    had = mentions[
        (mentions["threat_id"] == "firearms_trafficking")
        & mentions["role"].isin(["focus", "discussed"])
        & mentions["meeting_id"].isin(own["meeting_id"])
    ]
    share = had["meeting_id"].nunique() / len(own)
    assert row["series"] == int(5 * share + 0.5)
    assert row["points"] == 35 + 10 + 35 + 14 + row["series"]


def test_two_themes_of_which_a_meeting_had_one_give_half(data):
    table = rank_precedents(asked(data, "central_asia", "drug_trafficking organized_crime"))
    assert set(table.loc[table["shared"].map(len) == 1, "themes"]) == {18}
    assert set(table.loc[table["shared"].map(len) == 2, "themes"]) == {35}


def test_a_meeting_that_dealt_with_the_region_otherwise_gets_half(data):
    chosen = asked(data, "central_asia", "terrorism")
    table = rank_precedents(chosen).set_index("meeting_id")
    own = mentions_of(chosen, "terrorism")["meeting_id"]
    near = set(chosen.meetings["meeting_id"]) - set(own)
    half = [meeting for meeting in table.index if meeting in near]
    assert half
    assert set(table.loc[half, "region"]) == {18}
    elsewhere = table.drop(index=[*half, *set(own)])
    assert set(elsewhere["region"]) == {0}


def test_no_part_gives_more_than_its_weight_and_the_order_is_by_points(data):
    assert sum(PRECEDENT_WEIGHTS.values()) == 100
    assert PRECEDENT_WEIGHTS.keys() == precedent_rules(15).keys() == CRITERION_LABELS.keys()
    table = rank_precedents(asked(data, "south_eastern_europe", "terrorism cybercrime"))
    for name, most in PRECEDENT_WEIGHTS.items():
        assert table[name].between(0, most).all()
    assert (table[list(PRECEDENT_WEIGHTS)].sum(axis=1) == table["points"]).all()
    assert table["points"].is_monotonic_decreasing


def test_a_region_and_a_series_lose_no_precedent(data):
    every = rank_precedents(asked(data, "", "corruption"))
    for region, series in (("afghanistan", ""), ("", "bsmnfp"), ("north_america", "")):
        table = rank_precedents(asked(data, region, "corruption", series))
        assert set(table["meeting_id"]) == set(every["meeting_id"])


def test_years_narrow_the_precedents_and_set_what_is_recent(data):
    chosen = select(data, Selection(threat=("corruption",), years=(2008, 2012)))
    table = rank_precedents(chosen)
    years = data["meetings"].set_index("meeting_id")["year"].loc[table["meeting_id"]]
    assert years.between(2008, 2012).all()
    assert (table["recency"].to_numpy() == 15)[(years == 2012).to_numpy()].all()


def test_the_timeline_counts_as_attention_does(data):
    chosen = asked(data, "central_asia", "terrorism drug_trafficking")
    table = precedents_by_year(chosen)
    whole = attention(asked(data, "", "terrorism drug_trafficking"), "year")
    assert table["here"].sum() == attention(chosen, "year")["on_agenda"].sum()
    assert table[["here", "elsewhere"]].to_numpy().sum() == whole["on_agenda"].sum()
    chart = precedents_by_year_chart(chosen)
    drawn = sum(int(n) for trace in chart.draw(LIGHT).data for n in trace.text)
    assert drawn == table[["here", "elsewhere"]].to_numpy().sum()


def test_a_theme_that_never_came_up_has_no_timeline_and_no_precedent(data):
    chosen = asked(data, "central_asia", "falsified_medicines")
    assert precedents_by_year_chart(chosen) is None
    assert top_precedents_table(chosen).empty


def test_a_theme_known_only_elsewhere_is_drawn_there(data):
    chart = precedents_by_year_chart(asked(data, "south_caucasus", "mass_displacement"))
    here, elsewhere = chart.draw(LIGHT).data
    assert not len(here.x)
    assert sum(int(n) for n in elsewhere.text) == chart.table["elsewhere"].sum() > 0
