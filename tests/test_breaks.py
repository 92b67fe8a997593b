"""Breaks in the data: where they stand on a time axis, and how they are told."""

import pytest

import threats
from threats.charts.theme import DARK, LIGHT
from threats.content.builder import build_chart, parse_page_options
from threats.content.registry import CHART_SPECS
from threats.content.time_breaks import find_time_breaks
from threats.stats.filters import Selection
from threats.stats.selection import select

OVER_YEARS = [
    "meetings-by-year",
    "precedents-by-year",
    "attention-by-year",
    "attention-compared",
    "on-agenda-since",
    "form-of-meeting",
    "participants-by-year",
    "trend-by-region",
    "regional-sessions",
    "responses-by-year",
    "attention-beside-measured",
    "reading-by-year",
]


def signs(figure):
    """Return the signs at the time axis, with where they stand."""
    texts = [(a.text, str(a.x)[:4]) for a in figure.layout.annotations if a.text]
    return [(text[1:], place) for text, place in texts if text[0] in "▲▼"]


def drawn(name, selected):
    values, _ = parse_page_options(CHART_SPECS[name].page, {}, selected)
    return build_chart(name, selected, values)


@pytest.mark.parametrize("name", OVER_YEARS)
def test_every_time_axis_marks_the_breaks_and_the_notes_tell_them(name, data):
    chart = drawn(name, select(data, Selection()))
    for theme in (LIGHT, DARK):
        assert signs(chart.draw(theme)) == [("a", "2020"), ("b", "2022")]
    told = " ".join(chart.notes)
    assert "▲a 2020–2021: Also searched with pandemic words" in told
    assert "▲b from 2022: Pages are archived less often" in told


@pytest.mark.parametrize("name", sorted(set(CHART_SPECS) - set(OVER_YEARS)))
def test_a_chart_without_a_time_axis_marks_none(name, data):
    assert signs(drawn(name, select(data, Selection())).draw(LIGHT)) == []


@pytest.mark.parametrize(
    ("years", "marks", "alike"),
    [
        ((2006, 2018), [], []),
        ((2021, 2023), [("a", 2021), ("b", 2022)], []),
        ((2020, 2021), [], ["All these years: Also searched with pandemic words"]),
        ((2023, 2025), [], ["All these years: Pages are archived less often"]),
    ],
)
def test_a_break_is_marked_where_it_sets_years_apart(data, years, marks, alike):
    found, rest = find_time_breaks(select(data, Selection(years=years)), years, set())
    assert [(mark.letter, mark.year) for mark in found] == marks
    assert len(rest) == len(alike)
    assert all(text.startswith(start) for text, start in zip(rest, alike, strict=True))


def test_a_change_of_coding_in_all_years_is_told_where_its_theme_is_shown(data):
    split = "Cybercrime was split"
    with_it = drawn("attention-by-year", select(data, Selection(threat=("cybercrime",))))
    without = drawn("attention-by-year", select(data, Selection(threat=("corruption",))))
    assert any(split in note for note in with_it.notes)
    assert not any(split in note for note in without.notes)
    assert not any("read twice" in note for note in with_it.notes)


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
