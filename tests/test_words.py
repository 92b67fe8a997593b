"""Numbers as a reader would say them."""

import importlib
import inspect
import math
import pkgutil
import re
import typing

import pytest

import threats.text
from threats.format import join, lower_name, number_runs, ordinal, percent, year_ranges
from threats.text.quantities import (
    count_of,
    format_meetings,
    format_p_value,
    percentage_points,
    percentage_points_range,
    share_with_interval,
)

NOUNS = (
    "agenda|code|edition|figure|file|meeting|occurrence|organization|page|pair|period|point|problem|"
    "reading|region|response|row|session|statistic|table|text|threat|time"
)
WRONG_NUMBER = re.compile(
    rf"(?<![\d.,−–+])1 (more )?({NOUNS})s\b"
    rf"|(?<![\d.,])(?!1 )[\d,]+ (more )?({NOUNS})\b(?! of)|\d(one|no)\b"
)
VALUES = {str: "X", float: 0.5, object: "X", bool: True}


def counting_functions():
    """Yield the functions of ``threats.text`` that take a number and make a message of it."""
    for info in pkgutil.iter_modules(threats.text.__path__):
        module = importlib.import_module(f"threats.text.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and "ngettext" in inspect.getsource(function):
                hints = typing.get_type_hints(function)
                hints.pop("return", None)
                if int in hints.values() and set(hints.values()) <= {int, *VALUES}:
                    yield pytest.param(function, hints, id=f"{info.name}.{name}")


@pytest.mark.parametrize(("function", "hints"), counting_functions())
def test_a_noun_agrees_with_every_number(function, hints):
    """Each number in turn; the others are 200, and limits in the code 5."""
    counted = [name for name, hint in hints.items() if hint is int and not name.startswith("min_")]
    fixed = {
        name: VALUES.get(hint, 5 if name.startswith("min_") else 200)
        for name, hint in hints.items()
    }
    for name in counted:
        for number in range(122):
            try:
                text = str(function(**{**fixed, name: number}))
            except (ZeroDivisionError, KeyError):  # no share of nothing, no period "X"
                continue
            part_of_whole = re.match(r"(\d+) of (\d+)", text)
            if not part_of_whole or int(part_of_whole[1]) <= int(part_of_whole[2]):
                assert not WRONG_NUMBER.search(text), text


def test_counts():
    assert format_meetings(1) == "1 meeting"
    assert format_meetings(0) == "no meetings"
    assert format_meetings(1204) == "1,204 meetings"


def test_ordinals_and_runs():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21, 101, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "101st", "111th"]
    )
    assert number_runs([3, 1, 2, 7, 7]) == [(1, 3), (7, 7)]
    assert year_ranges([2006, 2007, 2011]) == "2006–2007 and 2011"


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
