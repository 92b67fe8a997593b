"""Proposed rows as CSV files, and added to a dataset folder."""

from collections.abc import Mapping

import pandas as pd

from threats.coding.draft import table_columns, validate_rows
from threats.dataset.folder_writer import edit_folder
from threats.dataset.harmless_csv import harmless_csv
from threats.dataset.model import Dataset, DatasetError
from threats.dataset.row_changes import RowChange, changed_files, row_id_of


def rows_to_csv(rows: Mapping[str, list[dict[str, str]]]) -> dict[str, bytes]:
    """Return new rows as CSV files with a header, by their names; tables without a row left out."""
    return {
        f"{name}.csv": harmless_csv(pd.DataFrame(table, columns=table_columns(name)))
        for name, table in rows.items()
        if table
    }


def add_to_dataset(rows: Mapping[str, list[dict[str, str]]], dataset: Dataset) -> None:
    """Add new rows to the folder of a dataset: all of them or, where anything is wrong, none.

    Raises DatasetError with the problems, and OSError if the folder cannot be written or has such a
    row since the dataset was read.
    """
    folder = dataset.folder
    found = validate_rows(rows, dataset)
    if found:
        raise DatasetError(folder, found)

    changes = [
        RowChange("add", name, row_id_of(name, row), row, {})
        for name, table in rows.items()
        for row in table
    ]
    edit_folder(folder, lambda files: changed_files(files, changes))
