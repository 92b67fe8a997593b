"""Every problem of a dataset folder: file, line, column, what is wrong and what is expected.

The schema is the shipped ``datapackage.json`` (Data Package standard); frictionless checks the
tables against it. What that standard cannot say is checked here: ids inside list cells, real dates
of partial precision, order, and that rows which point at each other tell one story.
"""

import csv
import datetime as dt
import functools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from threats import regex

DESCRIPTOR = "datapackage.json"
# A folder kept by hand stays far below this; it keeps a mistaken file from being read whole.
MAX_BYTES = 200_000_000
ERA_MILESTONES = ("who_emergency_start", "who_emergency_end")


class Problem(NamedTuple):
    """One thing wrong with a dataset folder; a line of 0 means the file as a whole."""

    file: str
    line: int
    column: str
    what: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f" {self.column}" if self.column else ""
        return f"{place}{column}: {self.what}; expected {self.expected}"


class Table(NamedTuple):
    """The raw cells of one file: the header, and each row with the line it starts on."""

    header: list[str]
    rows: list[tuple[int, dict[str, str]]]


def shipped_folder() -> Path:
    """Return the folder of the dataset that comes with the package."""
    inside = Path(__file__).parent / "data"  # where a built wheel puts it
    return inside if inside.is_dir() else Path(__file__).parent.parent / "data"


def shipped_descriptor() -> dict:
    """Return the Data Package descriptor that every dataset folder has to follow."""
    return json.loads((shipped_folder() / DESCRIPTOR).read_text(encoding="utf-8"))


def check(folder: Path) -> list[Problem]:
    """Return every problem of the dataset in ``folder``, by file and line; empty if good."""
    descriptor, problems = _read_descriptor(folder)
    readable, found = read_tables(folder, descriptor)
    problems += found
    return _sorted(
        [*problems, *_floor_problems(descriptor, readable), *problems_of(descriptor, readable)],
        descriptor,
    )


def read_tables(
    folder: Path, descriptor: dict, names: Iterable[str] = ()
) -> tuple[dict[str, Table], list[Problem]]:
    """Return the cells of the readable tables of a folder (of these names, else all), and the
    problems of their plain form."""
    tables, problems, names = {}, [], set(names)
    for resource in descriptor["resources"]:
        if not names or resource["name"] in names:
            table, found = _read_table(folder, resource)
            problems += found
            if table is not None:
                tables[resource["name"]] = table
    return tables, problems


def problems_of(descriptor: dict, tables: dict[str, Table]) -> list[Problem]:
    """Return every problem within and between tables, by file and line; a table that is not among
    them is not missed."""
    problems = list(_schema_problems(descriptor, tables))
    for resource in descriptor["resources"]:
        if resource["name"] in tables:
            problems += _cell_problems(resource, tables)
            problems += _order_problems(resource, tables[resource["name"]])
    return _sorted([*problems, *_story_problems(tables)], descriptor)


def _sorted(problems: list[Problem], descriptor: dict) -> list[Problem]:
    names = [resource["path"] for resource in descriptor["resources"]]
    order = {name: position for position, name in enumerate([DESCRIPTOR, *names])}
    return sorted(set(problems), key=lambda p: (order[p.file], p.line, p.column, p.what))


def _floor_problems(descriptor: dict, tables: dict[str, Table]) -> Iterator[Problem]:
    """Yield tables that have fewer rows than they should."""
    for resource in descriptor["resources"]:
        floor = resource.get("minRows", 0)
        if resource["name"] in tables and len(tables[resource["name"]].rows) < floor:
            what = f"{len(tables[resource['name']].rows)} rows"
            expected = f"at least {floor}; a part of the file may be lost"
            yield Problem(resource["path"], 0, "", what, expected)


def _read_descriptor(folder: Path) -> tuple[dict, list[Problem]]:
    """Return the shipped schema with the folder's own row floors, and its problems."""
    ours = shipped_descriptor()
    expected = "a Data Package descriptor; copy the shipped one and edit title, version and licence"
    if not folder.is_dir():
        return ours, [Problem(DESCRIPTOR, 0, "", f"{folder} is not a folder", "a dataset folder")]
    path = folder / DESCRIPTOR
    if not path.is_file():
        return ours, [Problem(DESCRIPTOR, 0, "", "the file is missing", expected)]
    try:
        theirs = json.loads(path.read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in theirs["resources"]}
        for key in ("name", "title", "version", "licenses"):
            if not theirs[key]:
                raise KeyError(key)
    except UnicodeDecodeError:
        return ours, [Problem(DESCRIPTOR, 0, "", "the file is not UTF-8", "UTF-8 text")]
    except json.JSONDecodeError as error:
        return ours, [Problem(DESCRIPTOR, error.lineno, "", f"not JSON: {error.msg}", expected)]
    except (KeyError, TypeError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else "wrong structure"
        return ours, [Problem(DESCRIPTOR, 0, "", what, expected)]
    problems = []
    for resource in ours["resources"]:
        name, own = resource["name"], resources.get(resource["name"])
        if own is None or own.get("schema") != resource["schema"]:
            what = f"the schema of {name} differs from the shipped one"
            problems.append(Problem(DESCRIPTOR, 0, "", what, "the same columns, types and keys"))
        resource["minRows"] = (own or {}).get("minRows", 0)
    return ours, problems


def _read_table(folder: Path, resource: dict) -> tuple[Table | None, list[Problem]]:
    """Return the cells of a file and the problems of its plain form; None if it is unreadable."""
    file, path = resource["path"], folder / resource["path"]

    def whole(what: str, expected: str, line: int = 0) -> tuple[None, list[Problem]]:
        return None, [Problem(file, line, "", what, expected)]

    columns = [field["name"] for field in resource["schema"]["fields"]]
    if not path.is_file():
        return whole("the file is missing", "a CSV file with columns " + ", ".join(columns))
    if not path.resolve().is_relative_to(folder.resolve()):
        return whole("the file is a link out of the folder", "a file in the folder")
    if path.stat().st_size > MAX_BYTES:
        return whole(f"{path.stat().st_size:,} bytes", f"at most {MAX_BYTES:,} bytes")
    raw = path.read_bytes()
    if not raw.strip():
        return whole("the file is empty", "a header line and rows")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return whole(f"byte {raw[error.start]:#04x} is not UTF-8", "UTF-8 text", line)
    if "\0" in text:
        return whole("a NUL character", "text", text.count("\n", 0, text.index("\0")) + 1)
    problems = []
    if text.startswith("\ufeff"):
        problems.append(Problem(file, 1, "", "a byte order mark", "plain UTF-8"))
        text = text[1:]
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        problems.append(Problem(file, line, "", "a carriage return", "lines ending in LF alone"))
    if not text.endswith("\n"):
        problems.append(Problem(file, text.count("\n") + 1, "", "no line end", "LF at the end"))
    try:
        table, found = _parse(file, text, columns)
    except csv.Error as error:
        return whole(str(error), "comma-separated values, quoted as in RFC 4180")
    return table, problems + found


def _parse(file: str, text: str, columns: list[str]) -> tuple[Table | None, list[Problem]]:
    """Return the parsed table and the problems of its header; None if the header is wrong."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header = next(reader)
    problems = []
    for name in columns:
        if name not in header:
            problems.append(Problem(file, 1, name, "the column is missing", "the column"))
    for position, name in enumerate(header):
        if name not in columns:
            expected = "only the columns of the data dictionary"
            problems.append(Problem(file, 1, name, "unknown column", expected))
        elif name in header[:position]:
            problems.append(Problem(file, 1, name, "the column stands twice", "one column"))
    if not problems and header != columns:
        problems.append(Problem(file, 1, "", "columns in another order", ", ".join(columns)))
    rows, line = [], reader.line_num + 1
    for cells in reader:
        if not any(cells):
            problems.append(Problem(file, line, "", "a blank row", "a filled row or none"))
        elif len(cells) != len(header):
            what = f"{len(cells)} cells under a header of {len(header)}"
            problems.append(Problem(file, line, "", what, "as many cells as columns"))
        else:
            rows.append((line, dict(zip(header, cells, strict=True))))
        line = reader.line_num + 1
    if set(columns) - set(header):
        return None, problems
    return Table(header, rows), problems


def _schema_problems(descriptor: dict, tables: dict[str, Table]) -> Iterator[Problem]:
    """Yield what frictionless finds against the schema: types, limits, keys."""
    from frictionless import Package, Resource, Schema, system

    package = Package()
    for resource in descriptor["resources"]:
        if resource["name"] not in tables:
            continue
        table = tables[resource["name"]]
        # Only what is readable is handed over, so that one bad file hides nothing in another.
        schema = json.loads(json.dumps(resource["schema"]))
        schema["foreignKeys"] = [
            key for key in schema.get("foreignKeys", ()) if key["reference"]["resource"] in tables
        ]
        cells = [[row.get(name, "") for name in table.header] for _, row in table.rows]
        package.add_resource(
            Resource(
                name=resource["name"],
                data=[table.header, *cells],
                schema=Schema.from_descriptor(schema),
            )
        )
    with system.use_context(trusted=True):
        report = package.validate()
    for task in report.tasks:
        rows = tables[task.name].rows
        fields = {
            field["name"]: field
            for resource in descriptor["resources"]
            if resource["name"] == task.name
            for field in resource["schema"]["fields"]
        }
        for error in task.errors:
            if error.type in ("blank-row", "extra-label", "incorrect-label"):
                continue  # already told in plainer words
            number = getattr(error, "row_number", None)
            line = rows[number - 2][0] if number else 0
            column = getattr(error, "field_name", "") or ""
            cell = getattr(error, "cell", "")
            yield Problem(f"{task.name}.csv", line, *_in_words(error, column, cell, fields))


def _in_words(error, column: str, cell: str, fields: dict) -> tuple[str, str, str]:
    """Return the column, what is wrong and what is expected for an error of frictionless."""
    if error.type == "foreign-key":
        (column,) = error.field_names
        (value,) = error.field_cells
        target = f"{error.reference_name}.csv {error.reference_field_names[0]}"
        return column, f'"{value}" is not known', f"an id of {target}"
    if error.type == "primary-key":
        return "", f"the key is not unique: {error.note}", "one row a key"
    if error.type == "type-error":
        return column, f'"{_short(cell)}" is of the wrong type', fields[column]["type"]
    if error.type == "constraint-error":
        constraints = fields[column].get("constraints", {})
        if not cell:
            return column, "the cell is empty", "a value"
        if "enum" in constraints:
            return (
                column,
                f'"{_short(cell)}" is not known',
                "one of " + ", ".join(constraints["enum"]),
            )
        limits = ", ".join(
            f"{name} {value}" for name, value in constraints.items() if name != "required"
        )
        return column, f'"{_short(cell)}" is out of bounds', limits
    return column, error.message, "a table that follows the data dictionary"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _cell_problems(resource: dict, tables: dict[str, Table]) -> Iterator[Problem]:
    """Yield problems of single cells that the schema standard has no words for."""
    file = resource["path"]
    known = {}
    for field in resource["schema"]["fields"]:
        if "itemsOf" in field:
            target, column = field["itemsOf"].split(".")
            if target in tables:
                known[field["name"]] = {row[column] for _, row in tables[target].rows}
    for line, row in tables[resource["name"]].rows:
        for field in resource["schema"]["fields"]:
            name, cell = field["name"], row[field["name"]]
            if cell != " ".join(cell.split()) and field["type"] != "list":
                what = "blanks at an end, doubled, or a line break in the cell"
                yield Problem(file, line, name, what, "single blanks between words")
            if not cell:
                continue
            if name in known:
                items = cell.split(";")
                for item in items:
                    if item not in known[name]:
                        what = f'"{_short(item)}" is not known'
                        yield Problem(file, line, name, what, f"ids of {field['itemsOf']}")
                if len(set(items)) < len(items):
                    yield Problem(file, line, name, "an id stands twice", "each id once")
            if field.get("patterns"):
                for pattern in cell.split(";") if field["type"] == "list" else [cell]:
                    wrong = _pattern_problem(pattern)
                    if wrong:
                        what = f'"{_short(pattern)}" is no pattern: {wrong}'
                        yield Problem(file, line, name, what, "an expression of the shared subset")
            if field.get("partialDate") and not _real_date(cell):
                expected = "a date that exists, as YYYY-MM-DD, YYYY-MM or YYYY"
                yield Problem(file, line, name, f'"{_short(cell)}" is no date', expected)
            if len(cell.split()) > field.get("maxWords", 10_000):
                what = f"{len(cell.split())} words"
                yield Problem(file, line, name, what, f"at most {field['maxWords']} words")


@functools.lru_cache(maxsize=4096)
def _pattern_problem(pattern: str) -> str:
    """Return what keeps a pattern from the subset of regular expressions that RE2, Python and Java
    read alike; empty if nothing does. https://github.com/google/re2/wiki/Syntax"""
    import re2

    try:
        re.compile(pattern)
        # Without this RE2 prints what is wrong beside raising it.
        options = re2.Options()
        options.log_errors = False
        re2.compile(pattern, options)
        regex.parsed(pattern)
    except (re.error, re2.error) as error:
        return error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
    except ValueError as error:
        return str(error)
    return "it matches an empty text" if re.fullmatch(pattern, "") else ""


def _real_date(text: str) -> bool:
    """Return whether a date of full or partial precision stands in the calendar."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return True  # the schema's pattern reports it
    try:
        dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _order_problems(resource: dict, table: Table) -> Iterator[Problem]:
    """Yield the first row that stands out of order."""
    keys = resource.get("sortedBy", [])
    if not keys:
        return
    before: list[str] = []
    for line, row in table.rows:
        now = [row[key] for key in keys]
        if now < before:
            expected = "rows sorted by " + ", ".join(keys)
            yield Problem(resource["path"], line, keys[0], f'"{now[0]}" is out of order', expected)
            return
        before = now


def _story_problems(tables: dict[str, Table]) -> Iterator[Problem]:
    """Yield rows that contradict each other."""
    meetings = dict(_by_id(tables, "meetings", "meeting_id"))
    sessions = dict(_by_id(tables, "regional_sessions", "session_id"))
    for line, row in tables.get("meetings", Table([], [])).rows:
        start, end = row["start_date"], row["end_date"]
        shared = min(len(start), len(end))
        if end[:shared] < start[:shared]:
            expected = f"{start} or later"
            yield Problem("meetings.csv", line, "end_date", f"{end} is before the start", expected)
        if (row["basis"] == "inferred") != (row["reading"] == "none"):
            what = f"basis {row['basis']} with reading {row['reading']}"
            expected = "reading none for inferred meetings, and for them alone"
            yield Problem("meetings.csv", line, "reading", what, expected)
        if bool(row["participants"]) != bool(row["participants_qualifier"]):
            what = "number and qualifier of participants do not go together"
            yield Problem("meetings.csv", line, "participants", what, "both or neither")
    for name in ("threat_mentions", "response_mentions"):
        for line, row in tables.get(name, Table([], [])).rows:
            session = sessions.get(row["session_id"])
            if session and session["meeting_id"] != row["meeting_id"]:
                what = f'"{row["session_id"]}" is a session of {session["meeting_id"]}'
                yield Problem(f"{name}.csv", line, "session_id", what, "a session of the meeting")
            meeting = meetings.get(row["meeting_id"])
            if meeting and meeting["reading"] == "none":
                what = f"{row['meeting_id']} was not read"
                yield Problem(f"{name}.csv", line, "meeting_id", what, "a meeting that was read")
    if "milestones" in tables:
        known = {row["milestone_id"]: (line, row) for line, row in tables["milestones"].rows}
        for name in ERA_MILESTONES:
            if name in known and len(known[name][1]["date"]) < 10:
                line, row = known[name]
                what = f"{row['date']} bounds the eras"
                yield Problem("milestones.csv", line, "date", what, "a day, as YYYY-MM-DD")
            elif name not in known:
                expected = f"a row {name}, which bounds the eras"
                yield Problem("milestones.csv", 0, "milestone_id", f"{name} is missing", expected)


def _by_id(tables: dict[str, Table], name: str, key: str) -> Iterable[tuple[str, dict[str, str]]]:
    return ((row[key], row) for _, row in tables.get(name, Table([], [])).rows)
