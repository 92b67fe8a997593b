"""Breaks in the data: where they stand on a time axis, and how they are told."""

import pytest
from chart_examples import example_chart

import threats
from threats.charts.theme import DARK, LIGHT
from threats.content.registry import CHART_SPECS
from threats.content.time_breaks import find_time_breaks, time_breaks_table
from threats.stats.filters import Selection
from threats.stats.selection import select

OVER_YEARS = [
    "meetings-by-year",
    "precedents-by-year",
    "attention-by-year",
    "attention-compared",
    "form-of-meeting",
    "trend-by-region",
    "responses-by-year",
    "attention-beside-measured",
    "reading-by-year",
    "series-agenda",
]


def signs(figure):
    """Return the signs at the time axis, with where they stand."""
    texts = [(a.text, str(a.x)[:4]) for a in figure.layout.annotations if a.text]
    return [(text[1:], place) for text, place in texts if text[0] in "▲▼"]


def drawn(name, selected):
    return example_chart(name, selected)


@pytest.mark.parametrize("name", OVER_YEARS)
def test_every_time_axis_marks_the_breaks_and_the_notes_tell_them(name, data):
    chart = drawn(name, select(data, Selection()))
    for theme in (LIGHT, DARK):
        assert signs(chart.draw(theme)) == [("a", "2020"), ("b", "2022")]
    assert chart.notes[0] == "▲a,b: a change in how meetings were found or coded."
    hovers = " ".join(a.hovertext or "" for a in chart.draw(LIGHT).layout.annotations)
    assert "a 2020–2021: Also searched with pandemic words" in hovers.replace("<br>", " ")
    assert "b from 2022: Pages are archived less often" in hovers.replace("<br>", " ")


@pytest.mark.parametrize("name", sorted(set(CHART_SPECS) - set(OVER_YEARS)))
def test_a_chart_without_a_time_axis_marks_none(name, data):
    assert signs(drawn(name, select(data, Selection())).draw(LIGHT)) == []


@pytest.mark.parametrize(
    ("years", "marks"),
    [
        ((2006, 2018), []),
        ((2021, 2023), [("a", 2021), ("b", 2022)]),
        ((2020, 2021), []),
        ((2023, 2025), []),
    ],
)
def test_a_break_is_marked_where_it_sets_years_apart(data, years, marks):
    found = find_time_breaks(select(data, Selection(years=years)), years, set())
    assert [(mark.letter, mark.year) for mark in found] == marks


def test_the_table_lists_every_break_also_of_all_years(data):
    told = time_breaks_table(select(data, Selection()))["What changed"]
    assert len(told) == len(data["breaks"])
    assert told.str.contains("Cybercrime was split").any()


def test_two_breaks_of_one_year_share_a_sign(folder):
    path = folder / "breaks.csv"
    row = "coded_anew,2022-03,,coding,terrorism;corruption,Coded from whole pages.\n"
    head, rest = path.read_text(encoding="utf-8").split("cyber_split", 1)
    path.write_text(head + row + "cyber_split" + rest, encoding="utf-8")
    selected = select(threats.load(folder), Selection())
    figure = drawn("attention-by-year", selected).draw(LIGHT)
    assert signs(figure) == [("a", "2020"), ("b,c", "2022")]
    (both,) = [a for a in figure.layout.annotations if a.text == "▲b,c"]
    assert "archived less often" in both.hovertext
    assert "whole pages" in both.hovertext
    assert signs(drawn("meetings-by-year", selected).draw(LIGHT))[-1] == ("b", "2022")


def test_a_break_names_known_threats(folder):
    path = folder / "breaks.csv"
    text = path.read_text(encoding="utf-8").replace(";cybercrime,", ";cyber,")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(threats.DatasetError, match='"cyber" is not known'):
        threats.load(folder)
