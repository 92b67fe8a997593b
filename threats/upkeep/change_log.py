"""The log of changes of rows in a dataset folder: who changed what, when and why."""

import datetime as dt
from collections.abc import Iterable, Mapping

from threats.dataset.row_changes import RowChange, file_rows

LOG_TABLE = "changes"
LOG_FILE = f"{LOG_TABLE}.csv"


def log_rows(
    files: Mapping[str, bytes],
    changes: Iterable[RowChange],
    by: str,
    decision_id: str,
    page: str,
    reason: str = "",
) -> list[RowChange]:
    """Return the changes that add a row to the log for each change; ``reason`` replaces the reasons
    of the changes."""
    last = max((row["change_id"] for row in file_rows(files[LOG_FILE])), default="c0")
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    added = []
    for number, change in enumerate(changes, start=int(last[1:]) + 1):
        row = {
            "change_id": f"c{number:08}",
            "made_at": now,
            "made_by": by,
            "action": change.action,
            "table_name": change.table,
            "row_id": change.row_id,
            "columns": ";".join(change.cells) if change.action == "change" else "",
            "reason": reason or change.reason,
            "page": page,
            "decision_id": decision_id,
        }
        added.append(RowChange("add", LOG_TABLE, row["change_id"], row, {}))
    return added


def logged_decisions(files: Mapping[str, bytes]) -> set[str]:
    """Return the ids of the decisions that changed the dataset."""
    return {row["decision_id"] for row in file_rows(files[LOG_FILE])}
