"""Find values of indicators that differ much from the value before them, or lose countries."""

import csv
from collections.abc import Collection, Iterable
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

ACCEPTED_FILE = Path(__file__).parent / "accepted_outliers.csv"
MAX_FACTOR = 5
# A count below this often changes by such a factor.
MIN_COUNT = 100
# The share of the countries of the period before that must still have a figure.
MIN_COUNTRIES = 0.5


class ValueRow(NamedTuple):
    """A row of ``indicator_values.csv``; the value keeps its text."""

    indicator_id: str
    region: str
    period: str
    value: str
    n_countries: int
    source_url: str


class Outlier(NamedTuple):
    """A value that differs much from the one before it, or has far fewer countries."""

    row: ValueRow
    before: ValueRow

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what identifies the row, with its value, so that a new value is listed again."""
        return self.row[:4]

    def __str__(self) -> str:
        old, new = self.before, self.row
        return (
            f"{new.indicator_id}, {new.region}: {old.value} of {old.n_countries} countries in "
            f"{old.period}, {new.value} of {new.n_countries} in {new.period}"
        )


def read_values(path: Path) -> list[ValueRow]:
    """Return the rows of a table of values."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            ValueRow(
                *(row["indicator_id"], row["region"], row["period"], row["value"]),
                n_countries=int(row["n_countries"]),
                source_url=row["source_url"],
            )
            for row in csv.DictReader(file)
        ]


def find_outliers(rows: Iterable[ValueRow], counts: Collection[str]) -> list[Outlier]:
    """Return the values more than ``MAX_FACTOR`` times the value before them or less than its
    ``MAX_FACTOR``-th part, and those with at most ``MIN_COUNTRIES`` of its countries.

    ``counts`` are the indicators that count; two counts below ``MIN_COUNT`` never differ much.
    """
    found = []
    for (indicator, _region), own in groupby(sorted(rows), key=lambda row: row[:2]):
        for before, row in pairwise(own):
            low, high = sorted((float(before.value), float(row.value)))
            small = indicator in counts and high < MIN_COUNT
            lost = row.n_countries <= MIN_COUNTRIES * before.n_countries
            if lost or (high > MAX_FACTOR * low and not small):
                found.append(Outlier(row, before))
    return found


def accepted_outliers(path: Path = ACCEPTED_FILE) -> dict[tuple[str, str, str, str], str]:
    """Return the reason for each outlier that was looked at and accepted, by its key."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["indicator_id"], row["region"], row["period"], row["value"]): row["reason"]
            for row in csv.DictReader(file)
        }
