"""Proposals and decisions as lines of JSON in a folder of their own, outside the dataset."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from threats.dataset.folder_writer import LOCK_TIMEOUT, replace_file
from threats.dataset.row_changes import RowChange
from threats.upkeep.proposals import Duplicate, Proposal

PROPOSALS_FILE = "proposals.jsonl"
_LOCK_FILE = ".lock"


def read_proposals(folder: Path) -> list[Proposal]:
    """Return the proposals of a folder, in the order in which they were written."""
    return [_to_proposal(line) for line in read_lines(folder / PROPOSALS_FILE)]


def add_proposals(folder: Path, proposals: Iterable[Proposal]) -> int:
    """Add the proposals that a folder lacks, and return their number."""
    return add_lines(folder / PROPOSALS_FILE, map(_to_line, proposals), "proposal_id")


def _to_line(proposal: Proposal) -> dict[str, Any]:
    return proposal._asdict() | {
        "changes": [change._asdict() for change in proposal.changes],
        "duplicates": [one._asdict() for one in proposal.duplicates],
    }


def _to_proposal(line: dict[str, Any]) -> Proposal:
    changes = [RowChange(**change) for change in line["changes"]]
    duplicates = [Duplicate(**one) for one in line["duplicates"]]
    return Proposal(**line | {"changes": changes, "duplicates": duplicates})


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects in a file of JSON lines, none if there is no such file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def add_lines(path: Path, lines: Iterable[dict[str, Any]], key: str) -> int:
    """Add the objects to a file of JSON lines whose key it lacks, all or none, and return their
    number; another writer loses nothing."""
    from filelock import FileLock

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(path.parent / _LOCK_FILE, timeout=LOCK_TIMEOUT):
        known = {line[key] for line in read_lines(path)}
        fresh = {line[key]: line for line in lines if line[key] not in known}
        if fresh:
            before = path.read_bytes() if path.exists() else b""
            new = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in fresh.values())
            replace_file(path, before + new.encode("utf-8"))
    return len(fresh)
