"""What a brief is made of: sections of sentences, charts and tables, with numbered sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from threats.content.model import Chart
from threats.format import format_range, number_runs
from threats.stats.selection import Selected

# How much stands on the two pages at the top: themes, names in a sentence, precedents; and in the
# annexes, where nothing is left out for length.
FRONT_PAGE_THREATS, FRONT_PAGE_NAMES, FRONT_PAGE_PRECEDENTS, NO_LIMIT = 3, 3, 5, 40
SOURCES_TITLE = "Sources"
FRONT_PAGE_SOURCE_RUNS = 8  # of numbers of sources after a sentence
# The number of each source by the meeting (or indicator) and the address of the page.
SourceNumbers = dict[tuple[str, str], int]


class Statement(NamedTuple):
    """A sentence, and the numbers of the sources it rests on."""

    text: str
    sources: tuple[int, ...] = ()

    def cited(self, limit: int | None = None) -> str:
        """Return the sentence with its sources, at most so many runs of their numbers."""
        return f"{self.text} {format_citations(self.sources, limit)}" if self.sources else self.text


class BriefTable(NamedTuple):
    """A table for a reader: each cell as it is shown."""

    title: str
    frame: pd.DataFrame


def format_chart_notes(chart: Chart, limit: int | None) -> str:
    """Return what stands in small print under a chart; on the two pages at the top, which say the
    rest elsewhere, only what explains its signs."""
    notes = [note for note in chart.all_notes if not limit or note.startswith("▲")]
    told = chart.subtitle[:1].upper() + chart.subtitle[1:]
    return " ".join([f"{told}.", *notes])


class Source(NamedTuple):
    """A page that a brief rests on."""

    number: int
    title: str
    address: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Section:
    """A section under a heading; ``name`` stands in addresses within a document."""

    name: str
    title: str
    statements: tuple[Statement, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[BriefTable, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Brief:
    """A brief: ``told`` says what was selected, ``front`` is what stands alone on two pages."""

    title: str
    told: str
    front: tuple[Section, ...]
    annexes: tuple[Section, ...]
    sources: tuple[Source, ...]

    @property
    def charts(self) -> list[Chart]:
        """The charts of all sections, each once."""
        every = [chart for part in (*self.front, *self.annexes) for chart in part.charts]
        return list({chart.name: chart for chart in every}.values())


def cite_rows(numbers: SourceNumbers, rows: pd.DataFrame) -> tuple[int, ...]:
    """Return the numbers of the pages that rows (``meeting_id``, ``source_url``) were coded from;
    what has none yet gets the next."""
    return number_sources(numbers, zip(rows["meeting_id"], rows["source_url"], strict=True))


def number_sources(numbers: SourceNumbers, keys: Iterable[tuple[str, str]]) -> tuple[int, ...]:
    """Return the numbers of sources by key and address; what has none yet gets the next."""
    found = [numbers.setdefault(key, len(numbers) + 1) for key in dict.fromkeys(keys)]
    return tuple(sorted(found))


def format_citations(sources: Iterable[int], limit: int | None = None) -> str:
    """Return numbers of sources as they stand in a text, such as "[1–3, 7]"; of more than ``most``
    runs the first and how many sources more, such as "[1–3, 7 and 12 more]"."""
    runs = number_runs(sources)
    told = [f"{a}, {b}" if b == a + 1 else format_range(a, b) for a, b in runs]
    rest = sum(b - a + 1 for a, b in runs[limit:]) if limit else 0
    more = f" and {rest} more" if rest else ""
    return f"[{', '.join(told[:limit])}{more}]" if told else ""


def list_sources(numbers: SourceNumbers, selected: Selected) -> tuple[Source, ...]:
    """Return the sources in the order of their numbers, each with title and date of its meeting, or
    publisher and name of its indicator."""
    meetings = selected.dataset["meetings"].set_index("meeting_id")
    indicators = selected.dataset["indicators"].set_index("indicator_id")
    told = []
    for (key, address), n in numbers.items():
        if key in meetings.index:
            title = f"{meetings.at[key, 'title']}, {meetings.at[key, 'date']}"
        else:
            title = f"{indicators.at[key, 'publisher']}: {indicators.at[key, 'name']}"
        told.append(Source(n, title, address))
    return tuple(told)
