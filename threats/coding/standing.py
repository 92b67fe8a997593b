"""Standing text, left out before a text is coded: menus, lists of fields of work, and paragraphs
about an organization or of links.

All by expressions that every engine reads alike, on a text in plain form: ASCII, single blanks, no
blanks beside the end of a line.
"""

import functools
import re
from typing import NamedTuple

import re2

from threats import regex

MASK = "\x00"  # no pattern matches it, so nothing is found across what is left out
# A menu is a run of this many short lines; fewer may be title, place and date.
MENU_LINES, MENU_WORDS = 4, 5
# Java holds a place on its stack for each line of a run; longer ones are taken in parts.
MOST_LINES = regex.MOST_REPEATS
# Lines broken to a width: none is wider than this, most are nearly as wide.
WIDEST, NEARLY, LEAST_LINES = 130, 50, 5
_LINE = re.compile(rb"[^\n]+")
_AROUND_LISTS = b' ;,:."\x00'  # what bounds a list is masked with it, though not told
_BULLETS = "(?:[-*>|] ?){0,3}"
_SHORT_LINE = rf"{_BULLETS}(?:[^ \n]+ ){{0,{MENU_WORDS - 1}}}[^ \n]*[^ \n.!?:;,]"
TOO_WIDE, NEARLY_FULL, LINE = rf"[^\n]{{{WIDEST + 1}}}", rf"[^\n]{{{NEARLY},}}", r"[^\n]+"


class Standing(NamedTuple):
    """The text of expressions for standing text. What ``menus`` finds stays where it is the first
    group of it: a list that a line ending in a colon announces is an agenda."""

    paragraphs: str
    broken_paragraphs: str
    rows: str
    menus: str
    lists: str


def standing_text(lines: list[str], paragraphs: list[str]) -> Standing:
    """Return the expressions for standing lines and paragraphs. Raises ValueError for a pattern
    that not all engines share."""
    known = _any(lines)
    announced = rf"(:\n+(?:{_SHORT_LINE}\n+){{0,{MOST_LINES}}}{_SHORT_LINE})(?:\n|$)"
    run = rf"^(?:{_SHORT_LINE}\n+){{{MENU_LINES - 1},{MOST_LINES}}}{_SHORT_LINE}(?:\n|$)"
    return Standing(
        rf"(?im)^ ?(?:{_any(paragraphs)}) ?$",
        # Where lines are broken, the paragraph ends with a line that is not full, or a blank one.
        rf"(?im)^ ?(?:{_any(paragraphs)}) ?(?:\n[^\n]{{{NEARLY},}}){{0,19}}(?:\n[^\n]+)?$",
        rf"(?m)^[^\n]*(?: [|*>/] [^\n]*){{{MENU_LINES - 1}}}$",
        rf"(?im){announced}|{run}|^{_BULLETS}(?:{known})(?: ?[|>])?(?:\n|$)",
        rf"(?im)(?:^|[\x00;,:.\"] ?)(?:{known})(?:[;,] (?:{known})){{{MENU_LINES - 1},30}}"
        rf"(?:[;,:.\"]|$)",
    )


def _any(patterns: list[str]) -> str:
    return regex.plain("|".join(patterns)) if patterns else r"\x00\x00"


def is_broken(text: str) -> bool:
    """Return whether the lines of a text are broken to a width."""
    lines = [line for line in text.split("\n") if line]
    full = sum(len(line) >= NEARLY for line in lines)
    return (
        len(lines) >= LEAST_LINES and 10 * full >= 6 * len(lines) and max(map(len, lines)) <= WIDEST
    )


@functools.lru_cache(maxsize=8)
def _compiled(pattern: str):
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 64 << 20
    return re2.compile(pattern, options)


def without(text: str, standing: Standing) -> tuple[str, list[tuple[tuple[int, int], str]]]:
    """Return a text in plain form with standing text masked, as long as before, and the spans of
    what was masked with the reason."""
    raw, spans = bytearray(text.encode("ascii")), []
    paragraphs = standing.broken_paragraphs if is_broken(text) else standing.paragraphs
    for pattern, why in (
        (paragraphs, "standing text about an organization, or links"),
        (standing.rows, "as in a menu"),
        (standing.menus, "as in a menu"),
        (standing.lists, "a list of fields of work"),
    ):
        for match in _compiled(pattern).finditer(bytes(raw)):
            start, end = match.span()
            if pattern == standing.menus and match.end(1) > 0:
                raw[match.end(1) : end] = MASK.encode() * (end - match.end(1))
                continue
            around = _AROUND_LISTS if pattern == standing.lists else b" \x00"
            for line in _LINE.finditer(raw, start, end):
                told = line[0].strip(around)
                if told:
                    begin = line.start() + line[0].index(told)
                    spans.append(((begin, begin + len(told)), why))
            raw[start:end] = MASK.encode() * (end - start)
    return raw.decode("ascii"), spans
