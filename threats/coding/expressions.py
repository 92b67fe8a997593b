"""Regular expressions that are quick on many and long alternatives, by RE2.

All are without regard to case and find whole words.
"""

from collections.abc import Iterable

import re2

_MAX_REGEX_MEMORY = 256 << 20  # of an automaton, which grows with the texts it has seen


def compile_words(pattern: str, groups: bool = False):
    """Return an expression. Without ``groups`` a match tells its span alone, which is much quicker.
    Raises ``re2.error`` for what RE2 does not take."""
    return re2.compile(_whole_words(pattern), _re2_options(groups))


def longest_match(patterns: Iterable[str]):
    """Return an expression that finds any of the patterns, the longest where several begin."""
    options = _re2_options()
    options.longest_match = True
    return re2.compile(_whole_words("|".join(patterns)), options)


def pattern_set(patterns: Iterable[str], whole: bool = False):
    """Return a set of expressions that tells in one pass which of them occur in a text or, if
    ``whole``, match all of it (Cox, "Regular Expression Matching in the Wild", 2010,
    https://swtch.com/~rsc/regexp/regexp3.html)."""
    made = re2.Set.FullMatchSet(_re2_options()) if whole else re2.Set.SearchSet(_re2_options())
    for pattern in patterns:
        made.Add(_whole_words(pattern))
    made.Compile()
    return made


def compile_pattern(pattern: str):
    """Return an expression that may begin and end within words."""
    return re2.compile(pattern, _re2_options())


def _whole_words(pattern: str) -> str:
    return rf"\b(?:{pattern})\b"


def _re2_options(groups: bool = False):
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = not groups
    options.log_errors = False
    options.max_mem = _MAX_REGEX_MEMORY
    return options
