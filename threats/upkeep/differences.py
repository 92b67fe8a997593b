"""What the rows that a text proposes add to the rows of a known meeting, and where both differ."""

from collections.abc import Iterator, Mapping

from threats.dataset.model import Dataset
from threats.dataset.row_changes import RowChange, file_rows, row_id_of
from threats.text import upkeep as text
from threats.text.translate import _

# The columns that tell whether two rows of a meeting have the same code.
_CODE_COLUMNS = {
    "threat_mentions": ("threat_id",),
    "response_mentions": ("response_id",),
    "participation": ("organization_id",),
    "regional_sessions": ("region",),
}
_FACTS = ("start_date", "end_date", "city", "country", "format", "edition", "participants")
_ROLES = ("mentioned", "discussed", "focus")
_Rows = Mapping[str, list[dict[str, str]]]


def differences(
    rows: _Rows, meeting_id: str, dataset: Dataset, doubts: bool = True
) -> list[RowChange]:
    """Return the changes that make a known meeting say what the rows of a text say.

    What the text adds is proposed. What it contradicts, or does not name, a person has to choose;
    without ``doubts`` it is left out.
    """
    known = {name: _rows_of(name, meeting_id, dataset) for name in ("meetings", *_CODE_COLUMNS)}
    (meeting,) = known["meetings"]
    changes = [*_fact_changes(rows["meetings"][0], meeting)]
    for name in _CODE_COLUMNS:
        changes += _code_changes(name, rows[name], known[name], meeting_id)
    return [one for one in changes if doubts or one.proposed]


def _rows_of(name: str, meeting_id: str, dataset: Dataset) -> list[dict[str, str]]:
    """Return the rows of a meeting in a table as they are in its file."""
    rows = file_rows(dataset.files[f"{name}.csv"])
    return [row for row in rows if row["meeting_id"] == meeting_id]


def _fact_changes(read: Mapping[str, str], known: Mapping[str, str]) -> Iterator[RowChange]:
    """Yield one change for each fact of the meeting that is new or differs."""
    for name in _FACTS:
        if read[name] and read[name] != known[name]:
            cells, before = {name: read[name]}, {name: known[name]}
            if name == "participants":
                cells["participants_qualifier"] = read["participants_qualifier"]
                before["participants_qualifier"] = known["participants_qualifier"]
            reason = _(text.NEW_FACT_REASON if not known[name] else text.OTHER_FACT_REASON)
            new = not known[name] and name != "city"
            yield RowChange("change", "meetings", known["meeting_id"], cells, before, reason, new)


def _code_changes(
    name: str, read: list[dict[str, str]], known: list[dict[str, str]], meeting_id: str
) -> Iterator[RowChange]:
    """Yield the rows to add, the threats with a stronger role, and the codes not found."""
    has: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in known:
        has.setdefault(_code_of(name, row), []).append(row)
    taken = {row_id_of(name, row) for row in known}
    for row in read:
        old = has.get(_code_of(name, row), [])
        if not old:
            added = _moved(name, row, meeting_id, taken)
            taken.add(row_id_of(name, added))
            reason = _(text.FOUND_IN_TEXT_REASON)
            yield RowChange("add", name, row_id_of(name, added), added, {}, reason)
        elif name == "threat_mentions":
            yield from _role_changes(row, old)
    found = {_code_of(name, row) for row in read}
    for code, rows in has.items():
        if code not in found and name in ("threat_mentions", "response_mentions"):
            reason = _(text.NOT_IN_TEXT_REASON)
            for row in rows:
                yield RowChange("drop", name, row_id_of(name, row), {}, row, reason, False)


def _code_of(name: str, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[column] for column in _CODE_COLUMNS[name])


def _role_changes(read: Mapping[str, str], known: list[dict[str, str]]) -> Iterator[RowChange]:
    """Yield a stronger role for the strongest mention of a threat."""
    strongest = max(known, key=lambda row: _ROLES.index(row["role"]))
    if _ROLES.index(read["role"]) > _ROLES.index(strongest["role"]):
        cells, before = {"role": read["role"]}, {"role": strongest["role"]}
        row_id, reason = row_id_of("threat_mentions", strongest), _(text.STRONGER_ROLE_REASON)
        yield RowChange("change", "threat_mentions", row_id, cells, before, reason, False)


def _moved(name: str, row: dict[str, str], meeting_id: str, taken: set[str]) -> dict[str, str]:
    """Return a proposed row as one of another meeting, under an id that is free."""
    moved = row | {"meeting_id": meeting_id}
    for column in ("mention_id", "session_id"):
        if row.get(column):
            moved[column] = meeting_id + row[column].removeprefix(row["meeting_id"])
    if name == "regional_sessions":
        numbers = range(1, len(taken) + 2)
        free = (f"{meeting_id}-s{number}" for number in numbers)
        moved["session_id"] = next(one for one in free if one not in taken)
    return moved
