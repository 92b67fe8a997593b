"""Every problem of a dataset folder: file, line, column, what is wrong and what is expected.

The schema is the shipped ``datapackage.json`` (Data Package standard); frictionless checks the
tables against it. This module checks what that standard cannot say: ids inside list cells, real
dates of partial precision, order, and contradictions between rows.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from threats.dataset.cell_checks import FIRST_YEAR, LAST_YEAR, cell_problems, is_calendar_date
from threats.dataset.consistency import consistency_problems
from threats.dataset.csv_files import (
    Problem,
    RawTable,
    ReadError,
    parse_tables,
    read_dataset_files,
)
from threats.dataset.quick_checks import is_plain_column
from threats.dataset.rule_syntax import pattern_problem
from threats.dataset.schema import (
    CODEBOOK_FILE,
    DESCRIPTOR_FILE,
    schema_problems,
    shipped_descriptor,
)
from threats.dataset.table_checks import key_and_type_problems, reference_problems
from threats.format import truncate
from threats.text import problems as problems_text
from threats.text.problems import DATE_FORMS, ProblemText, problem_text
from threats.text.translate import _

_NO_TABLE = RawTable([], [])


def validate_folder(folder: Path) -> list[Problem]:
    """Return every problem of the dataset in ``folder``, by file and line; empty if good."""
    return validate_files(folder, read_dataset_files(folder))


def validate_files(folder: Path, files: Mapping[str, bytes | ReadError]) -> list[Problem]:
    """Return every problem of a dataset with these files, by file and line."""
    if not folder.is_dir():
        text = problem_text(problems_text.NOT_A_FOLDER, folder=folder)
        return [Problem(DESCRIPTOR_FILE, 0, "", *text)]
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
    """Return every problem within and between tables, by file and line. Tables may be missing."""
    problems = [*key_and_type_problems(descriptor, tables)]
    problems += reference_problems(descriptor, tables)
    for resource in descriptor["resources"]:
        if resource["name"] in tables:
            problems += _table_cell_problems(resource, tables)
            problems += _order_problems(resource, tables[resource["name"]])
    return _sort_problems([*problems, *consistency_problems(tables)], descriptor)


def _sort_problems(problems: list[Problem], descriptor: dict) -> list[Problem]:
    names = [resource["path"] for resource in descriptor["resources"]]
    order = {
        name: position for position, name in enumerate([DESCRIPTOR_FILE, *names, CODEBOOK_FILE])
    }
    return sorted(set(problems), key=lambda p: (order[p.file], p.line, p.column, p.what))


def _min_row_problems(descriptor: dict, tables: dict[str, RawTable]) -> Iterator[Problem]:
    """Yield tables that have fewer rows than ``minRows``."""
    for resource in descriptor["resources"]:
        floor, name = resource.get("minRows", 0), resource["name"]
        if name in tables and len(tables[name].rows) < floor:
            values = {"rows": len(tables[name].rows), "floor": floor}
            text = problem_text(problems_text.TOO_FEW_ROWS, **values)
            yield Problem(resource["path"], 0, "", *text)


def _load_descriptor(raw: bytes | ReadError) -> tuple[dict, list[Problem]]:
    """Return the shipped schema with the folder's own row floors, and the problems of its
    descriptor."""
    ours = shipped_descriptor()

    def unreadable(text: ProblemText, line: int = 0) -> tuple[dict, list[Problem]]:
        return ours, [Problem(DESCRIPTOR_FILE, line, "", *text)]

    if isinstance(raw, ReadError):
        hint = _(problems_text.DESCRIPTOR_HINT)
        return unreadable((raw.what, hint if raw.missing else raw.expected))
    try:
        theirs = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return unreadable(problem_text(problems_text.FILE_NOT_UTF8), line)
    except json.JSONDecodeError as error:
        text = problem_text(problems_text.NOT_JSON, reason=error.msg)
        return unreadable(text, error.lineno)
    except (RecursionError, ValueError):
        return unreadable(problem_text(problems_text.TOO_DEEP_JSON))
    texts = list(schema_problems(theirs, ours)) or list(_standard_problems(theirs))
    problems = [Problem(DESCRIPTOR_FILE, 0, "", *text) for text in texts]
    floors = {} if problems else {own["name"]: own.get("minRows", 0) for own in theirs["resources"]}
    for resource in ours["resources"]:
        resource["minRows"] = floors.get(resource["name"], 0)
    return ours, problems


def _standard_problems(descriptor: dict) -> Iterator[ProblemText]:
    """Yield what is wrong with a descriptor by the Data Package standard."""
    from frictionless import Package

    for error in Package.metadata_validate(descriptor):
        yield problem_text(problems_text.DESCRIPTOR_STANDARD, reason=truncate(error.note))


def _codebook_problems(raw: bytes | ReadError) -> Iterator[Problem]:
    if isinstance(raw, ReadError):
        yield Problem(CODEBOOK_FILE, 0, "", raw.what, raw.expected)
        return
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        yield Problem(CODEBOOK_FILE, line, "", *problem_text(problems_text.FILE_NOT_UTF8))


def _table_cell_problems(resource: dict, tables: dict[str, RawTable]) -> Iterator[Problem]:
    """Yield problems of single cells that the schema standard cannot describe."""
    for field in resource["schema"]["fields"]:
        target, _dot, column = field.get("itemsOf", "").partition(".")
        vocabulary = None
        if target in tables:
            vocabulary = {row[column] for _line, row in tables[target].rows}
        name, rows = field["name"], tables[resource["name"]].rows
        # Equal cells have equal problems; hardly any cell has one.
        cells = {row[name] for _line, row in rows}
        if not is_plain_column(field, cells):
            found = {cell: [*_field_problems(field, cell, vocabulary)] for cell in cells}
            for line, row in rows if any(found.values()) else ():
                for text in found[row[name]]:
                    yield Problem(resource["path"], line, name, *text)


def _field_problems(field: dict, cell: str, vocabulary: set[str] | None) -> Iterator[ProblemText]:
    is_list = field["type"] == "list"
    if cell != " ".join(cell.split()) and not is_list:
        yield problem_text(problems_text.BLANKS)
    if not cell:
        return
    yield from cell_problems(field, cell)
    if vocabulary is not None:
        yield from _item_problems(cell.split(";"), vocabulary, field["itemsOf"])
    for pattern in (cell.split(";") if is_list else [cell]) if field.get("patterns") else ():
        wrong = pattern_problem(pattern)
        if wrong:
            values = {"cell": truncate(pattern), "reason": wrong}
            yield problem_text(problems_text.INVALID_PATTERN, **values)
    if field.get("partialDate") and not is_calendar_date(cell):
        bounds = {"forms": DATE_FORMS, "first": FIRST_YEAR, "last": LAST_YEAR}
        yield problem_text(problems_text.NOT_A_DATE, cell=truncate(cell), **bounds)
    words = len(cell.split())
    if words > field.get("maxWords", words):
        yield problem_text(problems_text.TOO_MANY_WORDS, words=words, limit=field["maxWords"])
    if words < field.get("minWords", words):
        yield problem_text(problems_text.TOO_FEW_WORDS, words=words, limit=field["minWords"])


def _item_problems(items: list[str], vocabulary: set[str], target: str) -> Iterator[ProblemText]:
    for item in items:
        if item not in vocabulary:
            yield problem_text(problems_text.UNKNOWN_ITEM, cell=truncate(item), target=target)
    if len(set(items)) < len(items):
        yield problem_text(problems_text.REPEATED_ITEM)


def _order_problems(resource: dict, table: RawTable) -> Iterator[Problem]:
    """Yield the first row that is out of order."""
    keys = resource.get("sortedBy", [])
    before: list[str] = []
    for line, row in table.rows:
        now = [row[key] for key in keys]
        if now < before:
            values = {"cell": now[0], "keys": ", ".join(keys)}
            text = problem_text(problems_text.UNSORTED_ROWS, **values)
            yield Problem(resource["path"], line, keys[0], *text)
            return
        before = now
