"""Regions, families, series, Chairpersonships and periods side by side."""

import csv
from dataclasses import replace

import pytest
from conftest import DATA
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.charts.theme import DARK, LIGHT
from threats.content.builder import build_chart, parse_page_options, view_params
from threats.content.comparison import MAX_SHOWN_THREATS
from threats.content.drilldown import meetings_for
from threats.content.model import cached_figure
from threats.server.routes import ROUTES
from threats.stats.comparison import (
    MAX_COMPARED_VALUES,
    compare_attention,
    compared_values,
    comparison_labels,
    difference_interval,
    narrow_to,
    parse_compared,
)
from threats.stats.drilldown import Drilldown
from threats.stats.filters import Selection
from threats.stats.selection import select

# What is compared: the filter, its part that holds, and the values.
COMPARISONS = {
    "regions": (Selection(years=(2012, 2024)), "region", ("central_asia", "south_eastern_europe")),
    "families with courses": (Selection(courses=True), "family", ("border", "cyber")),
    "series of a region": (
        Selection(region=("central_asia",), family=("border",)),
        "series",
        ("border_regional", "bmsc_conference"),
    ),
    "chairs": (Selection(reach="all"), "chair", ("FIN-2008", "FIN-2025", "ITA-2018")),
    "periods of a region": (
        Selection(region=("afghanistan", "central_asia"), years=(2019, 2019)),
        "period",
        ("2006-2013", "2021"),
    ),
}


def raw(name):
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values_of(by, value, row, families):
    """Return whether a meeting belongs to a value of all but regions."""
    year = row["start_date"][:4]
    if by == "family":
        return families[row["series"]] == value
    if by == "series":
        return row["series"] == value
    if by == "chair":
        return f"{row['chair']}-{year}" == value
    first, last = (value if "-" in value else f"{value}-{value}").split("-")
    return year != "" and first <= year <= last


def counted_by_hand(selection, by, value):
    """Return {threat: (meetings that had it on the agenda, meetings)} by plain counting."""
    families = {row["series_id"]: row["family"] for row in raw("series")}
    if by == "region":
        selection = replace(selection, region=(value,))
    kept = {}
    for row in raw("meetings"):
        year = row["start_date"][:4]
        inside = row["reading"] != "none"
        inside &= selection.courses or row["kind"] != "course"
        inside &= selection.reach == "all" or row["reach"] != "national"
        inside &= not selection.family or families[row["series"]] in selection.family
        if selection.years and by != "period":
            inside &= year != "" and selection.years[0] <= int(year) <= selection.years[1]
        if inside and (by == "region" or values_of(by, value, row, families)):
            kept[row["meeting_id"]] = row

    def belongs(meeting_id, region):
        scopes = kept[meeting_id]["scope"].split(";")
        untied = region in ("", "osce_area")
        tied = region in selection.region
        return not selection.region or tied or (untied and bool({*scopes} & {*selection.region}))

    mentions = [
        row
        for row in raw("threat_mentions")
        if row["meeting_id"] in kept and belongs(row["meeting_id"], row["region"])
    ]
    if selection.region:
        inside = {m for m, row in kept.items() if {*row["scope"].split(";")} & {*selection.region}}
        inside |= {row["meeting_id"] for row in mentions}
        inside |= {
            row["meeting_id"]
            for row in raw("regional_sessions")
            if row["region"] in selection.region and row["region"] != "osce_area"
        }
        kept = {m: row for m, row in kept.items() if m in inside}
    found = {}
    for threat in (row["threat_id"] for row in raw("threat_categories")):
        searched = {m for m, row in kept.items() if row["found_by"] == "pandemic_search"}
        whole = kept.keys() - (searched if threat == "pandemic" else set())
        on = {
            row["meeting_id"]
            for row in mentions
            if row["threat_id"] == threat and row["role"] in ("focus", "discussed")
        }
        found[threat] = (len(on & whole), len(whole))
    return found


@pytest.mark.parametrize("name", COMPARISONS)
def test_a_comparison_counts_as_the_raw_files_do(data, name):
    selection, by, values = COMPARISONS[name]
    table = compare_attention(select(data, selection), by, values)
    for value in values:
        rows = table[table["value"] == value]
        ours = dict(
            zip(
                rows["threat_id"],
                zip(rows["on_agenda"], rows["meetings"], strict=True),
                strict=True,
            )
        )
        by_hand = counted_by_hand(selection, by, value)
        assert ours == by_hand
        assert any(whole for _on, whole in by_hand.values())


def chart(data, selection=None, **params):
    selected = select(data, selection or Selection())
    values, problems = parse_page_options("regions", params, selected)
    return (
        build_chart("compare", selected, values),
        problems,
        view_params("regions", values, selected),
    )


def test_each_value_has_its_own_n_and_few_meetings_say_so(data):
    drawn, _problems, _params = chart(data, compare_by=["chair"])
    by_value = drawn.table.groupby("value", sort=False)
    assert by_value.ngroups == MAX_COMPARED_VALUES["chair"]
    assert list(by_value.groups) == sorted(by_value.groups, key=lambda key: key[-4:])
    few = drawn.table["meetings"].between(1, 4)
    assert (drawn.table["status"] == "few").equals(few)
    figure = cached_figure(drawn)
    for value, rows in by_value:
        n = rows["meetings"].max()
        label = f"{rows['label'].iloc[0]} ({n}{': too few' if n < 5 else ''})"
        assert label in figure.layout.xaxis.ticktext, value


def test_the_finding_has_both_shares_with_n_and_the_interval_of_the_difference(data):
    drawn, _problems, _params = chart(data, compare_by=["family"], values=["border", "cyber"])
    shares = drawn.table.pivot(index="threat_id", columns="value", values="share")
    widest = (shares["cyber"] - shares["border"]).abs().idxmax()
    rows = drawn.table[drawn.table["threat_id"] == widest]
    assert drawn.alt.startswith("Widest difference: ")
    for on, whole in zip(rows["on_agenda"], rows["meetings"], strict=True):
        assert f"{on} of {whole} meetings (" in drawn.alt
    assert " points, 95% interval " in drawn.alt


def test_the_interval_of_a_difference_by_hand():
    """Newcombe's example (d): 9 of 10 less 3 of 10 has 0.1705 to 0.8090 (Stat. Med. 17, table
    II)."""
    assert difference_interval(9, 10, 3, 10) == pytest.approx((0.1705, 0.8090), abs=0.0001)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("by", MAX_COMPARED_VALUES)
def test_every_comparison_is_drawn_with_all_its_points(data, by, narrow, theme):
    drawn, _problems, _params = chart(data, compare_by=[by])
    figure = cached_figure(drawn, theme, narrow)
    assert sum(len(trace.x) for trace in figure.data) == len(drawn.table)
    assert drawn.table["threat_id"].nunique() == MAX_SHOWN_THREATS
    assert "12 with the highest mean share" in " ".join(drawn.notes)


def test_the_threats_of_the_filter_are_all_shown(data):
    group = data["threat_categories"]["group_id"].iloc[0]
    threats = set(data["threat_categories"].query("group_id == @group")["threat_id"])
    drawn, _problems, _params = chart(data, Selection(group=(group,)))
    assert set(drawn.table["threat_id"]) == threats


def test_a_filter_changes_the_figure(data):
    usual, _problems, _params = chart(data, compare_by=["family"])
    early, _problems, _params = chart(data, Selection(years=(2006, 2012)), compare_by=["family"])
    assert not usual.table.equals(early.table)
    assert "2006–2012" in early.subtitle


def test_the_compared_part_of_the_filter_gives_way(data):
    usual, _problems, _params = chart(data, values=["central_asia", "afghanistan"])
    one, _problems, _params = chart(
        data, Selection(region=("south_caucasus",)), values=["central_asia", "afghanistan"]
    )
    assert usual.table.equals(one.table)
    assert "All regions" in one.subtitle


def test_defaults(data):
    everything = select(data, Selection())
    known = {
        value: narrow_to(everything, "region", value).known
        for value in comparison_labels(data, "region")
    }
    shown = compared_values(everything, "region")
    assert len(shown) == 4
    assert min(known[value] for value in shown) >= max(known[v] for v in known.keys() - {*shown})
    one = select(data, Selection(region=("south_caucasus",)))
    assert compared_values(one, "region")[0] == "south_caucasus"
    assert compared_values(one, "region", ("afghanistan",))[0] == "afghanistan"
    assert len(compared_values(one, "region", ("afghanistan",))) == 2
    years = select(data, Selection(years=(2010, 2015)))
    assert compared_values(years, "period") == ("2010-2012", "2013-2015")
    single = select(data, Selection(years=(2010, 2010)))
    assert compared_values(single, "period") == ("2010", "2006-2009")


@pytest.mark.parametrize(
    ("by", "text"),
    [
        ("region", "atlantis"),
        ("region", "border"),
        ("chair", "FIN"),
        ("chair", "FIN-1815"),
        ("period", "2016-2012"),
        ("period", "1990-1999"),
        ("period", "soon"),
        ("period", "²⁰¹²"),
    ],
)
def test_bad_values_are_refused_and_reported(data, by, text):
    assert parse_compared(data, by, text) == ()
    drawn, problems, params = chart(data, compare_by=[by], values=[text])
    assert problems == [f"values={text}"]
    assert "values" not in params
    assert drawn.table.equals(chart(data, compare_by=[by])[0].table)


def test_too_many_values_are_reported(data):
    ids = list(comparison_labels(data, "region"))
    drawn, problems, params = chart(data, values=ids)
    assert problems == [f"values={value}" for value in ids[4:]]
    assert params["values"] == ids[:4]
    assert drawn.table["value"].unique().tolist() == ids[:4]


def test_nothing_known_is_no_chart(data):
    unread = Selection(series=("bsmnfp",), years=(2017, 2017))
    assert chart(data, unread, compare_by=["chair"])[0] is None


@pytest.mark.parametrize("by", ["region", "series", "chair"])
def test_a_mark_lists_the_meetings_that_are_counted(data, by):
    selected = select(data, Selection())
    drawn, _problems, _params = chart(data, compare_by=[by])
    marks = [mark for trace in cached_figure(drawn).data for mark, *_ in trace.customdata]
    assert len(marks) == len(drawn.table)
    for mark in marks[::7]:
        cell = Drilldown.parse(mark.split(), data)
        value = cell.region or (cell.series or (None,))[0] or cell.year
        rows = drawn.table[drawn.table["threat_id"] == cell.threat]
        (row,) = rows[rows["value"].str.endswith(str(value))].itertuples()
        listed = meetings_for(selected, cell)
        counted = listed[listed["Role"].isin(["focus", "discussed"])]
        assert counted["meeting_id"].nunique() == row.on_agenda, mark


def test_families_and_periods_have_no_mark(data):
    for by in ("family", "period"):
        drawn, _problems, _params = chart(data, compare_by=[by])
        assert {cell[0] for trace in cached_figure(drawn).data for cell in trace.customdata} == {""}


def test_the_api_gives_the_same_figures_and_refuses_bad_values(data):
    client = TestClient(Starlette(routes=ROUTES))
    address = "/api/compare.json?compare_by=period&values=2012-2016&values=2020"
    rows = client.get(address).json()["rows"]
    drawn, _problems, _params = chart(data, compare_by=["period"], values=["2012-2016", "2020"])
    assert list(rows[0]) == list(drawn.table)
    assert [row["on_agenda"] for row in rows] == drawn.table["on_agenda"].tolist()
    wrong = client.get("/api/compare.json?compare_by=period&values=1812")
    assert wrong.status_code == 400
    assert wrong.json()["problems"] == ["values=1812"]
    described = client.get("/api/openapi.json").json()["paths"]["/api/compare.csv"]["get"]
    parameters = {one["name"]: one for one in described["parameters"]}
    assert parameters["compare_by"]["schema"]["enum"] == list(MAX_COMPARED_VALUES)
    assert parameters["values"]["schema"]["type"] == "array"
