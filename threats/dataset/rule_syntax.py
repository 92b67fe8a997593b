"""The syntax of rules: a safe subset of regular expressions, for text in plain ASCII.

Literal characters, classes such as ``[sz]`` or ``[\\w,'-]``, ``\\w``, ``\\d``, ``\\s``, ``\\b``,
groups, ``(?:...)``, ``(?-i:...)``, ``|``, and the greedy ``?``, ``*``, ``+``, ``{m,n}``. In
standing text also ``.*``, for the rest of a line. Everything else is excluded, since it could match
masked text (``.``, ``[^a]``, ``\\W``) or means different things to RE2 and Python (``{,3}``).
"""

import functools
import re

from threats.text import problems
from threats.text.translate import _


@functools.lru_cache(maxsize=4096)
def pattern_problem(pattern: str) -> str:
    """Return what keeps a pattern from the subset of regular expressions for rules; empty if
    nothing does. https://github.com/google/re2/wiki/Syntax"""
    import re2

    try:
        without_captures(pattern)
        re.compile(pattern)
        # Without this RE2 prints what is wrong beside raising it.
        options = re2.Options()
        options.log_errors = False
        re2.compile(pattern, options)
    except (re.error, re2.error) as error:
        return error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
    except ValueError as error:
        return str(error)
    return _(problems.MATCHES_EMPTY_TEXT) if re.fullmatch(pattern, "") else ""


_TOKEN_PATTERN = re.compile(
    r"\((?:\?:|\?-i:|\?i:|(?!\?))|[)|]"
    r"|\\[wdsb]|\\[^\w\s]|\[(?!\^)(?:\\[wds]|\\[^\w\s]|[^\\\[\]&\s]| )+\]|\.\*(?![*+?{])"
    r"|[^\\\[\](){}|.^$*+?]"
    r"|[*+?](?![*+?])|\{\d+(?:,\d+)?\}(?![*+?])",
)


def without_captures(pattern: str) -> str:
    """Return an expression with groups that capture nothing.

    Raises
    ------
    ValueError
        If the expression has a part that is not in the subset. Brackets and repeats are left to the
        engine, which checks them when it compiles the expression.
    """
    strange = next((char for char in pattern if char.isalpha() and not char.isascii()), "")
    if strange:
        raise ValueError(_(problems.NON_ASCII_LETTER, letter=strange))
    tokens, place = [], 0
    while place < len(pattern):
        token = _TOKEN_PATTERN.match(pattern, place)
        if token is None:
            part = pattern[place : place + 12]
            raise ValueError(_(problems.UNSUPPORTED_SYNTAX, part=part))
        tokens.append("(?:" if token[0] == "(" else token[0])
        place = token.end()
    return "".join(tokens)
