"""One codec for what a reader points at: click data and the address parameter ``mark``."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import reduce
from typing import Any, Self

import pandas as pd

from threats.dataset.dates import ERAS
from threats.dataset.model import Dataset

_VOCABULARIES = {
    "series": "series",
    "region": "regions",
    "response": "responses",
    "threat": "threat_categories",
    "organization": "organizations",
}


@dataclass(frozen=True)
class Drilldown:
    """The ids, year and period that a reader points at; false if there are none.

    ``other`` is a second threat on the agenda of the same meetings.
    """

    threat: str | None = None
    year: int | None = None
    series: tuple[str, ...] = ()
    era: str | None = None
    region: str | None = None
    response: str | None = None
    organization: str | None = None
    other: str | None = None

    def __bool__(self) -> bool:
        return self != Drilldown()

    def _parts(self) -> list[tuple[str, str]]:
        parts = []
        for field in fields(self):
            value = getattr(self, field.name)
            kind = "threat" if field.name == "other" else field.name
            parts += [(kind, str(v)) for v in (value if isinstance(value, tuple) else [value]) if v]
        return parts

    def encode(self) -> str:
        """Return the click data of a mark, such as "threat:corruption year:2019"."""
        return " ".join(f"{kind}:{value}" for kind, value in self._parts())

    def to_params(self) -> list[str]:
        """Return the values of the address parameter ``mark``, such as "corruption" and "2019"."""
        return [value for _, value in self._parts()]

    @classmethod
    def parse(cls, values: Iterable[str], dataset: Dataset) -> Self:
        """Return the drill-down of click data, split at spaces, or of address values, which have
        no kinds. Unknown values are ignored; a second threat is ``other``."""
        known = {kind: dataset.names(table) for kind, table in _VOCABULARIES.items()}
        parts: dict[str, Any] = {"series": ()}
        for value in values:
            kind, _, key = value.rpartition(":")
            kinds = [name for name, ids in known.items() if key in ids and kind in ("", name)]
            if key in ERAS:
                parts["era"] = key
            elif key.isascii() and key.isdecimal() and len(key) == 4:
                parts["year"] = int(key)
            elif kinds[:1] == ["series"]:
                parts["series"] += (key,)
            elif kinds:
                parts["other" if kinds[0] == "threat" and "threat" in parts else kinds[0]] = key
        return cls(**parts)


def click_data(**columns: pd.Series) -> pd.Series:
    """Return the click data of each row of a table, from columns named after the parts of a
    drill-down. Raises TypeError for any other name."""
    unknown = columns.keys() - {field.name for field in fields(Drilldown)}
    if unknown:
        raise TypeError(", ".join(sorted(unknown)))
    kinds = {"other": "threat"}
    parts = [f"{kinds.get(k, k)}:" + column.astype("str") for k, column in columns.items()]
    return reduce(lambda left, right: left + " " + right, parts)
