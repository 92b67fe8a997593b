"""Standing text, left out before a text is coded: menus, lists of fields of work, and paragraphs
about an organization or of links.

All by RE2, on a text in plain form: ASCII, single blanks, no blanks beside the end of a line.
"""

import functools
import re
from collections.abc import Collection
from typing import NamedTuple

import re2

from threats.coding.agenda import find_agenda, is_agenda_line
from threats.dataset.rule_syntax import without_captures
from threats.text import coding_reasons as reasons
from threats.text.translate import _

MASK_CHARACTER = "\x00"  # no pattern matches it, so nothing is found across what is left out
# A menu is a run of this many short lines; fewer may be title, place and date.
MIN_MENU_LINES, MAX_MENU_WORDS = 4, 5
MAX_MENU_LINES = 60  # of a run; longer ones are taken in parts
# Lines broken to a width: none is wider than this, most are nearly as wide.
MAX_LINE_WIDTH, FULL_LINE_WIDTH, MIN_WRAPPED_LINES = 130, 50, 5
_LINE_BYTES = re.compile(rb"[^\n]+")
_LIST_DELIMITERS = b' ;,:."\x00'  # what bounds a list is masked with it, though not told
_BULLETS = "(?:[-*>|] ?){0,3}"
_SHORT_LINE = rf"{_BULLETS}(?:[^ \n]+ ){{0,{MAX_MENU_WORDS - 1}}}[^ \n]*[^ \n.!?:;,]"


class BoilerplatePatterns(NamedTuple):
    """The text of expressions for standing text. What ``menus`` finds stays where it is the first
    group of it: a list that a line ending in a colon announces is an agenda."""

    paragraphs: str
    broken_paragraphs: str
    rows: str
    menus: str
    lists: str


def build_boilerplate_patterns(
    lines: Collection[str], paragraphs: Collection[str]
) -> BoilerplatePatterns:
    """Return the expressions for standing lines and paragraphs. Raises ValueError for a pattern
    that is not in the subset for rules."""
    known = _any_of(lines)
    announced = rf"(:\n+(?:{_SHORT_LINE}\n+){{0,{MAX_MENU_LINES}}}{_SHORT_LINE})(?:\n|$)"
    run = rf"^(?:{_SHORT_LINE}\n+){{{MIN_MENU_LINES - 1},{MAX_MENU_LINES}}}{_SHORT_LINE}(?:\n|$)"
    return BoilerplatePatterns(
        rf"(?im)^ ?(?:{_any_of(paragraphs)}) ?$",
        # Where lines are broken, the paragraph ends with a line that is not full, or a blank one.
        rf"(?im)^ ?(?:{_any_of(paragraphs)}) ?"
        rf"(?:\n[^\n]{{{FULL_LINE_WIDTH},}}){{0,19}}(?:\n[^\n]+)?$",
        rf"(?m)^[^\n]*(?: [|*>/] [^\n]*){{{MIN_MENU_LINES - 1}}}$",
        rf"(?im){announced}|{run}|^{_BULLETS}(?:{known})(?: ?[|>])?(?:\n|$)",
        rf"(?im)(?:^|[\x00;,:.\"] ?)(?:{known})(?:[;,] (?:{known})){{{MIN_MENU_LINES - 1},30}}"
        rf"(?:[;,:.\"]|$)",
    )


def _any_of(patterns: Collection[str]) -> str:
    return without_captures("|".join(patterns)) if patterns else r"\x00\x00"


def is_hard_wrapped(text: str) -> bool:
    """Return whether the lines of a text are broken to a width."""
    lines = [line for line in text.split("\n") if line]
    full = sum(len(line) >= FULL_LINE_WIDTH for line in lines)
    return (
        len(lines) >= MIN_WRAPPED_LINES
        and 10 * full >= 6 * len(lines)
        and max(map(len, lines)) <= MAX_LINE_WIDTH
    )


@functools.lru_cache(maxsize=8)
def _compile(pattern: str):
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 64 << 20
    return re2.compile(pattern, options)


def mask_boilerplate(
    text: str, patterns: BoilerplatePatterns
) -> tuple[str, list[tuple[tuple[int, int], str]]]:
    """Return a text in plain form with standing text masked, as long as before, and the spans of
    what was masked with the reason."""
    raw, spans = bytearray(text.encode("ascii")), []
    paragraphs = patterns.broken_paragraphs if is_hard_wrapped(text) else patterns.paragraphs
    for pattern, reason in (
        (paragraphs, reasons.BOILERPLATE_REASON),
        (patterns.rows, reasons.MENU_REASON),
        (patterns.menus, reasons.MENU_REASON),
        (patterns.lists, reasons.FIELDS_OF_WORK_REASON),
    ):
        around = _LIST_DELIMITERS if pattern == patterns.lists else b" \x00"
        for match in _compile(pattern).finditer(bytes(raw)):
            start, end = match.span()
            if pattern == patterns.menus and match.end(1) > 0:
                raw[match.end(1) : end] = MASK_CHARACTER.encode() * (end - match.end(1))
                continue
            parts = [(start, end)]
            if pattern in (patterns.rows, patterns.menus):
                parts = _outside_agenda(text, start, end)
            for part in parts:
                for line in _LINE_BYTES.finditer(raw, *part):
                    kept = line[0].strip(around)
                    if kept:
                        begin = line.start() + line[0].index(kept)
                        spans.append(((begin, begin + len(kept)), _(reason)))
                raw[slice(*part)] = MASK_CHARACTER.encode() * (part[1] - part[0])
    return raw.decode("ascii"), spans


def _outside_agenda(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return what of lines that look like a menu is none: not the lines of an agenda, nor the few
    lines around them that are no menu by themselves."""
    lines = [(match.span(), match[0]) for match in re.finditer(r"[^\n]+", text[start:end])]
    if len(lines) == 1:
        before = text[:start].rstrip("\n").rpartition("\n")[2]
        cells = re.split(" [|*>/] ", lines[0][1])
        is_item = sum(map(is_agenda_line, cells)) or is_agenda_line(before)
        return [] if is_item else [(start, end)]
    agenda = find_agenda([line for _, line in lines])
    if not agenda:
        return [(start, end)]
    around = lines[: agenda.start], lines[agenda.stop :]
    return [
        (start + part[0][0][0], start + part[-1][0][1])
        for part in around
        if len(part) >= MIN_MENU_LINES
    ]
