"""Every problem of a dataset folder: file, line, column, what is wrong and what is expected.

The schema is the shipped ``datapackage.json`` (Data Package standard); frictionless checks the
tables against it. What that standard cannot say is checked here: ids inside list cells, real dates
of partial precision, order, and that rows which point at each other tell one story.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from threats.dataset.cell_checks import FIRST_YEAR, LAST_YEAR, cell_problems, is_calendar_date
from threats.dataset.csv_files import (
    FILE_MISSING,
    Problem,
    RawTable,
    ReadError,
    parse_tables,
    read_dataset_files,
)
from threats.dataset.dates import ERA_MILESTONES
from threats.dataset.rule_syntax import pattern_problem
from threats.dataset.schema import (
    CODEBOOK_FILE,
    DESCRIPTOR_FILE,
    schema_problems,
    shipped_descriptor,
)
from threats.format import truncate


def validate_folder(folder: Path) -> list[Problem]:
    """Return every problem of the dataset in ``folder``, by file and line; empty if good."""
    return validate_files(folder, read_dataset_files(folder))


def validate_files(folder: Path, files: Mapping[str, bytes | ReadError]) -> list[Problem]:
    """Return every problem of a dataset, by file and line, of which these are the files."""
    if not folder.is_dir():
        return [Problem(DESCRIPTOR_FILE, 0, "", f"{folder} is not a folder", "a dataset folder")]
    descriptor, problems = _load_descriptor(files[DESCRIPTOR_FILE])
    readable, found = parse_tables(files, descriptor)
    problems += [*found, *_codebook_problems(files.get(CODEBOOK_FILE, b""))]
    return _sort_problems(
        [
            *problems,
            *_min_row_problems(descriptor, readable),
            *table_problems(descriptor, readable),
        ],
        descriptor,
    )


def table_problems(descriptor: dict, tables: dict[str, RawTable]) -> list[Problem]:
    """Return every problem within and between tables, by file and line; a table that is not among
    them is not missed."""
    problems = list(_frictionless_problems(descriptor, tables))
    for resource in descriptor["resources"]:
        if resource["name"] in tables:
            problems += _table_cell_problems(resource, tables)
            problems += _order_problems(resource, tables[resource["name"]])
    return _sort_problems([*problems, *_consistency_problems(tables)], descriptor)


def _sort_problems(problems: list[Problem], descriptor: dict) -> list[Problem]:
    names = [resource["path"] for resource in descriptor["resources"]]
    order = {
        name: position for position, name in enumerate([DESCRIPTOR_FILE, *names, CODEBOOK_FILE])
    }
    return sorted(set(problems), key=lambda p: (order[p.file], p.line, p.column, p.what))


def _min_row_problems(descriptor: dict, tables: dict[str, RawTable]) -> Iterator[Problem]:
    """Yield tables that have fewer rows than they should."""
    for resource in descriptor["resources"]:
        floor = resource.get("minRows", 0)
        if resource["name"] in tables and len(tables[resource["name"]].rows) < floor:
            what = f"{len(tables[resource['name']].rows)} rows"
            expected = f"at least {floor}; a part of the file may be lost"
            yield Problem(resource["path"], 0, "", what, expected)


def _load_descriptor(raw: bytes | ReadError) -> tuple[dict, list[Problem]]:
    """Return the shipped schema with the folder's own row floors, and the problems of its
    descriptor."""
    ours = shipped_descriptor()
    expected = "a Data Package descriptor; copy the shipped one and edit title, version and licence"

    def whole(what: str, expected: str = expected, line: int = 0) -> tuple[dict, list[Problem]]:
        return ours, [Problem(DESCRIPTOR_FILE, line, "", what, expected)]

    if isinstance(raw, ReadError):
        return whole(raw.what, expected if raw.what == FILE_MISSING else raw.expected)
    try:
        theirs = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return whole("the file is not UTF-8", "UTF-8 text", raw.count(b"\n", 0, error.start) + 1)
    except json.JSONDecodeError as error:
        return whole(f"not JSON: {error.msg}", line=error.lineno)
    except (RecursionError, ValueError):
        return whole("not JSON: it is nested too deep, or a number is too long")
    problems = [Problem(DESCRIPTOR_FILE, 0, "", *found) for found in schema_problems(theirs, ours)]
    floors = {} if problems else {own["name"]: own.get("minRows", 0) for own in theirs["resources"]}
    for resource in ours["resources"]:
        resource["minRows"] = floors.get(resource["name"], 0)
    return ours, problems


def _codebook_problems(raw: bytes | ReadError) -> Iterator[Problem]:
    if isinstance(raw, ReadError):
        yield Problem(CODEBOOK_FILE, 0, "", *raw)
        return
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        yield Problem(CODEBOOK_FILE, line, "", "the file is not UTF-8", "UTF-8 text")


def _frictionless_problems(descriptor: dict, tables: dict[str, RawTable]) -> Iterator[Problem]:
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
            yield Problem(f"{task.name}.csv", line, *_describe_error(error, column, cell, fields))


def _describe_error(error, column: str, cell: str, fields: dict) -> tuple[str, str, str]:
    """Return the column, what is wrong and what is expected for an error of frictionless."""
    if error.type == "foreign-key":
        (column,) = error.field_names
        (value,) = error.field_cells
        target = f"{error.reference_name}.csv {error.reference_field_names[0]}"
        return column, f'"{value}" is not known', f"an id of {target}"
    if error.type == "primary-key":
        return "", f"the key is not unique: {error.note}", "one row a key"
    if error.type == "type-error":
        return column, f'"{truncate(cell)}" is of the wrong type', fields[column]["type"]
    if error.type == "constraint-error":
        constraints = fields[column].get("constraints", {})
        if not cell:
            return column, "the cell is empty", "a value"
        if "enum" in constraints:
            return (
                column,
                f'"{truncate(cell)}" is not known',
                "one of " + ", ".join(constraints["enum"]),
            )
        limits = ", ".join(
            f"{name} {value}" for name, value in constraints.items() if name != "required"
        )
        return column, f'"{truncate(cell)}" is out of bounds', limits
    return column, error.message, "a table that follows the data dictionary"


def _table_cell_problems(resource: dict, tables: dict[str, RawTable]) -> Iterator[Problem]:
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
            for what, expected in cell_problems(field, cell):
                yield Problem(file, line, name, what, expected)
            if name in known:
                items = cell.split(";")
                for item in items:
                    if item not in known[name]:
                        what = f'"{truncate(item)}" is not known'
                        yield Problem(file, line, name, what, f"ids of {field['itemsOf']}")
                if len(set(items)) < len(items):
                    yield Problem(file, line, name, "an id stands twice", "each id once")
            if field.get("patterns"):
                for pattern in cell.split(";") if field["type"] == "list" else [cell]:
                    wrong = pattern_problem(pattern)
                    if wrong:
                        what = f'"{truncate(pattern)}" is no pattern: {wrong}'
                        yield Problem(file, line, name, what, "an expression of the shared subset")
            if field.get("partialDate") and not is_calendar_date(cell):
                form = "YYYY-MM-DD, YYYY-MM or YYYY"
                expected = f"a date that exists, as {form}, {FIRST_YEAR} to {LAST_YEAR}"
                yield Problem(file, line, name, f'"{truncate(cell)}" is no date', expected)
            if "maxWords" in field and len(cell.split()) > field["maxWords"]:
                what = f"{len(cell.split())} words"
                yield Problem(file, line, name, what, f"at most {field['maxWords']} words")


def _order_problems(resource: dict, table: RawTable) -> Iterator[Problem]:
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


def _consistency_problems(tables: dict[str, RawTable]) -> Iterator[Problem]:
    """Yield rows that contradict each other."""
    meetings = dict(_rows_by_id(tables, "meetings", "meeting_id"))
    sessions = dict(_rows_by_id(tables, "regional_sessions", "session_id"))
    for line, row in tables.get("meetings", RawTable([], [])).rows:
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
        for line, row in tables.get(name, RawTable([], [])).rows:
            session = sessions.get(row["session_id"])
            if session and session["meeting_id"] != row["meeting_id"]:
                what = f'"{row["session_id"]}" is a session of {session["meeting_id"]}'
                yield Problem(f"{name}.csv", line, "session_id", what, "a session of the meeting")
            meeting = meetings.get(row["meeting_id"])
            if meeting and meeting["reading"] == "none":
                what = f"{row['meeting_id']} was not read"
                yield Problem(f"{name}.csv", line, "meeting_id", what, "a meeting that was read")
    if "meetings" in tables and not any(row["start_date"] for row in meetings.values()):
        expected = "at least one meeting with a date"
        yield Problem("meetings.csv", 0, "start_date", "no meeting has a date", expected)
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


def _rows_by_id(
    tables: dict[str, RawTable], name: str, key: str
) -> Iterable[tuple[str, dict[str, str]]]:
    return ((row[key], row) for _, row in tables.get(name, RawTable([], [])).rows)
