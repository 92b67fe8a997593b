"""`threats tidy` corrects what a spreadsheet saved, shows each change and guesses nothing."""

import csv
import io
import re
import shutil

import pytest
from click.testing import CliRunner

from threats.cli.main import main
from threats.dataset.date_forms import CERTAIN, DAY_FIRST, MONTH_FIRST, date_readings
from threats.dataset.schema import shipped_descriptor, shipped_folder

MEETINGS, VALUES = "meetings.csv", "indicator_values.csv"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "dataset"
    made.mkdir()
    for path in shipped_folder().iterdir():
        if path.is_file():
            shutil.copy(path, made)
    return made


def run(folder, *options):
    return CliRunner().invoke(main, ["tidy", str(folder), *options])


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def cells_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def table(folder, name):
    return cells_of((folder / name).read_bytes())


def save(folder, name, rows, separator=",", end="\n", encoding="utf-8"):
    """Save a table as a spreadsheet does."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    (folder / name).write_bytes(text.getvalue().encode(encoding))


def turned(date, form):
    """Return a whole date in another form."""
    whole = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date)
    return form.format(y=whole[1], m=whole[2], d=whole[3]) if whole else date


def put(folder, name, line, column, value):
    rows = table(folder, name)
    before = rows[line - 1][rows[0].index(column)]
    rows[line - 1][rows[0].index(column)] = value
    save(folder, name, rows)
    return before


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("30.10.2008", {DAY_FIRST: "2008-10-30"}),
        ("10/30/2008", {MONTH_FIRST: "2008-10-30"}),
        ("3/4/2008", {DAY_FIRST: "2008-04-03", MONTH_FIRST: "2008-03-04"}),
        ("04.04.2008", {CERTAIN: "2008-04-04"}),
        ("2008/10/30", {CERTAIN: "2008-10-30"}),
        ("2008-10-30 00:00:00", {CERTAIN: "2008-10-30"}),
        ("10.2008", {CERTAIN: "2008-10"}),
        ("29.02.2023", {}),
        ("30.10.08", {}),
        ("30.10/2008", {}),
        ("13.13.2008", {}),
        ("39751", {}),
        ("30 October 2008", {}),
    ],
)
def test_a_date_has_the_readings_that_are_in_the_calendar(text, readings):
    assert date_readings(text) == readings


def test_a_good_dataset_has_nothing_to_mend(folder):
    before = contents(folder)
    answer = run(folder, "--write")
    assert answer.exit_code == 0
    assert "nothing to correct" in answer.output
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("separator", "end", "encoding", "form"),
    [
        (";", "\r\n", "utf-8-sig", "{d}.{m}.{y}"),
        ("\t", "\r\n", "utf-8", "{d}/{m}/{y}"),
        (",", "\r", "utf-8-sig", "{m}/{d}/{y}"),
        (";", "\n", "utf-8", "{d}-{m}-{y}"),
    ],
)
def test_files_of_a_spreadsheet_come_back_as_they_were(folder, separator, end, encoding, form):
    before = contents(folder)
    for resource in shipped_descriptor()["resources"]:
        rows = table(folder, resource["path"])
        fields = resource["schema"]["fields"]
        dates = [at for at, field in enumerate(fields) if field.get("partialDate")]
        numbers = [at for at, field in enumerate(fields) if field["type"] == "number"]
        for row in rows[1:]:
            for at in dates:
                row[at] = turned(row[at], form)
            for at in numbers if separator == ";" else ():
                row[at] = row[at].replace(".", ",")
        if resource.get("sortedBy"):
            rows[1:] = rows[:0:-1]
        wide = [[*row[::-1], "", ""] for row in rows]
        save(folder, resource["path"], [*wide, [""] * len(wide[0])], separator, end, encoding)
    saved = contents(folder)
    shown = run(folder)
    assert "add --write" in shown.output
    assert contents(folder) == saved
    written = run(folder, "--write")
    left = set(re.findall(r"^(\w+\.csv):\d+ ", written.output.partition("Left as it is")[2], re.M))
    after = contents(folder)
    # A file without a day over 12 does not show its order: its other dates are named and left.
    assert {name for name in before if cells_of(after[name]) != cells_of(before[name])} == left
    assert MEETINGS not in left
    assert after[MEETINGS] == before[MEETINGS]
    first = turned("2008-10-30", form)
    assert f"start_date: “{first}” becomes “2008-10-30”" in written.output
    again = run(folder)
    assert "nothing to correct" in again.output
    assert again.exit_code == (1 if left else 0)


def test_each_change_is_named_by_file_line_and_column(folder):
    before = contents(folder)
    put(folder, MEETINGS, 2, "start_date", "30.10.2008")
    put(folder, MEETINGS, 3, "reach", "OSCE_WIDE")
    value = put(folder, VALUES, 2, "value", "0,5")
    answer = run(folder, "--write")
    assert answer.exit_code == 0, answer.output
    assert answer.output.splitlines() == [
        "meetings.csv:2 start_date: “30.10.2008” becomes “2008-10-30”",
        "meetings.csv:3 reach: “OSCE_WIDE” becomes “osce_wide”",
        "indicator_values.csv:2 value: “0,5” becomes “0.5”",
        "2 files corrected.",
    ]
    put(folder, VALUES, 2, "value", value)
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("file", "column", "cell", "said"),
    [
        (
            MEETINGS,
            "start_date",
            "03/04/2008",
            "can be two days; expected 2008-04-03 or 2008-03-04",
        ),
        (MEETINGS, "start_date", "30.10.08", "is not year-month-day"),
        (MEETINGS, "start_date", "39751", "is not year-month-day"),
        (VALUES, "value", "1,234", "can be two numbers; expected 1.234 or 1234"),
    ],
)
def test_what_has_two_meanings_is_named_and_left(folder, file, column, cell, said):
    put(folder, file, 2, column, cell)
    before = contents(folder)
    answer = run(folder, "--write")
    assert answer.exit_code == 1
    assert f"{file}:2 {column}: “{cell}” {said}" in answer.output
    assert contents(folder) == before


def test_a_file_with_both_orders_shows_none(folder):
    put(folder, MEETINGS, 2, "start_date", "30/10/2008")
    put(folder, MEETINGS, 3, "start_date", "10/29/2009")
    put(folder, MEETINGS, 4, "start_date", "03/04/2010")
    answer = run(folder)
    assert "“30/10/2008” becomes “2008-10-30”" in answer.output
    assert "“10/29/2009” becomes “2009-10-29”" in answer.output
    assert "meetings.csv:4 start_date: “03/04/2010” can be two days" in answer.output


@pytest.mark.parametrize("wrong", ["surplus", "short", "latin", "quote", "column"])
def test_a_file_whose_cells_cannot_be_told_apart_stays_as_it_is(folder, wrong):
    rows = table(folder, MEETINGS)
    rows[1][5] = "30.10.2008"
    if wrong == "surplus":
        rows[4].append("more")
    elif wrong == "short":
        del rows[4][-3:]
    elif wrong == "column":
        rows[0][2] = "something"
    elif wrong == "latin":
        rows[1][4] = "Réunion"
    save(folder, MEETINGS, rows, ";")
    if wrong == "latin":
        text = (folder / MEETINGS).read_text(encoding="utf-8")
        (folder / MEETINGS).write_bytes(text.encode("latin-1", errors="replace"))
    if wrong == "quote":
        with (folder / MEETINGS).open("a", encoding="utf-8") as file:
            file.write('"open;')
    put(folder, VALUES, 2, "value", "0,5")
    before = contents(folder)
    answer = run(folder, "--write")
    assert answer.exit_code == 1
    assert re.search(r"^meetings\.csv", answer.output.partition("Left as it is")[2], re.M)
    after = contents(folder)
    assert [name for name in before if after[name] != before[name]] == [VALUES]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            "30.10.2008",
            '"30.10.2008" is not year-month-day; expected a date with the year first: '
            "write 2008-10-30",
        ),
        ("03/04/2008", "write 2008-04-03 or 2008-03-04"),
        ("autumn 2008", "write 2008-10-30, or 2008-10 or 2008 if less is known"),
    ],
)
def test_the_check_says_what_to_write_instead_of_another_form_of_date(folder, cell, said):
    put(folder, MEETINGS, 2, "start_date", cell)
    answer = CliRunner().invoke(main, ["check", str(folder)])
    assert answer.exit_code == 1
    told = [line for line in answer.output.splitlines() if line.startswith("meetings.csv:2 ")]
    assert len(told) == 1, told
    assert said in told[0]
