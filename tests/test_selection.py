"""The filter: what it keeps, and its form in an address."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import threats
from threats.content.selection_text import describe, meeting_count_phrase
from threats.stats.filters import (
    REACHES,
    Selection,
    filter_choices,
    from_params,
    to_params,
    year_bounds,
)
from threats.stats.selection import select

DATA = threats.load()
FIRST, LAST = year_bounds(DATA)


def some(name):
    ids = list(filter_choices(DATA)[name])
    return st.lists(st.sampled_from(ids), unique=True, max_size=3).map(
        lambda chosen: tuple(key for key in ids if key in chosen)
    )


SPANS = st.none() | st.tuples(st.integers(FIRST, LAST), st.integers(FIRST, LAST)).map(sorted).map(
    tuple
).filter(lambda span: span != (FIRST, LAST))
SELECTIONS = st.builds(
    Selection,
    region=some("region"),
    years=SPANS,
    family=some("family"),
    series=some("series"),
    kind=some("kind"),
    reach=st.sampled_from(["", *REACHES]),
    group=some("group"),
    threat=some("threat"),
    certainty=some("certainty"),
    courses=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(SELECTIONS)
def test_an_address_gives_back_the_selection_it_was_made_from(selection):
    assert from_params(to_params(selection), DATA) == (selection, [])


@settings(max_examples=30, deadline=None)
@given(SELECTIONS)
def test_every_selection_has_words_and_meetings_that_fit(selection):
    selected = select(DATA, selection)
    assert set(selected.agenda["meeting_id"]) <= set(selected.meetings["meeting_id"])
    assert describe(selected)
    assert "meeting" in meeting_count_phrase(selected)
    if not selection.courses and not selection.kind:
        assert "course" not in set(selected.meetings["kind"])


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["region", "years", "series", "group", "threat", "certainty", "other"]),
        st.lists(st.text(max_size=30), max_size=3),
        max_size=4,
    )
)
def test_an_address_of_any_content_gives_a_selection(params):
    selection, problems = from_params(params, DATA)
    assert isinstance(selection, Selection)
    assert all(isinstance(problem, str) for problem in problems)


@pytest.mark.parametrize(
    "years",
    ["2023-2018", "1800", "1700-1800", "abc", "٢٠١٨-٢٠٢٠", "2018-", "2018-2020-2022", "9" * 20_000],
)
def test_strange_years_are_named_and_left_aside(years):
    selection, problems = from_params({"years": [years]}, DATA)
    assert selection.years is None
    assert len(problems) == 1
    assert len(problems[0]) < 60


def test_years_partly_outside_are_cut_to_what_there_is():
    assert from_params({"years": ["1990-2010"]}, DATA) == (Selection(years=(FIRST, 2010)), [])
    assert from_params({"years": ["2018"]}, DATA) == (Selection(years=(2018, 2018)), [])
    assert from_params({"years": [f"{FIRST}-{LAST}"]}, DATA) == (Selection(), [])


def test_unknown_ids_are_named_once_and_the_known_ones_stay():
    selection, problems = from_params({"region": ["x", "central_asia", "x"], "threat": [""]}, DATA)
    assert selection == Selection(region=("central_asia",))
    assert problems == ["region=x"]


def test_a_region_keeps_what_is_held_for_it_and_what_is_tied_to_it():
    selected = select(DATA, Selection(region=("central_asia",), courses=True, reach="all"))
    ids = set(selected.meetings["meeting_id"])
    # For the whole area, with one session on Central Asia that names no threat.
    assert "bsmnfp-2021" in ids
    assert "bsmnfp-2021" not in set(selected.agenda["meeting_id"])
    held = DATA["meetings"]["scope"].str.split(";").map(lambda s: "central_asia" in s)
    assert set(DATA["meetings"].loc[held, "meeting_id"]) <= ids
    assert set(selected.agenda["region"]) <= {"", "osce_area", "central_asia"}


def test_osce_wide_keeps_what_is_tied_to_no_region():
    selected = select(DATA, Selection(region=("osce_area",)))
    assert selected.meetings["scope"].str.contains("osce_area").all()
    assert set(selected.agenda["region"]) <= {"", "osce_area"}


def test_threats_and_groups_choose_what_is_shown_and_leave_the_meetings():
    everything = select(DATA, Selection())
    for selection in (Selection(threat=("corruption",)), Selection(group=("illicit_goods",))):
        selected = select(DATA, selection)
        assert selected.meetings.equals(everything.meetings)
        assert len(selected.threats) < len(everything.threats)


def test_certainty_chooses_codes_and_leaves_the_meetings():
    everything = select(DATA, Selection())
    inferred = select(DATA, Selection(certainty=("inferred",)))
    assert inferred.meetings.equals(everything.meetings)
    assert set(inferred.agenda["certainty"]) == {"inferred"}
    assert "only inferred codes" in describe(inferred)
    assert describe(inferred).endswith("meetings of more than one State, without training courses")
    either = select(DATA, Selection(certainty=("sure", "conflict")))
    assert len(either.agenda) + len(inferred.agenda) == len(everything.agenda)
