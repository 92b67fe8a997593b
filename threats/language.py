"""The language of the reader: set where a request or a run of a page starts, read by messages.

Nothing in between passes it on. Threads that nobody sets it for, such as the warm-up, and commands
speak English.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

# The name of each language in itself, by its id in an address.
LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "de": "Deutsch",
    "it": "Italiano",
    "ru": "Русский",
    "es": "Español",
}
DEFAULT_LANGUAGE = "en"
_ACCEPTED = re.compile(r"\s*([a-z]{2,3}(?:-[\w-]+)?)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*")
_LOCALES = {DEFAULT_LANGUAGE: "en_GB"}  # where the id of a language does not suffice
LANGUAGE_PARAM = "lang"
PROGRAM_PARAM = "for"  # names the program that a file is for; such a file follows the region


class ReaderLanguage(NamedTuple):
    """A language by its id, and whether the address of the reader names it."""

    id: str = DEFAULT_LANGUAGE
    in_address: bool = False


_ENGLISH = ReaderLanguage()
_current: ContextVar[ReaderLanguage] = ContextVar("reader_language", default=_ENGLISH)
_comma: ContextVar[bool | None] = ContextVar("decimal_comma", default=None)


def reader_language() -> ReaderLanguage:
    """Return the language of the reader."""
    return _current.get()


def language_id() -> str:
    """Return the id of the reader's language."""
    return _current.get().id


def locale() -> Locale:
    """Return the locale of the reader's language: how it writes numbers, dates and lists."""
    return _locale(_current.get().id)


@lru_cache(maxsize=len(LANGUAGES))
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language))


def set_language(language: ReaderLanguage) -> None:
    """Speak a language from here on, in this thread or task alone."""
    _current.set(language)


@contextmanager
def speaking(language: ReaderLanguage, comma: bool | None = None) -> Iterator[None]:
    """Speak a language inside a ``with`` block; ``comma`` says whether the region of the reader
    has a decimal comma, by default as the language."""
    token, comma_token = _current.set(language), _comma.set(comma)
    try:
        yield
    finally:
        _current.reset(token)
        _comma.reset(comma_token)


def decimal_comma() -> bool:
    """Return whether spreadsheets in the region of the reader read 0,5 as a number."""
    comma = _comma.get()
    return get_decimal_symbol(locale()) == "," if comma is None else comma


def region_has_comma(asked: str, accepted: str) -> bool:
    """Return whether the region of a request has a decimal comma: that of the language in its
    address, else of the first language of its header ``Accept-Language`` that is known. A header
    with "de-CH" tells the region of ``lang=de`` too."""
    tags = _accepted_tags(accepted)
    if asked in LANGUAGES:
        tags = [*(tag for tag in tags if tag.split("-")[0] == asked), asked]
    return next((comma for tag in tags if (comma := _has_comma(tag)) is not None), False)


@lru_cache(maxsize=200)
def _has_comma(tag: str) -> bool | None:
    """Return whether a language tag such as "de-ch" has a decimal comma; if its region is not
    known, whether its language has; None if neither is known."""
    for one in (tag, tag.split("-")[0]):
        try:
            return get_decimal_symbol(Locale.parse(one, sep="-")) == ","
        except (UnknownLocaleError, ValueError):
            continue
    return None


def language_params() -> dict[str, list[str]]:
    """Return the address parameter that keeps the reader's language; none for English unless the
    address names it, so that addresses without a language stay as they are."""
    language = _current.get()
    kept = language.in_address or language.id != DEFAULT_LANGUAGE
    return {LANGUAGE_PARAM: [language.id]} if kept else {}


def choose_language(
    asked: str, accepted: str, is_complete: Callable[[str], bool]
) -> ReaderLanguage:
    """Return the language of a request: the one that its address asks for, else the first that its
    header ``Accept-Language`` accepts and that is translated well enough, else English."""
    if asked in LANGUAGES:
        return ReaderLanguage(asked, in_address=True)
    for tag in _accepted_tags(accepted):
        one = tag.split("-")[0]
        if one == DEFAULT_LANGUAGE or (one in LANGUAGES and is_complete(one)):
            return ReaderLanguage(one)
    return _ENGLISH


def _accepted_tags(header: str) -> list[str]:
    """Return the languages of a header such as "de-CH, fr;q=0.8" in small letters, the most wanted
    first."""
    wanted: list[tuple[float, int, str]] = []
    for part in header[:500].lower().split(","):
        found = _ACCEPTED.fullmatch(part)
        if found and float(found[2] or 1) > 0:
            wanted.append((-float(found[2] or 1), len(wanted), found[1]))
    return [one for _quality, _place, one in sorted(wanted)]
