"""Whether the source pages can be reached, as ``threats sources`` last found them."""

from typing import NamedTuple

import pandas as pd

from threats.content.reader_tables import reader_table, rows_of
from threats.dataset.dates import format_date_range
from threats.dataset.model import Dataset
from threats.format import join
from threats.stats.selection import Selected
from threats.text import sources as sources_text
from threats.text.translate import _


class SourceStatus(NamedTuple):
    """The last check of an address in words, and other addresses for it by what they are."""

    words: str
    links: dict[str, str]


def source_status(dataset: Dataset, address: str) -> SourceStatus:
    """Return what the last check of an address found; ``words`` is empty without a check."""
    rows = dataset["source_checks"]
    rows = rows[rows["source_url"] == address]
    if rows.empty:
        return SourceStatus("", {})
    row = rows.iloc[0]
    links = {
        _(sources_text.NEW_ADDRESS_LABEL): row["moved_to"],
        _(sources_text.ARCHIVED_COPY_LABEL): row["archived_url"],
    }
    status = sources_text.source_status_label(row["status"], row["http_code"])
    words = sources_text.source_checked_sentence(format_date_range(row["checked_on"]), status)
    return SourceStatus(words, {name: link for name, link in links.items() if link})


def source_checks_table(selected: Selected) -> pd.DataFrame:
    """Return the checks of the source pages of a selection as a reader's table; pages that need
    attention come first."""
    dataset, addresses = selected.dataset, set()
    for resource in dataset.descriptor["resources"]:
        table = dataset[resource["name"]]
        if {"meeting_id", "source_url"} <= set(table.columns):
            inside = table["meeting_id"].isin(selected.meetings["meeting_id"])
            addresses |= set(table.loc[inside, "source_url"])
    rows = dataset["source_checks"]
    order = list(sources_text.SOURCE_STATUS_LABELS)
    rows = rows[rows["source_url"].isin(addresses)].sort_values(
        "status", key=lambda status: status.map(order.index), kind="stable"
    )
    status = [sources_text.source_status_label(row.status, row.http_code) for row in rows_of(rows)]
    return reader_table(
        rows.assign(address=rows["source_url"], status=status), sources_text.SOURCE_CHECK_COLUMNS
    )


def source_check_summary(selected: Selected) -> list[str]:
    """Return the result of the last check of all source addresses as a list of one sentence."""
    return [source_check_sentence(selected.dataset)]


def source_check_sentence(dataset: Dataset) -> str:
    """Return how many source addresses were checked, when, and with which results."""
    addresses = dataset.sources()
    rows = dataset["source_checks"]
    rows = rows[rows["source_url"].isin(addresses)]
    if rows.empty:
        return _(sources_text.SOURCES_NOT_CHECKED_NOTE)
    counts = rows["status"].value_counts()
    labels = reversed(sources_text.SOURCE_STATUS_LABELS.items())
    return sources_text.sources_checked_sentence(
        len(rows),
        len(addresses),
        format_date_range(rows["checked_on"].max()),
        join([f"{counts[key]} {_(label)}" for key, label in labels if key in counts]),
        int((rows["archived_url"] != "").sum()),
    )
