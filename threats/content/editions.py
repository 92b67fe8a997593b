"""What changed between two editions of the dataset: figures of a chart, and rows behind them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from threats.dataset.model import Dataset
from threats.format import local_number
from threats.stats.filters import current_ids
from threats.stats.selection import Selected
from threats.text import editions as words
from threats.text.columns import column_label
from threats.text.translate import _

# What a figure is about, in any table of figures; all other numbers are figures.
_DIMENSIONS = (
    *("threat_id", "response_id", "indicator_id", "meeting_id", "session_id", "series", "region"),
    *("iso3", "left", "right", "year", "period", "era", "pandemic_link", "format", "reading"),
    *("kind", "code_id", "value"),
)
_KEYS = {
    "meetings": ["meeting_id"],
    "threat_mentions": ["mention_id"],
    "response_mentions": ["mention_id"],
    "participation": ["meeting_id", "organization_id", "role"],
    "regional_sessions": ["session_id"],
}
# The rows that can have changed a figure are those of its threat and of its year.
_CAUSES = ("threat_id", "year")


def figure_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that differ between two tables of a chart: what each is about,
    ``figure`` (its column), ``before`` and ``after`` (NaN where a table does not have it)."""
    shared = [name for name in before if name in after]
    keys = [name for name in _DIMENSIONS if name in shared and not _is_float(before[name])]
    figures = [name for name in shared if name not in keys and _is_number(after[name])]
    long = [_to_long(table, keys, figures) for table in (before, after)]
    both = long[0].merge(long[1], on=[*keys, "place", "figure"], how="outer")
    both = both.rename(columns={"number_x": "before", "number_y": "after"})
    same = np.isclose(both["before"], both["after"], rtol=1e-9, atol=1e-12, equal_nan=True)
    return both.loc[~same, [*keys, "figure", "before", "after"]].reset_index(drop=True)


def _to_long(table: pd.DataFrame, keys: list[str], figures: list[str]) -> pd.DataFrame:
    """Return one row per figure; ``place`` numbers rows about the same."""
    own = table[[*keys, *figures]].copy()
    own[keys] = own[keys].astype("str")
    own[figures] = own[figures].astype("float64")
    own["place"] = own.groupby(keys, observed=True).cumcount() if keys else range(len(own))
    return own.melt([*keys, "place"], figures, var_name="figure", value_name="number")


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column)


def _is_float(column: pd.Series) -> bool:
    return pd.api.types.is_float_dtype(column)


def row_changes(before: Selected, after: Selected) -> pd.DataFrame:
    """Return the rows of meetings of either selection that differ between their editions:
    ``table``, ``row`` (its id), ``change`` (``added``, ``dropped`` or the changed columns,
    separated by semicolons), ``meeting_id``, ``year`` and ``threat_id``."""
    now = {
        key: next(iter(current_ids(after.dataset, "meeting", key)), key)
        for key in before.meetings["meeting_id"]
    }
    meetings = {*now, *now.values(), *after.meetings["meeting_id"]}
    parts = [_table_changes(name, before.dataset, after.dataset, now) for name in _KEYS]
    found = pd.concat(parts, ignore_index=True)
    found = found[found["meeting_id"].isin(meetings)]
    years = {
        key: str(year)
        for data in (before.dataset, after.dataset)
        for key, year in data["meetings"].set_index("meeting_id")["year"].items()
    }
    return found.assign(year=found["meeting_id"].map(years)).reset_index(drop=True)


def _table_changes(
    name: str, before: Dataset, after: Dataset, now: Mapping[str, str]
) -> pd.DataFrame:
    """Return the changed rows of a table; ``now`` has the current ids of meetings."""
    tables = [data[name].astype("str").fillna("") for data in (before, after)]
    tables[0]["meeting_id"] = [now.get(key, key) for key in tables[0]["meeting_id"]]
    for data, table in zip((before, after), tables, strict=True):
        table["row"] = _row_ids(table, data[name]["meeting_id"], _KEYS[name])
    both = tables[0].merge(
        tables[1], on="row", how="outer", suffixes=("_old", "_new"), indicator=True
    )
    known = _columns_of_edition(before, name) & set(tables[1])
    in_both = both["_merge"].eq("both")
    differs = pd.DataFrame(
        {name: both[f"{name}_old"].ne(both[f"{name}_new"]) & in_both for name in sorted(known)}
    )
    differs = differs.drop(columns=_KEYS[name])
    columns = [";".join(differs.columns[row]) for row in differs.to_numpy()]
    kinds = {"left_only": "dropped", "right_only": "added"}
    change = [kinds.get(one, text) for one, text in zip(both["_merge"], columns, strict=True)]
    own = {
        column: both[f"{column}_new"].fillna(both[f"{column}_old"])
        if column in known
        else pd.Series("", index=both.index)
        for column in ("meeting_id", "threat_id")
    }
    found = pd.DataFrame({"table": name, "row": both["row"], "change": change, **own})
    return found[found["change"] != ""]


def _row_ids(table: pd.DataFrame, meetings: pd.Series, keys: list[str]) -> list[str]:
    """Return what identifies each row, with the current id of its meeting; ``meetings`` are the
    ids of the edition, with which those of its rows start."""
    rows = zip(table[keys].agg(" ".join, axis=1), meetings, table["meeting_id"], strict=True)
    return [
        now + text.removeprefix(old) if text.startswith(old) else text for text, old, now in rows
    ]


def _columns_of_edition(dataset: Dataset, table: str) -> set[str]:
    """Return the columns that a table has in an edition, which may have fewer than today."""
    resources = {one["name"]: one for one in dataset.descriptor["resources"]}
    fields = resources[table]["schema"]["fields"] if table in resources else []
    return {field["name"] for field in fields}


def figure_changes_table(
    changes: pd.DataFrame, rows: pd.DataFrame, before: Dataset, after: Dataset
) -> pd.DataFrame:
    """Return changed figures as a reader's table: one row for all figures about the same."""
    keys = [name for name in changes if name not in ("figure", "before", "after")]
    labels = {
        "threat_id": after.names("threat_categories", "label"),
        "region": after.names("regions"),
        "series": after.names("series", "short_name"),
        "response_id": after.names("responses", "label"),
    }
    numbers = [data.descriptor["version"] for data in (before, after)]
    columns = [words.edition_column(number) for number in numbers]
    lines: list[dict[str, Any]] = []
    for key, group in changes.groupby(keys, sort=False) if keys else [((), changes)]:
        about = dict(zip(keys, key, strict=True))
        names = [labels.get(name, {}).get(value, value) for name, value in about.items()]
        texts = [_figures_text(group, side) for side in ("before", "after")]
        lines.append(
            {
                words.FIGURE_COLUMN: ", ".join(filter(None, names)),
                **dict(zip(columns, texts, strict=True)),
                words.BECAUSE_COLUMN: _causes_text(about, rows),
            }
        )
    return pd.DataFrame(lines)


def _figures_text(group: pd.DataFrame, side: str) -> str:
    return ", ".join(
        f"{column_label(name)} {'–' if np.isnan(number) else local_number(f'{number:.4g}')}"
        for name, number in zip(group["figure"], group[side], strict=True)
    )


def _causes_text(about: Mapping[str, str], rows: pd.DataFrame) -> str:
    """Return how many changed rows of each table have the threat and the year of a figure."""
    for name in _CAUSES:
        if name in about:
            rows = rows[rows[name].isin(["", about[name]])]
    texts = [rows_phrase(table, own) for table, own in rows.groupby("table", sort=False)]
    return "; ".join(texts) or _(words.NO_CHANGED_ROW)


def rows_phrase(table: Any, rows: pd.DataFrame) -> str:
    """Return how many rows of a table were added, dropped and changed, in words."""
    added, dropped = (int((rows["change"] == kind).sum()) for kind in ("added", "dropped"))
    return words.changed_rows_phrase(str(table), added, dropped, len(rows) - added - dropped)


def row_changes_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return changed rows as a reader's table."""
    kinds = {"added": _(words.ADDED), "dropped": _(words.DROPPED)}
    return pd.DataFrame(
        {
            words.TABLE_COLUMN: rows["table"],
            words.ROW_COLUMN: rows["row"],
            words.CHANGE_COLUMN: [
                kinds.get(change) or words.columns_changed(change.replace(";", ", "))
                for change in rows["change"]
            ],
        }
    )
