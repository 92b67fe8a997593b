"""Whether the source pages can still be reached, as ``threats sources`` last found them."""

from typing import NamedTuple

import pandas as pd

from threats.dataset import Dataset, date_in_words
from threats.selection import Selected
from threats.words import counted, listed

NOT_CHECKED = (
    "No source has been checked yet: the command threats sources does so where there is a network."
)
_STATUS = {
    "reachable": "reachable",
    "moved": "moved",
    "gone": "gone",
    "refused": "refused",
    "unreachable": "no answer",
}


class Told(NamedTuple):
    """What is known of an address: in words, and other addresses for it by what they are."""

    words: str
    links: dict[str, str]


def told(dataset: Dataset, address: str) -> Told:
    """Return what the last check of an address found; without words where it was not checked."""
    rows = dataset["source_checks"]
    rows = rows[rows["source_url"] == address]
    if rows.empty:
        return Told("", {})
    row = rows.iloc[0]
    links = {"new address": row["moved_to"], "archived copy": row["archived_url"]}
    words = f"Source checked on {date_in_words(row['checked_on'])}: {_in_words(row)}."
    return Told(words, {name: link for name, link in links.items() if link})


def _in_words(row: pd.Series) -> str:
    code = f" (HTTP {row['http_code']})" if row["status"] == "refused" else ""
    return _STATUS[row["status"]] + code


def checks(selected: Selected) -> pd.DataFrame:
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
            "Status": [_in_words(row) for _, row in rows.iterrows()],
            "Checked": rows["checked_on"].tolist(),
            "Source": rows["source_url"].tolist(),
            "Now at": rows["moved_to"].tolist(),
            "Archived copy": rows["archived_url"].tolist(),
        }
    )


def told_of_all(selected: Selected) -> list[str]:
    """Return in a sentence what the last check of all source addresses found."""
    return [summary(selected.dataset)]


def summary(dataset: Dataset) -> str:
    """Return in a sentence how many source addresses were checked, when, and how they were
    found."""
    addresses = dataset.sources()
    rows = dataset["source_checks"]
    rows = rows[rows["source_url"].isin(addresses)]
    if rows.empty:
        return NOT_CHECKED
    counts = rows["status"].value_counts()
    kinds = listed([f"{counts[key]} {name}" for key, name in _STATUS.items() if key in counts])
    last = date_in_words(rows["checked_on"].max())
    copies = int((rows["archived_url"] != "").sum())
    return (
        f"Checked: {len(rows):,} of {counted(len(addresses), 'source page')}, last on {last}: "
        f"{kinds}. An archived copy is known of {copies:,}."
    )
