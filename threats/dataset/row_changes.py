"""Rows added to, changed in and dropped from the files of a dataset; other lines stay the same."""

import csv
import functools
import io
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from threats.dataset.schema import table_resource
from threats.text import problems as problems_text
from threats.text.translate import _


class RowChange(NamedTuple):
    """A change of one row.

    ``action`` is add, change or drop, ``row_id`` the key of the row, its parts separated by a
    blank. ``cells`` are the new cells, ``before`` those that they replace; a change has only the
    cells that differ. ``proposed`` is false for a change that a person has to choose.
    """

    action: str
    table: str
    row_id: str
    cells: dict[str, str]
    before: dict[str, str]
    reason: str = ""
    proposed: bool = True


class ConflictError(OSError):
    """A row is no longer as it was when its change was proposed."""


def file_rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a file of a dataset, all cells as text."""
    return list(map(dict, _parsed_rows(content)))


@functools.lru_cache(maxsize=16)
def _parsed_rows(content: bytes) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def row_id_of(table: str, row: Mapping[str, str]) -> str:
    """Return the key of a row, its parts separated by a blank."""
    return " ".join(row[name] for name in table_resource(table)["schema"]["primaryKey"])


def reversed_change(change: RowChange, reason: str) -> RowChange:
    """Return the change that undoes another."""
    action = {"add": "drop", "drop": "add"}.get(change.action, change.action)
    return change._replace(
        action=action, cells=change.before, before=change.cells, reason=reason, proposed=True
    )


def changed_files(files: Mapping[str, bytes], changes: Iterable[RowChange]) -> dict[str, bytes]:
    """Return the files that differ after the changes, by their names.

    Raises ConflictError if a row to change or to drop is missing or has other cells than expected,
    or a row to add is there already.
    """
    by_table: dict[str, list[RowChange]] = {}
    for change in changes:
        by_table.setdefault(change.table, []).append(change)
    return {
        f"{name}.csv": _change_file(files[f"{name}.csv"], name, found)
        for name, found in by_table.items()
    }


def _change_file(content: bytes, name: str, changes: Iterable[RowChange]) -> bytes:
    header, *lines = content.decode("utf-8").splitlines(keepends=True)
    columns = next(csv.reader([header]))
    resource = table_resource(name)
    key = resource["schema"]["primaryKey"]
    rows = [dict(zip(columns, next(csv.reader([line])), strict=True)) for line in lines]
    by_id = {
        " ".join(row[part] for part in key): (row, line)
        for row, line in zip(rows, lines, strict=True)
    }
    for change in changes:
        _apply(by_id, change, columns)
    kept = list(by_id.values())
    if "sortedBy" in resource:
        kept.sort(key=lambda one: [one[0][part] for part in resource["sortedBy"]])
    return "".join([header, *(line for _row, line in kept)]).encode("utf-8")


def _apply(
    rows: dict[str, tuple[dict[str, str], str]], change: RowChange, columns: list[str]
) -> None:
    """Apply a change to the rows of a table, each with its line in the file."""
    present = rows.get(change.row_id)
    if change.action == "add":
        expected = present is None
    else:
        expected = present is not None and change.before.items() <= present[0].items()
    if not expected:
        message = problems_text.ROW_CONFLICT
        raise ConflictError(_(message, table=change.table, row=change.row_id))
    if change.action == "drop":
        del rows[change.row_id]
        return
    row = {**(present[0] if present else dict.fromkeys(columns, "")), **change.cells}
    line = io.StringIO()
    csv.DictWriter(line, columns, lineterminator="\n").writerow(row)
    rows.pop(change.row_id, None)
    rows[row_id_of(change.table, row)] = (row, line.getvalue())
