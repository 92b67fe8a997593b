"""The files of a dataset folder as raw cells, and every problem of their plain form."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from threats.dataset.schema import CODEBOOK_FILE, DESCRIPTOR_FILE, shipped_descriptor
from threats.format import truncate

MAX_TEXT_BYTES = 5_000_000


class ReadError(NamedTuple):
    """Why a file could not be read, and what is expected."""

    what: str
    expected: str


def read_dataset_files(folder: Path) -> dict[str, bytes | ReadError]:
    """Return what is in the files of a dataset folder by their names, or why one cannot be read;
    the codebook only if there is one."""
    names = [resource["path"] for resource in shipped_descriptor()["resources"]]
    files = {name: read_file(folder, name) for name in names}
    files[DESCRIPTOR_FILE] = read_file(folder, DESCRIPTOR_FILE, MAX_TEXT_BYTES)
    rules = read_file(folder, CODEBOOK_FILE, MAX_TEXT_BYTES)
    if not isinstance(rules, ReadError) or rules.what != FILE_MISSING:
        files[CODEBOOK_FILE] = rules
    return files


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


class RawTable(NamedTuple):
    """The raw cells of one file: the header, and each row with the line it starts on."""

    header: list[str]
    rows: list[tuple[int, dict[str, str]]]


def parse_tables(
    files: Mapping[str, bytes | ReadError], descriptor: dict, names: Iterable[str] = ()
) -> tuple[dict[str, RawTable], list[Problem]]:
    """Return the cells of the readable tables among files (of these names, else all), and the
    problems of their plain form."""
    tables, problems, names = {}, [], set(names)
    for resource in descriptor["resources"]:
        if not names or resource["name"] in names:
            table, found = parse_csv(files[resource["path"]], resource)
            problems += found
            if table is not None:
                tables[resource["name"]] = table
    return tables, problems


# A folder kept by hand stays far below this; it keeps a mistaken file from being read whole.
MAX_CSV_BYTES = 200_000_000
FILE_MISSING = "the file is missing"
# A cell of any length is read, so that its column can be named.
csv.field_size_limit(MAX_CSV_BYTES)


def read_file(folder: Path, file: str, limit: int = MAX_CSV_BYTES) -> bytes | ReadError:
    """Return what is in a file of the folder, or why it could not be read."""
    path = folder / file
    if not path.is_file():
        return ReadError("this is not a file" if path.exists() else FILE_MISSING, "a file")
    if not path.resolve().is_relative_to(folder.resolve()):
        return ReadError("the file is a link out of the folder", "a file in the folder")
    try:
        if path.stat().st_size > limit:
            return ReadError(f"{path.stat().st_size:,} bytes", f"at most {limit:,} bytes")
        return path.read_bytes()
    except OSError as error:
        return ReadError(f"the file cannot be read: {error.strerror}", "a file that can be read")


def parse_csv(raw: bytes | ReadError, resource: dict) -> tuple[RawTable | None, list[Problem]]:
    """Return the cells of a table's file and the problems of its plain form; None if it is
    unreadable."""
    file = resource["path"]

    def whole(what: str, expected: str, line: int = 0) -> tuple[None, list[Problem]]:
        return None, [Problem(file, line, "", what, expected)]

    columns = [field["name"] for field in resource["schema"]["fields"]]
    if isinstance(raw, ReadError):
        told = "a CSV file with columns " + ", ".join(columns)
        return whole(raw.what, told if raw.what == FILE_MISSING else raw.expected)
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
    table, found = _parse_cells(file, text, columns)
    return table, problems + found


def _parse_cells(file: str, text: str, columns: list[str]) -> tuple[RawTable | None, list[Problem]]:
    """Return the parsed table and the problems of its form; None if the header is wrong or a quote
    is."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header, rows, problems, line = [], [], [], 1
    try:
        header = next(reader)
        problems += _header_problems(file, header, columns)
        line = reader.line_num + 1
        for cells in reader:
            if not any(cells):
                problems.append(Problem(file, line, "", "a blank row", "a filled row or none"))
            elif len(cells) != len(header):
                what = f"{len(cells)} cells under a header of {len(header)}"
                problems.append(Problem(file, line, "", what, "as many cells as columns"))
            else:
                rows.append((line, dict(zip(header, cells, strict=True))))
            line = reader.line_num + 1
    except csv.Error as error:
        expected = "comma-separated values, quoted as in RFC 4180"
        return None, [*problems, Problem(file, line, "", str(error), expected)]
    if set(columns) - set(header) or len(set(header)) < len(header):
        return None, problems
    return RawTable(header, rows), problems


def _header_problems(file: str, header: list[str], columns: list[str]) -> Iterator[Problem]:
    wrong = False
    for name in columns:
        if name not in header:
            wrong = True
            yield Problem(file, 1, name, "the column is missing", "the column")
    for position, name in enumerate(header):
        if name not in columns:
            wrong = True
            expected = "only the columns of the data dictionary"
            yield Problem(file, 1, truncate(name), "unknown column", expected)
        elif name in header[:position]:
            wrong = True
            yield Problem(file, 1, name, "the column stands twice", "one column")
    if not wrong and header != columns:
        yield Problem(file, 1, "", "columns in another order", ", ".join(columns))
