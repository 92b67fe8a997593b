"""Loading: one immutable dataset with the joined agenda."""

import datetime as dt
import shutil

import pytest

import threats
from threats.dataset.dates import date_range, era_of, format_date_range
from threats.dataset.model import AGENDA_COLUMNS
from threats.dataset.schema import shipped_folder

EMERGENCY = (dt.date(2020, 1, 30), dt.date(2023, 5, 5))


def test_what_a_caller_does_to_a_table_stays_with_the_caller(data):
    table = data["meetings"]
    table.loc[0, "year"] = 1
    table["new"] = 1
    assert data["meetings"].loc[0, "year"] != 1
    assert "new" not in data["meetings"]
    with pytest.raises(AttributeError):
        data.digest = "0"
    with pytest.raises(TypeError):
        data.descriptor["version"] = "9"


def test_an_unknown_table_is_refused(data):
    with pytest.raises(KeyError):
        data["dragons"]


def test_the_environment_points_at_another_folder(folder, monkeypatch):
    monkeypatch.setenv("THREATS_DATA", str(folder))
    assert threats.load().folder == folder
    assert threats.load(shipped_folder()).folder != folder


def test_a_broken_folder_raises_every_problem(folder):
    (folder / "meetings.csv").unlink()
    shutil.copy(folder / "series.csv", folder / "regions.csv")
    with pytest.raises(threats.DatasetError) as error:
        threats.load(folder)
    files = {problem.file for problem in error.value.problems}
    assert {"meetings.csv", "regions.csv"} <= files
    assert str(error.value.problems[0]) in str(error.value)


def test_the_version_changes_with_a_single_cell(data, folder):
    assert threats.load(folder).version == data.version
    path = folder / "meetings.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",exact,", ",about,", 1), encoding="utf-8"
    )
    assert threats.load(folder).version != data.version


def test_the_agenda_joins_every_mention_with_its_meeting(data):
    agenda, mentions = data["agenda"], data["threat_mentions"]
    assert sorted(agenda["mention_id"]) == sorted(mentions["mention_id"])
    assert {*mentions.columns, *AGENDA_COLUMNS} == {*agenda.columns}
    row = agenda.set_index("mention_id").loc["bsmnfp-2021-s1.cross_border_crime"]
    assert (row["year"], row["era"], row["pandemic_link"]) == (2021, "during", "driven")
    assert (row["start_date"], row["meeting_id"]) == ("2021-09-21", "bsmnfp-2021")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2021-09-21", "2021-09-22", "21–22 September 2021"),
        ("2019-05-31", "2019-06-02", "31 May – 2 June 2019"),
        ("2019-12-31", "2020-01-02", "31 December 2019 – 2 January 2020"),
        ("2019-05-31", "2019-05-31", "31 May 2019"),
        ("2019-05", "", "May 2019"),
        ("2019", "2019", "2019"),
        ("2019-05-01", "2019-06", "1 May 2019"),
        ("", "", "date unknown"),
    ],
)
def test_dates_in_words(start, end, words):
    assert format_date_range(start, end) == words


def test_the_days_that_a_partial_date_can_mean():
    assert date_range("2020-02") == (dt.date(2020, 2, 1), dt.date(2020, 2, 29))
    assert date_range("2020-12") == (dt.date(2020, 12, 1), dt.date(2020, 12, 31))
    assert date_range("2019") == (dt.date(2019, 1, 1), dt.date(2019, 12, 31))
    assert date_range("") is None


@pytest.mark.parametrize(
    ("date", "era"),
    [
        ("2020-01-29", "before"),
        ("2020-01-30", "during"),
        ("2023-05-05", "during"),
        ("2023-05-06", "after"),
        ("2020-01", ""),
        ("2020", ""),
        ("2021", "during"),
        ("2023", ""),
        ("2023-05", ""),
        ("2023-06", "after"),
        ("", ""),
    ],
)
def test_eras(date, era):
    assert era_of(date, *EMERGENCY) == era


def test_a_year_that_takes_in_a_whole_short_emergency_has_no_era():
    assert era_of("2021", dt.date(2021, 3, 1), dt.date(2021, 4, 1)) == ""
