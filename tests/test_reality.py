"""Agenda vs. data: figures of other publishers, rank agreement, gaps, and the page made of them."""

import csv
import io
import itertools
from urllib.parse import parse_qs

import numpy as np
import openpyxl
import page_cards
import pandas as pd
import plain
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_pages import opened, texts, unfolded

import threats
from threats.charts.theme import LIGHT
from threats.charts.time_axis import period_positions
from threats.content.builder import build_chart, parse_page_options
from threats.content.indicator_sentences import (
    find_pair_agreement,
    indicator_summary,
    rank_agreement_sentence,
    rank_correlation_facts,
)
from threats.content.indicators import attention_with_indicator_chart, gap_table
from threats.exports.tables import to_csv, to_xlsx
from threats.exports.urls import View
from threats.server.routes import ROUTES
from threats.stats.filters import Selection, from_params
from threats.stats.gaps import attention_gaps, compare_thirds
from threats.stats.indicators import (
    MEETING_FORMATS,
    aggregate_by_year,
    annual_observations,
    count_dated_to_year,
    indicator_region,
    rank_agreement,
    rank_agreements,
    rank_indicators,
    travel_by_month,
)
from threats.stats.selection import select

CHARTS = ("attention-beside-measured", "travel-rules-and-meetings")


def drawn(name, selected, **params):
    values, problems = parse_page_options(
        "indicators", {key: [text] for key, text in params.items()}, selected
    )
    assert not problems
    return build_chart(name, selected, values)


def series(values, years, countries=10):
    return pd.DataFrame({"year": years, "value": values, "n_countries": countries})


def attention(on, meetings, years):
    table = pd.DataFrame({"year": years, "on_agenda": on, "meetings": meetings})
    return table.assign(share=table["on_agenda"] / table["meetings"])


# The data


@pytest.mark.parametrize(
    ("indicator", "region", "period", "value"),
    [
        ("oxcgrt_c8_mean", "south_caucasus", "2020-04", 3.75),
        ("ucdp_orgviol_deaths", "eastern_europe", "2022", 92_682),
        ("unhcr_refugees_hosted", "north_america", "2020", 450_060),
        ("iom_mmp_deaths", "north_america", "2022", 681),
        ("unodc_money_laundering_rate", "north_america", "2021", 0.915),
        ("unodc_tip_victims", "north_america", "2013", 2_378),
        ("unodc_tip_victims", "osce_area", "2020", 29_205),
        ("unodc_tip_children", "north_america", "2013", 418),
        ("ncmec_reports_per_thousand", "afghanistan", "2019", 4.309),
    ],
)
def test_figures_are_as_a_second_calculation_found_them(data, indicator, region, period, value):
    rows = data["indicator_values"].set_index(["indicator_id", "region", "period"])
    assert rows.loc[(indicator, region, period), "value"] == pytest.approx(value, abs=0.0005)


@pytest.mark.parametrize(
    "indicator", ["ucdp_orgviol_deaths", "unhcr_refugees_hosted", "unodc_tip_victims"]
)
def test_the_whole_area_is_the_sum_of_its_six_regions(data, indicator):
    rows = data["indicator_values"].query("indicator_id == @indicator")
    table = rows.pivot(index="period", columns="region", values="value")
    outside = ["osce_area", "afghanistan", "asian_partners", "mediterranean_partners"]
    parts = table.drop(columns=outside, errors="ignore").sum(axis=1)
    assert parts.to_numpy() == pytest.approx(table["osce_area"].to_numpy(), rel=1e-3)


def test_every_figure_says_which_way_is_more_and_how_months_make_a_year(data):
    table = data["indicators"].set_index("indicator_id")
    lower = table[table["more_threat"] == "lower"]
    assert set(lower.index) == {"wgi_control_of_corruption", "wgi_political_stability"}
    assert lower["definition"].str.contains("higher is better").all()
    assert ((table["to_year"] != "") == (table["frequency"] == "monthly")).all()
    assert table.loc["oxcgrt_c8_mean", "to_year"] == "mean"
    assert table.loc["cbp_sw_encounters_monthly", "to_year"] == "sum"


def test_texts_of_a_figure_stand_on_their_own(data):
    table = data["indicators"]
    for column in ("definition", "aggregation", "caveats", "licence"):
        assert not table[column].str.match(r"(?i)same\b|as above|as for ").any()
        assert not table[column].str.contains(r"\bstore\b").any()


# Measures


def test_months_make_a_year_only_where_all_twelve_are_known():
    periods = [f"2020-{month:02}" for month in range(1, 13)] + ["2021-01", "2021-02"]
    rows = pd.DataFrame(
        {"period": periods, "value": [1.0] * 11 + [13.0, 5.0, 5.0], "n_countries": [4] * 13 + [3]}
    ).assign(year=lambda t: t["period"].str[:4].astype(int))
    assert aggregate_by_year(rows, "sum").to_numpy().tolist() == [[2020, 24, 4]]
    assert aggregate_by_year(rows, "mean").to_numpy().tolist() == [[2020, 2, 4]]


def test_the_monthly_figures_of_a_country_add_up_to_its_yearly_ones(data):
    selected = select(data, Selection(region=("north_america",)))
    months = annual_observations(selected, "cbp_sw_encounters_monthly").set_index("year")["value"]
    years = annual_observations(selected, "cbp_sw_encounters").set_index("year")["value"]
    assert months.to_dict() == years.to_dict()


def test_rank_agreement_by_hand():
    """Of 28 pairs of eight years one is the other way round, so tau is 26/28, which is atanh
    1.647918; the interval is 1.959964 * sqrt(0.437 / 4) = 0.647827 on either side of that."""
    years = list(range(2010, 2018))
    table = attention([1, 2, 3, 4, 5, 6, 7, 8], 10, years)
    found = rank_agreement(table.assign(value=[1, 2, 3, 4, 5, 6, 8, 7]))
    assert (found.n, found.first, found.last) == (8, 2010, 2017)
    assert found.tau == pytest.approx(26 / 28)
    assert (found.low, found.high) == pytest.approx((0.76163, 0.97993), abs=0.00002)


def test_p_of_rank_agreement_by_hand():
    """Of the 8! orders the same and the opposite one and the 7 + 7 next to them are as far off."""
    table = attention([1, 2, 3, 4, 5, 6, 7, 8], 10, list(range(2010, 2018)))
    found = rank_agreement(table.assign(value=[1, 2, 3, 4, 5, 6, 8, 7]))
    assert found.p == pytest.approx(16 / 40320)


def test_ties_count_as_in_tau_b():
    """27 pairs agree and one is tied on one side: 27 / sqrt(27 * 28)."""
    table = attention([1, 1, 2, 3, 4, 5, 6, 7], 10, list(range(2010, 2018)))
    found = rank_agreement(table.assign(value=range(8)))
    assert found.tau == pytest.approx(27 / (27 * 28) ** 0.5)


def test_too_few_years_too_few_meetings_and_no_change_tell_nothing():
    years = list(range(2010, 2018))
    table = attention([1, 2, 3, 4, 5, 6, 7, 8], 10, years).assign(value=range(8))
    assert pd.isna(rank_agreement(table.head(7)).tau)
    few = table.assign(meetings=[4] + [10] * 7)
    assert rank_agreement(few).n == 7
    assert pd.isna(rank_agreement(few).tau)
    assert pd.isna(rank_agreement(table.assign(value=1)).tau)
    whole = rank_agreement(table)
    assert whole.tau == pytest.approx(1)
    assert pd.isna(whole.low)


def test_changes_rank_apart_from_levels():
    """Both series rise every year, so levels agree wholly. The steps 1 to 8 of the one rank against
    the steps 8 to 1 of the other."""
    steps = range(9)
    table = attention([sum(range(n + 1)) for n in steps], 100, [2010 + n for n in steps])
    found = rank_agreement(table.assign(value=[sum(range(9 - n, 9)) for n in steps]))
    assert (found.tau, found.n_changes) == (pytest.approx(1), 8)
    assert found.tau_change == pytest.approx(-1)


def test_a_year_without_meetings_is_no_change():
    years = [*range(2006, 2014), *range(2015, 2019)]
    table = attention([n % 5 for n in range(12)], 10, years).assign(value=range(12))
    assert rank_agreement(table).n_changes == 10
    assert rank_agreement(table.sample(frac=1, random_state=1)).n_changes == 10


def test_no_interval_where_half_of_the_years_are_tied():
    years = list(range(2010, 2018))
    tied = rank_agreement(attention([0, 0, 0, 0, 1, 2, 3, 4], 10, years).assign(value=range(8)))
    assert tied.tau == pytest.approx(22 / (22 * 28) ** 0.5)
    assert pd.isna([tied.low, tied.high]).all()
    assert tied.p < 0.05
    fewer = rank_agreement(attention([0, 0, 0, 1, 2, 3, 4, 5], 10, years).assign(value=range(8)))
    assert fewer.low < fewer.tau < fewer.high


def test_the_sentence_says_why_there_is_no_interval_and_what_changes_do(data):
    selected = select(data, Selection())
    table = rank_agreements(selected).dropna(subset="tau")
    for row in table.itertuples():
        told = rank_correlation_facts(selected, row.threat_id, row.indicator_id)
        first, changes = (text for _label, text in told)
        assert ("no interval" in first) == pd.isna(row.low)
        assert ("tau-b is" in changes) == pd.notna(row.tau_change)
        assert "tau-b is" in changes or "Too few changes from one year to the next" in changes


YEARS = [2010, 2011, 2012, 2013, 2014, 2015]
FELL = attention([2, 2, 9, 9, 1, 0], 10, YEARS)


def test_a_gap_by_hand():
    """Thirds of six years are two each: the figure doubles from 10 to 20, (20 - 10) / 30 = 1/3;
    attention goes from 4 to 1 of 20 meetings, (0.05 - 0.2) / 0.25 = -0.6."""
    found = compare_thirds(series([8, 12, 99, 99, 19, 21], YEARS), FELL)
    assert found["status"] == "gap"
    assert (found["early_years"], found["late_years"]) == ("2010–2011", "2014–2015")
    assert (found["early_value"], found["late_value"]) == (10, 20)
    assert (found["early_on"], found["early_meetings"]) == (4, 20)
    assert (found["late_on"], found["late_meetings"]) == (1, 20)
    assert found["difference"] == pytest.approx(-0.15)
    assert found["low"] < -0.15 < found["high"]
    assert found["size"] == pytest.approx(1 / 3 + 0.6)


def test_attention_that_never_came_is_a_gap_and_attention_that_rose_is_none():
    figure = series([10, 10, 15, 15, 20, 20], YEARS)
    never = compare_thirds(figure, attention([0] * 6, 10, YEARS))
    assert (never["status"], never["size"]) == ("gap", pytest.approx(1 / 3))
    for on in ([0, 0, 0, 0, 1, 1], [1, 1, 1, 1, 1, 1]):
        assert compare_thirds(figure, attention(on, 10, YEARS))["status"] == "none"


def test_a_figure_that_rose_by_less_than_a_tenth_is_no_gap():
    assert compare_thirds(series([100, 100, 0, 0, 109, 109], YEARS), FELL)["status"] == "none"
    assert compare_thirds(series([100, 100, 0, 0, 110, 110], YEARS), FELL)["status"] == "gap"
    assert compare_thirds(series([0, 0, 0, 0, 0, 1], YEARS), FELL)["status"] == "gap"
    assert compare_thirds(series([0] * 6, YEARS), FELL)["status"] == "none"


def test_a_score_of_which_a_lower_one_is_worse_is_read_the_right_way_round():
    """From 0.5 to 0 the distance from the top of the scale grows from 2 to 2.5, by a quarter; from
    0.5 to 0.4 it grows to 2.1, by a twentieth."""
    worse, slightly = ([0.5, 0.5, 0, 0, late, late] for late in (0.0, 0.4))
    assert compare_thirds(series(worse, YEARS), FELL, "lower")["status"] == "gap"
    assert compare_thirds(series(worse, YEARS), FELL, "higher")["status"] == "none"
    assert compare_thirds(series(slightly, YEARS), FELL, "lower")["status"] == "none"
    better = series([0, 0, 0, 0, 0.5, 0.5], YEARS)
    assert compare_thirds(better, FELL, "lower")["status"] == "none"


def test_ends_need_five_years_a_steady_number_of_countries_and_five_meetings():
    figure = series([10, 10, 15, 20, 20], YEARS[:5])
    assert compare_thirds(figure, FELL)["early_years"] == "2010–2011"
    assert compare_thirds(figure.head(4), FELL) is None
    assert compare_thirds(figure.assign(n_countries=[10, 10, 1, 9, 9]), FELL) is not None
    assert compare_thirds(figure.assign(n_countries=[10, 10, 1, 8, 8]), FELL) is None
    few = attention([1] * 6, 2, YEARS)
    assert compare_thirds(figure, few)["status"] == "few"


def test_no_region_without_a_meeting_counts_as_one_without_attention(data):
    table = attention_gaps(select(data, Selection()))
    assert "north_america" not in set(table["region"])
    assert (table.query("status == 'gap'")["early_meetings"] >= 5).all()


def test_the_fittest_figure_is_counted_over_the_same_countries_and_known_for_the_region(data):
    everywhere = rank_indicators(data, "osce_area")
    assert everywhere["corruption"][0] == "unodc_corruption_rate_panel"
    assert everywhere["terrorism"][0] == "ucdp_nsgroup_civilian_deaths"
    assert everywhere["firearms_trafficking"] == ["unodc_arms_seized_rate", "unodc_arms_seized"]
    here = rank_indicators(data, "central_asia")
    assert here["corruption"][-1] == "unodc_corruption_rate_panel"  # no figure there
    assert set(here) == set(data["indicators"]["threat_id"])


def test_the_region_chosen_has_its_own_figure_and_else_the_participating_states(data):
    for regions, place in (
        (("central_asia",), "central_asia"),
        ((), "osce_area"),
        (("central_asia", "south_caucasus"), "osce_area"),
    ):
        assert indicator_region(select(data, Selection(region=regions))) == place


def test_travel_by_month_counts_meetings_as_the_raw_files_do(data):
    selected = select(data, Selection())
    table = travel_by_month(selected)
    assert table["period"].tolist() == [
        f"{y}-{m:02}" for y in (2020, 2021, 2022) for m in range(1, 13)
    ]
    dates = [row["start_date"] for row in plain.meetings() if row["reading"] != "none"]
    assert table[list(MEETING_FORMATS)].to_numpy().sum() == sum(
        "2020" <= day[:4] <= "2022" and len(day) >= 7 for day in dates
    )
    assert count_dated_to_year(selected, table) == sum(
        day in ("2020", "2021", "2022") for day in dates
    )
    assert (table["on_agenda"] <= table["meetings"]).all()
    assert table["on_agenda"].sum() > 0


# Charts


def test_a_month_lies_in_its_year_on_the_axis():
    found = period_positions(pd.Series(["2020", "2020-01", "2020-12"]))
    assert found.tolist() == pytest.approx([2020, 2019.5 + 0.5 / 12, 2020.5 - 0.5 / 12])


@pytest.mark.parametrize("theme", ["terrorism", "pandemic", "corruption"])
@pytest.mark.parametrize("name", CHARTS)
def test_no_panel_has_a_second_axis(data, name, theme):
    figure = drawn(name, select(data, Selection()), theme=theme).draw(LIGHT)
    axes = list(figure.select_yaxes())
    assert len(axes) == 3
    assert all(axis.overlaying is None and axis.side != "right" for axis in axes)
    spans = sorted(axis.domain for axis in axes)
    assert all(below[1] <= above[0] for below, above in itertools.pairwise(spans))
    matched = {axis.matches for axis in figure.select_xaxes()} - {None}
    assert len(matched) == 1  # one time axis for all panels


def line(figure):
    return next(trace for trace in figure.data if trace.name == "indicator")


def test_a_year_without_a_figure_is_a_gap_and_never_zero(data):
    selected = select(data, Selection(region=("central_asia",)))
    chart = drawn(
        CHARTS[0], selected, theme="mass_displacement", indicator="idmc_conflict_displacements"
    )
    trace = line(chart.draw(LIGHT))
    rows = data["indicator_values"].query(
        "indicator_id == 'idmc_conflict_displacements' and region == 'central_asia'"
    )
    shown = {str(int(x)): y for x, y in zip(trace.x, trace.y, strict=True)}
    assert len(shown) == 14  # 2009 to 2022
    assert {year for year, y in shown.items() if not pd.isna(y)} == set(rows["period"])
    assert trace.connectgaps is False
    assert "no value" in [mark[2] for mark in trace.customdata]


def test_units_and_countries_stand_on_the_chart_and_in_every_file(data):
    selected = select(data, Selection())
    row = data["indicators"].set_index("indicator_id").loc["unodc_tip_victims_rate"]
    chart = drawn(
        CHARTS[0], selected, theme="trafficking_in_persons", indicator="unodc_tip_victims_rate"
    )
    figure = chart.draw(LIGHT)
    titles = [axis.title.text.replace("<br>", " ") for axis in figure.select_yaxes()]
    assert row["unit"] in titles
    assert all("countr" in mark[2] for mark in line(figure).customdata)
    assert row["publisher"] in chart.subtitle
    assert row["licence"] in " ".join(chart.notes)
    assert "Source: UNODC, GLOTIP data file, 14 April 2025 (" in " ".join(chart.notes)
    view = View("indicators", selected, {}, "http://here")
    lines = list(csv.DictReader(io.StringIO(to_csv(chart, view).decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(chart, view)))["Figures"]
    cells = list(sheet.values)
    for name in ("unit", "publisher", "licence", "source_file", "source_url"):
        assert {line[name] for line in lines} == {row[name]}
        place = cells[0].index(name)
        assert {cell[place] for cell in cells[1:]} == {row[name]}
    known = [line for line in lines if line["value"]]
    assert len(known) == 16  # 2007 to 2022
    assert all(int(line["n_countries"]) >= 30 for line in known)


def test_a_changed_row_changes_the_figure(folder):
    selection = Selection(region=("eastern_europe",))
    options = {"theme": "armed_conflict_spillover"}
    before = drawn(CHARTS[0], select(threats.load(folder), selection), **options)
    file = folder / "indicator_values.csv"
    text = file.read_text(encoding="utf-8")
    old = "ucdp_orgviol_deaths,eastern_europe,2022,92682,"
    assert text.count(old) == 1
    file.write_text(text.replace(old, old.replace("92682", "17")), encoding="utf-8")
    after = drawn(CHARTS[0], select(threats.load(folder), selection), **options)
    where = list(line(before.draw(LIGHT)).x).index(2022)
    assert line(before.draw(LIGHT)).y[where] == 92682
    assert line(after.draw(LIGHT)).y[where] == 17
    assert after.table.set_index("period").loc[2022, "value"] == 17


# Sentences, tables and the page


def test_sentences_tell_agreement_with_n_and_interval_and_never_why(data):
    selected = select(data, Selection())
    for indicator, wanted in (
        ("unhcr_refugees_hosted", "Over the 20 years with both (2006–2025)"),
        ("idmc_conflict_displacements", "not distinguishable from chance"),
    ):
        told = indicator_summary(selected, "mass_displacement", indicator)
        assert wanted in told[0]
        assert "because" not in " ".join(told).lower()
    few = indicator_summary(selected, "trafficking_in_persons", "unodc_tip_victims_rate_panel")
    assert "Too few years to compare" in few[0]
    assert "7 years with a value" in few[0]
    assert "No openly licensed statistic" in indicator_summary(selected, "organized_crime")[0]
    worse = indicator_summary(selected, "corruption", "wgi_control_of_corruption")[0]
    assert "a lower value is worse" in worse


def test_rank_agreement_is_told_only_where_it_holds_among_all_pairs(data):
    selected = select(data, Selection())
    table = rank_agreements(selected)
    assert len(table) == len(data["indicators"])
    tested = table[table["p"].notna()].sort_values("p", ascending=False)
    # Benjamini and Hochberg (1995): the smallest p * n / rank of these and the larger ones.
    ranks = range(len(tested), 0, -1)
    steps = [p * len(tested) / rank for p, rank in zip(tested["p"], ranks, strict=True)]
    assert tested["p_adjusted"].tolist() == pytest.approx(np.minimum.accumulate(steps).clip(max=1))
    alone = 0
    for row in tested.itertuples():
        told = rank_agreement_sentence(selected, row.threat_id, row.indicator_id)
        assert ("tended to have" in told) == (row.p_adjusted < 0.05)
        (_label, fact), _changes = rank_correlation_facts(selected, row.threat_id, row.indicator_id)
        assert f"over the {len(tested)} pairs" in fact
        alone += "tended to have" not in told and row.p < 0.05
    assert alone  # by itself it would have been told


def test_rank_agreement_does_not_depend_on_the_threats_chosen_and_stands_in_the_table(data):
    key = ("mass_displacement", "unhcr_refugees_hosted")
    every, one = (
        select(data, Selection(threat=threats)) for threats in ((), ("mass_displacement",))
    )
    assert rank_agreement_sentence(every, *key) == rank_agreement_sentence(one, *key)
    found = find_pair_agreement(rank_agreements(every), *key)
    chart = attention_with_indicator_chart(one, *key)
    for name in ("tau", "p", "p_adjusted"):
        assert (chart.table[name] == getattr(found, name)).all()


def test_years_too_few_leave_no_pair_to_test(data):
    selected = select(data, Selection(region=("central_asia",), years=(2020, 2022)))
    assert rank_agreements(selected)["p_adjusted"].isna().all()


def test_every_gap_leads_to_the_view_that_shows_both_series(data):
    selected = select(data, Selection(years=(2006, 2024)))
    table = gap_table(selected)
    widths = [float(width) for width in table["Gap"]]
    assert widths == sorted(widths, reverse=True)
    for row in table.to_dict("records"):
        page, query = row["View"].split("?")
        params = parse_qs(query)
        selection, problems = from_params(params, data)
        assert (page, problems, selection.years) == ("indicators", [], (2006, 2024))
        there = select(data, selection)
        values, wrong = parse_page_options("indicators", params, there)
        assert not wrong
        chart = build_chart(CHARTS[0], there, values)
        assert chart.table["threat"].iloc[0] == row["Threat"]
        early = row["Attention"].split(" of ")[0]
        first = row["First and last third"].split("(")[1][:9].split("–")
        inside = chart.table[chart.table["period"].between(*map(int, first))]
        assert inside["on_agenda"].sum() == int(early)


def test_the_page_shows_the_figure_its_source_and_all_others(data):
    app = unfolded(
        opened("indicators.py", theme="corruption", indicator="wgi_control_of_corruption")
    )
    assert "World Bank" in texts(app)
    about, *_, everything = (table.value.to_string() for table in app.table)
    assert "the publisher's terms prevail" in about.replace("\\", "")
    address = (
        data["indicators"].set_index("indicator_id").at["wgi_control_of_corruption", "source_url"]
    )
    facts = dict(app.table[0].value.itertuples(index=False))
    assert "Worldwide Governance Indicators, 2024 update" in facts["Source"]
    assert f"](<{address}>)" in facts["Copy read at"]
    assert len(app.table[len(app.table) - 1].value) == len(data["indicators"]) == 39
    assert "UNODC" in everything
    choice = app.selectbox(key="option_indicator")
    assert len(choice.options) == 3
    app.selectbox(key="option_theme").set_value("cybercrime").run()
    assert app.query_params == {"theme": "cybercrime"}
    assert app.selectbox(key="option_indicator").value == "unodc_cyber_fraud_rate_panel"


def test_a_figure_of_another_threat_is_named_and_left_aside():
    app = opened("indicators.py", theme="corruption", indicator="ucdp_orgviol_deaths")
    assert "indicator=ucdp_orgviol_deaths" in texts(app)
    assert app.query_params == {"theme": "corruption"}


@pytest.mark.parametrize("dropped", ["unodc_heroin_seized", "unodc_cocaine_seized"])
def test_an_address_with_a_dropped_figure_still_opens_and_names_it(dropped):
    app = opened("indicators.py", theme="drug_trafficking", indicator=dropped)
    assert f"indicator={dropped}" in texts(app)
    assert app.query_params == {"theme": "drug_trafficking"}
    assert "No openly licensed statistic" in texts(app)
    client = TestClient(Starlette(routes=ROUTES))
    query = f"theme=drug_trafficking&indicator={dropped}"
    for address in ("/print/indicators", "/embed/attention-beside-measured"):
        answer = client.get(f"{address}?{query}")
        assert (answer.status_code, f"indicator={dropped}" in answer.text) == (200, True)


def test_the_deaths_beside_terrorism_say_what_they_count(data):
    row = data["indicators"].set_index("indicator_id").loc["ucdp_nsgroup_civilian_deaths"]
    assert row["name"] == "Civilians killed in one-sided violence by organized non-State groups"
    assert row["caveats"].startswith("One-sided violence, not terrorism as such")
    told = indicator_summary(select(data, Selection()), "terrorism", "ucdp_nsgroup_civilian_deaths")
    assert "one-sided violence by organized non-State groups" in told[0]


def test_every_figure_names_the_file_of_its_publisher_and_its_date(data):
    table = data["indicators"]
    assert table["source_file"].str.contains(r"(?:19|20)\d\d").all()
    assert not table["source_file"].str.contains("github|http").any()


def test_a_threat_without_an_open_figure_says_so():
    app = opened("indicators.py", theme="organized_crime")
    assert "No openly licensed statistic is available" in texts(app)
    assert len(page_cards.drawn(app)) == 1


def test_a_region_chosen_stands_on_both_sides(data):
    chart = attention_with_indicator_chart(
        select(data, Selection(region=("south_caucasus",))), "terrorism", "wgi_political_stability"
    )
    assert not any("57 participating States" in note for note in chart.notes)
    assert set(chart.table["region"]) == {"south_caucasus"}
    whole = attention_with_indicator_chart(
        select(data, Selection()), "terrorism", "wgi_political_stability"
    )
    assert any("57 participating States" in note for note in whole.notes)
