"""Codes become rows of the dataset: proposed, checked by its rules, added all or not at all."""

import csv
import io
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import threats
from threats.cli.main import main
from threats.coding.coder import code
from threats.coding.draft import propose_draft, to_dataset_rows, validate_rows
from threats.coding.draft_writer import add_to_dataset, rows_to_csv
from threats.dataset.model import DatasetError
from threats.dataset.validation import validate_folder

RELEASE = Path(__file__).parent / "releases" / "focal-points-2021.txt"
NEW = {
    "meeting_id": "bsmnfp-2031",
    "edition": "25",
    "start_date": "2031-09-21",
    "end_date": "2031-09-22",
    "source_url": "https://www.osce.org/secretariat/999999",
}


@pytest.fixture
def draft(data):
    return propose_draft(code(RELEASE.read_text(encoding="utf-8"), data), data)


def changed(draft, **cells):
    return to_dataset_rows(draft._replace(meeting=draft.meeting | cells))


def run(*arguments):
    return CliRunner().invoke(main, ["code", *map(str, arguments)])


def settings(**cells):
    return [part for name, value in cells.items() for part in ("--set", f"{name}={value}")]


def test_proposed_rows_hold_what_the_text_tells(draft):
    assert draft.meeting["meeting_id"] == "bsmnfp-2021"
    assert draft.meeting["title"] == (
        "15th annual meeting of the Border Security and Management National Focal Points Network"
    )
    assert draft.meeting["source_url"] == ""
    assert draft.sessions.to_dict("records") == [
        {"region": "central_asia", "topic": "Session on Central Asia"}
    ]
    assert dict(
        zip(draft.organizations["organization_id"], draft.organizations["role"], strict=True)
    ) == {
        "osce_chair": "organizer",
        "osce_bsmu": "organizer",
        "unoct": "speaker",
        "interpol": "speaker",
    }
    evidence = draft.threats.set_index("threat_id")["evidence"]
    assert evidence["terrorism"] == "On the agenda: counter terrorism"


def test_no_evidence_or_title_copies_a_sentence(data):
    text = "Officers meet in Vienna\n\nThe meeting dealt with " + ", ".join(
        ["illicit trafficking in small arms and light weapons and ammunition and explosives"] * 3
    )
    made = to_dataset_rows(propose_draft(code(text, data), data))
    for row in made["threat_mentions"]:
        assert len(row["evidence"].split()) <= 12
    assert len(made["meetings"][0]["title"].split()) <= 14


def test_new_rows_that_are_in_order_have_no_problem(draft, data):
    assert validate_rows(changed(draft, **NEW), data) == []


def test_what_is_missing_is_told_once_with_file_line_and_column(draft, data):
    told = [
        str(problem) for problem in validate_rows(changed(draft, **NEW | {"source_url": ""}), data)
    ]
    assert told == ["meetings.csv:2 source_url: the cell is empty; expected a value"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"meeting_id": "bsmnfp-2021"}, '"bsmnfp-2021" is already in the dataset'),
        (
            {
                "source_url": "https://www.osce.org/chairmanship/498678",
                "start_date": "2021-09-21",
                "end_date": "2021-09-22",
            },
            "source_url and start_date are those of bsmnfp-2021",
        ),
        (
            {"start_date": "2021-09-21", "end_date": "2021-09-22"},
            "series, start_date and city are those of bsmnfp-2021",
        ),
        ({"end_date": "2031-09-01"}, "is before the start"),
        ({"series": "parties"}, '"parties" is not known'),
        ({"participants": "many"}, '"many" is of the wrong type'),
        ({"title": " ".join(["word"] * 15)}, "15 words"),
        ({"source_url": "javascript:alert(1)"}, "out of bounds"),
    ],
    ids=["id", "source", "place", "dates", "series", "number", "title", "address"],
)
def test_a_wrong_or_known_meeting_is_refused(draft, data, cells, told):
    assert any(
        told in str(problem) for problem in validate_rows(changed(draft, **NEW | cells), data)
    )


def test_an_edited_row_is_checked_as_edited(draft, data):
    rows = pd.concat([draft.threats, pd.DataFrame([{"threat_id": "dragons", "role": "focus"}])])
    told = map(
        str,
        validate_rows(
            to_dataset_rows(draft._replace(meeting=draft.meeting | NEW, threats=rows)), data
        ),
    )
    assert any("threat_mentions.csv" in text and '"dragons" is not known' in text for text in told)


def test_empty_rows_of_an_editor_are_left_out(draft):
    blank = pd.DataFrame([{"organization_id": None, "role": None}])
    rows = to_dataset_rows(draft._replace(organizations=pd.concat([draft.organizations, blank])))
    assert len(rows["participation"]) == 4


def test_files_have_the_columns_and_order_of_the_dataset(draft, data):
    files = rows_to_csv(changed(draft, **NEW))
    assert set(files) == {
        "meetings.csv",
        "regional_sessions.csv",
        "threat_mentions.csv",
        "response_mentions.csv",
        "participation.csv",
    }
    for name, content in files.items():
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8")))
        shipped = (data.folder / name).read_text(encoding="utf-8").splitlines()[0]
        assert ",".join(header) == shipped
        assert rows == sorted(rows)


def test_added_rows_make_a_good_dataset_and_leave_the_others_as_they_were(draft, folder):
    before = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}
    add_to_dataset(changed(draft, **NEW), threats.load(folder))
    assert validate_folder(folder) == []
    added = threats.load(folder)
    assert "bsmnfp-2031" in set(added["meetings"]["meeting_id"])
    assert (added["agenda"]["meeting_id"] == "bsmnfp-2031").sum() == 4
    for name, text in before.items():
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if "bsmnfp-2031" not in line] == text.splitlines()


def test_nothing_is_added_if_anything_is_wrong(draft, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(DatasetError, match="dragons"):
        add_to_dataset(changed(draft, **NEW | {"series": "dragons"}), threats.load(folder))
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert after == before


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(draft, folder, monkeypatch):
    data = threats.load(folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    import os

    replace = os.replace

    def fails(source, target):
        if Path(target).name == "response_mentions.csv":
            raise OSError("the disk is full")
        replace(source, target)

    monkeypatch.setattr("os.replace", fails)
    with pytest.raises(OSError, match="full"):
        add_to_dataset(changed(draft, **NEW), data)
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {name: content for name, content in after.items() if name != ".lock"} == before


def test_the_command_prints_json_of_many_files_and_names_the_bad_one(tmp_path):
    for name in ("a.txt", "b.txt"):
        shutil.copy(RELEASE, tmp_path / name)
    (tmp_path / "bad.pdf").write_bytes(b"no")
    result = run(tmp_path / "a.txt", tmp_path / "bad.pdf", tmp_path / "b.txt", "--format", "json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(each["file"]).name for each in told] == ["a.txt", "b.txt"]
    assert told[0]["meeting"]["edition"] == 15
    assert {each["threat_id"]: each["pandemic_link"] for each in told[0]["threats"]}[
        "cross_border_crime"
    ] == "driven"
    assert "bad.pdf: This is not a PDF" in result.stderr
    assert result.exit_code == 1


def test_the_command_prints_csv_with_a_row_for_each_place():
    result = run(RELEASE, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    text = RELEASE.read_text(encoding="utf-8")
    for row in rows:
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
    assert {row["kind"] for row in rows} == {"threat", "response", "region", "organization"}


def test_the_command_prints_a_table_with_reasons():
    result = run(RELEASE)
    assert "edition" in result.stdout
    assert "in the lead" in result.stdout
    assert result.exit_code == 0


def test_the_command_adds_a_meeting_once(folder):
    result = run(RELEASE, "--add", folder, *settings(**NEW))
    assert result.exit_code == 0, result.stderr
    assert "as bsmnfp-2031" in result.stderr
    assert validate_folder(folder) == []
    again = run(RELEASE, "--add", folder, *settings(**NEW))
    assert again.exit_code == 1
    assert '"bsmnfp-2031" is already in the dataset' in again.stderr
    assert "Nothing was added" in again.stderr


def test_the_command_says_what_does_not_go_together(tmp_path, folder):
    shutil.copy(RELEASE, tmp_path / "a.txt")
    assert run(RELEASE, tmp_path / "a.txt", "--add", folder).exit_code == 2
    assert run(RELEASE, "--set", "title=x").exit_code == 2
    wrong = run(RELEASE, "--add", folder, "--set", "colour=red")
    assert wrong.exit_code == 2
    assert "colour" in wrong.stderr
    assert run(tmp_path / "missing.txt").exit_code == 1
