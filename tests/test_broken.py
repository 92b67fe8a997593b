"""Datasets broken by one change each: named by file, line and column, never a traceback."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import plain
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import threats
from threats.charts.theme import LIGHT
from threats.cli.main import main
from threats.content.builder import build_item, parse_page_options
from threats.content.model import Chart
from threats.content.pages import PAGES
from threats.content.registry import SENTENCE_SPECS, items_on
from threats.dataset.csv_files import Problem, read_dataset_file
from threats.dataset.validation import validate_folder
from threats.stats.filters import Selection
from threats.stats.selection import select

ROOT = Path(__file__).parent.parent
SECONDS = 10


def raw(file, change):
    """Return a change of the bytes of a file."""

    def apply(folder):
        before = (folder / file).read_bytes()
        after = change(before)
        assert after != before
        (folder / file).write_bytes(after)

    return apply


def swap(file, old, new):
    return raw(file, lambda content: content.replace(old.encode(), new.encode(), 1))


def cell(file, line, column, value):
    """Return a change of one cell, the line counted as in an editor."""

    def apply(folder):
        path = folder / file
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        rows[line - 1][rows[0].index(column)] = value
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8", newline="")

    return apply


def lines(file, change):
    """Return a change of the lines of a file."""
    return raw(file, lambda content: b"".join(change(content.splitlines(keepends=True))))


def descriptor(change):
    """Return a change of what the descriptor holds."""

    def apply(folder):
        path = folder / "datapackage.json"
        told = json.loads(path.read_text(encoding="utf-8"))
        change(told)
        path.write_text(json.dumps(told), encoding="utf-8")

    return apply


def instead(file, make):
    """Return a change of a file into something else."""

    def apply(folder):
        (folder / file).unlink()
        make(folder / file)

    return apply


def sparse(path):
    with path.open("wb") as file:
        file.truncate(1_000_000_000)


def outside(path):
    other = path.parent.parent / "outside"
    other.write_text("secret\n", encoding="utf-8")
    path.symlink_to(other)


M, T, S = "meetings.csv", "threat_mentions.csv", "series.csv"
D = "datapackage.json"
# The line after the last of the codebook as it is now.
LAST = len(plain.rows("series")) + 1  # the last line of the file of series
COLUMNS = len(plain.rows("series")[0])
AFTER = (ROOT / "data" / "codebook.md").read_bytes().count(b"\n") + 1
# Each: one change of the good folder, and how a line of what is told starts.
BROKEN = {
    # the form of files
    "another encoding": (
        raw("regions.csv", lambda c: c.replace(b"OSCE area", b"OSCE \xe9rea", 1)),
        "regions.csv:2: byte 0xe9",
    ),
    "UTF-16": (raw(S, lambda c: c.decode().encode("utf-16")), f"{S}:1: byte 0xff"),
    "byte order mark": (raw(S, lambda c: b"\xef\xbb\xbf" + c), f"{S}:1: a byte order mark"),
    "CRLF": (raw(S, lambda c: c.replace(b"\n", b"\r\n")), f"{S}:1: a carriage return"),
    "CR alone": (raw(S, lambda c: c.replace(b"\n", b"\r")), f"{S}:1: a carriage return"),
    "NUL": (swap(S, "Focal", "Fo\0al"), f"{S}:2: a NUL"),
    "only NULs": (raw(S, lambda c: b"\0" * 100), f"{S}:1: a NUL"),
    "no line end": (raw(S, lambda c: c.rstrip(b"\n")), f"{S}:{LAST}: no line end"),
    "empty file": (raw(S, lambda c: b""), f"{S}: the file is empty"),
    "blanks alone": (raw(S, lambda c: b" \n \n"), f"{S}: the file is empty"),
    "a quote left open": (
        lines(S, lambda t: [*t, b'"open']),
        f"{S}:{LAST + 1}: unexpected end of data",
    ),
    "a quote inside": (lines(S, lambda t: [*t[:3], b'a"b,"c"d,e,f,\n', *t[3:]]), f"{S}:4: "),
    "ragged: a cell more": (
        lines(S, lambda t: [*t[:1], t[1][:-1] + b",x\n", *t[2:]]),
        f"{S}:2: {COLUMNS + 1} ",
    ),
    "ragged: a cell less": (lines(S, lambda t: [*t, b"a,b,c\n"]), f"{S}:{LAST + 1}: 3 cells"),
    "semicolons": (raw(S, lambda c: c.replace(b",", b";")), f"{S}:1 series_id: the column is"),
    "tabs": (raw(S, lambda c: c.replace(b",", b"\t")), f"{S}:1 series_id: the column is missing"),
    "a blank row": (lines(S, lambda t: [*t[:2], b"\n", *t[2:]]), f"{S}:3: a blank row"),
    "a row of commas": (
        lines(S, lambda t: [*t, b"," * (COLUMNS - 1) + b"\n"]),
        f"{S}:{LAST + 1}: a blank row",
    ),
    "no header": (lines(S, lambda t: t[1:]), f"{S}:1 series_id: the column is missing"),
    "header twice": (swap(S, "description,", "name,"), f"{S}:1 name: the column is repeated"),
    "a column twice beside all": (
        lines(S, lambda t: [line[:-1] + b",name\n" for line in t]),
        f"{S}:1 name: the column is repeated",
    ),
    "an unknown column": (
        lines(S, lambda t: [line[:-1] + b",more\n" for line in t]),
        f"{S}:1 more: unknown column",
    ),
    "columns in another order": (
        swap("organizations.csv", "name,kind", "kind,name"),
        "organizations.csv:1: columns in another order",
    ),
    "HTML for CSV": (raw(S, lambda c: b"<!doctype html>\n<html></html>\n"), f"{S}:1 series_id: "),
    "a merge left open": (
        lines(S, lambda t: [*t[:3], b"<<<<<<< here\n", *t[3:]]),
        f"{S}:4: 1 cells under",
    ),
    "a line separator in a cell": (cell(M, 2, "title", "two\u2028lines"), f"{M}:2 title: blanks"),
    # files and folders
    "a missing table": (lambda folder: (folder / M).unlink(), f"{M}: the file is missing"),
    "a missing descriptor": (lambda folder: (folder / D).unlink(), f"{D}: the file is missing"),
    "a folder for a file": (instead(S, Path.mkdir), f"{S}: this is not a file"),
    "a link out of the folder": (instead(S, outside), f"{S}: the file is a link out"),
    "a descriptor linked out": (instead(D, outside), f"{D}: the file is a link out"),
    "a codebook linked out": (instead("codebook.md", outside), "codebook.md: the file is a link"),
    "a link to itself": (instead(S, lambda path: path.symlink_to(path)), f"{S}: "),
    "a device": (instead(S, lambda path: path.symlink_to("/dev/zero")), f"{S}: this is not a file"),
    "a pipe": (instead(S, os.mkfifo), f"{S}: this is not a file"),
    "a file of 1 GB": (instead(S, sparse), f"{S}: 1,000,000,000 bytes"),
    "a descriptor of 1 GB": (instead(D, sparse), f"{D}: 1,000,000,000 bytes"),
    "a codebook in another encoding": (
        raw("codebook.md", lambda c: c + b"\xff"),
        f"codebook.md:{AFTER}: the file is not UTF-8",
    ),
    # cells
    "a word for a number": (cell(M, 3, "participants", "many"), f"{M}:3 participants: "),
    "a fraction for a number": (cell(M, 3, "participants", "3.5"), f"{M}:3 participants: "),
    "a number with a line under": (cell(M, 3, "participants", "1_000"), f"{M}:3 participants: "),
    "digits of another script": (cell(M, 3, "participants", "١٠٠"), f"{M}:3 participants: "),
    "a number too large": (cell(M, 3, "participants", "9" * 30), f"{M}:3 participants: "),
    "a negative count": (cell(M, 3, "participants", "-5"), f"{M}:3 participants: "),
    "a figure that is none": (
        cell("indicator_values.csv", 2, "value", "NaN"),
        "indicator_values.csv:2 value: ",
    ),
    "an infinite figure": (
        cell("indicator_values.csv", 2, "value", "inf"),
        "indicator_values.csv:2 value: ",
    ),
    "a figure beyond all": (
        cell("indicator_values.csv", 2, "value", "1e999"),
        "indicator_values.csv:2 value: ",
    ),
    "a comma in a figure": (
        cell("indicator_values.csv", 2, "value", "1,5"),
        "indicator_values.csv:2 value: ",
    ),
    "a day that is none": (cell(M, 3, "start_date", "2020-02-30"), f"{M}:3 start_date: "),
    "a date the other way": (cell(M, 3, "start_date", "27.10.2020"), f"{M}:3 start_date: "),
    "a month 13": (cell(M, 3, "start_date", "2020-13"), f"{M}:3 start_date: "),
    "a year 0": (cell(M, 3, "start_date", "0000"), f"{M}:3 start_date: "),
    "a year 9999": (cell(M, 3, "start_date", "9999"), f"{M}:3 start_date: "),
    "an end before the start": (cell(M, 3, "end_date", "2020-01-01"), f"{M}:3 end_date: "),
    "an empty id": (cell(M, 3, "meeting_id", ""), f"{M}:3 meeting_id: "),
    "an id with blanks": (cell(M, 3, "meeting_id", "a b"), f"{M}:3 meeting_id: "),
    "an id that climbs": (cell(M, 3, "meeting_id", "../../etc/passwd"), f"{M}:3 meeting_id: "),
    "an id twice": (cell(M, 4, "meeting_id", "bsmnfp-2020"), f"{M}:4: the key is not unique"),
    "a key of nothing": (cell(T, 2, "meeting_id", "no-such"), f"{T}:2 meeting_id: "),
    "an unknown threat": (cell(T, 2, "threat_id", "dragons"), f"{T}:2 threat_id: "),
    "an unknown role": (cell(T, 2, "role", "loud"), f"{T}:2 role: "),
    "an unknown region": (cell(M, 3, "scope", "osce_area;atlantis"), f"{M}:3 scope: "),
    "an id twice in a list": (cell(M, 3, "scope", "osce_area;osce_area"), f"{M}:3 scope: "),
    "a list that ends with nothing": (cell(M, 3, "scope", "osce_area;"), f"{M}:3 scope: "),
    "a row without a source": (cell(T, 2, "source_url", ""), f"{T}:2 source_url: "),
    "a script for a source": (
        cell(T, 2, "source_url", "javascript:alert(1)"),
        f"{T}:2 source_url: ",
    ),
    "data for a source": (cell(T, 2, "source_url", "data:text/html,x"), f"{T}:2 source_url: "),
    "a source without a host": (cell(T, 2, "source_url", "https:///x"), f"{T}:2 source_url: "),
    "a source that leaves its link": (
        cell(T, 2, "source_url", "https://a.example/>)[x](javascript:alert(1)"),
        f"{T}:2 source_url: ",
    ),
    "a source with a broken host": (cell(T, 2, "source_url", "https://[::1"), f"{T}:2 source_url:"),
    "a huge cell": (cell(M, 3, "note", "x" * 300_000), f"{M}:3 note: 300,000 characters"),
    "a huge cell in quotes": (cell(M, 3, "note", "a, " * 100_000), f"{M}:3 note: "),
    "too many words": (cell(T, 2, "evidence", "word " * 12 + "word"), f"{T}:2 evidence: 13 words"),
    "a line break in a cell": (cell(M, 3, "title", "two\nlines"), f"{M}:3 title: "),
    "blanks around": (cell(M, 3, "title", " title "), f"{M}:3 title: "),
    "a control character": (cell(M, 3, "title", "bell\x07"), f"{M}:3 title: the character U+0007"),
    "a turn of writing": (cell(M, 3, "title", "a\u202eb"), f"{M}:3 title: the character U+202E"),
    "a formula": (cell(M, 3, "title", '=HYPERLINK("http://x","y")'), f"{M}:3 title: "),
    "a formula after a semicolon": (cell(M, 3, "title", "x;=1+1;y"), f"{M}:3 title: "),
    "a formula after a comma": (cell(M, 3, "title", "x, =1+1"), f"{M}:3 title: "),
    "a formula after a bar": (cell(M, 3, "note", "x| @SUM(1)"), f"{M}:3 note: "),
    "a formula by full-width signs": (cell(M, 3, "title", "x; \uff1d1+1"), f"{M}:3 title: "),
    "a formula in quotes": (cell(T, 2, "evidence", 'DDE;"=cmd|x!A0"'), f"{T}:2 evidence: "),
    "a pattern that reads like one": (
        cell("responses.csv", 2, "keywords", "biometric(s|-data)"),
        "responses.csv:2 keywords: ",
    ),
    "a pattern that does not close": (
        cell("responses.csv", 2, "keywords", "(biometrics"),
        "responses.csv:2 keywords: ",
    ),
    "a pattern that repeats too much": (
        cell("responses.csv", 2, "keywords", "((a{1000}){1000}){1000}"),
        "responses.csv:2 keywords: ",
    ),
    "a pattern of nothing": (
        cell("responses.csv", 2, "keywords", "x*"),
        "responses.csv:2 keywords: ",
    ),
    # rows together
    "out of order": (lines(M, lambda t: [t[0], t[2], t[1], *t[3:]]), f"{M}:3 meeting_id: "),
    "no row at all": (lines(M, lambda t: t[:1]), f"{M} start_date: no meeting has a date"),
    "the emergency left out": (
        lines("milestones.csv", lambda t: [line for line in t if b"emergency_end" not in line]),
        "milestones.csv milestone_id: who_emergency_end is missing",
    ),
    "a session of another meeting": (
        cell(T, 2, "session_id", "bsmnfp-2021-s1"),
        f"{T}:2 session_id: ",
    ),
    "a mention of what was not read": (cell(T, 2, "meeting_id", "bsmnfp-2012"), f"{T}:2 meeting"),
    "a number without its word": (cell(M, 3, "participants_qualifier", ""), f"{M}:3 participants:"),
    # the descriptor
    "not JSON": (raw(D, lambda c: c[:-10]), f"{D}:"),
    "JSON of another thing": (raw(D, lambda c: b"[1, 2]"), f"{D}: wrong structure"),
    "JSON nested too deep": (raw(D, lambda c: b"[" * 200_000), f"{D}: not JSON"),
    "another version of the schema": (swap(D, '"integer"', '"string"'), f"{D}: the schema of"),
    "no version": (swap(D, '"version"', '"revision"'), f"{D}: 'version' is missing"),
    "a version that is markup": (descriptor(lambda d: d.update(version="<b>")), f"{D}: the versi"),
    "a day instead of a moment": (
        descriptor(lambda d: d.update(created="2026-11-24")),
        f'{D}: property "created"',
    ),
    "no day": (descriptor(lambda d: d.pop("created")), f"{D}: 'created' is missing"),
    "a title that is a list": (descriptor(lambda d: d.update(title=["x"])), f"{D}: 'title' is no"),
    "no licence": (descriptor(lambda d: d.update(licenses=[])), f"{D}: 'licenses' is not a list"),
    "a licence that is a script": (
        descriptor(lambda d: d["licenses"][0].update(path="javascript:alert(1)")),
        f"{D}: the path of the licence",
    ),
    "nobody who made it": (descriptor(lambda d: d.pop("contributors")), f"{D}: 'contributors' is"),
    "changes that are words": (descriptor(lambda d: d.update(changes="many")), f"{D}: 'changes' i"),
    "a table that leads elsewhere": (
        descriptor(lambda d: d["resources"][0].update(path="../../../etc/passwd")),
        f"{D}: the path of meetings",
    ),
    "a table of its own": (
        descriptor(lambda d: d["resources"].append({"name": "x", "path": "/etc/passwd"})),
        f"{D}: the table 'x' is not known",
    ),
    "a table without a schema": (
        descriptor(lambda d: d["resources"][0].pop("schema")),
        f"{D}: the schema of meetings",
    ),
    "a floor that is a word": (
        descriptor(lambda d: d["resources"][0].update(minRows="many")),
        f"{D}: 'minRows' of meetings",
    ),
    "a part of the rows lost": (
        descriptor(lambda d: d["resources"][0].update(minRows=380)),
        f"{M}: 3 rows; expected at least 380",
    ),
}


@pytest.fixture
def copied(small, tmp_path):
    """Return a copy of the small dataset to break."""
    return Path(shutil.copytree(small, tmp_path / "data"))


def test_there_are_enough_of_them():
    assert len(BROKEN) >= 60


def test_the_small_dataset_is_good(small):
    assert validate_folder(small) == []


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_at_once(copied, name):
    change, start = BROKEN[name]
    change(copied)
    began = time.process_time()  # not by the clock, as other programs may keep the machine busy
    result = CliRunner().invoke(main, ["check", str(copied)])
    assert time.process_time() - began < SECONDS
    assert result.exit_code == 1
    told = result.output.splitlines()
    assert any(line.startswith(start) for line in told), result.output[:3000]
    assert all("; expected " in line for line in told)


BY_THE_COMMAND = ["a file of 1 GB", "JSON nested too deep", "an id twice", "a pipe"]


@pytest.mark.slow
@pytest.mark.parametrize("name", BY_THE_COMMAND)
def test_the_command_says_it_without_a_traceback(copied, name):
    change, start = BROKEN[name]
    change(copied)
    command = [
        sys.executable,
        "-c",
        "from threats.cli.main import main; main()",
        "check",
        str(copied),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 1
    assert any(line.startswith(start) for line in done.stdout.splitlines())
    assert "Traceback" not in done.stdout + done.stderr


ON_THE_PAGE = ["not JSON", "a huge cell", "a source that leaves its link", "no row at all"]


@pytest.mark.parametrize("page", ["trends", "data"])
@pytest.mark.parametrize("name", ON_THE_PAGE)
def test_the_dashboard_shows_the_list_and_no_figure(copied, name, page, monkeypatch):
    BROKEN[name][0](copied)
    monkeypatch.setenv("THREATS_DATA", str(copied))
    app = AppTest.from_file(str(ROOT / "threats" / "dashboard.py"), default_timeout=60).run()
    app = app.switch_page(f"app/pages/{page}.py").run()
    assert not app.exception
    assert [title.value for title in app.title] == ["The dataset contains errors"]
    listed = app.get("code")[0].value.splitlines()
    assert listed == [str(problem) for problem in validate_folder(copied)]
    assert not app.get("bidi_component")


def test_a_page_lists_only_so_many_problems(copied, monkeypatch):
    lines(T, lambda t: [*t, *[b"a,b\n"] * 1_000])(copied)
    monkeypatch.setenv("THREATS_DATA", str(copied))
    app = AppTest.from_file(str(ROOT / "threats" / "dashboard.py"), default_timeout=60).run()
    listed = app.get("code")[0].value.splitlines()
    assert listed[-1] == "… and 800 more"


EDITED = [M, T, "milestones.csv", "indicator_values.csv", "regions.csv", D]
BITS = [b",", b'"', b"\n", b"\r", b";", b"=1+1", b"\xff", b"{}", b"\0", b"<script>", b"$x$", b"9"]


@pytest.mark.slow
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
@given(
    name=st.sampled_from(EDITED),
    place=st.floats(0, 1),
    cut=st.integers(0, 40),
    put=st.binary(max_size=20) | st.sampled_from(BITS),
)
def test_random_edits_of_bytes_never_give_a_traceback(small, name, place, cut, put):
    path = small / name
    good = path.read_bytes()
    start = int(place * len(good))
    try:
        path.write_bytes(good[:start] + put + good[start + cut :])
        assert all(isinstance(problem, Problem) for problem in validate_folder(small))
    finally:
        path.write_bytes(good)


VALUES = ["", "0", "1", "2021", "1900", "2100-12-31", "osce_area", "terrorism", "none", "read"]
VALUES += ["focus", "yes", "1e308", "<b>x</b>", "%{x}", "$x$", ":tada:", "a;b", "monthly"]


def parts_of(data):
    """Make and draw every part of every page of a dataset."""
    selected = select(data, Selection())
    for page in PAGES:
        values, _ = parse_page_options(page, {}, selected)
        told = [part for part in SENTENCE_SPECS.values() if part.page == page]
        for part in (*items_on(page), *told):
            made = build_item(part, selected, values)
            if isinstance(made, Chart):
                made.draw(LIGHT).to_json()


@st.composite
def edits(draw):
    """Draw a file and what to do with a row or a cell of it."""
    file = draw(st.sampled_from([M, T, "regions.csv", "indicators.csv", "indicator_values.csv", S]))
    kind = draw(st.sampled_from(["drop", "set", "copy", "half", "empty the column"]))
    return file, kind, draw(st.integers(0, 999)), draw(st.integers(0, 99)), draw(st.integers(0, 99))


@pytest.mark.slow
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
@given(edit=edits())
def test_what_random_edits_of_rows_leave_good_is_shown_whole(small, edit):
    file, kind, row, column, value = edit
    path = small / file
    good = path.read_bytes()
    header, *rows = csv.reader(io.StringIO(good.decode("utf-8")))
    row, column = row % len(rows), column % len(header)
    if kind == "drop":
        del rows[row]
    elif kind == "half":
        rows = rows[::2]
    elif kind == "set":
        rows[row][column] = VALUES[value % len(VALUES)]
    elif kind == "copy":
        rows[row][column] = rows[value % len(rows)][column]
    else:
        rows = [[*cells[:column], "", *cells[column + 1 :]] for cells in rows]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    try:
        path.write_bytes(text.getvalue().encode("utf-8"))
        data = threats.load(small)
    except threats.DatasetError:
        return
    finally:
        path.write_bytes(good)
    parts_of(data)


def test_a_dataset_of_three_meetings_without_figures_of_others_is_shown(copied):
    (copied / "indicator_values.csv").write_text(
        (copied / "indicator_values.csv").read_text(encoding="utf-8").splitlines()[0] + "\n",
        encoding="utf-8",
    )
    parts_of(threats.load(copied))


@pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="no way to open without links")
def test_a_link_put_in_place_while_the_folder_is_read_is_not_followed(copied, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("secret", encoding="utf-8")
    path, stop = copied / M, threading.Event()
    good = path.read_bytes()

    def swap():
        while not stop.is_set():
            for change in (lambda new: new.symlink_to(secret), lambda new: new.write_bytes(good)):
                new = copied / "new"
                change(new)
                os.replace(new, path)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        found = [read_dataset_file(copied, M) for _ in range(3_000)]
    finally:
        stop.set()
        thread.join()
    assert {one for one in found if isinstance(one, bytes)} <= {good}
    assert any(isinstance(one, bytes) for one in found)
