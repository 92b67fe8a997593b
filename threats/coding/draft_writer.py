"""Proposed rows as CSV files, and added to a dataset folder."""

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from threats.coding.draft import table_columns, table_resource, validate_rows
from threats.dataset.model import Dataset, DatasetError
from threats.dataset.validation import validate_folder


def rows_to_csv(rows: Mapping[str, list[dict[str, str]]]) -> dict[str, bytes]:
    """Return new rows as CSV files with a header, by their names; tables without a row left out."""
    files = {}
    for name, table in rows.items():
        if table:
            text = io.StringIO()
            writer = csv.DictWriter(text, table_columns(name), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
            files[f"{name}.csv"] = text.getvalue().encode("utf-8")
    return files


def add_to_dataset(rows: Mapping[str, list[dict[str, str]]], dataset: Dataset) -> None:
    """Add new rows to the folder of a dataset: all of them or, where anything is wrong, none.

    Raises DatasetError with the problems, and OSError if the folder cannot be written.
    """
    folder = dataset.folder
    found = validate_rows(rows, dataset)
    if found:
        raise DatasetError(folder, found)
    changed = {
        f"{name}.csv": _insert_rows(
            (folder / f"{name}.csv").read_text(encoding="utf-8"), name, table
        )
        for name, table in rows.items()
        if table
    }
    with tempfile.TemporaryDirectory() as name:
        tried = Path(shutil.copytree(folder, Path(name) / "data"))
        for file, text in changed.items():
            (tried / file).write_text(text, encoding="utf-8", newline="")
        found = validate_folder(tried)
    if found:
        raise DatasetError(folder, found)
    _replace_files(folder, changed)


def _insert_rows(text: str, name: str, rows: list[dict[str, str]]) -> str:
    """Return the text of a file with rows at their places; the other lines stay as they are."""
    header, *lines = text.splitlines(keepends=True)
    columns = next(csv.reader([header]))
    order = table_resource(name)["sortedBy"]

    def key(line: str) -> list[str]:
        cells = dict(zip(columns, next(csv.reader([line])), strict=True))
        return [cells[column] for column in order]

    for row in rows:
        written = io.StringIO()
        csv.DictWriter(written, columns, lineterminator="\n").writerow(row)
        lines.append(written.getvalue())
    return "".join([header, *sorted(lines, key=key)])


def _replace_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write files over those in a folder; if one cannot be written, put the others back."""
    before = {name: (folder / name).read_bytes() for name in files}
    done = []
    try:
        for name, text in files.items():
            new = folder / f".{name}.new"
            new.write_text(text, encoding="utf-8", newline="")
            os.replace(new, folder / name)
            done.append(name)
    except OSError:
        for name in done:
            (folder / name).write_bytes(before[name])
        raise
    finally:
        for name in files:
            (folder / f".{name}.new").unlink(missing_ok=True)
