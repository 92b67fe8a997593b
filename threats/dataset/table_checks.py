"""Problems of tables that the Data Package standard can say: types, limits and keys."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import cachetools

from threats.dataset.csv_files import Problem, RawTable
from threats.dataset.date_forms import date_readings
from threats.dataset.quick_checks import follows_schema
from threats.format import truncate
from threats.text import problems as problems_text
from threats.text.problems import ProblemText, problem_text


def key_and_type_problems(descriptor: dict, tables: dict[str, RawTable]) -> Iterator[Problem]:
    """Yield what frictionless finds against the schema: types, limits, keys."""
    for resource in descriptor["resources"]:
        name = resource["name"]
        if name not in tables or follows_schema(resource["schema"], tables[name]):
            continue
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        for error in _schema_errors(resource["schema"], tables[name]):
            if error.type in ("blank-row", "extra-label", "incorrect-label"):
                continue  # reported by csv_files
            number = getattr(error, "row_number", None)
            line = tables[name].rows[number - 2][0] if number else 0
            yield Problem(resource["path"], line, *_describe_error(error, fields))


# Of the last tables checked, as most tables of a changed dataset are those of the one before.
@cachetools.cached(
    cachetools.LRUCache(64),
    key=lambda schema, table: hashlib.sha256(json.dumps([schema, *table]).encode()).digest(),
    lock=threading.Lock(),
)
def _schema_errors(schema: dict, table: RawTable) -> list[Any]:
    from frictionless import Resource, Schema, system

    # Foreign keys lead to other tables: frictionless would read those again for each key.
    alone = Schema.from_descriptor(json.loads(json.dumps({**schema, "foreignKeys": []})))
    cells = [[row.get(column, "") for column in table.header] for _line, row in table.rows]
    with system.use_context(trusted=True):
        report = Resource(name="table", data=[table.header, *cells], schema=alone).validate()
    return [error for task in report.tasks for error in task.errors]


def reference_problems(descriptor: dict, tables: dict[str, RawTable]) -> Iterator[Problem]:
    """Yield cells of foreign keys that are not in the table that they refer to."""
    for resource in descriptor["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            (column,), other = key["fields"], key["reference"]["resource"]
            (target,) = key["reference"]["fields"]
            if resource["name"] not in tables or other not in tables:
                continue
            known = {"", *(row.get(target, "") for _line, row in tables[other].rows)}
            place = f"{other}.csv {target}"
            for line, row in tables[resource["name"]].rows:
                if (cell := row.get(column, "")) not in known:
                    text = problem_text(problems_text.UNKNOWN_REFERENCE, cell=cell, target=place)
                    yield Problem(resource["path"], line, column, *text)


def _describe_error(error: Any, fields: dict[str, dict]) -> tuple[str, str, str]:
    """Return the column, what is wrong and what is expected for an error of frictionless."""
    if error.type == "primary-key":
        return "", *problem_text(problems_text.REPEATED_KEY, reason=error.note)
    column, cell = getattr(error, "field_name", "") or "", getattr(error, "cell", "")
    if error.type == "type-error":
        kind = fields[column]["type"]
        return column, *problem_text(problems_text.WRONG_TYPE, cell=truncate(cell), type=kind)
    if error.type == "constraint-error":
        return column, *_constraint_problem(cell, fields[column])
    return column, *problem_text(problems_text.OTHER_TABLE_PROBLEM, reason=error.message)


def _constraint_problem(cell: str, field: dict) -> ProblemText:
    constraints = field.get("constraints", {})
    if not cell:
        return problem_text(problems_text.EMPTY_CELL)
    if field.get("partialDate"):
        return _date_problem(cell, constraints.get("pattern", ""))
    if "enum" in constraints:
        values = ", ".join(constraints["enum"])
        return problem_text(problems_text.UNKNOWN_VALUE, cell=truncate(cell), values=values)
    limits = [f"{name} {value}" for name, value in constraints.items() if name != "required"]
    return problem_text(problems_text.OUT_OF_BOUNDS, cell=truncate(cell), limits=", ".join(limits))


def _date_problem(cell: str, pattern: str) -> ProblemText:
    """Return that a date is in another form, and what to write instead if that is known."""
    dates = [date for date in date_readings(cell).values() if re.fullmatch(pattern, date)]
    if len(dates) == 1:
        return problem_text(problems_text.OTHER_DATE_FORM, cell=truncate(cell), date=dates[0])
    if dates:
        values = {"first": dates[0], "second": dates[1]}
        return problem_text(problems_text.TWO_DATE_FORMS, cell=truncate(cell), **values)
    return problem_text(problems_text.NO_ISO_DATE, cell=truncate(cell))
