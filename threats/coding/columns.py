"""Lines that run across columns, put in the order in which people read them.

Two columns of prose are read one after the other. A column of times, numbers or labels is read with
the cells next to it. This module needs nothing but the places of the words, so it
serves PDF files, where they are in points, and plain text, where they are in characters.
"""

import itertools
import re
from collections.abc import Iterable
from typing import NamedTuple

MIN_COLUMN_LINES = 3  # that have text on both sides of a gap
MAX_LABEL_LENGTH = 13  # characters of what stands before an item: 10:00 - 11:30
MIN_COLUMN_WORDS = 2
MAX_LEADING = 1.6  # of the distance of lines; columns that end at different lines have no more
TEXT_GAP = 3  # blanks
_TAB_STOPS = 100
_GAP = re.compile(r" {3,}|\t")
_NUMBERED = re.compile(r"^\W*\d|^[ivx]+\b", re.IGNORECASE)


class Segment(NamedTuple):
    """A stretch of a line without a wide gap, from ``start`` to ``end``."""

    start: float
    end: float
    text: str


class Line(NamedTuple):
    """The segments of a line in order, and how far down it stands."""

    top: float
    segments: list[Segment]

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


class _Run(NamedTuple):
    """Lines that all leave a gap free, as their number and the middle of the gap."""

    stop: int
    gap: float
    both: int


def arrange_lines(lines: list[Line], width: float, least: int = MIN_COLUMN_LINES) -> list[str]:
    """Return lines in reading order; ``width`` is that of the narrowest gap between columns."""
    read, number = [], 0
    while number < len(lines):
        run = _find_run(lines, number, width, least)
        if run is None:
            read.append(lines[number].text)
            number += 1
            continue
        part = lines[number : run.stop]
        left, right = _sides(part, run.gap)
        if _are_labels(left):
            read += _read_labelled(part, run.gap, width)
        elif _are_columns(left, right):
            read += arrange_lines(left, width, least) + arrange_lines(right, width, least)
        else:
            read += [line.text for line in part]
        number = run.stop
    return read


def count_crossed_lines(lines: list[Line], width: float) -> int:
    """Return how many lines have a gap that may be one of columns, though none is found."""
    number = count = 0
    while number < len(lines):
        run = _find_run(lines, number, width, MIN_COLUMN_LINES)
        if run is None:
            pairs = itertools.pairwise(lines[number].segments)
            count += any(after.start - before.end > 2 * width for before, after in pairs)
        number = run.stop if run else number + 1
    return count


def count_crossed_text_lines(text: str) -> int:
    """Return how many lines of a plain text may run across columns."""
    return count_crossed_lines(_text_lines(text), TEXT_GAP - 1) if _GAP.search(text) else 0


def arrange_text(text: str) -> str:
    """Return a plain text with the lines of columns in reading order."""
    if not _GAP.search(text):
        return text
    lines = _text_lines(text)
    if sum(len(line.segments) > 1 for line in lines) < MIN_COLUMN_LINES:
        return text
    before = [line.text for line in lines]
    after = arrange_lines(lines, TEXT_GAP - 1)
    return text if after == before else "\n".join(after)


def _text_lines(text: str) -> list[Line]:
    return [Line(top, _text_segments(row)) for top, row in enumerate(text.split("\n"))]


def _text_segments(row: str) -> list[Segment]:
    row = row.expandtabs(_TAB_STOPS) if "\t" in row else row
    found, place = [], 0
    for part in re.split("( {3,})", row):
        if part.strip():
            found.append(Segment(place, place + len(part.rstrip()), part.strip()))
        place += len(part)
    return found


def _find_run(lines: list[Line], first: int, width: float, least: int) -> _Run | None:
    """Return the longest run of lines from one that leaves one of its gaps free."""
    segments = lines[first].segments
    best = None
    for before, after in itertools.pairwise(segments):
        run = _extend_run(lines, first, before.end, after.start, width)
        if run.both >= least and (best is None or run.both > best.both):
            best = run
    return best


def _extend_run(lines: list[Line], first: int, low: float, high: float, width: float) -> _Run:
    stop, both, step, above = first, 0, _leading(lines[first:]), lines[first].top
    for number in range(first, len(lines)):
        segments = lines[number].segments
        if not segments:
            continue
        apart = lines[number].top - above > MAX_LEADING * step
        above = lines[number].top
        left = [part.end for part in segments if part.start < (low + high) / 2]
        right = [part.start for part in segments if part.start >= (low + high) / 2]
        narrowed = max([low, *left]), min([high, *right])
        if narrowed[1] - narrowed[0] < width:
            break
        if left and right:
            low, high = narrowed
            both, stop = both + 1, number + 1
        elif apart and not right:
            break
        elif not any(line.segments for line in lines[stop:number]):
            low, high = narrowed
            stop = number + 1
    return _Run(stop, (low + high) / 2, both)


def _leading(lines: list[Line]) -> float:
    """Return the distance of lines."""
    steps = [b.top - a.top for a, b in itertools.pairwise(lines[:8]) if b.top > a.top]
    return min(steps, default=1.0)


def _sides(lines: list[Line], gap: float) -> tuple[list[Line], list[Line]]:
    """Return what of lines stands before and after a gap, without empty lines."""
    sides = (
        [
            Line(line.top, [part for part in line.segments if (part.start < gap) == before])
            for line in lines
        ]
        for before in (True, False)
    )
    left, right = ([line for line in side if line.segments] for side in sides)
    return left, right


def _median(numbers: Iterable[int]) -> int:
    """Return the median; the module ``statistics`` takes longer to load than a file to read."""
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2]


def _are_labels(lines: list[Line]) -> bool:
    texts = [line.text for line in lines]
    return _median(map(len, texts)) <= MAX_LABEL_LENGTH or all(
        _NUMBERED.match(text) and len(text) <= 2 * MAX_LABEL_LENGTH for text in texts
    )


def _are_columns(left: list[Line], right: list[Line]) -> bool:
    return all(
        _median(len(line.text.split()) for line in side) >= MIN_COLUMN_WORDS
        for side in (left, right)
    )


def _read_labelled(lines: list[Line], gap: float, width: float) -> list[str]:
    """Return lines row by row: each begins with a label, and its cells may have several lines."""
    rows: list[list[Line]] = []
    for line in lines:
        if not rows or line.segments[0].start < gap:
            rows.append([])
        rows[-1].append(line)
    read = []
    for row in rows:
        label, cells = _sides(row, gap)
        first, *rest = arrange_lines(cells, width, 2) or [""]
        read += [" ".join(filter(None, (*(line.text for line in label), first))), *rest]
    return read
