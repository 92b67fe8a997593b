"""Measures on frames small enough to count by hand."""

import datetime as dt
import math
from dataclasses import replace

import pandas as pd
import pytest

from threats.stats.attention import add_wilson, attention, first_and_last_year, meetings_by_year
from threats.stats.count_rule import CountRule
from threats.stats.filters import Selection
from threats.stats.mentions import mentions_of
from threats.stats.selection import Selected

EMERGENCY = dt.date(2020, 1, 30), dt.date(2023, 5, 5)
THREATS = ("drugs", "arms", "pandemic")


def selected(meetings, agenda, years=(2019, 2021)):
    """Return a narrowed dataset from tuples: (id, year, known, found_by) and
    (meeting, session, threat, role, certainty)."""
    frame = pd.DataFrame(meetings, columns=["meeting_id", "year", "known", "found_by"])
    frame = frame.astype({"year": "Int64", "known": bool, "meeting_id": "str", "found_by": "str"})
    frame["series"] = "a_series"
    columns = ["meeting_id", "session_id", "threat_id", "role", "certainty"]
    rows = pd.DataFrame(agenda, columns=columns, dtype="str").merge(
        frame[["meeting_id", "year", "found_by"]], on="meeting_id"
    )
    rows["start_date"], rows["mention_id"] = rows["year"].astype("str"), rows.index.astype("str")
    threats = pd.DataFrame({"threat_id": THREATS})
    return Selected(None, Selection(), frame, rows, threats, years, EMERGENCY)


def counted(**rule):
    return replace(SMALL, count_rule=CountRule(**rule))


SMALL = selected(
    [
        ("m1", 2019, True, "series_search"),
        ("m2", 2019, True, "series_search"),
        ("m3", 2021, True, "series_search"),
        ("m4", 2021, True, "pandemic_search"),
        ("m5", 2020, False, "series_search"),
        ("m6", None, False, "series_search"),
    ],
    [
        ("m1", "", "drugs", "focus", "sure"),
        ("m1", "m1-s1", "drugs", "discussed", "inferred"),
        ("m2", "m2-s1", "drugs", "focus", "sure"),
        ("m2", "", "arms", "mentioned", "sure"),
        ("m3", "", "arms", "discussed", "conflict"),
        ("m3", "", "pandemic", "discussed", "sure"),
        ("m4", "", "pandemic", "focus", "sure"),
    ],
)


def cell(table, threat, year=None):
    rows = table[table["threat_id"] == threat]
    return (rows if year is None else rows[rows["year"] == year]).iloc[0]


def test_a_meeting_counts_once_however_often_it_names_a_threat():
    row = cell(attention(SMALL, "year"), "drugs", 2019)
    assert (row["on_agenda"], row["meetings"], row["share"]) == (2, 2, 1.0)


def test_passing_mentions_are_not_on_the_agenda_but_count_as_any():
    assert cell(attention(SMALL, "year"), "arms", 2019)["on_agenda"] == 0
    assert cell(attention(counted(role="any"), "year"), "arms", 2019)["on_agenda"] == 1


def test_the_subject_of_one_session_is_not_the_focus_of_its_meeting():
    assert cell(attention(counted(role="focus"), "year"), "drugs", 2019)["on_agenda"] == 1


def test_figures_of_the_pandemic_leave_out_what_only_pandemic_words_found():
    table = attention(SMALL, "year")
    row, other = cell(table, "pandemic", 2021), cell(table, "arms", 2021)
    assert (row["on_agenda"], row["meetings"]) == (1, 1)
    assert (other["on_agenda"], other["meetings"]) == (1, 2)
    put_back = cell(attention(counted(pandemic_search=True), "year"), "pandemic", 2021)
    assert (put_back["on_agenda"], put_back["meetings"]) == (2, 2)
    assert mentions_of(SMALL, "pandemic")["meeting_id"].tolist() == ["m3"]


def test_only_agendas_resting_on_unsure_codes_alone_are_doubtful():
    table = attention(SMALL, "year")
    assert cell(table, "drugs", 2019)["doubtful"] == 0
    assert cell(table, "arms", 2021)["doubtful"] == 1


def test_three_kinds_of_nothing_are_told_apart():
    table = attention(selected([("m1", 2019, True, "x"), ("m2", 2020, False, "x")], []), "year")
    assert [cell(table, "drugs", y)["status"] for y in (2019, 2020, 2021)] == [
        "counted",
        "not_read",
        "no_meeting",
    ]
    assert math.isnan(cell(table, "drugs", 2020)["share"])
    assert cell(table, "drugs", 2019)["share"] == 0


def test_the_whole_selection_counts_meetings_without_a_year():
    table = attention(selected([("m1", None, True, "x")], [("m1", "", "arms", "focus", "sure")]))
    assert cell(table, "arms")["on_agenda"] == 1


def wilson(k, n, z=1.959963984540054):
    middle = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(k * (n - k) / n + z * z / 4)
    return max(0, middle - half), min(1, middle + half)


@pytest.mark.parametrize(("k", "n"), [(0, 1), (5, 23), (1, 1), (70, 258), (3, 3)])
def test_intervals_are_wilsons(k, n):
    table = add_wilson(pd.DataFrame({"on_agenda": [k], "meetings": [n]}))
    assert (table["low"][0], table["high"][0]) == pytest.approx(wilson(k, n), abs=1e-12)


def test_without_a_meeting_there_is_no_interval():
    table = add_wilson(pd.DataFrame({"on_agenda": [0], "meetings": [0]}))
    assert table[["share", "low", "high"]].isna().all(axis=None)


def test_nothing_selected_gives_empty_figures_not_errors():
    nothing = selected([], [])
    table = attention(nothing, "year")
    assert (table["status"] == "no_meeting").all()
    assert meetings_by_year(nothing)["meetings"].sum() == 0
    assert first_and_last_year(nothing)["first"].isna().all()


def test_what_was_said_in_meetings_that_are_left_out_counts_nowhere():
    table = attention(replace(SMALL, meetings=SMALL.meetings.head(0)), "year")
    assert table["on_agenda"].sum() == 0
    assert (table["status"] == "no_meeting").all()


def test_meetings_by_year_counts_known_and_unread_and_skips_the_undated():
    table = meetings_by_year(SMALL)
    assert table.to_dict("list") == {
        "year": [2019, 2020, 2021],
        "meetings": [2, 1, 2],
        "known": [2, 0, 2],
    }


def test_presence_tells_first_last_and_silent_years():
    table = first_and_last_year(SMALL).set_index("threat_id")
    assert table.loc["drugs"].to_dict() == {
        "first": 2019,
        "last": 2019,
        "years": 1,
        "meetings": 2,
        "silent": 2,
    }
    assert pd.isna(table.loc["arms", "silent"]) is False
    assert table.loc["arms", "silent"] == 0


def test_behind_gives_the_rows_of_a_figure_newest_first():
    rows = mentions_of(SMALL, "drugs", 2019)
    assert rows["meeting_id"].tolist() == ["m1", "m1", "m2"]
    assert mentions_of(counted(role="any"), "arms")["year"].tolist() == [2021, 2019]


def test_an_unknown_role_is_refused():
    with pytest.raises(KeyError):
        attention(counted(role="loud"))
