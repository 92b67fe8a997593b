"""The parts of a brief: sections of statements, charts and tables, and numbered sources."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from threats.content.model import Chart
from threats.format import capital_first, format_range, number_runs, truncate
from threats.stats.selection import Selected
from threats.text.brief_titles import SOURCES_TITLE
from threats.text.exports import more_sources_citation

# Limits on the two pages: threats in the table, names in a sentence, guests, statistics and
# precedents; and in the annexes, which are complete.
FRONT_PAGE_THREATS, FRONT_PAGE_NAMES, FRONT_PAGE_GUESTS, FRONT_PAGE_STATISTICS = 6, 3, 5, 2
FRONT_PAGE_PRECEDENTS, NO_LIMIT = 5, 40
MAX_SUBTITLE_LENGTH = 300  # characters; of a filter with many threats the address has the rest
# Of numbers of sources after a sentence or in a cell, so that they are never longer than it.
FRONT_PAGE_SOURCE_RUNS, ANNEX_SOURCE_RUNS = 2, 8
LINK_COLUMN = "Meeting"  # the column of a table whose cells link to a source
# A page that something rests on: the id of its meeting or indicator, and its address.
SourceRef = tuple[str, str]
SourceNumbers = Mapping[SourceRef, int]


class Statement(NamedTuple):
    """A sentence, the pages it rests on, and their numbers once the brief is complete."""

    text: str
    refs: tuple[SourceRef, ...] = ()
    sources: tuple[int, ...] = ()

    def cited(self, limit: int | None = None) -> str:
        """Return the sentence with its citations, with at most ``limit`` runs of numbers."""
        return f"{self.text} {format_citations(self.sources, limit)}" if self.sources else self.text


class BriefTable(NamedTuple):
    """A table for a reader: each cell as shown, the pages that each row rests on, whose numbers
    become its last column once the brief is complete, and the address to which the cell of each row
    in ``LINK_COLUMN`` links."""

    title: str
    frame: pd.DataFrame
    refs: tuple[tuple[SourceRef, ...], ...] = ()
    links: tuple[str, ...] = ()

    def numbered(self, numbers: SourceNumbers) -> "BriefTable":
        """Return the table with the numbers of its sources."""
        if not self.refs:
            return self
        cells = [
            format_citations((numbers[ref] for ref in refs), ANNEX_SOURCE_RUNS)
            for refs in self.refs
        ]
        return self._replace(frame=self.frame.assign(**{SOURCES_TITLE: cells}))

    def rows(self) -> Iterator[list[tuple[str, str]]]:
        """Yield the cells of each row, each with the address to which it links, or ""."""
        links = self.links or ("",) * len(self.frame)
        for row, address in zip(self.frame.itertuples(index=False), links, strict=True):
            names = zip(self.frame.columns, row, strict=True)
            yield [(str(cell), address if name == LINK_COLUMN else "") for name, cell in names]


def format_chart_notes(chart: Chart, front: bool) -> str:
    """Return the notes under a chart; on the two pages, which have the others elsewhere, only those
    that explain its signs."""
    notes = [note for note in chart.all_notes if not front or note.startswith("▲")]
    subtitle = truncate(chart.subtitle, MAX_SUBTITLE_LENGTH) if front else chart.subtitle
    return " ".join([f"{capital_first(subtitle)}.", *notes])


class Source(NamedTuple):
    """A page that a brief cites."""

    number: int
    title: str
    address: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Section:
    """A section under a heading; ``name`` is its anchor."""

    name: str
    title: str
    statements: tuple[Statement, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[BriefTable, ...] = ()

    @property
    def refs(self) -> list[SourceRef]:
        """The pages it rests on, in reading order."""
        groups = [statement.refs for statement in self.statements]
        groups += [refs for table in self.tables for refs in table.refs]
        return [ref for refs in groups for ref in refs]

    def numbered(self, numbers: SourceNumbers) -> "Section":
        """Return the section with the numbers of its sources."""
        statements = (
            s._replace(sources=tuple(sorted(numbers[ref] for ref in s.refs)))
            for s in self.statements
        )
        tables = (table.numbered(numbers) for table in self.tables)
        return replace(self, statements=tuple(statements), tables=tuple(tables))


@dataclass(frozen=True, eq=False, kw_only=True)
class Brief:
    """A brief: ``subtitle`` describes the selection, ``dated`` says when it was made of which data,
    ``summary`` what follows from it, and ``front`` fills two pages. In a file of one part,
    the front or the ``annexes``, the other is empty."""

    title: str
    subtitle: str
    summary: str
    dated: str = ""
    front: tuple[Section, ...]
    annexes: tuple[Section, ...]
    sources: tuple[Source, ...]

    @property
    def charts(self) -> list[Chart]:
        """The charts of all sections, each once."""
        every = [chart for part in (*self.front, *self.annexes) for chart in part.charts]
        return list({chart.name: chart for chart in every}.values())


def row_refs(rows: pd.DataFrame) -> tuple[SourceRef, ...]:
    """Return the pages that rows (``meeting_id``, ``source_url``) were coded from, each once."""
    return tuple(dict.fromkeys(zip(rows["meeting_id"], rows["source_url"], strict=True)))


def number_sources(refs: Iterable[SourceRef]) -> SourceNumbers:
    """Return the number of each page, from 1 in the order of their first mention."""
    return {ref: number for number, ref in enumerate(dict.fromkeys(refs), start=1)}


def format_citations(sources: Iterable[int], limit: int | None = None) -> str:
    """Return numbers of sources as a citation, such as "[1–3, 7]"; of more than ``limit`` runs the
    first and how many more sources, such as "[1–3, 7 and 12 more]"."""
    runs = number_runs(sources)
    parts = [f"{a}, {b}" if b == a + 1 else format_range(a, b) for a, b in runs]
    rest = sum(b - a + 1 for a, b in runs[limit:]) if limit else 0
    shown = ", ".join(parts[:limit])
    return f"[{more_sources_citation(shown, rest) if rest else shown}]" if shown else ""


def list_sources(numbers: SourceNumbers, selected: Selected) -> tuple[Source, ...]:
    """Return the sources by number, each with title and date of its meeting, or source file and
    name of its indicator."""
    meetings = selected.dataset["meetings"].set_index("meeting_id")
    indicators = selected.dataset["indicators"].set_index("indicator_id")
    titles = {
        key: f"{meetings.at[key, 'title']}, {meetings.at[key, 'date']}"
        if key in meetings.index
        else f"{indicators.at[key, 'source_file']}: {indicators.at[key, 'name']}"
        for key, _address in numbers
    }
    return tuple(Source(n, titles[key], address) for (key, address), n in numbers.items())
