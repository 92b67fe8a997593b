"""Files of a dataset as a spreadsheet saved them, brought back to the plain form, change by change.

Nothing is guessed: what has two meanings stays as it is and is named.
"""

import csv
import io
import re
from collections.abc import Mapping
from typing import NamedTuple

from threats.dataset.csv_files import Problem
from threats.dataset.tidy_cells import CellReader
from threats.text import tidy as words
from threats.text.problems import problem_text
from threats.text.translate import _

_SEPARATORS = (",", ";", "\t")


class Change(NamedTuple):
    """One thing that was mended; a line of 0 means the file as a whole."""

    file: str
    line: int
    column: str
    before: str
    after: str

    def __str__(self) -> str:
        place = ":".join([self.file, *([str(self.line)] if self.line else [])])
        place = f"{place} {self.column}" if self.column else place
        return _(words.TIDY_CHANGE_LINE, place=place, before=self.before, after=self.after)


class Tidied(NamedTuple):
    """The new content of files that differ, each change, and what could not be decided."""

    files: dict[str, bytes]
    changes: list[Change]
    doubts: list[Problem]


def tidy_files(files: Mapping[str, bytes], descriptor: dict) -> Tidied:
    """Return the CSV files of a dataset without what a spreadsheet did to them. A file whose cells
    cannot be told apart stays as it is."""
    tidied = Tidied({}, [], [])
    for resource in descriptor["resources"]:
        file = resource["path"]
        if file not in files:
            continue
        content, changes, doubts = _FileTidier(resource).tidy(files[file])
        tidied.doubts.extend(doubts)
        if changes:
            tidied.files[file] = content
            tidied.changes.extend(changes)
    return tidied


class _FileTidier:
    """Mends one file and keeps account of it."""

    def __init__(self, resource: dict) -> None:
        self.resource = resource
        self.fields = {field["name"]: field for field in resource["schema"]["fields"]}
        self.changes: list[Change] = []
        self.doubts: list[Problem] = []

    def tidy(self, raw: bytes) -> tuple[bytes, list[Change], list[Problem]]:
        """Return the content of a file after all changes, the changes and the doubts."""
        table = self._read(raw)
        if table is None:
            return raw, [], self.doubts
        header, rows = table
        rows = self._mend_cells(header, rows, self.separator == ";")
        rows = self._sort(header, rows)
        names = list(self.fields)
        if header != names:
            self._change(1, "", ", ".join(header), ", ".join(names))
        places = [header.index(name) for name in names]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([names, *([cells[place] for place in places] for _line, cells in rows)])
        return text.getvalue().encode("utf-8"), self.changes, self.doubts

    def _change(self, line: int, column: str, before: str, after: str) -> None:
        self.changes.append(Change(self.resource["path"], line, column, before, after))

    def _doubt(self, line: int, column: str, text: tuple[str, str]) -> None:
        self.doubts.append(Problem(self.resource["path"], line, column, *text))

    def _read(self, raw: bytes) -> tuple[list[str], list[tuple[int, list[str]]]] | None:
        """Return header and rows with their lines in the file; None if they are unclear."""
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            self._doubt(0, "", problem_text(words.NOT_UTF8))
            return None
        text = self._mend_lines(text)
        self.separator = self._find_separator(text)
        if not self.separator:
            self._doubt(1, "", problem_text(words.UNKNOWN_COLUMNS))
            return None
        rows = []
        try:
            reader = csv.reader(
                io.StringIO(text, newline=""), delimiter=self.separator, strict=True
            )
            line = 1 + self.skipped
            for cells in reader:
                rows.append((line, cells))
                line = reader.line_num + 1 + self.skipped
        except csv.Error as error:
            self._doubt(line, "", (str(error), _(words.WHOLE_QUOTES)))
            return None
        return self._trim(rows)

    def _mend_lines(self, text: str) -> str:
        """Return a text without byte order mark and ``sep=`` line, all lines ended by LF."""
        self.skipped = 0
        if text.startswith("\ufeff"):
            self._change(0, "", _(words.BYTE_ORDER_MARK_NAME), _(words.NOTHING_NAME))
            text = text.removeprefix("\ufeff")
        if "\r" in text:
            self._change(0, "", _(words.CARRIAGE_RETURNS_NAME), _(words.LINE_FEEDS_NAME))
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if text and not text.endswith("\n"):
            self._change(0, "", _(words.NO_LAST_LINE_END_NAME), _(words.LINE_FEEDS_NAME))
            text += "\n"
        if told := re.match(r'"?sep=.?"?\n', text):
            self._change(1, "", told[0].strip(), _(words.NOTHING_NAME))
            self.skipped, text = 1, text[told.end() :]
        return text

    def _find_separator(self, text: str) -> str:
        """Return the sign between the cells of a header with all columns; empty if there is none
        such."""
        header = text.partition("\n")[0]
        for sign in _SEPARATORS:
            cells = next(csv.reader([header], delimiter=sign), [])
            while cells and not cells[-1].strip():
                cells.pop()
            if sorted(cells) == sorted(self.fields):
                if sign != ",":
                    names = {";": _(words.SEMICOLONS_NAME), "\t": _(words.TABS_NAME)}
                    self._change(0, "", names[sign], _(words.COMMAS_NAME))
                return sign
        return ""

    def _trim(
        self, rows: list[tuple[int, list[str]]]
    ) -> tuple[list[str], list[tuple[int, list[str]]]] | None:
        """Return header and rows without blank rows and empty columns at the end; None if a row has
        other cells than the header has columns."""
        width, kept, surplus = len(self.fields), [], 0
        for line, cells in rows:
            if not any(cell.strip() for cell in cells):
                self._change(line, "", _(words.BLANK_ROW_NAME), _(words.NOTHING_NAME))
            elif len(cells) < width or any(cell.strip() for cell in cells[width:]):
                counts = {"cells": len(cells), "columns": width}
                self._doubt(line, "", problem_text(words.OTHER_CELL_COUNT, **counts))
            else:
                surplus = max(surplus, len(cells) - width)
                kept.append((line, cells[:width]))
        if self.doubts:
            return None
        if surplus:
            self._change(0, "", words.empty_columns_name(surplus), _(words.NOTHING_NAME))
        return kept[0][1], kept[1:]

    def _mend_cells(
        self, header: list[str], rows: list[tuple[int, list[str]]], comma: bool
    ) -> list[tuple[int, list[str]]]:
        reader = CellReader([self.fields[name] for name in header], rows, comma)
        mended = []
        for line, cells in rows:
            new = []
            for name, cell in zip(header, cells, strict=True):
                value, doubt = reader.read(self.fields[name], cell)
                if doubt:
                    self._doubt(line, name, doubt)
                elif value != cell:
                    self._change(line, name, cell, value)
                new.append(value)
            mended.append((line, new))
        return mended

    def _sort(
        self, header: list[str], rows: list[tuple[int, list[str]]]
    ) -> list[tuple[int, list[str]]]:
        keys = [header.index(name) for name in self.resource.get("sortedBy", [])]
        ordered = sorted(rows, key=lambda row: [row[1][key] for key in keys])
        for (line, cells), (_line, there) in zip(rows, ordered, strict=True):
            if cells is not there:
                names = ", ".join(self.resource["sortedBy"])
                self._change(line, "", _(words.ROW_ORDER_NAME), words.sorted_name(names))
                break
        return ordered
