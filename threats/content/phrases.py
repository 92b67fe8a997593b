"""Names, parts and sentences joined into text."""

from collections.abc import Iterable

from threats.format import join

MAX_LISTED_NAMES = 8


def join_sentences(*sentences: str) -> str:
    """Return sentences as one text, without those that are empty."""
    return " ".join(filter(None, sentences))


def join_names(names: Iterable[str]) -> str:
    """Return names as a list in a sentence, the first eight and how many more there are."""
    return join(_shorten(names))


def join_parts(parts: Iterable[str]) -> str:
    """Return parts of a sentence in a row, the first eight and how many more there are."""
    return "; ".join(_shorten(parts))


def _shorten(parts: Iterable[str]) -> list[str]:
    parts = list(parts)
    if len(parts) <= MAX_LISTED_NAMES:
        return parts
    rest = parts[MAX_LISTED_NAMES - 1 :]
    return [*parts[: MAX_LISTED_NAMES - 1], f"{len(rest)} others"]
