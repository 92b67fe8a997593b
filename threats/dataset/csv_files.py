"""The files of a dataset folder as raw cells, and every problem of their plain form."""

import csv
import io
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from threats.dataset.schema import CODEBOOK_FILE, DESCRIPTOR_FILE, shipped_descriptor
from threats.format import truncate
from threats.text import problems as problems_text
from threats.text.problems import ProblemText, problem_text
from threats.text.translate import _

MAX_TEXT_BYTES = 5_000_000
# While a change of the folder is not complete, the files as they were before it.
BEFORE_FOLDER = ".before"


class ReadError(NamedTuple):
    """Why a file could not be read, and what is expected."""

    what: str
    expected: str
    missing: bool = False


def read_dataset_files(folder: Path) -> dict[str, bytes | ReadError]:
    """Return what is in the files of a dataset folder by their names, or why one cannot be read;
    the codebook only if there is one."""
    names = [resource["path"] for resource in shipped_descriptor()["resources"]]
    files = {name: read_dataset_file(folder, name) for name in names}
    files[DESCRIPTOR_FILE] = read_dataset_file(folder, DESCRIPTOR_FILE, MAX_TEXT_BYTES)
    rules = read_dataset_file(folder, CODEBOOK_FILE, MAX_TEXT_BYTES)
    if not isinstance(rules, ReadError) or not rules.missing:
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
        return _(
            problems_text.PROBLEM_LINE,
            place=place + column,
            what=self.what,
            expected=self.expected,
        )


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
# A cell of any length is read, so that its column can be named.
csv.field_size_limit(MAX_CSV_BYTES)


def read_dataset_file(folder: Path, file: str, limit: int = MAX_CSV_BYTES) -> bytes | ReadError:
    """Return what is in a file of the folder, or why it could not be read."""
    path = folder / BEFORE_FOLDER / file
    if not path.is_file():
        path = folder / file
    if not path.is_file():
        if path.exists():
            return ReadError(*problem_text(problems_text.NOT_A_FILE))
        return ReadError(*problem_text(problems_text.FILE_MISSING), missing=True)
    try:
        root, resolved = folder.resolve(), path.resolve()
        if not resolved.is_relative_to(root):
            return ReadError(*problem_text(problems_text.LINK_OUT_OF_FOLDER))
        with _open_inside(root, resolved.relative_to(root)) as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                return ReadError(*problem_text(problems_text.NOT_A_FILE))
            if status.st_size > limit:
                text = problem_text(problems_text.FILE_TOO_LARGE, size=status.st_size, limit=limit)
                return ReadError(*text)
            return opened.read(limit)
    except OSError as error:
        return ReadError(*problem_text(problems_text.UNREADABLE_FILE, reason=error.strerror))


def _open_inside(root: Path, inside: Path) -> BinaryIO:
    """Open a file without following any link that has been put in its place meanwhile."""
    if os.open not in os.supports_dir_fd:  # Windows
        return open(root / inside, "rb")
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    at = os.open(root, flags)
    for part in inside.parts:
        above = at
        try:
            at = os.open(part, flags, dir_fd=above)
        finally:
            os.close(above)
    return os.fdopen(at, "rb")


def parse_csv(raw: bytes | ReadError, resource: dict) -> tuple[RawTable | None, list[Problem]]:
    """Return the cells of a table's file and the problems of its plain form; None if it is
    unreadable."""
    file = resource["path"]

    def unreadable(text: ProblemText, line: int = 0) -> tuple[None, list[Problem]]:
        return None, [Problem(file, line, "", *text)]

    columns = [field["name"] for field in resource["schema"]["fields"]]
    if isinstance(raw, ReadError):
        with_columns = _(problems_text.CSV_COLUMNS, columns=", ".join(columns))
        return unreadable((raw.what, with_columns if raw.missing else raw.expected))
    if not raw.strip():
        return unreadable(problem_text(problems_text.EMPTY_FILE))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = problem_text(problems_text.BYTE_NOT_UTF8, byte=f"{raw[error.start]:#04x}")
        return unreadable(wrong, raw.count(b"\n", 0, error.start) + 1)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return unreadable(problem_text(problems_text.NUL_CHARACTER), line)
    table, problems = _parse_cells(file, text.removeprefix("\ufeff"), columns)
    return table, [*_line_problems(file, text), *problems]


def _line_problems(file: str, text: str) -> Iterator[Problem]:
    if text.startswith("\ufeff"):
        yield Problem(file, 1, "", *problem_text(problems_text.BYTE_ORDER_MARK))
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        yield Problem(file, line, "", *problem_text(problems_text.CARRIAGE_RETURN))
    if not text.endswith("\n"):
        line = text.count("\n") + 1
        yield Problem(file, line, "", *problem_text(problems_text.NO_LINE_END))


def _parse_cells(file: str, text: str, columns: list[str]) -> tuple[RawTable | None, list[Problem]]:
    """Return the parsed table and the problems of its form; None if the header is wrong or a quote
    is."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    problems: list[Problem] = []
    line = 1
    try:
        header = next(reader)
        problems += _header_problems(file, header, columns)
        line = reader.line_num + 1
        for cells in reader:
            if not any(cells):
                problems.append(Problem(file, line, "", *problem_text(problems_text.BLANK_ROW)))
            elif len(cells) != len(header):
                counts = {"cells": len(cells), "columns": len(header)}
                wrong = problem_text(problems_text.CELL_COUNT, **counts)
                problems.append(Problem(file, line, "", *wrong))
            else:
                rows.append((line, dict(zip(header, cells, strict=True))))
            line = reader.line_num + 1
    except csv.Error as error:
        wrong = problem_text(problems_text.MALFORMED_CSV, reason=error)
        return None, [*problems, Problem(file, line, "", *wrong)]
    if set(columns) - set(header) or len(set(header)) < len(header):
        return None, problems
    return RawTable(header, rows), problems


def _header_problems(file: str, header: list[str], columns: list[str]) -> Iterator[Problem]:
    wrong = False
    for name in columns:
        if name not in header:
            wrong = True
            yield Problem(file, 1, name, *problem_text(problems_text.MISSING_COLUMN))
    for position, name in enumerate(header):
        if name not in columns:
            wrong = True
            yield Problem(file, 1, truncate(name), *problem_text(problems_text.UNKNOWN_COLUMN))
        elif name in header[:position]:
            wrong = True
            yield Problem(file, 1, name, *problem_text(problems_text.REPEATED_COLUMN))
    if not wrong and header != columns:
        order = problem_text(problems_text.COLUMN_ORDER, columns=", ".join(columns))
        yield Problem(file, 1, "", *order)
