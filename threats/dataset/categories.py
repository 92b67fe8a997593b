"""Ids in the columns of large tables, which pandas keeps as numbers with a list of the ids.

Of many rows with few different ids each id is looked up once; pandas' own ``isin`` would make a
Python object of every value.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd


def as_categories(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its columns of text as categories, in the order of the alphabet."""
    text = table.select_dtypes("str").columns
    return table.astype(dict.fromkeys(text, "category"))


def positions(values: pd.Series, vocabulary: pd.Series | Iterable[str]) -> np.ndarray:
    """Return the position of each value in the known values, which are unique, or -1, like
    ``Index.get_indexer``."""
    if values.dtype != "category":
        return pd.Index(vocabulary, dtype=values.dtype).get_indexer(values)
    ids = values.cat.categories
    place = np.full(len(ids) + 1, -1)  # the last is for values without an id, whose code is -1
    if isinstance(vocabulary, pd.Series) and vocabulary.dtype == values.dtype:
        place[vocabulary.cat.codes] = np.arange(len(vocabulary))
    else:
        place[:-1] = pd.Index(vocabulary, dtype=ids.dtype).get_indexer(ids)
    return place[values.cat.codes]


def is_in(values: pd.Series, vocabulary: pd.Series | Iterable[str]) -> np.ndarray:
    """Return for each value whether it is among those known."""
    if values.dtype != "category":
        return values.isin(vocabulary).to_numpy()
    there = np.zeros(len(values.cat.categories) + 1, dtype=bool)
    if isinstance(vocabulary, pd.Series) and vocabulary.dtype == values.dtype:
        there[vocabulary.cat.codes] = True
    else:
        there[:-1] = values.cat.categories.isin(list(vocabulary))
    there[-1] = False
    return there[values.cat.codes]


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its categories as text: what is small is easier so."""
    names = table.select_dtypes("category").columns
    return table.astype(dict.fromkeys(names, "str"))
