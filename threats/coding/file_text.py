"""What is read from a file: its text, and notices on what of it is doubtful or not read."""

from collections.abc import Iterable
from typing import NamedTuple

MAX_TEXT_CHARACTERS = 200_000


class Notice(NamedTuple):
    """What a reader must know of a file: a key of ``NOTICES`` and the values of its message."""

    code: str
    values: dict[str, int | str]


class FileText(NamedTuple):
    """The text of a file with notices. ``margins`` has the lines of page headers, page footers,
    footnotes and comments, which are read on request."""

    text: str
    notices: list[Notice]
    margins: str = ""


class UnreadableFileError(ValueError):
    """A file from which no text can be read; ``problem`` and ``values`` say why."""

    def __init__(self, problem: str, **values: float) -> None:
        super().__init__(problem)
        self.problem, self.values = problem, values


def notice(code: str, **values: int | str) -> Notice:
    """Return a notice."""
    return Notice(code, values)


def join_lines(parts: Iterable[str]) -> str:
    """Return parts as lines of one text; raise UnreadableFileError once it is too long."""
    kept, size = [], 0
    for part in parts:
        kept.append(part)
        size += len(part) + 1
        if size > MAX_TEXT_CHARACTERS + 1:
            raise UnreadableFileError("text_too_long", limit=MAX_TEXT_CHARACTERS)
    return "\n".join(kept)
