"""Tables as a reader sees them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from threats.dataset.casefold import casefold_ascii
from threats.text.translate import _

# The page of a threat, country or series that the names of a column link to: its kind, and the
# column of the ids.
SUBJECT_COLUMNS = {"Threat": ("threat", "threat_id"), "Series": ("series", "series_id")}


def hidden_columns(columns: Iterable[str]) -> set[str]:
    """Return which columns of a table hold ids that become links of its names."""
    columns = set(columns)
    links = {"Meeting": "meeting_id"} | {
        name: ids for name, (_kind, ids) in SUBJECT_COLUMNS.items()
    }
    return {ids for name, ids in links.items() if {name, ids} <= columns}


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table; a field of a row has the type of its column."""
    return table.itertuples()


def translated(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels in the reader's language."""
    return {key: _(label) for key, label in labels.items()}


def casefolded(names: pd.Series) -> pd.Series:
    """Return names as they are sorted in every language: without case and accents."""
    return names.map(casefold_ascii)


def format_known(values: Iterable[float], write: Callable[[float], str]) -> list[str]:
    """Return figures as text; a missing figure is empty."""
    return ["" if pd.isna(value) else write(value) for value in values]


def reader_table(table: pd.DataFrame, headings: Mapping[str, str]) -> pd.DataFrame:
    """Return the columns that ``headings`` names, in this order, each under its heading in English:
    where a table is shown, ``column_label`` translates it."""
    shown = table[list(headings)].reset_index(drop=True)
    return shown.set_axis(list(headings.values()), axis="columns")


def cut_kind(ranked: pd.DataFrame, limit: int) -> str:
    """Return what the first rows of a ranked table are: ``all``, the ``most`` frequent or, if the
    last of them ties with the next row, ``some`` of the most frequent."""
    if len(ranked) <= limit:
        return "all"
    tied = ranked.iloc[limit].tolist() == ranked.iloc[limit - 1].tolist()
    return "some" if tied else "most"
