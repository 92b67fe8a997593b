"""Numbers as a reader would say them."""

import math

from threats import words


def test_counts():
    assert words.counted(1, "meeting") == "1 meeting"
    assert words.counted(0, "meeting") == "no meetings"
    assert words.counted(1204, "meeting") == "1,204 meetings"


def test_lists():
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed(["a"]) == "a"
    assert words.listed([]) == ""


def test_names_within_a_sentence_keep_their_acronyms():
    assert words.inside("Corruption") == "corruption"
    assert words.inside("WMD and dual-use goods") == "WMD and dual-use goods"
    assert words.inside("Pandemic") == "the pandemic"


def test_a_share_is_never_rounded_to_none_or_all():
    assert words.percent(0) == "0 %"
    assert words.percent(0.001) == "under 1 %"
    assert words.percent(0.999) == "over 99 %"
    assert words.percent(1) == "100 %"


def test_a_share_says_what_it_rests_on():
    said = words.share(5, 23, 0.097, 0.419)
    assert said == "5 of 23 meetings (22 %, 95 % interval 10–42 %)"
    assert words.share(0, 0, math.nan, math.nan) == "no meeting with a known agenda"


def test_a_p_is_never_nothing():
    assert words.p_value(0.15370) == "0.15"
    assert words.p_value(0.00146) == "0.0015"
    assert words.p_value(0.00001) == "under 0.001"
    assert words.p_value(1) == "1"


def test_differences_are_in_points_with_a_true_minus():
    assert words.points(-0.174) == "−17 points"
    assert words.points_range(0.05, 0.23) == "+5 to +23"
    assert words.of(9, 48) == "9 of 48 (19 %)"
