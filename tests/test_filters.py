"""The filter by family, reach and kind, old ids and synonyms, the periods by preset, and the rules
of the data behind them."""

import csv
import datetime as dt

import pytest

from threats.brief.outline import build_brief
from threats.content.builder import parse_page_options, view_params
from threats.content.findings import era_findings
from threats.content.options import emergency_dates, preset_dates
from threats.content.pooled_change import period_change_findings
from threats.dataset.validation import validate_folder
from threats.stats.coverage import expected_meetings, stopped_series
from threats.stats.filters import Selection, current_ids, from_params, to_params
from threats.stats.selection import assign_eras, select

DAY = dt.date.fromisoformat


def rows_of(data, name):
    with (data.folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(data, **parts):
    return set(select(data, Selection(**parts)).meetings["meeting_id"])


def test_by_default_meetings_of_more_than_one_state_count_without_courses(data):
    meetings = rows_of(data, "meetings.csv")
    several = {m["meeting_id"] for m in meetings if m["reach"] in ("osce_wide", "regional")}
    courses = {m["meeting_id"] for m in meetings if m["kind"] == "course"}
    assert ids(data) == several - courses
    assert ids(data, courses=True) == several
    assert ids(data, courses=True, reach="all") == {m["meeting_id"] for m in meetings}
    national = ids(data, courses=True, reach="national")
    assert national == {m["meeting_id"] for m in meetings if m["reach"] == "national"}
    assert len(national) > 50


def test_a_kind_chosen_counts_also_if_it_is_a_course(data):
    meetings = rows_of(data, "meetings.csv")
    wanted = {
        m["meeting_id"]
        for m in meetings
        if m["kind"] in ("course", "visit") and m["reach"] != "national"
    }
    assert ids(data, kind=("course", "visit")) == wanted


def test_a_family_has_the_meetings_of_its_series(data):
    families = {row["series_id"]: row["family"] for row in rows_of(data, "series.csv")}
    meetings = rows_of(data, "meetings.csv")
    border = {m["meeting_id"] for m in meetings if families[m["series"]] == "border"}
    assert ids(data, family=("border",), courses=True, reach="all") == border
    assert ids(data, family=("border",)) < ids(data)


def test_filter_and_address_agree(data):
    selection = Selection(
        region=("central_asia",), family=("border", "cyber"), kind=("workshop",), reach="all"
    )
    assert from_params(to_params(selection), data) == (selection, [])


def test_ids_of_earlier_editions_and_synonyms_lead_to_the_ids_of_this_one(data):
    selection, problems = from_params({"series": ["tnt_other"]}, data)
    assert "crime_events" in selection.series
    assert "bsmnfp" not in selection.series
    assert problems == []
    selection, problems = from_params({"threat": ["SALW", "thb", "no such"]}, data)
    assert selection.threat == ("trafficking_in_persons", "firearms_trafficking")
    assert problems == ["threat=no such"]
    assert current_ids(data, "meeting", "bsmnfp-2012") == ("bsmnfp-2012",)


@pytest.mark.parametrize(
    ("texts", "preset", "first", "last"),
    [
        ({}, "invasion", "2020-01-30", "2022-02-23"),
        ({"eras": ["who"]}, "who", "2020-01-30", "2023-05-05"),
        ({"eras": ["called"]}, "called", "2020-03-11", "2022-02-23"),
        # A link from before there were presets.
        ({"era_start": ["2020-03-11"]}, "own", "2020-03-11", "2023-05-05"),
        ({"eras": ["own"]}, "own", "2020-01-30", "2023-05-05"),
    ],
)
def test_a_preset_sets_the_pandemic_period_and_stays_in_the_address(
    data, texts, preset, first, last
):
    selected = select(data, Selection())
    values, problems = parse_page_options("covid", texts, selected)
    assert problems == []
    assert values["eras"] == preset
    assert emergency_dates(values, selected) == (DAY(first), DAY(last))
    assert view_params("covid", values, selected) == texts


def test_by_default_no_rise_of_armed_conflict_is_laid_to_the_pandemic(data):
    def said(selected):
        return " ".join([*era_findings(selected), *period_change_findings(selected)])

    selected = select(data, Selection())
    dates = preset_dates(data)
    text = said(assign_eras(selected, *dates["invasion"]))
    assert "armed conflict" not in text.split("After the pandemic period")[0]
    assert "24 February 2022" not in text
    text = said(assign_eras(selected, *dates["who"]))
    assert "armed conflict † from" in text.split("After the pandemic period")[0]
    assert "Russian forces move into Ukraine (24 February 2022)" in text


def test_yearly_series_that_stop_are_named_and_the_last_year_is_left_open(data):
    table = expected_meetings(select(data, Selection()))
    rhythms = {row["series_id"] for row in rows_of(data, "series.csv") if row["expected_from"]}
    assert set(table["series"]) == rhythms
    meetings = rows_of(data, "meetings.csv")
    years = {m["start_date"][:4] for m in meetings if m["series"] == "drugs_conference"}
    drugs = table[table["series"] == "drugs_conference"].set_index("year")
    for year, row in drugs.iterrows():
        assert (row["meetings"] > 0) == (str(year) in years)
    assert drugs.loc[2024, "status"] == "missing"
    assert "missing" not in set(table.loc[table["year"] == table["year"].max(), "status"])
    stopped = stopped_series(select(data, Selection()))
    assert set(stopped) == {"bsmnfp", "ct_conference", "police_experts", "drugs_conference"}


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("meetings.csv", ",regional,,", ",national,,", "border_link"),
        ("meetings.csv", ",osce_wide,,", ",osce_wide,on a border,", "border_link"),
        ("renamed_ids.csv", "crime_events;", "no_events;", "new_ids"),
        ("renamed_ids.csv", "series,tnt_other", "series,bsmnfp", "old_id"),
        ("series.csv", "yearly since 2007,2007", "yearly since 2007,", "rhythm"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_with_its_place(folder, file, old, new, column):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = [(p.file, p.line, p.column) for p in validate_folder(folder)]
    assert (file, line, column) in problems


def test_evidence_of_two_words_is_refused(folder):
    path = folder / "threat_mentions.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    rows[3]["evidence"] = "Two words"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    problems = [(p.file, p.line, p.column) for p in validate_folder(folder)]
    assert ("threat_mentions.csv", 5, "evidence") in problems


def test_no_text_of_evidence_stands_for_two_meetings(data):
    meetings = {}
    for name in ("threat_mentions.csv", "response_mentions.csv"):
        for row in rows_of(data, name):
            meetings.setdefault(row["evidence"].casefold(), set()).add(row["meeting_id"])
    assert not {text for text, ids in meetings.items() if len(ids) > 1}


def test_a_brief_takes_the_default_pandemic_period(data):
    brief = build_brief(select(data, Selection()))
    told = " ".join(one.text for section in brief.front for one in section.statements)
    assert "armed conflict † rose in the pandemic period" not in told
