"""Regular expressions that are quick on many and long alternatives, by RE2.

All are without regard to case and find whole words.
"""

from collections.abc import Iterable

import re2

from threats import regex

NOTHING = r"\x00\x00"  # is in no text
_MEMORY = 256 << 20  # of an automaton, which grows with the texts it has seen


def words(pattern: str, groups: bool = False):
    """Return an expression. Without ``groups`` a match tells its span alone, which is much quicker.
    Raises ``re2.error`` for what RE2 does not take."""
    return re2.compile(_whole_words(pattern), _options(groups))


def either(patterns: Iterable[str]):
    """Return an expression that finds any of the patterns, the longest where several begin."""
    options = _options()
    options.longest_match = True
    return re2.compile(_whole_words("|".join(patterns)), options)


def first(patterns: Iterable[str]):
    """Return an expression that finds any of the patterns, told by its text to other engines: the
    first one where several begin, as they all take it."""
    return re2.compile(in_any_engine(patterns), _options())


def in_any_engine(patterns: Iterable[str]) -> str:
    """Return the text of an expression that finds any of the patterns as whole words without regard
    to case, alike in RE2, Java and Python. Raises ValueError for what they do not share."""
    return rf"(?i)\b(?:{regex.factored('|'.join(patterns))})\b"


def together(patterns: Iterable[str], whole: bool = False):
    """Return a set of expressions that tells in one pass which of them occur in a text or, if
    ``whole``, match all of it (Cox, "Regular Expression Matching in the Wild", 2010,
    https://swtch.com/~rsc/regexp/regexp3.html)."""
    made = re2.Set.FullMatchSet(_options()) if whole else re2.Set.SearchSet(_options())
    for pattern in patterns:
        made.Add(_whole_words(pattern))
    made.Compile()
    return made


def _whole_words(pattern: str) -> str:
    return rf"\b(?:{pattern})\b"


def _options(groups: bool = False):
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = not groups
    options.log_errors = False
    options.max_mem = _MEMORY
    return options
