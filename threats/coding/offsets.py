"""The places of the characters of a changed text in the text from which it was made."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

Span = tuple[int, int]


class OffsetMap(NamedTuple):
    """The places of stretches of a changed text in its source, or in the source of that."""

    starts: list[int]
    shifts: list[int]
    of: "OffsetMap | None" = None

    def span(self, start: int, end: int) -> Span:
        """Return the span in the text for one in what was made of it."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, position: int) -> int:
        place = position + self.shifts[bisect_right(self.starts, position) - 1]
        return self.of._place(place) if self.of else place


def collapse_runs(text: str, runs: re.Pattern) -> tuple[str, OffsetMap]:
    """Return a text with each run as the one character, or none, that a group of it holds."""
    starts, shifts, parts, place, length = [0], [0], [], 0, 0
    for run in runs.finditer(text):
        for end, following in (
            (run.start(), run.start(run.lastindex or 0)),
            (run.end(run.lastindex or 0), run.end()),
        ):
            parts.append(text[place:end])
            length += end - place
            place = following
            if place > end:
                starts.append(length)
                shifts.append(place - length)
    return "".join(parts) + text[place:], OffsetMap(starts, shifts)


def replace_spans(text: str, changes: Iterable[tuple[Span, str]]) -> tuple[str, OffsetMap]:
    """Return a text with spans replaced, given in order and apart from each other.

    The first and the last character of a replacement lead to those of its span.
    """
    starts, shifts, place, length = [0], [0], 0, 0
    parts: list[str] = []
    for (start, end), new in changes:
        parts += (text[place:start], new)
        length += start - place
        for number in range(len(new)):
            last = number and number == len(new) - 1
            starts.append(length + number)
            shifts.append((end - 1 if last else min(start + number, end - 1)) - length - number)
        length += len(new)
        place = end
        starts.append(length)
        shifts.append(place - length)
    return "".join(parts) + text[place:], OffsetMap(starts, shifts)
