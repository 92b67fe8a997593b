"""Names, parts and sentences joined into text."""

import re
from collections.abc import Iterable

from threats.format import join
from threats.language import language_id
from threats.text.quantities import format_others
from threats.text.translate import ngettext

MAX_LISTED_NAMES = 8
_STOP = re.compile(r"(?<=[.!?])(?<!\sг\.) ")
_DAY = re.compile(r"\b\d{1,2}\.$")
_OPENING_MARKS = ("“", "„", "«", "¿", "¡")


def selected_threats_phrase(number: int) -> str:
    """Return how a sentence calls the threats that the reader chose."""
    return ngettext("the threat chosen", "the threats chosen", number)


def join_sentences(*sentences: str) -> str:
    """Return sentences as one text, without empty ones."""
    return " ".join(filter(None, sentences))


def join_names(names: Iterable[str]) -> str:
    """Return names as a list in a sentence; of more than eight the first and how many more."""
    return join(_shorten(names))


def join_parts(parts: Iterable[str]) -> str:
    """Return parts of a sentence in a row; of more than eight the first and how many more."""
    return "; ".join(_shorten(parts))


def _shorten(parts: Iterable[str]) -> list[str]:
    parts = list(parts)
    if len(parts) <= MAX_LISTED_NAMES:
        return parts
    kept = MAX_LISTED_NAMES - 1
    return [*parts[:kept], format_others(len(parts) - kept)]


def first_sentence(words: str) -> str:
    """Return the first sentence of a text: up to a stop before a space and a capital.

    Not after a day in German, such as "21. September", nor after a year in Russian ("2021 г.").
    """
    for found in _STOP.finditer(words):
        opening = words[found.end() : found.end() + 1]
        if language_id() == "de" and _DAY.search(words[: found.start()]):
            continue
        if opening.isupper() or opening in _OPENING_MARKS:
            return words[: found.start()]
    return words
