"""Tables as CSV files without a cell that becomes a formula in a spreadsheet."""

import re

import pandas as pd

from threats.dataset.cell_checks import FORMULA_PATTERN


def harmless_csv(
    table: pd.DataFrame, separator: str = ",", decimal: str = ".", encoding: str = "utf-8"
) -> bytes:
    """Return a table as a CSV file, with an apostrophe before each part of a text that starts like
    a formula, whatever a spreadsheet takes for the separator of cells (OWASP, CSV injection).

    All CSV files that leave are made here; a dataset folder is checked instead.
    """
    table = table.copy()
    for name in table.select_dtypes(include=["str", "object", "category"]):
        text = table[name].astype("str")
        text = text.where(~text.str.match(r"^[\t\r]"), "'" + text)
        table[name] = text.str.replace(FORMULA_PATTERN, _prefix_apostrophe, regex=True)
    text = table.to_csv(index=False, lineterminator="\n", sep=separator, decimal=decimal)
    return text.encode(encoding)


def _prefix_apostrophe(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}'{found[0][-1]}"
