"""The shape of the agenda: by hand, on simulated agendas and on the shipped data."""

import itertools
import math
import time

import numpy as np
import pandas as pd
import pytest

from threats.content.agenda_shape import agenda_shape_summary, agenda_shape_table
from threats.content.options import preset_dates
from threats.stats.agenda_shape import MEASURES, agenda_shape, shape_of
from threats.stats.filters import Selection
from threats.stats.selection import select


def agendas(*years, first=2010):
    """Return the meetings and years of lists of agendas, each a text with one letter a threat."""
    every = list(itertools.chain.from_iterable(years))
    letters = sorted(set("".join(every)))
    on = [[letter in agenda for letter in letters] for agenda in every]
    return np.array(on), np.repeat(np.arange(first, first + len(years)), [*map(len, years)])


def test_diversity_by_hand():
    """Each of four threats has 25 of 100 mentions. The digamma of a whole number is a sum of
    inverses, so the entropy is 1/25 + ... + 1/99, which is log(4) + 0.0151."""
    found = shape_of(*agendas(["a", "b", "c", "d"] * 25))
    assert found["effective"] == pytest.approx(math.exp(sum(1 / n for n in range(25, 100))))
    assert found["effective"] == pytest.approx(4, abs=0.1)
    assert found["top_three"] == pytest.approx(0.75, abs=0.06)
    assert (found["meetings"], found["pairs"]) == (100, 0)
    assert math.isnan(found["gini"])
    assert math.isnan(found["kept"])


def test_one_threat_is_no_diversity():
    found = shape_of(*agendas(["a"] * 20))
    assert [found[name] for name in ("effective", "top_three")] == [1, 1]


def test_changes_by_hand():
    """From 0, 1, 2 and 5 to 5 of five agendas: changes of 1, 0.8, 0.6 and 0. Each two differ by 3.2
    in all, so Gini's coefficient is 2 * 3.2 / (2 * 16) over their mean, 0.6."""
    found = shape_of(*agendas(["d", "d", "d", "cd", "bcd"], ["abcd"] * 5))
    assert found["gini"] == pytest.approx(1 / 3)
    # Five of five agendas show every threat of the first year, and all are kept.
    assert (found["kept"], found["pairs"]) == (1, 1)


def test_a_threat_in_neither_year_and_other_years_change_nothing():
    years = (["d", "d", "d", "cd", "bcd"], ["abcd"] * 5)
    alone = shape_of(*agendas(*years))
    more = shape_of(*agendas(*years, ["e"], ["f"] * 9))
    assert more["gini"] == pytest.approx(alone["gini"])
    assert (more["kept"], more["pairs"]) == (alone["kept"], 1)


def test_kept_by_hand():
    """Threat b is on two of six agendas: five of six have it for certain. Of a and b only a is on
    the agendas of the next year."""
    found = shape_of(*agendas(["ab", "ab", "a", "a", "a", "a"], ["a"] * 6))
    assert found["kept"] == pytest.approx(0.5)
    once = shape_of(*agendas(["ab", "a", "a", "a", "a", "a"], ["a"] * 6))
    assert once["kept"] == pytest.approx(1 / (1 + 5 / 6))


def test_too_few_meetings():
    found = shape_of(*agendas(["a", "b", "c"] * 3))
    assert all(math.isnan(found[name]) for name in MEASURES)


def test_more_meetings_do_not_look_more_diverse_or_more_lasting():
    """Agendas with the same chances, in years of 8 and of 40 meetings."""
    random = np.random.default_rng(5)
    chances = 0.3 * np.exp(-0.2 * np.arange(25))
    found = {}
    for size in (8, 40):
        years = np.repeat(np.arange(2010, 2016), size)
        drawn = [shape_of(random.random((6 * size, 25)) < chances, years) for _ in range(12)]
        found[size] = pd.DataFrame(drawn).mean()
    shares = chances / chances.sum()
    assert found[40]["effective"] == pytest.approx(
        np.exp(-(shares * np.log(shares)).sum()), rel=0.05
    )
    assert found[8]["effective"] == pytest.approx(found[40]["effective"], rel=0.08)
    assert found[8]["top_three"] == pytest.approx(found[40]["top_three"], abs=0.04)
    assert found[8]["kept"] == pytest.approx(found[40]["kept"], abs=0.05)
    # Nothing changes but by chance.
    for size in found:
        assert found[size]["gini"] == pytest.approx(found[size]["gini_chance"], abs=0.04)


def test_a_punctuated_agenda_is_beyond_chance():
    random = np.random.default_rng(7)
    chances = np.full((8, 20), 0.1)
    chances[4:, 0], chances[6:, 1] = 0.9, 0.9
    years = np.repeat(np.arange(2010, 2018), 40)
    found = shape_of(random.random((320, 20)) < np.repeat(chances, 40, axis=0), years)
    assert found["gini_low"] > found["gini_chance"]


def test_intervals_have_their_figure_inside_and_come_out_the_same_again(data):
    periods = tuple(preset_dates(data).values())
    selected = select(data, Selection(family=("border",)))
    table = agenda_shape(selected, periods)
    for name in MEASURES:
        known = table.dropna(subset=name)
        assert (known[f"{name}_low"] <= known[name]).all()
        assert (known[name] <= known[f"{name}_high"]).all()
    again = agenda_shape.__wrapped__(selected, periods)
    pd.testing.assert_frame_equal(table, again)


def test_groups_count_the_known_meetings(data):
    table = agenda_shape(select(data, Selection()), tuple(preset_dates(data).values()))
    meetings = select(data, Selection()).meetings
    known = meetings[meetings["known"]]
    families = table[table["kind"] == "family"].set_index("value")["meetings"]
    assert (
        families.to_dict()
        == known["family"]
        .astype("str")
        .value_counts()
        .reindex(families.index, fill_value=0)
        .to_dict()
    )
    days = [day for day in known["start_date"].astype("str") if len(day) == 10]
    for value, n in table[table["kind"] == "period"][["value", "meetings"]].to_numpy():
        first, last = value.split("/")
        dated = sum(first <= day <= (last or "9") for day in days)
        # A date of a month or a year may be within a period too.
        assert dated <= n <= dated + len(known) - len(days)


def test_the_filter_changes_the_table_and_threats_do_not(data):
    usual = agenda_shape_table(select(data, Selection()))
    assert not usual.equals(agenda_shape_table(select(data, Selection(years=(2012, 2024)))))
    assert usual.equals(agenda_shape_table(select(data, Selection(threat=("terrorism",)))))


def test_the_summary_says_what_the_table_tells(data):
    lines = agenda_shape_summary(select(data, Selection()))
    whole = agenda_shape_table(select(data, Selection())).iloc[0]
    assert lines[0].startswith(f"{whole['Meetings']} meetings are as diverse as ")
    assert whole["Effective number of threats"] in lines[0]
    none = agenda_shape_summary(select(data, Selection(series=("bsmnfp",), years=(2017, 2017))))
    assert none == ["Too few meetings with a known agenda to describe the shape of the agenda."]


def test_it_is_quick(data):
    selected = select(data, Selection(courses=True))
    periods = tuple(preset_dates(data).values())
    agenda_shape.__wrapped__(selected, periods)
    start = time.process_time()
    agenda_shape.__wrapped__(selected, periods)
    assert time.process_time() - start < 1
