"""The regular expressions of rules: a subset that RE2, Python and Java read alike in plain ASCII.

Literal characters, classes such as ``[sz]`` or ``[\\w,'-]``, ``\\w``, ``\\d``, ``\\s``,
``\\b``, groups, ``(?:...)``, ``(?-i:...)``, ``|``, and the greedy ``?``, ``*``, ``+``, ``{m,n}``.
A group may be repeated up to a bound only, as Java's stack would not hold what has none. In
standing text ``.*`` is taken too, for the rest of a line.
"""

import functools
import re
from typing import NamedTuple

from threats.text import problems
from threats.text.translate import _


@functools.lru_cache(maxsize=4096)
def pattern_problem(pattern: str) -> str:
    """Return what keeps a pattern from the subset of regular expressions that RE2, Python and Java
    read alike; empty if nothing does. https://github.com/google/re2/wiki/Syntax"""
    import re2

    try:
        re.compile(pattern)
        # Without this RE2 prints what is wrong beside raising it.
        options = re2.Options()
        options.log_errors = False
        re2.compile(pattern, options)
        parse_pattern(pattern)
    except (re.error, re2.error) as error:
        return error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
    except ValueError as error:
        return str(error)
    return _(problems.MATCHES_EMPTY_TEXT) if re.fullmatch(pattern, "") else ""


MAX_REPEATS = 60
_TOKEN_PATTERN = re.compile(
    r"(?P<open>\((?:\?:|\?-i:|\?i:|(?!\?)))|(?P<close>\))|(?P<or>\|)"
    r"|(?P<atom>\\[wdsb]|\\[^\w\s]|\[(?!\^)(?:\\[wds]|\\[^\w\s]|[^\\\[\]&\s]| )+\]|\.\*"
    r"|[^\\\[\](){}|.^$*+?])"
    r"|(?P<many>[*+?](?![*+?])|\{(?P<least>\d+)(?:,(?P<most>\d+))?\}(?![*+?]))",
)


class PatternItem(NamedTuple):
    """A part of an expression: one atom, or the alternatives of a group with its flags; and how
    often it is repeated, as it is written."""

    atom: str
    alternatives: tuple[tuple["PatternItem", ...], ...]
    flags: str
    many: str


def parse_pattern(pattern: str) -> tuple[tuple[PatternItem, ...], ...]:
    """Return the alternatives of an expression. Raises ValueError, saying what of it is not in the
    subset."""
    strange = next((char for char in pattern if char.isalpha() and not char.isascii()), "")
    if strange:
        raise ValueError(_(problems.NON_ASCII_LETTER, letter=strange))
    stack: list[list[list[PatternItem]]] = [[[]]]
    flags: list[str] = []
    place = 0
    while place < len(pattern):
        token = _TOKEN_PATTERN.match(pattern, place)
        if token is None:
            part = pattern[place : place + 12]
            raise ValueError(_(problems.UNSUPPORTED_SYNTAX, part=part))
        place = token.end()
        now = stack[-1][-1]
        if token["open"]:
            flags.append({"(?-i:": "-i", "(?i:": "i"}.get(token["open"], ""))
            stack.append([[]])
        elif token["close"]:
            if len(stack) == 1:
                raise ValueError(_(problems.UNOPENED_BRACKET))
            group = tuple(tuple(sequence) for sequence in stack.pop())
            stack[-1][-1].append(PatternItem("", group, flags.pop(), ""))
        elif token["or"]:
            stack[-1].append([])
        elif token["atom"]:
            now.append(PatternItem(token["atom"], (), "", ""))
        else:
            if not now or now[-1].many or now[-1].atom in (r"\b", ".*"):
                raise ValueError(_(problems.NOTHING_TO_REPEAT, repeat=token["many"]))
            if now[-1].alternatives and token["many"] in ("*", "+"):
                values = {"repeat": token["many"], "example": "{0,5}"}
                raise ValueError(_(problems.UNBOUNDED_GROUP, **values))
            if int(token["most"] or token["least"] or 0) > MAX_REPEATS:
                raise ValueError(_(problems.TOO_MANY_REPEATS, limit=MAX_REPEATS))
            now[-1] = now[-1]._replace(many=token["many"])
    if len(stack) > 1:
        raise ValueError(_(problems.UNCLOSED_BRACKET))
    return tuple(tuple(sequence) for sequence in stack[0])


def without_captures(pattern: str) -> str:
    """Return an expression with groups that capture nothing. Raises ValueError as ``parsed``."""
    return _render_alternatives(parse_pattern(pattern))


def prefix_grouped(pattern: str) -> str:
    """Return an expression that occurs in the same texts, with alternatives gathered by how they
    begin: engines that try them one after the other, as Java's does, leave most of them at the
    first letter. Raises ValueError as ``parsed``."""
    return _group_by_prefix(parse_pattern(pattern))


def _render_alternatives(alternatives: tuple[tuple[PatternItem, ...], ...]) -> str:
    return "|".join("".join(map(_render_item, sequence)) for sequence in alternatives)


def _render_item(item: PatternItem) -> str:
    if item.alternatives:
        return f"(?{item.flags}:{_render_alternatives(item.alternatives)}){item.many}"
    return item.atom + item.many


def _expand_leading_group(sequence: tuple[PatternItem, ...]) -> list[tuple[PatternItem, ...]]:
    """Return the alternatives that a sequence stands for where it begins with a group."""
    if not sequence or not sequence[0].alternatives or sequence[0].flags:
        first = sequence[0] if sequence else None
        if first and first.many == "?" and not first.alternatives:
            return [(first._replace(many=""), *sequence[1:]), *_expand_leading_group(sequence[1:])]
        return [sequence]
    first, rest = sequence[0], sequence[1:]
    if first.many not in ("", "?"):
        return [sequence]
    opened = [one for inner in first.alternatives for one in _expand_leading_group((*inner, *rest))]
    return opened + (_expand_leading_group(rest) if first.many else [])


def _group_by_prefix(alternatives, depth: int = 3) -> str:
    """Return alternatives gathered by their first atoms, the letters of either case together."""
    by_first: dict[PatternItem | None, list[tuple[PatternItem, ...]]] = {}
    for sequence in (one for each in alternatives for one in _expand_leading_group(each)):
        first = sequence[0] if sequence else None
        by_first.setdefault(
            first
            and first._replace(atom=first.atom.lower() if len(first.atom) == 1 else first.atom),
            [],
        ).append(sequence[1:])
    told = []
    empty = None in by_first
    for first, rests in by_first.items():
        if first is None:
            continue
        rests = list(dict.fromkeys(rests))
        if len(rests) == 1:
            told.append(_render_item(first) + "".join(map(_render_item, rests[0])))
        elif depth:
            told.append(_render_item(first) + f"(?:{_group_by_prefix(rests, depth - 1)})")
        else:
            told.append(_render_item(first) + f"(?:{_render_alternatives(tuple(rests))})")
    return "|".join(told) + ("|" if empty else "")
