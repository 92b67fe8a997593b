"""A finding with its picture, and the parts that rules of findings share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from threats.stats.selection import Selected
from threats.text.quantities import count_of

BORDER = "border"
MIN_GROUP = 20  # meetings on each side of a comparison

# What a bar shows: its label, its length from 0 to 1, and its figure in words.
Bar = tuple[str, float, str]


@dataclass(frozen=True)
class RankedFinding:
    """A finding: its headline, the whole sentence, the bars of its picture, the numbers of meetings
    behind them, its strength, and the page and parameters of the view that shows it."""

    name: str
    headline: str
    sentence: str
    bars: list[Bar]
    meetings: list[int]
    strength: str
    page: str
    params: dict[str, list[str]] = field(default_factory=dict)


FindingRule = Callable[[Selected], Iterator[RankedFinding]]


def share_bar(label: str, n_on: int, n_meetings: int) -> Bar:
    """Return a bar of a share of meetings."""
    return label, n_on / n_meetings, count_of(n_on, n_meetings)
