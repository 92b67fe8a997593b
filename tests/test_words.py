"""Numbers as a reader would say them."""

import math

from threats.format import join, lower_name, percent
from threats.text.quantities import (
    count_of,
    format_p_value,
    percentage_points,
    percentage_points_range,
    quantity,
    share_with_interval,
)


def test_counts():
    assert quantity(1, "meeting") == "1 meeting"
    assert quantity(0, "meeting") == "no meetings"
    assert quantity(1204, "meeting") == "1,204 meetings"


def test_lists():
    assert join(["a", "b", "c"]) == "a, b and c"
    assert join(["a"]) == "a"
    assert join([]) == ""


def test_names_within_a_sentence_keep_their_acronyms():
    assert lower_name("Corruption") == "corruption"
    assert lower_name("WMD and dual-use goods") == "WMD and dual-use goods"
    assert lower_name("Pandemic") == "the pandemic"


def test_a_share_is_never_rounded_to_none_or_all():
    assert percent(0) == "0%"
    assert percent(0.001) == "under 1%"
    assert percent(0.999) == "over 99%"
    assert percent(1) == "100%"


def test_a_share_says_what_it_rests_on():
    said = share_with_interval(5, 23, 0.097, 0.419)
    assert said == "5 of 23 meetings (22%, 95% interval 10–42%)"
    assert share_with_interval(0, 0, math.nan, math.nan) == "no meeting with a known agenda"


def test_a_p_is_never_nothing():
    assert format_p_value(0.15370) == "0.15"
    assert format_p_value(0.00146) == "0.0015"
    assert format_p_value(0.00001) == "under 0.001"
    assert format_p_value(1) == "1"


def test_differences_are_in_points_with_a_true_minus():
    assert percentage_points(-0.174) == "−17 points"
    assert percentage_points_range(0.05, 0.23) == "+5 to +23"
    assert count_of(9, 48) == "9 of 48 (19%)"
