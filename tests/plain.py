"""The shipped CSV files counted in plain Python, to compare figures with."""

import csv
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of the shipped dataset."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_meeting(name: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a file by meeting."""
    found = defaultdict(list)
    for row in rows(name):
        found[row["meeting_id"]].append(row)
    return found


def meetings(national: bool = False, courses: bool = False) -> list[dict[str, str]]:
    """Return the meetings that count by default, or also national events and courses."""
    return [
        row
        for row in rows("meetings")
        if (national or row["reach"] != "national") and (courses or row["kind"] != "course")
    ]


def on_agenda(roles: tuple[str, ...] = ("focus", "discussed")) -> dict[str, set[str]]:
    """Return the meetings that have each threat in one of the roles."""
    found = defaultdict(set)
    for row in rows("threat_mentions"):
        if row["role"] in roles:
            found[row["threat_id"]].add(row["meeting_id"])
    return found
