"""Changes between eras, against formulas written here and against shuffling the real data."""

import datetime as dt
import math
import warnings
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import plain
import pytest

from threats.content import findings
from threats.content.attention_tables import labelled_era_changes
from threats.content.covid import link_evidence_table
from threats.content.covid_periods import attention_by_era_chart
from threats.content.findings import era_change_findings, era_findings
from threats.content.pooled_change import period_change_findings
from threats.format import lower_name
from threats.stats import eras
from threats.stats.count_rule import CountRule
from threats.stats.drilldown import Drilldown
from threats.stats.eras import (
    attention_by_era,
    composition,
    era_differences,
    meetings_by_era,
    pandemic_links,
    within_series,
)
from threats.stats.filters import Selection
from threats.stats.selection import Selected, apply_count_rule, assign_eras, select
from threats.stats.trends import attention_trends

EMERGENCY = dt.date(2020, 1, 30), dt.date(2023, 5, 5)
Z = 1.959963984540054


def made(counts, threats=("arms", "cars")):
    """Return a selection from {(series, era): (meetings with arms on the agenda, meetings)}."""
    meetings, agenda = [], []
    for (series, era), (on, total) in counts.items():
        for number in range(total):
            key = f"{series}-{era}-{number}"
            meetings.append((key, series, era))
            if number < on:
                agenda.append((key, era))
    frame = pd.DataFrame(meetings, columns=["meeting_id", "series", "era"], dtype="str")
    frame = frame.assign(known=True, found_by="series_search", year=pd.NA)
    rows = pd.DataFrame(agenda, columns=["meeting_id", "era"], dtype="str")
    rows = rows.assign(threat_id="arms", session_id="", role="focus", certainty="sure")
    rows = rows.assign(found_by="series_search")
    vocabulary = pd.DataFrame({"threat_id": threats})
    tables = {"threat_categories": vocabulary}
    return Selected(tables, Selection(), frame, rows, vocabulary, (2019, 2024), EMERGENCY)


def row(table, era="after", threat="arms"):
    return table[(table["threat_id"] == threat) & (table["era"] == era)].iloc[0]


def wilson(k, n):
    middle, half = (k + Z * Z / 2) / (n + Z * Z), math.sqrt(k * (n - k) / n + Z * Z / 4)
    return middle - Z / (n + Z * Z) * half, middle + Z / (n + Z * Z) * half


def test_the_difference_has_newcombes_interval():
    """Newcombe (1998), method 10, from two Wilson intervals; his example (a): 0.0524 to 0.3339."""
    table = era_differences(made({("a", "before"): (48, 80), ("a", "after"): (56, 70)}))
    change = row(table)
    (l1, u1), (l2, u2) = wilson(48, 80), wilson(56, 70)
    p1, p2 = 48 / 80, 56 / 70
    low = p2 - p1 - math.sqrt((p2 - l2) ** 2 + (u1 - p1) ** 2)
    high = p2 - p1 + math.sqrt((u2 - p2) ** 2 + (p1 - l1) ** 2)
    assert change["difference"] == pytest.approx(p2 - p1)
    assert (change["low"], change["high"]) == pytest.approx((low, high), abs=1e-9)
    assert (round(change["low"], 4), round(change["high"], 4)) == (0.0524, 0.3339)


def test_p_is_fishers_exact():
    """All tables with the same margins, summed where no likelier than the one seen."""
    change = row(era_differences(made({("a", "before"): (2, 10), ("a", "after"): (7, 9)})))
    chance = {k: math.comb(10, 9 - k) * math.comb(9, k) / math.comb(19, 9) for k in range(0, 10)}
    exact = sum(p for p in chance.values() if p <= chance[7] * (1 + 1e-9))
    assert change["p"] == pytest.approx(exact)


def test_adjustment_is_benjamini_and_hochbergs():
    table = eras._add_significance(pd.DataFrame({"p": [0.01, 0.02, 0.03, np.nan, 0.8]}))
    # p * n / rank, made monotone from the largest down; the row without a p is not counted.
    assert table["p_adjusted"].tolist()[:3] == pytest.approx([0.04, 0.04, 0.04])
    assert table["p_adjusted"][4] == pytest.approx(0.8)
    assert math.isnan(table["p_adjusted"][3])
    assert table["holds"].tolist() == [True, True, True, False, False]


def test_the_change_within_series_is_mantel_and_haenszels():
    counts = {
        ("a", "before"): (10, 40),
        ("a", "after"): (12, 20),
        ("b", "before"): (3, 30),
        ("b", "after"): (6, 25),
        ("c", "before"): (9, 9),  # no meeting after: says nothing
    }
    change = row(within_series(made(counts)))
    strata = [((12, 8), (10, 30)), ((6, 19), (3, 27))]
    above = sum(a * d / (a + b + c + d) for (a, b), (c, d) in strata)
    below = sum(b * c / (a + b + c + d) for (a, b), (c, d) in strata)
    assert change["odds_ratio"] == pytest.approx(above / below)
    assert change["series"] == 2
    gap = variance = 0.0
    for (a, b), (c, d) in strata:
        n = a + b + c + d
        gap += a - (a + b) * (a + c) / n
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
    statistic = (abs(gap) - 0.5) ** 2 / variance
    assert change["p"] == pytest.approx(math.erfc(math.sqrt(statistic / 2)))


def test_p_is_adjusted_over_the_threats_that_are_not_chosen_too():
    """Arms and cars after: Fisher's p of arms is the smaller of two, so it counts twice."""
    every = made({("a", "before"): (2, 10), ("a", "after"): (7, 9)})
    alone = replace(every, threats=every.threats.head(1))
    for function in (era_differences, within_series):
        table = function(alone)
        assert table["threat_id"].tolist() == ["arms", "arms"]
        pd.testing.assert_frame_equal(table, function(every).head(2))
    change = row(era_differences(alone))
    assert change["p_adjusted"] == pytest.approx(2 * change["p"])


def test_half_is_never_taken_off_a_difference_of_less():
    """Of 8 meetings with the threat among 60, 5 after: expected after are 40 * 8 / 60 = 5.33, so
    that a third is missing, which is less than the half that is taken off. Not (0.33 - 0.5)²."""
    change = row(within_series(made({("a", "before"): (3, 20), ("a", "after"): (5, 40)})))
    assert change["odds_ratio"] == pytest.approx((5 * 17) / (3 * 35))
    assert change["p"] == 1


def test_one_meeting_in_an_era_makes_no_change_hold():
    """Found with an emergency of three months: one meeting without a threat that 1 of 34 had."""
    one = {("a", "before"): (1, 33), ("a", "during"): (0, 1), ("a", "after"): (10, 40)}
    selected = made(one)
    for table in (era_differences(selected), within_series(selected)):
        few = row(table, "during")
        assert math.isnan(few["p"])
        assert math.isnan(few["p_adjusted"])
        assert not few["holds"]
        assert row(table, "after")["p"] < 0.05
    # Four of four after none of thirty would be rare enough, were there no rule of five meetings.
    for on, tested in ((4, False), (5, True)):
        few = made({("a", "before"): (0, 30), ("a", "after"): (on, on)})
        for table in (era_differences(few), within_series(few)):
            assert row(table)["holds"] == tested


def test_series_that_tell_nothing_do_not_make_up_for_few_meetings():
    """The threat never came up in b, so that all rests on the four meetings of a."""
    counts = {("a", "before"): (0, 30), ("a", "after"): (4, 4)}
    never = {("b", "before"): (0, 9), ("b", "after"): (0, 9)}
    change = row(within_series(made(counts | never)))
    assert change["series"] == 2
    assert math.isnan(change["p"])


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {("a", "before"): (1, 3)},
        {("a", "after"): (0, 3)},
        {("a", "before"): (3, 3), ("a", "after"): (4, 4)},
        {("a", "before"): (0, 3), ("a", "after"): (0, 4), ("a", "during"): (0, 2)},
        {("a", "before"): (0, 30), ("b", "after"): (30, 30)},
        {("a", "before"): (0, 30), ("a", "after"): (30, 30)},
    ],
    ids=["nothing", "one era", "after alone", "always", "never", "no shared series", "all changed"],
)
def test_degenerate_cases_are_empty_or_plain_numbers_never_errors(counts):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        selected = made(counts)
        raw, within = era_differences(selected), within_series(selected)
    assert len(raw) == len(within) == 4
    told = raw.dropna(subset="difference")
    assert told["low"].between(-1, 1).all()
    assert told["high"].between(-1, 1).all()
    assert not raw.loc[raw["p"].isna(), "holds"].any()
    assert not within.loc[within["p"].isna(), "holds"].any()
    if "nothing" in counts or not counts:
        assert raw["difference"].isna().all()


def test_a_series_that_always_had_the_threat_says_nothing_within():
    change = row(within_series(made({("a", "before"): (5, 5), ("a", "after"): (9, 9)})))
    assert math.isnan(change["odds_ratio"])
    assert math.isnan(change["p"])


@pytest.fixture(scope="module")
def real(data):
    return assign_eras(select(data, Selection()), *data.era_bounds())


def test_shuffling_the_meetings_gives_the_reported_p(real):
    """A permutation test on the real data, for every threat and both later eras."""
    draws, generator = 20_000, np.random.default_rng(20200130)
    for change in era_differences(real).itertuples():
        on, total = change.before_on + change.on_agenda, change.before_meetings + change.meetings
        shuffled = generator.hypergeometric(on, total - on, change.meetings, draws)
        values, counts = np.unique(shuffled, return_counts=True)
        chance = {
            k: math.comb(on, k) * math.comb(total - on, change.meetings - k)
            for k in map(int, values)
        }
        seen = math.comb(on, change.on_agenda) * math.comb(
            total - on, change.meetings - change.on_agenda
        )
        as_rare = sum(n for k, n in zip(values, counts, strict=True) if chance[int(k)] <= seen)
        error = math.sqrt(change.p * (1 - change.p) / draws)
        assert as_rare / draws == pytest.approx(change.p, abs=5 * error + 1e-9)


def test_an_emergency_of_one_meeting_changes_nothing_that_it_alone_could_tell(data):
    """From a meeting of 2020 to the day before the next, where that is longest."""
    days = sorted(
        dt.date.fromisoformat(row["start_date"])
        for row in plain.meetings()
        if row["reading"] != "none" and len(row["start_date"]) == 10
    )
    length, first = max((after - day, day) for day, after in pairwise(days) if day.year == 2020)
    selected = select(data, Selection())
    selected = assign_eras(selected, first, first + length - dt.timedelta(days=1))
    assert meetings_by_era(selected)["during"] == days.count(first) == 1
    for table in (era_differences(selected), within_series(selected)):
        assert table.loc[table["era"] == "during", "p"].isna().all()
    within = [text for text in era_change_findings(selected) if text.startswith("Within")]
    assert not any("in the pandemic period" in text for text in within)
    said = period_change_findings(selected)
    assert "Too few meetings to compare in the pandemic period." in said


def test_a_figure_has_one_verdict_whichever_threats_are_chosen(data, real):
    ids = ("drug_trafficking", "armed_conflict_spillover", "cyber_ict_security")
    every = [f(real) for f in (era_differences, within_series, attention_trends)]
    for selection in (
        *(Selection(threat=(key,)) for key in ids),
        Selection(threat=ids),
        Selection(group=("terrorism_extremism",)),
    ):
        own = assign_eras(select(data, selection), *data.era_bounds())
        made = [f(own) for f in (era_differences, within_series, attention_trends)]
        for table, whole in zip(made, every, strict=True):
            assert list(dict.fromkeys(table["threat_id"])) == own.threats["threat_id"].tolist()
            same = whole[whole["threat_id"].isin(own.threats["threat_id"])].reset_index(drop=True)
            pd.testing.assert_frame_equal(table, same)


def test_what_is_tested_over_all_threats_is_made_once_for_every_choice_of_them(data):
    one, other = (
        assign_eras(select(data, Selection(threat=(key,))), *data.era_bounds())
        for key in ("corruption", "cybercrime")
    )
    assert one.all_threats is other.all_threats
    assert len(one.all_threats.threats) == len(data["threat_categories"])
    # Not so where the meetings are others.
    fewer = replace(one, meetings=one.meetings.head(50))
    assert len(fewer.all_threats.meetings) == 50


def test_with_eras_shuffled_at_random_hardly_any_run_reports_a_shift(real):
    """At most 5% of runs, as the adjustment promises; meetings keep their agenda."""
    generator, runs, reported = np.random.default_rng(5), 120, 0
    for _ in range(runs):
        meetings = real.meetings.assign(era=generator.permutation(real.meetings["era"]))
        reported += bool(era_differences(replace(real, meetings=meetings))["holds"].any())
    assert reported <= 0.05 * runs


def test_the_reader_can_move_the_eras(data):
    selected = select(data, Selection())
    later = assign_eras(selected, dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    who = assign_eras(selected, *data.era_bounds())
    assert meetings_by_era(later)["before"] > meetings_by_era(who)["before"]
    assert set(later.agenda["era"]) <= {"before", "during", "after", ""}


def test_meetings_that_straddle_a_boundary_are_counted_and_belong_to_no_era(real):
    counts = meetings_by_era(real)
    assert sum(counts.values()) == real.meetings["known"].sum()
    straddling = real.meetings[real.meetings["known"] & (real.meetings["era"] == "")]
    assert counts[""] == len(straddling) > 0
    assert (straddling["start_date"].str.len() < 10).all()
    assert any("without an exact date" in note for note in attention_by_era_chart(real).notes)


def test_every_era_says_what_meetings_it_is_made_of(real):
    for by in ("series", "scope"):
        table = composition(real, by)
        counts = meetings_by_era(real)
        for era, rows in table.groupby("era"):
            assert rows["meetings"].sum() == counts[era]
            assert rows["share"].sum() == pytest.approx(1)


def test_ties_to_the_pandemic_leave_the_pandemic_itself_out(real):
    rows = pandemic_links(real)
    assert len(rows) > 20
    assert "pandemic" not in set(rows["threat_id"])
    assert rows["source_url"].str.startswith("http").all()
    table = link_evidence_table(real, Drilldown(threat="corruption"))
    assert set(table["Threat"]) == {"Corruption"}


def test_the_search_switch_changes_figures_of_the_pandemic_alone(real):
    without = attention_by_era(real).set_index(["threat_id", "era"])
    put_back = attention_by_era(apply_count_rule(real, CountRule(pandemic_search=True))).set_index(
        ["threat_id", "era"]
    )
    changed = without.index[without["meetings"] != put_back["meetings"]]
    assert {threat for threat, _ in changed} == {"pandemic"}
    key = ("pandemic", "during")
    found = real.meetings.query("found_by == 'pandemic_search' and era == 'during'")
    assert put_back.loc[key, "meetings"] - without.loc[key, "meetings"] == len(found)


def test_sentences_claim_no_change_that_does_not_hold(data):
    for selection in (
        Selection(),
        Selection(courses=True),
        Selection(region=("central_asia",)),
        Selection(region=("south_caucasus",)),
        Selection(series=("thb_alliance",)),
        Selection(years=(2020, 2022)),
        Selection(threat=("corruption",)),
    ):
        selected = assign_eras(select(data, selection), *data.era_bounds())
        changes = labelled_era_changes(selected)
        said = " ".join(era_change_findings(selected)[:2]).lower()
        for change in changes[~changes["holds"]].itertuples():
            others = changes[(changes["threat"] == change.threat) & changes["holds"]]
            if others.empty:
                assert f"attention to {lower_name(change.threat).lower()} " not in said
        for change in changes[changes["holds"]].itertuples():
            assert f"attention to {lower_name(change.threat).lower()} " in said
        assert ("any threat" in said) <= (not selection.threat)
        assert "nan" not in said
        assert 1 <= len(era_findings(selected)) <= 3


def test_too_few_meetings_are_said_in_words(data):
    selected = assign_eras(select(data, Selection(years=(2020, 2022))), *data.era_bounds())
    assert "Too few known agendas" in era_change_findings(selected)[0]
    assert "Too few meetings to compare" in period_change_findings(selected)[0]


def test_sentences_speak_of_the_threats_chosen_where_not_all_are(data):
    def said(*threats):
        chosen = select(data, Selection(threat=threats, courses=True))
        return era_change_findings(assign_eras(chosen, *data.era_bounds()))

    during, after, *within = said("corruption")
    for text in (during, after):
        assert "no change for the threat chosen is significant" in text
    assert not within
    during, after, within = said("corruption", "drug_trafficking")
    assert "no change for the threats chosen is significant" in during
    assert "attention changed significantly for 1 threat." in after
    assert "Attention to drug trafficking fell after the pandemic period: " in after
    assert "drug trafficking after the pandemic period" in within
    assert "corruption" not in after + within
    _, after, _ = said("drug_trafficking")
    assert "Attention to drug trafficking fell" in after


def test_a_change_that_few_meetings_within_series_could_tell_is_said_to_be_so():
    """All meetings of b are before, all but four of a after: the whole tells a change, and within
    series the four against the rest are too few."""
    counts = {("a", "before"): (0, 4), ("a", "after"): (18, 20), ("b", "before"): (0, 40)}
    selected = made(counts)
    assert row(era_differences(selected))["holds"]
    assert math.isnan(row(within_series(selected))["p"])
    names = pd.DataFrame({"threat_id": ["arms", "cars"], "threat": ["Arms", "Cars"]})
    tables = [t.merge(names) for t in (era_differences(selected), within_series(selected))]
    assert findings._within_series_text(*tables) == (
        "Within the same series of meetings there are too few meetings to test the change for arms "
        "after the pandemic period."
    )
