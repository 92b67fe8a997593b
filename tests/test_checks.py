"""`threats check` names file, line and column of everything that is wrong."""

import csv
import io
import re

import plain
import pytest
from click.testing import CliRunner

from threats.cli.main import main
from threats.dataset.csv_files import Problem


def run(folder):
    return CliRunner().invoke(main, ["check", str(folder)])


def edit(folder, name, line, column, value):
    """Set a cell, the line counted as in an editor, and return the cells of that line."""
    path = folder / name
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    rows[line - 1][rows[0].index(column)] = value
    write(path, rows)
    return dict(zip(rows[0], rows[line - 1], strict=True))


def write(path, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def test_the_shipped_data_are_good_with_one_line_a_file(data):
    result = run(data.folder)
    assert result.exit_code == 0, result.output
    names = [line.split(":")[0] for line in result.output.splitlines()]
    assert names == [resource["path"] for resource in data.descriptor["resources"]]


CELLS = {
    "wrong type": ("meetings.csv", "participants", "many", "of the wrong type"),
    "bad date": ("meetings.csv", "start_date", "2021-02-30", "is not a date"),
    "no date at all": ("meetings.csv", "start_date", "soon", "is not year-month-day"),
    "end before start": ("meetings.csv", "end_date", "1999-01-01", "is before the start"),
    "id of nothing": ("threat_mentions.csv", "meeting_id", "no-such-meeting", "is not known"),
    "unknown threat": ("threat_mentions.csv", "threat_id", "dragons", "is not known"),
    "unknown region": ("threat_mentions.csv", "region", "atlantis", "is not known"),
    "unknown region in a list": ("meetings.csv", "scope", "osce_area;atlantis", "is not known"),
    "unknown session": ("response_mentions.csv", "session_id", "nowhere-s1", "is not known"),
    "row without source": ("threat_mentions.csv", "source_url", "", "the cell is empty"),
    "source that is no address": (
        "meetings.csv",
        "source_url",
        "javascript:alert(1)",
        "out of bounds",
    ),
    "a pattern that does not close": (
        "threat_categories.csv",
        "keywords",
        "terror;(drugs",
        '"(drugs" is not a valid pattern',
    ),
    "a pattern that looks around": (
        "responses.csv",
        "exclude",
        "(?<=x)y",
        '"(?<=x)y" is not a valid pattern',
    ),
    "a pattern of nothing": ("regions.csv", "keywords", "x*", "it matches an empty text"),
    "unknown role": ("threat_mentions.csv", "role", "loud", "is not known"),
    "too many words": ("threat_mentions.csv", "evidence", "one " * 12 + "more", "13 words"),
    "blanks at an end": ("meetings.csv", "title", " A title ", "blanks"),
    "line break in a cell": ("meetings.csv", "title", "A\ntitle", "line break"),
    "the same id twice in a list": ("meetings.csv", "scope", "osce_area;osce_area", "is repeated"),
    "bad indicator period": ("indicator_values.csv", "period", "2021-13", "is not a date"),
    "participants without qualifier": (
        "meetings.csv",
        "participants_qualifier",
        "",
        "only one of number and qualifier",
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_wrong_cell_is_named_by_file_line_and_column(folder, name):
    file, column, value, what = CELLS[name]
    rows = list(csv.DictReader((folder / file).open(encoding="utf-8")))
    line = 2 + next(
        n
        for n, row in enumerate(rows)
        if (row.get("participants") or column != "participants_qualifier")
        and row.get("end_date", "x")
    )
    edit(folder, file, line, column, value)
    result = run(folder)
    assert result.exit_code == 1
    expected = "participants" if column == "participants_qualifier" else column
    found = [t for t in result.output.splitlines() if t.startswith(f"{file}:{line} {expected}: ")]
    assert found, result.output
    assert what in found[0]
    assert "; expected " in found[0]


def change_text(name, change):
    def apply(folder):
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return apply


def header(old, new):
    return lambda raw: raw.replace(old, new, 1)


SERIES = len(plain.rows("series")) + 1  # the lines of the file, of one line a row
COLUMNS = len(plain.rows("series")[0])
FILES = {
    "missing column": (
        "series.csv",
        header(b"short_name,", b"tall_name,"),
        "series.csv:1 short_name",
    ),
    "unknown column": (
        "series.csv",
        header(b"short_name,", b"tall_name,"),
        "series.csv:1 tall_name",
    ),
    "column twice": ("series.csv", header(b"description,", b"name,"), "series.csv:1 name"),
    "columns in another order": (
        "organizations.csv",
        header(b"name,kind", b"kind,name"),
        "organizations.csv:1",
    ),
    "empty file": ("series.csv", lambda raw: b"", "series.csv: the file is empty"),
    "header alone": ("regions.csv", lambda raw: raw.split(b"\n")[0] + b"\n", "regions.csv: 0 rows"),
    "not UTF-8": (
        "regions.csv",
        lambda raw: raw.replace(b"OSCE area", b"OSCE \xe9rea", 1),
        "regions.csv:2: byte 0xe9",
    ),
    "byte order mark": (
        "series.csv",
        lambda raw: b"\xef\xbb\xbf" + raw,
        "series.csv:1: a byte order mark",
    ),
    "carriage returns": (
        "series.csv",
        lambda raw: raw.replace(b"\n", b"\r\n"),
        "series.csv:1: a carriage return",
    ),
    "NUL": ("series.csv", lambda raw: raw.replace(b"Focal", b"Fo\0al", 1), "series.csv:2: a NUL"),
    "no line end": (
        "series.csv",
        lambda raw: raw.rstrip(b"\n"),
        f"series.csv:{SERIES}: no line end",
    ),
    "blank row": (
        "series.csv",
        lambda raw: raw.replace(b"\n", b"\n\n", 1),
        "series.csv:2: a blank row",
    ),
    "ragged row": (
        "series.csv",
        lambda raw: raw.rstrip(b"\n") + b",more\n",
        # In the last line of the shipped file, a cell more than its columns.
        f"series.csv:{SERIES}: {COLUMNS + 1} cells",
    ),
    "quote left open": ("series.csv", lambda raw: raw.rstrip(b"\n") + b'\n"open', "series.csv"),
    "half of the file lost": (
        "meetings.csv",
        lambda raw: b"\n".join(raw.split(b"\n")[:200]) + b"\n",
        "meetings.csv: 199 rows",
    ),
    "not JSON": ("datapackage.json", lambda raw: raw[:-10], "datapackage.json"),
    "another schema": (
        "datapackage.json",
        lambda raw: raw.replace(b'"integer"', b'"string"', 1),
        "datapackage.json: the schema of meetings differs",
    ),
    "no version": (
        "datapackage.json",
        header(b'"version"', b'"revision"'),
        "datapackage.json: 'version' is missing",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_wrong_file_is_named_with_its_line(folder, name):
    file, change, start = FILES[name]
    change_text(file, change)(folder)
    result = run(folder)
    assert result.exit_code == 1
    assert any(line.startswith(start) for line in result.output.splitlines()), result.output


@pytest.mark.parametrize("name", ["meetings.csv", "datapackage.json", "milestones.csv"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    result = run(folder)
    assert result.exit_code == 1
    assert f"{name}: the file is missing" in result.output


def test_a_missing_folder_is_named(tmp_path):
    result = run(tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "is not a folder" in result.output


def test_a_link_out_of_the_folder_is_refused(folder, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("secret", encoding="utf-8")
    (folder / "series.csv").unlink()
    (folder / "series.csv").symlink_to(outside)
    assert "series.csv: the file is a link out of the folder" in run(folder).output


def test_a_duplicate_id_is_named_on_its_second_line(folder):
    path = folder / "milestones.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    write(path, [*rows, rows[-1]])
    line = len(rows) + 1
    assert f"milestones.csv:{line}: the key is not unique" in run(folder).output


def test_rows_out_of_order_are_named(folder):
    path = folder / "meetings.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    write(path, [rows[0], rows[2], rows[1], *rows[3:]])
    assert "meetings.csv:3 meeting_id:" in run(folder).output


def test_rows_that_contradict_each_other_are_named(folder):
    edit(folder, "threat_mentions.csv", 2, "meeting_id", "bsmnfp-2007")  # inferred, never read
    assert "threat_mentions.csv:2 meeting_id: bsmnfp-2007 was not read" in run(folder).output
    rows = list(csv.DictReader((folder / "threat_mentions.csv").open(encoding="utf-8")))
    line = 2 + next(n for n, row in enumerate(rows) if row["session_id"])
    edit(folder, "threat_mentions.csv", line, "meeting_id", "apem-2008")
    assert f"threat_mentions.csv:{line} session_id:" in run(folder).output


def test_an_inferred_meeting_has_no_reading(folder):
    rows = list(csv.DictReader((folder / "meetings.csv").open(encoding="utf-8")))
    line = 2 + next(n for n, row in enumerate(rows) if row["basis"] == "inferred")
    edit(folder, "meetings.csv", line, "reading", "part")
    assert f"meetings.csv:{line} reading: basis inferred with reading part" in run(folder).output


def test_every_problem_is_told_at_once_by_file_and_line(folder):
    edit(folder, "threat_mentions.csv", 9, "role", "loud")
    edit(folder, "threat_mentions.csv", 4, "source_url", "")
    edit(folder, "meetings.csv", 7, "kind", "party")
    lines = run(folder).output.splitlines()
    places = [line.split(": ")[0] for line in lines]
    assert places == [
        "meetings.csv:7 kind",
        "threat_mentions.csv:4 source_url",
        "threat_mentions.csv:9 role",
    ]
    form = re.compile(r"^\S+\.(csv|json)(:\d+)?( \S+)?: .+; expected .+$")
    assert all(form.match(line) for line in lines)


def test_a_line_break_in_a_cell_does_not_shift_the_lines_after_it(folder):
    edit(folder, "meetings.csv", 5, "title", "Two\nlines")
    path = folder / "meetings.csv"
    text = path.read_text(encoding="utf-8").split("\n")
    text[9] = text[9].replace(",in_person,", ",by_pigeon,").replace(",online,", ",by_pigeon,")
    path.write_text("\n".join(text), encoding="utf-8")
    if "by_pigeon" in text[9]:
        assert "meetings.csv:10 format:" in run(folder).output


def test_a_problem_of_a_whole_file_has_no_line():
    assert str(Problem("a.csv", 0, "", "gone", "a file")) == "a.csv: gone; expected a file"
    assert str(Problem("a.csv", 3, "b", "odd", "even")) == "a.csv:3 b: odd; expected even"


def test_the_emergency_that_bounds_the_eras_needs_whole_days(folder):
    rows = list(csv.DictReader((folder / "milestones.csv").open(encoding="utf-8")))
    line = 2 + next(n for n, row in enumerate(rows) if row["milestone_id"] == "who_emergency_end")
    edit(folder, "milestones.csv", line, "date", "2023-05")
    assert f"milestones.csv:{line} date: 2023-05 bounds the periods" in run(folder).output
