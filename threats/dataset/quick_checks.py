"""Proofs that a table or column has no problem, in a tenth of the time of the exact checks.

The exact checks, which say what is wrong, run only where a proof fails. A proof may fail on good
data, but never succeeds on bad data.
"""

import re
from collections.abc import Set
from decimal import Decimal

from threats.dataset.cell_checks import (
    FORBIDDEN_CHARACTERS,
    FORMULA_PATTERN,
    MAX_CELL_LENGTH,
    URL_PATTERN,
)
from threats.dataset.csv_files import RawTable

_INTEGER = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.-]*[A-Za-z0-9](/[^\s<>\"\\^`{|}\[\]]*)?")
_STRANGE = re.compile(f"{FORBIDDEN_CHARACTERS.pattern}|{FORMULA_PATTERN.replace('^|', '')}")
# Whatever else a field or schema has, only frictionless knows.
_CONSTRAINTS = {
    "string": {"required", "pattern", "enum"},
    "list": {"required"},
    "integer": {"required", "minimum", "maximum"},
    "number": {"required", "minimum", "maximum"},
}
_OWN_KEYS = {"itemsOf", "patterns", "partialDate", "maxWords", "minWords"}
_FIELD_KEYS = {"name", "title", "description", "type", "constraints", "delimiter", "example"}


def follows_schema(schema: dict, table: RawTable) -> bool:
    """Return whether a table is sure to have the types, limits and primary key of its schema."""
    fields = schema["fields"]
    if schema.get("missingValues", [""]) != [""]:
        return False
    if table.header != [field["name"] for field in fields]:
        return False
    return all(
        _follows_field(field, {row[field["name"]] for _line, row in table.rows}) for field in fields
    ) and _has_unique_key(schema, table)


def _follows_field(field: dict, cells: set[str]) -> bool:
    """Return whether cells are sure to have the type and to keep the limits of a field."""
    kind, constraints = field["type"], field.get("constraints", {})
    if field.keys() - _FIELD_KEYS - _OWN_KEYS or constraints.keys() - _CONSTRAINTS.get(kind, set()):
        return False
    if "" in cells and constraints.get("required"):
        return False
    given = cells - {""}
    if kind in ("integer", "number"):
        return _keeps_bounds(_INTEGER if kind == "integer" else _NUMBER, constraints, given)
    if "enum" in constraints and not given.issubset(constraints["enum"]):
        return False
    if "pattern" not in constraints:
        return kind in _CONSTRAINTS
    match = re.compile(f"^{constraints['pattern']}$").match
    return all(map(match, given))


def _keeps_bounds(form: re.Pattern[str], constraints: dict, cells: set[str]) -> bool:
    if not all(map(form.fullmatch, cells)):
        return False
    numbers = [Decimal(cell) for cell in cells]
    low, high = constraints.get("minimum"), constraints.get("maximum")
    return (low is None or all(number >= low for number in numbers)) and (
        high is None or all(number <= high for number in numbers)
    )


def _has_unique_key(schema: dict, table: RawTable) -> bool:
    """Return whether no row is sure to have an empty or a repeated primary key, all of text."""
    names = schema.get("primaryKey", [])
    types = {field["name"]: field["type"] for field in schema["fields"]}
    if any(types.get(name) != "string" for name in names):
        return False
    keys = {tuple([row[name] for name in names]) for _line, row in table.rows}
    return not names or (len(keys) == len(table.rows) and all(map(any, keys)))


def is_plain_column(field: dict, cells: Set[str]) -> bool:
    """Return whether cells of text are sure to have none of the problems that the schema standard
    cannot describe; false for columns with other rules, which have few different cells."""
    if field["type"] != "string" or field.keys() & {"itemsOf", "patterns", "partialDate"}:
        return False
    given = cells - {""}
    if field.get("constraints", {}).get("pattern") == URL_PATTERN and not all(
        map(_PLAIN_URL.fullmatch, given)
    ):
        return False
    words = {cell: cell.split() for cell in given}
    if any(cell != " ".join(parts) for cell, parts in words.items()):
        return False
    counts = {len(parts) for parts in words.values()}
    if counts - {*range(field.get("minWords", 0), field.get("maxWords", MAX_CELL_LENGTH) + 1)}:
        return False
    # One search over all cells, each on a line of its own.
    lines = "\n".join(["", *given])
    return max(map(len, given), default=0) <= MAX_CELL_LENGTH and not _STRANGE.search(lines)
