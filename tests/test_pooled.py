"""Attention at a fixed mix, on simulated meetings with a known truth and on the shipped data."""

import csv
import datetime as dt
import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import DATA

from threats.stats import pooled
from threats.stats.attention import attention
from threats.stats.count_rule import CountRule
from threats.stats.filters import Selection
from threats.stats.mentions import subject_rows
from threats.stats.pooled import (
    pooled_attention,
    pooled_contrast,
    pooled_mix,
    pooled_periods,
    smallest_visible_changes,
)
from threats.stats.pooled_base import pooled_base
from threats.stats.selection import Selected, apply_count_rule, assign_eras, select

YEARS = range(2006, 2026)
EMERGENCY = dt.date(2020, 1, 30), dt.date(2023, 5, 5)
SHOCKS = {
    "who_emergency_start": "2020-01-30",
    "ukraine_invasion": "2022-02-24",
    "who_emergency_end": "2023-05-05",
}
BEFORE = ("before", dt.date(2006, 1, 1), dt.date(2020, 1, 29))
PANDEMIC_YEARS = ("pandemic", dt.date(2020, 1, 30), dt.date(2022, 2, 23))
SINCE = ("since", dt.date(2022, 2, 24), dt.date.max)


def expit(x):
    return 1 / (1 + np.exp(-x))


def made(rows, hits, milestones=SHOCKS):
    """Return a selection from meetings as (series, scope, date) and, for each of them, whether each
    threat (column) is on its agenda."""
    hits = np.atleast_2d(np.asarray(hits, dtype=bool).T).T
    threats = [f"threat{n}" for n in range(hits.shape[1])]
    meetings = pd.DataFrame(rows, columns=["series", "scope", "start_date"], dtype="str")
    meetings = meetings.assign(
        meeting_id=[f"m{n}" for n in range(len(meetings))],
        known=True,
        found_by="series_search",
        year=pd.to_numeric(meetings["start_date"].str[:4], errors="coerce").astype("Int64"),
    )
    row, column = np.nonzero(hits)
    agenda = pd.DataFrame(
        {
            "meeting_id": meetings["meeting_id"].to_numpy()[row],
            "threat_id": np.array(threats)[column],
            "session_id": "",
            "role": "focus",
            "certainty": "sure",
            "found_by": "series_search",
        }
    )
    vocabulary = pd.DataFrame({"threat_id": threats})
    dates = pd.DataFrame({"milestone_id": list(milestones), "date": list(milestones.values())})
    tables = {"threat_categories": vocabulary, "milestones": dates}
    span = (YEARS[0], YEARS[-1])
    return Selected(tables, Selection(), meetings, agenda, vocabulary, span, EMERGENCY)


def shock_of(year, month=6):
    """Return 0 outside the shocks, else 1 or 2, for the 15th day of a month."""
    day = dt.date(year, month, 15)
    if not EMERGENCY[0] <= day <= EMERGENCY[1]:
        return 0
    return 1 if day < dt.date(2022, 2, 24) else 2


def test_a_changing_mix_fools_the_raw_share_but_not_the_pooled_one():
    random = np.random.default_rng(3)
    rows, hits, truth = [], [], {}
    levels = {"often": 1.2, "seldom": -2.6}
    for n, year in enumerate(YEARS):
        # The series that has the threat often becomes rare, while the threat rises in both.
        of = {"often": 14 - n // 2, "seldom": 4 + n // 2}
        rise = -0.8 + 1.6 * n / (len(YEARS) - 1)
        for series, number in of.items():
            share = expit(levels[series] + rise)
            for one in range(number):
                rows.append((series, "osce_area", f"{year}-{1 + one % 12:02}-10"))
                hits.append(random.random() < share)
        truth[year] = {series: expit(level + rise) for series, level in levels.items()}
    table = pooled_attention(made(rows, hits)).set_index("year")
    weights = Counter(series for series, _, _ in rows)
    fixed = pd.Series(
        {
            year: sum(weights[key] * share for key, share in of.items()) / len(rows)
            for year, of in truth.items()
        }
    )
    raw = table["on_agenda"] / table["meetings"]
    early, late = list(YEARS[:5]), list(YEARS[-5:])
    assert raw[late].mean() < raw[early].mean()
    assert table["share"][late].mean() > table["share"][early].mean() + 0.05
    assert abs(table["share"] - fixed).mean() < 0.5 * abs(raw - fixed).mean()
    assert ((table["low"] <= fixed) & (fixed <= table["high"])).mean() >= 0.85


def simulated(random, n_threats):
    """Return a selection of threats with truths of their own, and these by threat and year."""
    names = [f"series{n}" for n in range(8)]
    regions = ["osce_area", "central_asia", "osce_area;central_asia"]
    common = random.dirichlet(np.full(len(names), 1.5))
    rows = []
    for year in YEARS:
        own = random.dirichlet(common * 6 + 0.05)  # another mix of series each year
        rows += [
            (names[s], regions[r], f"{year}-{m:02}-15")
            for s, r, m in zip(
                random.choice(len(names), 13, p=own),
                random.choice(3, 13, p=[0.6, 0.25, 0.15]),
                random.integers(1, 13, 13),
                strict=True,
            )
        ]
    series = np.array([names.index(key) for key, _, _ in rows])
    half = {"osce_area": (1, 0), "central_asia": (0, 1), "osce_area;central_asia": (0.5, 0.5)}
    region = np.array([half[scope] for _, scope, _ in rows])
    year = np.array([int(date[:4]) for _, _, date in rows])
    shock = np.array([shock_of(int(date[:4]), int(date[5:7])) for _, _, date in rows])
    level = random.normal(-1.6, 0.7, n_threats)
    by_series = random.normal(0, 1, (n_threats, len(names))) * random.uniform(
        0.5, 2, (n_threats, 1)
    )
    by_region = random.normal(0, 0.4, (n_threats, 2))
    steps = random.normal(0, 1, (n_threats, len(YEARS))) * random.uniform(0.05, 0.3, (n_threats, 1))
    walk = steps.cumsum(axis=1)
    walk -= walk.mean(axis=1, keepdims=True)
    shocks = np.hstack([np.zeros((n_threats, 1)), random.normal(0, 1, (n_threats, 2))])
    mix = level[:, None] + by_series[:, series] + by_region @ region.T
    share = expit(mix + walk[:, year - YEARS[0]] + shocks[:, shock])
    truth = np.zeros((n_threats, len(YEARS)))
    for n, one in enumerate(YEARS):
        days = [dt.date(one, 1, 1) + dt.timedelta(d) for d in range(365)]
        kinds = Counter(
            0 if not EMERGENCY[0] <= d <= EMERGENCY[1] else 1 if d < dt.date(2022, 2, 24) else 2
            for d in days
        )
        for kind, number in kinds.items():
            added = walk[:, n] + shocks[:, kind]
            truth[:, n] += expit(mix + added[:, None]).mean(axis=1) * number / 365
    return made(rows, (random.random(share.shape) < share).T), truth


def coverage(seeds, n_threats):
    """Return the part of years and threats whose truth is in the band, and the mean error of the
    pooled and the raw share."""
    inside, errors, raw_errors = [], [], []
    for seed in seeds:
        selected, truth = simulated(np.random.default_rng(seed), n_threats)
        table = pooled_attention(selected)
        table["truth"] = truth.T.ravel()
        table = table[(table["status"] == "estimated") & (table["meetings"] > 0)]
        inside += ((table["low"] <= table["truth"]) & (table["truth"] <= table["high"])).tolist()
        errors += abs(table["share"] - table["truth"]).tolist()
        raw_errors += abs(table["on_agenda"] / table["meetings"] - table["truth"]).tolist()
    return np.mean(inside), np.mean(errors), np.mean(raw_errors)


def test_bands_cover_the_truth_in_some_simulations():
    inside, error, raw_error = coverage(range(2), 40)
    assert 0.85 <= inside <= 0.97
    assert error < 0.6 * raw_error


@pytest.mark.slow
def test_bands_cover_the_truth_in_many_simulations():
    inside, error, raw_error = coverage(range(100, 120), 30)
    assert 0.85 <= inside <= 0.97
    assert error < 0.6 * raw_error


@pytest.fixture(scope="module")
def sudden():
    """Return a selection with a threat that is rare, and common only in the first shock."""
    random = np.random.default_rng(5)
    rows, hits = [], []
    for year in YEARS:
        for month in range(1, 13):
            rows.append((f"series{month % 3}", "osce_area", f"{year}-{month:02}-15"))
            hits.append(random.random() < (0.6 if shock_of(year, month) == 1 else 0.05))
    return made(rows, hits)


def test_a_sudden_shock_is_followed(sudden):
    table = pooled_attention(sudden).set_index("year")
    assert table["share"][2021] > 0.4
    assert table["low"][2021] < 0.6 < table["high"][2021]
    assert table["share"][[2018, 2019, 2023, 2024]].max() < 0.15
    contrast = pooled_contrast(sudden, BEFORE, PANDEMIC_YEARS).iloc[0]
    assert contrast["direction"] == "up"
    assert contrast["low"] < 0.55 < contrast["high"]
    assert pooled_contrast(sudden, PANDEMIC_YEARS, SINCE).iloc[0]["direction"] == "down"
    assert pooled_contrast(sudden, BEFORE, SINCE).iloc[0]["direction"] == "unclear"


def test_the_shocks_are_those_of_the_milestones(sudden):
    years = (2014, 2015)
    elsewhere = {
        "who_emergency_start": "2014-01-30",
        "ukraine_invasion": "2016-02-24",
        "who_emergency_end": "2017-05-05",
    }
    without_invasion = {key: SHOCKS[key] for key in ("who_emergency_start", "who_emergency_end")}
    share = {}
    for name, days in {
        "own": SHOCKS,
        "elsewhere": elsewhere,
        "one": without_invasion,
        "none": {},
    }.items():
        milestones = pd.DataFrame({"milestone_id": list(days), "date": list(days.values())})
        tables = {**sudden.dataset, "milestones": milestones.astype("str")}
        table = pooled_attention(replace(sudden, dataset=tables)).set_index("year")
        share[name] = table["share"]
    assert share["own"][2021] > max(share["elsewhere"][2021], share["none"][2021]) + 0.03
    assert share["own"][2022] < share["one"][2022]
    assert abs(share["elsewhere"][list(years)] - share["own"][list(years)]).max() > 0.001


def meetings_of(n_meetings, n_hits, n_years):
    rows = [("one", "osce_area", f"{2010 + n % n_years}-05-05") for n in range(n_meetings)]
    return made(rows, [n < n_hits for n in range(n_meetings)])


@pytest.mark.parametrize(
    ("meetings", "hits", "years", "status"),
    [
        (20, 8, 5, "estimated"),
        (20, 7, 5, "too_few"),
        (19, 8, 5, "too_few"),
        (20, 8, 4, "too_few"),
        (40, 40, 5, "estimated"),
    ],
)
def test_thin_selections_have_no_figure(meetings, hits, years, status):
    selected = meetings_of(meetings, hits, years)
    table = pooled_attention(selected)
    assert set(table["status"]) == {status}
    figures = table.loc[table["meetings"] > 0, ["share", "low", "high"]]
    assert (figures.notna() if status == "estimated" else figures.isna()).all(axis=None)
    assert table["on_agenda"].sum() == hits
    periods = (BEFORE, ("rest", dt.date(2013, 1, 1), dt.date(2014, 12, 31)))
    contrast = pooled_contrast(selected, *periods).iloc[0]
    assert (contrast["direction"] == "too_few") == (status == "too_few" or years == 4)
    assert contrast["earlier_meetings"] == meetings


def test_years_without_a_meeting_have_a_wider_band_and_no_share():
    random = np.random.default_rng(8)
    rows = [
        ("one", "osce_area", f"{year}-{month:02}-05")
        for year in YEARS
        for month in range(1, 13)
        if year not in (2011, 2012, 2013, 2025)
    ]
    table = pooled_attention(made(rows, random.random(len(rows)) < 0.3)).set_index("year")
    gaps = [2011, 2012, 2013, 2025]
    assert table["share"][gaps].isna().all()
    assert table["share"].drop(gaps).notna().all()
    width = table["high"] - table["low"]
    assert width[2012] > max(width[2010], width[2014])
    assert width[2025] > width[2024]
    assert (table["status"] == "estimated").all()


def test_a_year_alone_is_in_shocks_with_the_share_of_its_days():
    rows = [("one", "osce_area", f"{year}-05-05") for year in YEARS] * 2
    rows += [("one", "osce_area", text) for text in ("2020", "2022-02", "2019-06", "")]
    selected = made(rows, [True] * len(rows))
    base = pooled_base(selected, "threats")
    shocks = base.design.time[:, -2:].round(6).tolist()
    leap_year = (dt.date(2020, 12, 31) - EMERGENCY[0]).days + 1
    assert [round(leap_year / 366, 6), 0] in shocks
    assert [round(23 / 28, 6), round(5 / 28, 6)] in shocks
    assert base.trials.sum() == len(rows) - 1  # the undated one has no part
    periods = pooled_periods(selected, [BEFORE, PANDEMIC_YEARS, SINCE])
    # 2020 and February 2022 could be in two periods.
    assert periods["meetings"].tolist() == [28 + 1, 4, 8]
    assert periods["on_agenda"].tolist() == periods["meetings"].tolist()


def test_a_meeting_without_a_date_changes_nothing(sudden):
    extra = sudden.meetings.iloc[[0]].assign(start_date="", year=pd.NA, meeting_id="undated")
    meetings = pd.concat([sudden.meetings, extra], ignore_index=True)
    table = pooled_attention(replace(sudden, meetings=meetings))
    pd.testing.assert_frame_equal(table, pooled_attention(sudden))


def test_the_order_of_rows_changes_nothing(data):
    selected = select(data, Selection())
    shuffled = replace(
        selected,
        meetings=selected.meetings.sample(frac=1, random_state=1).reset_index(drop=True),
        agenda=selected.agenda.sample(frac=1, random_state=2).reset_index(drop=True),
    )
    assert shuffled.meetings["meeting_id"].tolist() != selected.meetings["meeting_id"].tolist()
    pd.testing.assert_frame_equal(pooled_attention(shuffled), pooled_attention(selected))


@pytest.mark.parametrize("of", ["threats", "responses", "organizations"])
def test_raw_counts_are_those_of_attention(data, of):
    for selection in (Selection(), Selection(region=("central_asia",)), Selection(courses=True)):
        selected = select(data, selection)
        table = pooled_attention(selected, of)
        raw = attention(selected, "year", of)
        names = [*raw.columns[:2], "on_agenda", "meetings"]
        pd.testing.assert_frame_equal(table[names], raw[names])
        shown = table[table["status"] == "estimated"]
        assert len(shown)
        figures = shown.loc[shown["meetings"] > 0, ["low", "share", "high"]].to_numpy()
        assert (np.diff(figures, axis=1) > 0).all()
        assert figures.min() >= 0
        assert figures.max() <= 1


def test_organizations_are_counted_in_any_role(data):
    selected = select(data, Selection())
    rows = subject_rows(selected, "organizations")
    known = set(selected.meetings.loc[selected.meetings["known"], "meeting_id"])
    with (DATA / "participation.csv").open(encoding="utf-8") as file:
        pairs = {
            (row["organization_id"], row["meeting_id"])
            for row in csv.DictReader(file)
            if row["meeting_id"] in known
        }
    counts = Counter(key for key, _ in pairs)
    table = attention(selected, of="organizations").set_index("organization_id")["on_agenda"]
    assert {key: n for key, n in table.items() if n} == counts
    assert set(rows["meeting_id"]) == {meeting for _, meeting in pairs}


def test_a_filter_and_a_rule_change_the_figures(data):
    selected = select(data, Selection())
    others = [
        select(data, Selection(courses=True)),
        select(data, Selection(family=("border", "documents", "crime_drugs_finance"))),
        select(data, Selection(years=(2012, 2025))),
        apply_count_rule(selected, CountRule("any")),
    ]
    first = pooled_attention(selected).set_index(["year", "threat_id"])["share"]
    for other in others:
        share = pooled_attention(other).set_index(["year", "threat_id"])["share"]
        both = pd.concat([first, share], axis=1).dropna()
        assert len(both)
        assert (abs(both.iloc[:, 0] - both.iloc[:, 1]) > 1e-4).any()


def test_periods_of_a_reader_change_no_yearly_figure(data):
    selected = select(data, Selection())
    moved = assign_eras(selected, dt.date(2020, 3, 11), dt.date(2022, 2, 23))
    pd.testing.assert_frame_equal(pooled_attention(moved), pooled_attention(selected))


def test_a_threat_alone_has_the_same_figures(data):
    table = pooled_attention(select(data, Selection()))
    alone = pooled_attention(select(data, Selection(threat=("terrorism",))))
    rows = table[table["threat_id"] == "terrorism"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, rows, rtol=1e-4)


def test_weights_of_the_mix_on_shipped_data_in_plain_python(data):
    """Compute the mix and one year of a threat from the CSV file and the draws alone."""
    selected = select(data, Selection())
    with (DATA / "meetings.csv").open(encoding="utf-8") as file:
        meetings = [
            row
            for row in csv.DictReader(file)
            if row["reading"] != "none"
            and row["kind"] != "course"
            and row["reach"] != "national"
            and row["start_date"]
        ]
    mix = Counter((row["series"], row["scope"]) for row in meetings)
    by_series = Counter(row["series"] for row in meetings)
    weights = pooled_mix(selected)
    assert weights["weight"].sum() == pytest.approx(1)
    for series, weight in zip(weights["series"], weights["weight"], strict=True):
        assert weight == pytest.approx(by_series[series] / len(meetings))
    draws = pooled._fit(selected, "threats", ("terrorism",))
    series = sorted(by_series)
    regions = sorted({region for _, scope in mix for region in scope.split(";")})
    first, last = selected.years
    year = 2020
    days_before = (EMERGENCY[0] - dt.date(year, 1, 1)).days
    # A centred walk: the steps that came before the year, less the mean over all years.
    steps = [
        (1 if year >= step else 0) - (last - step + 1) / (last - first + 1)
        for step in range(first + 1, last + 1)
    ]
    shares = []
    for own, times in zip(draws.mix[0].tolist(), draws.time[0].tolist(), strict=True):
        walk = sum(a * b for a, b in zip(steps, times, strict=False))
        share = 0.0
        for (key, scope), number in mix.items():
            logit = own[0] + own[1 + series.index(key)] + walk
            for region in scope.split(";"):
                effect = own[1 + len(series) + regions.index(region)]
                logit += effect / len(scope.split(";"))
            for added, days in ((0.0, days_before), (times[-2], 366 - days_before)):
                share += number * days / (1 + math.exp(-logit - added))
        shares.append(share / len(meetings) / 366)
    table = pooled_attention(selected)
    row = table[(table["threat_id"] == "terrorism") & (table["year"] == year)].iloc[0]
    shares.sort()
    assert row["share"] == pytest.approx(sum(shares) / len(shares), abs=1e-4)
    assert row["low"] == pytest.approx(shares[len(shares) // 20], abs=2e-3)
    assert row["high"] == pytest.approx(shares[-len(shares) // 20], abs=2e-3)


def test_a_period_is_the_mean_over_its_days(sudden):
    yearly = pooled_attention(sudden).set_index("year")["share"]
    whole = ("2010 to 2013", dt.date(2010, 1, 1), dt.date(2013, 12, 31))
    days = np.array([365, 365, 366, 365])
    mean = (yearly[[2010, 2011, 2012, 2013]] * days).sum() / days.sum()
    row = pooled_periods(sudden, [whole]).iloc[0]
    assert row["period"] == "2010 to 2013"
    assert row["share"] == pytest.approx(mean, abs=1e-5)
    outside = pooled_periods(sudden, [("none", dt.date(1990, 1, 1), dt.date(1990, 12, 31))])
    assert outside[["share", "low", "high"]].isna().all(axis=None)
    assert outside["meetings"].tolist() == [0]


def test_a_contrast_agrees_with_its_periods(data):
    selected = select(data, Selection())
    contrast = pooled_contrast(selected, BEFORE, PANDEMIC_YEARS)
    periods = pooled_periods(selected, [BEFORE, PANDEMIC_YEARS])
    for name, part in (("before", "earlier"), ("pandemic", "later")):
        rows = periods[periods["period"] == name].reset_index(drop=True)
        for column, own in (("share", "share"), ("on_agenda", "on"), ("meetings", "meetings")):
            values = contrast[f"{part}_{own}"]
            pd.testing.assert_series_equal(values, rows[column], check_names=False)
    seen = contrast[contrast["direction"] != "too_few"]
    difference = seen["later_share"] - seen["earlier_share"]
    assert seen["difference"].to_numpy() == pytest.approx(difference.to_numpy(), abs=1e-5)
    assert ((seen["low"] < seen["difference"]) & (seen["difference"] < seen["high"])).all()
    assert set(contrast["direction"]) <= {"up", "down", "unclear", "too_few"}
    directions = contrast.set_index("threat_id")["direction"]
    assert directions["pandemic"] == "up"
    none = contrast[contrast["direction"] == "too_few"]
    assert none[["difference", "low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(("on", "earlier", "later"), [(12, 120, 60), (60, 150, 40), (90, 100, 80)])
def test_the_smallest_visible_change_has_a_power_of_80_percent(on, earlier, later):
    random = np.random.default_rng(2)
    row = smallest_visible_changes(*(pd.Series([n]) for n in (on, earlier, later))).iloc[0]
    checked = 0
    for change in (row["smallest_rise"], -row["smallest_fall"]):
        if math.isnan(change):
            continue
        first = random.binomial(earlier, on / earlier, 20_000)
        second = random.binomial(later, on / earlier + change, 20_000)
        mean = (first + second) / (earlier + later)
        error = np.sqrt(mean * (1 - mean) * (1 / earlier + 1 / later))
        away = (second / later - first / earlier) * np.sign(change)
        assert np.mean(away > 1.6449 * error) == pytest.approx(0.8, abs=0.1)
        checked += 1
    assert checked
    assert row["smallest_visible"] == np.nanmin(row[["smallest_rise", "smallest_fall"]])


def test_a_fall_from_a_small_share_cannot_be_seen():
    counts = (pd.Series([2, 0, 3]), pd.Series([160, 160, 0]), pd.Series([36, 36, 36]))
    table = smallest_visible_changes(*counts)
    assert table["smallest_fall"].isna().all()
    assert table["smallest_rise"].isna().tolist() == [False, False, True]
    assert 0.05 < table["smallest_rise"][0] < 0.25


def test_models_are_fitted_once(data, monkeypatch):
    selected = select(data, Selection(years=(2007, 2025)))
    calls = []
    fit = pooled.fit_pooled_models
    monkeypatch.setattr(pooled, "fit_pooled_models", lambda *a: calls.append(1) or fit(*a))
    first = pooled_attention(selected)
    assert len(calls) == 1
    pooled_contrast(selected, BEFORE, SINCE)
    pooled_periods(selected, [BEFORE, PANDEMIC_YEARS, SINCE])
    second = pooled_attention(selected)
    assert len(calls) == 1
    assert np.shares_memory(first["share"].to_numpy(), second["share"].to_numpy())
    base = pooled_base(selected, "threats")
    assert base is pooled_base(selected, "threats")
    ids = tuple(k for k, fits in zip(base.ids, pooled._has_enough(base), strict=True) if fits)
    assert pooled._fit(selected, "threats", ids) is pooled._fit(selected, "threats", ids)
    assert len(calls) == 1


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "selection",
    [
        Selection(series=("political_bodies",)),
        Selection(years=(2020, 2020)),
        Selection(years=(2026, 2026)),
        Selection(region=("western_central_europe",), family=("cyber",)),
        Selection(threat=("stolen_vehicles",)),
    ],
)
def test_almost_empty_selections_have_tables(data, selection):
    selected = select(data, selection)
    table = pooled_attention(selected)
    assert set(table["status"]) <= {"too_few"}
    assert table[["share", "low", "high"]].isna().all(axis=None)
    assert len(pooled_contrast(selected, BEFORE, SINCE)) == len(selected.threats)
    assert pooled_mix(selected)["weight"].sum() == pytest.approx(1 if selected.known else 0)
