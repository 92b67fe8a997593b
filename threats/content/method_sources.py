"""Whether the source pages can still be reached, as ``threats sources`` last found them."""

from typing import NamedTuple

import pandas as pd

from threats.dataset.dates import format_date_range
from threats.dataset.model import Dataset
from threats.format import join
from threats.stats.selection import Selected
from threats.text.quantities import quantity

SOURCES_NOT_CHECKED_NOTE = (
    "No source has been checked yet: the command threats sources does so where there is a network."
)
_STATUS_LABELS = {
    "reachable": "reachable",
    "moved": "moved",
    "gone": "gone",
    "refused": "refused",
    "unreachable": "no answer",
}


class SourceStatus(NamedTuple):
    """What is known of an address: in words, and other addresses for it by what they are."""

    words: str
    links: dict[str, str]


def source_status(dataset: Dataset, address: str) -> SourceStatus:
    """Return what the last check of an address found; without words where it was not checked."""
    rows = dataset["source_checks"]
    rows = rows[rows["source_url"] == address]
    if rows.empty:
        return SourceStatus("", {})
    row = rows.iloc[0]
    links = {"new address": row["moved_to"], "archived copy": row["archived_url"]}
    words = f"Source checked on {format_date_range(row['checked_on'])}: {_status_phrase(row)}."
    return SourceStatus(words, {name: link for name, link in links.items() if link})


def _status_phrase(row: pd.Series) -> str:
    code = f" (HTTP {row['http_code']})" if row["status"] == "refused" else ""
    return _STATUS_LABELS[row["status"]] + code


def source_checks_table(selected: Selected) -> pd.DataFrame:
    """Return the checks of the pages that the meetings of a selection rest on as a reader's table,
    what needs a look first: ``Address``, ``Status``, ``Checked``, ``Source``, ``Now at`` and
    ``Archived copy`` (addresses, empty where there is none)."""
    dataset, wanted = selected.dataset, set()
    for resource in dataset.descriptor["resources"]:
        table = dataset[resource["name"]]
        if {"meeting_id", "source_url"} <= set(table.columns):
            inside = table["meeting_id"].isin(selected.meetings["meeting_id"])
            wanted |= set(table.loc[inside, "source_url"])
    rows = dataset["source_checks"]
    rows = rows[rows["source_url"].isin(wanted)]
    order = ["gone", "unreachable", "refused", "moved", "reachable"]
    rows = rows.sort_values("status", key=lambda s: s.map(order.index), kind="stable")
    return pd.DataFrame(
        {
            "Address": rows["source_url"].tolist(),
            "Status": [_status_phrase(row) for _, row in rows.iterrows()],
            "Checked": rows["checked_on"].tolist(),
            "Source": rows["source_url"].tolist(),
            "Now at": rows["moved_to"].tolist(),
            "Archived copy": rows["archived_url"].tolist(),
        }
    )


def source_check_summary(selected: Selected) -> list[str]:
    """Return in a sentence what the last check of all source addresses found."""
    return [source_check_sentence(selected.dataset)]


def source_check_sentence(dataset: Dataset) -> str:
    """Return in a sentence how many source addresses were checked, when, and how they were
    found."""
    addresses = dataset.sources()
    rows = dataset["source_checks"]
    rows = rows[rows["source_url"].isin(addresses)]
    if rows.empty:
        return SOURCES_NOT_CHECKED_NOTE
    counts = rows["status"].value_counts()
    kinds = join([f"{counts[key]} {name}" for key, name in _STATUS_LABELS.items() if key in counts])
    last = format_date_range(rows["checked_on"].max())
    copies = int((rows["archived_url"] != "").sum())
    return (
        f"Checked: {len(rows):,} of {quantity(len(addresses), 'source page')}, last on {last}: "
        f"{kinds}. An archived copy is known of {copies:,}."
    )
