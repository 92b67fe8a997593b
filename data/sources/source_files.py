"""Read the files of publishers cell by cell; what cannot be read is refused with its place."""

import csv
import math
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

# UNODC hides counts of one to four persons.
HIDDEN = "<5"
_NUMBER = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")

# A value by country (ISO 3166-1 alpha-3) and year.
CountryValues = dict[tuple[str, int], float]


class UnreadableCellError(ValueError):
    """A cell, header or row of a source file that does not have the expected form."""

    def __init__(self, file: str, row: int, column: str, found: object) -> None:
        super().__init__(f"{file}, row {row}, column {column}: cannot read {found!r}")


class Row(NamedTuple):
    """A row of a source file: its cells by column, and its number in the file."""

    file: str
    number: int
    cells: dict[str, Any]

    def error(self, column: str) -> UnreadableCellError:
        """Return the error that names a cell of the row."""
        return UnreadableCellError(self.file, self.number, column, self.cells.get(column))

    def value(self, column: str) -> float | None:
        """Return the number in a cell, None for ``HIDDEN``; raise if it has neither.

        Thousands may be separated by commas. A footnote mark, an empty cell or any other text
        raises UnreadableCellError, as does a number below zero.
        """
        cell = self.cells[column]
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            if math.isfinite(cell) and cell >= 0:
                return float(cell)
        elif isinstance(cell, str):
            text = cell.strip()
            if text == HIDDEN:
                return None
            if _NUMBER.fullmatch(text):
                return float(text.replace(",", ""))
        raise self.error(column)

    def year(self, column: str) -> int:
        """Return the year in a cell."""
        cell = str(self.cells[column]).strip()
        if not re.fullmatch(r"(19|20)\d\d", cell):
            raise self.error(column)
        return int(cell)


def read_csv(path: Path, columns: Iterable[str]) -> Iterator[Row]:
    """Return the rows of a CSV file that has at least these columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        _require_columns(path, 1, columns, reader.fieldnames or [])
        for cells in reader:
            if None in cells or None in cells.values():
                raise UnreadableCellError(path.name, reader.line_num, "", "number of cells")
            yield Row(path.name, reader.line_num, cells)


def read_workbook(path: Path, columns: Iterable[str], date: str) -> Iterator[Row]:
    """Return the rows of a UNODC workbook: in its first sheet a line with the address of UNODC,
    a line with the ``date`` of the file (DD/MM/YYYY), the header, and the rows."""
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    # UNODC's own files state a wrong extent of one cell.
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    header: list[str] = []
    for number, cells in rows:
        if number == 2 and cells[0] != date:
            raise UnreadableCellError(path.name, 2, "A", cells[0])
        if number == 3:
            header = [str(cell) for cell in cells]
            _require_columns(path, 3, columns, header)
        elif number > 3:
            yield Row(
                path.name, number, dict.fromkeys(header) | dict(zip(header, cells, strict=False))
            )


def _require_columns(path: Path, row: int, wanted: Iterable[str], found: Iterable[str]) -> None:
    for column in set(wanted) - set(found):
        raise UnreadableCellError(path.name, row, column, "no such column")


def collect_values(
    rows: Iterable[Row], country: Callable[[Row], str], year: str, column: str
) -> tuple[CountryValues, list[tuple[str, int]]]:
    """Return the values of a column by country and year, and the country-years that are hidden.

    A second row for a country and year raises.
    """
    values: CountryValues = {}
    hidden: list[tuple[str, int]] = []
    for row in rows:
        key, value = (country(row), row.year(year)), row.value(column)
        if key in values or key in hidden:
            raise row.error(column)
        if value is None:
            hidden.append(key)
        else:
            values[key] = value
    return values, hidden
