"""Single cells as a spreadsheet saved them: dates, numbers and values in capitals."""

import re
from collections.abc import Iterable

from threats.dataset.date_forms import CERTAIN, DAY_FIRST, MONTH_FIRST, date_readings
from threats.format import truncate
from threats.text import tidy as words
from threats.text.problems import ProblemText, problem_text

_DECIMAL_COMMA = re.compile(r"(-?[0-9]+),([0-9]+)")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")  # perhaps


def is_date_field(field: dict) -> bool:
    """Return whether a column holds dates of full or partial precision."""
    return bool(field.get("partialDate"))


class CellReader:
    """Reads cells of a table by what its other cells show: the order of day and month of its
    dates, and the decimal comma of its numbers."""

    def __init__(
        self, fields: list[dict], rows: Iterable[tuple[int, list[str]]], comma: bool
    ) -> None:
        dates = [at for at, field in enumerate(fields) if is_date_field(field)]
        numbers = [at for at, field in enumerate(fields) if field["type"] == "number"]
        orders: dict[str, set[str]] = {}
        signs: set[bool] = set()
        for _line, cells in rows:
            for cell in (cells[at] for at in dates):
                readings = date_readings(cell)
                if len(readings) == 1 and CERTAIN not in readings:
                    orders.setdefault(_sign(cell), set()).update(readings)
            for cell in (cells[at] for at in numbers):
                if "," in cell:
                    sure = _DECIMAL_COMMA.fullmatch(cell) and not _THOUSANDS.fullmatch(cell)
                    signs.update([True] if sure else [] if _THOUSANDS.fullmatch(cell) else [False])
        self.orders = orders
        self.comma = signs == {True} or (comma and not signs)

    def read(self, field: dict, cell: str) -> tuple[str, ProblemText | None]:
        """Return a cell in the plain form of its column; if it has two meanings, as it is with
        what is unclear."""
        if not cell:
            return cell, None
        if is_date_field(field):
            return self._read_date(field, cell)
        if field["type"] in ("number", "integer"):
            return self._read_number(field, cell)
        return _read_value(field, cell), None

    def _read_date(self, field: dict, cell: str) -> tuple[str, ProblemText | None]:
        pattern = field.get("constraints", {}).get("pattern", "")
        if re.fullmatch(pattern, cell):
            return cell, None
        readings = date_readings(cell)
        shown = self.orders.get(_sign(cell), set())
        if len(readings) == 2 and len(shown) == 1:
            readings = {order: readings[order] for order in shown}
        if len(readings) == 2:
            dates = {"first": readings[DAY_FIRST], "second": readings[MONTH_FIRST]}
            return cell, problem_text(words.TWO_DATES, cell=cell, **dates)
        date = next(iter(readings.values()), "")
        if not re.fullmatch(pattern, date):
            return cell, problem_text(words.NO_PLAIN_DATE, cell=truncate(cell))
        return date, None

    def _read_number(self, field: dict, cell: str) -> tuple[str, ProblemText | None]:
        if field["type"] == "integer":
            whole = re.fullmatch(r"(-?[0-9]+)[.,]0{1,2}", cell)
            return (whole[1] if whole else cell), None
        found = _DECIMAL_COMMA.fullmatch(cell)
        if not found:
            return cell, None
        number = f"{found[1]}.{found[2]}"
        if _THOUSANDS.fullmatch(cell) and not self.comma:
            numbers = {"first": number, "second": cell.replace(",", "")}
            return cell, problem_text(words.TWO_NUMBERS, cell=cell, **numbers)
        return number, None


def _sign(cell: str) -> str:
    """Return the sign between the parts of a date."""
    return next((sign for sign in "./-" if sign in cell), "")


def _read_value(field: dict, cell: str) -> str:
    """Return the value of a column with few values that differs from a cell in capitals alone."""
    values = field.get("constraints", {}).get("enum", ())
    alike = [value for value in values if value.lower() == cell.lower()]
    if field["type"] == "boolean" and cell.lower() in ("true", "false"):
        return cell.lower()
    return alike[0] if len(alike) == 1 and cell not in values else cell
