"""Ids kept as numbers give what looking at each row gives."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_selection import SELECTIONS

import threats
from threats.dataset.categories import as_categories, as_text, is_in, positions
from threats.dataset.model import OSCE_WIDE, PANDEMIC
from threats.stats.attention import attention
from threats.stats.cooccurrence import count_cooccurrences
from threats.stats.selection import select

DATA = threats.load()
ROWS = {
    name: as_text(DATA[name]).to_dict("records")
    for name in ("meetings", "threat_mentions", "regional_sessions")
}
IDS = st.sampled_from(["", "arms", "drugs", "terrorism", "zoo"])
COLUMNS = st.lists(IDS, max_size=12).map(lambda ids: pd.Series(ids, dtype="str"))


@settings(deadline=None)
@given(COLUMNS, st.lists(IDS, unique=True), st.booleans(), st.booleans())
def test_ids_are_found_alike_in_text_and_in_numbers(values, known, numbers, as_column):
    column = values.astype("category") if numbers else values
    if numbers and as_column:
        known = [key for key in known if key in column.cat.categories]
    wanted = pd.Series(known, dtype="str").astype(column.dtype) if as_column else known
    expected = [known.index(key) if key in known else -1 for key in values]
    assert positions(column, wanted).tolist() == expected
    assert is_in(column, wanted).tolist() == [place >= 0 for place in expected]


def test_a_value_that_is_missing_is_among_nothing():
    column = pd.Series(["arms", None], dtype="category")
    assert positions(column, ["arms"]).tolist() == [0, -1]
    assert is_in(column, ["arms"]).tolist() == [True, False]


def test_a_table_comes_back_as_text():
    table = pd.DataFrame({"threat_id": ["zoo", "arms", ""], "year": [1, 2, 3]})
    numbers = as_categories(table.astype({"threat_id": "str"}))
    assert numbers["threat_id"].dtype == "category"
    pd.testing.assert_frame_equal(as_text(numbers), table.astype({"threat_id": "str"}))


def by_hand(selection):
    """Return the ids of meetings and mentions that a selection keeps, row by row."""
    meetings = {row["meeting_id"]: row for row in ROWS["meetings"]}
    regions = set(selection.region)

    def belongs(mention):
        region = mention["region"]
        scope = meetings[mention["meeting_id"]]["scope"].split(";")
        untied = region in ("", OSCE_WIDE)
        return not regions or region in regions or (untied and bool(regions & set(scope)))

    mentions = [row for row in ROWS["threat_mentions"] if belongs(row)]
    named = {row["meeting_id"] for row in mentions}
    sessions = ROWS["regional_sessions"]
    tied = {row["meeting_id"] for row in sessions if row["region"] in regions - {OSCE_WIDE}}

    def kept(key, row):
        first, last = selection.years or (0, 9999)
        course = row["kind"] == "course"
        reach = "national" if row["reach"] == "national" else ""
        return (
            (row["kind"] in selection.kind if selection.kind else selection.courses or not course)
            and (selection.reach in ("all", row["reach"]) or not (selection.reach or reach))
            and (not selection.family or row["family"] in selection.family)
            and (not selection.reading or row["reading"] == selection.reading)
            and (not selection.series or row["series"] in selection.series)
            and (not selection.years or (pd.notna(row["year"]) and first <= row["year"] <= last))
            and (not regions or bool(regions & set(row["scope"].split(";"))) or key in named | tied)
        )

    ids = [key for key, row in meetings.items() if kept(key, row)]
    sure = selection.certainty
    there = set(ids)
    return ids, [
        row
        for row in mentions
        if row["meeting_id"] in there and (not sure or row["certainty"] in sure)
    ]


@settings(max_examples=30, deadline=None)
@given(SELECTIONS)
def test_a_selection_and_its_attention_are_what_reading_row_by_row_finds(selection):
    selected = select(DATA, selection)
    ids, mentions = by_hand(selection)
    assert selected.meetings["meeting_id"].tolist() == ids
    assert sorted(selected.agenda["mention_id"]) == sorted(row["mention_id"] for row in mentions)
    meetings = {row["meeting_id"]: row for row in ROWS["meetings"] if row["meeting_id"] in ids}
    having, sure = {}, {}
    for mention in mentions:
        meeting, threat = meetings[mention["meeting_id"]], mention["threat_id"]
        found = threat == PANDEMIC and meeting["found_by"] == "pandemic_search"
        if mention["role"] == "mentioned" or found:
            continue
        having.setdefault((threat, meeting["year"]), set()).add(mention["meeting_id"])
        if mention["certainty"] == "sure":
            sure.setdefault((threat, meeting["year"]), set()).add(mention["meeting_id"])
    for row in attention(selected, "year").itertuples():
        key = row.threat_id, row.year
        known = [
            meeting
            for meeting in meetings.values()
            if meeting["reading"] != "none"
            and meeting["year"] is not pd.NA
            and meeting["year"] == row.year
            and (row.threat_id != PANDEMIC or meeting["found_by"] != "pandemic_search")
        ]
        assert (row.on_agenda, row.meetings) == (len(having.get(key, ())), len(known))
        assert row.doubtful == len(having.get(key, set()) - sure.get(key, set()))


@pytest.mark.parametrize("numbers", [False, True])
def test_pairs_are_what_counting_sets_finds(numbers):
    left = pd.DataFrame({"meeting_id": ["a", "a", "b", "c", "c"], "x": ["p", "p", "q", "p", "q"]})
    right = pd.DataFrame({"meeting_id": ["a", "c", "d", "c"], "y": ["s", "s", "t", "t"]})
    sets = [
        frame.astype("str").groupby(name)["meeting_id"].agg(set).to_dict()
        for frame, name in ((left, "x"), (right, "y"))
    ]
    frames = [frame.astype("str") for frame in (left, right)]
    table = count_cooccurrences(
        *([as_categories(frame) for frame in frames] if numbers else frames), 4
    )
    for row in table.itertuples():
        both = sets[0][row.left] & sets[1][row.right]
        assert row.together == len(both)
        assert (row.left_meetings, row.right_meetings) == (
            len(sets[0][row.left]),
            len(sets[1][row.right]),
        )
    assert len(table) == 4
