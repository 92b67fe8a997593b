"""A text made ready for coding: its paragraphs, title, lead and sentences, what in it is standing
text, and a plain form of it to search."""

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from typing import Any, NamedTuple

MASK = b"\x00"  # no pattern matches it, so nothing is found across what is left out
MOST_LEAD_SENTENCES = 2
# A menu is a run of this many short lines; fewer may be title, place and date.
MENU_LINES, MENU_WORDS = 4, 5

Span = tuple[int, int]


class Fact(NamedTuple):
    """A fact of a meeting, where in the text it stands (None if it follows from others) and why it
    is taken."""

    value: Any
    span: Span | None
    reason: str


class Document(NamedTuple):
    """A text with the spans of its parts, all in characters of ``text``.

    ``flat`` is ``text`` with every line break as a blank. ``folded`` is ``text`` in bytes of plain
    ASCII with single blanks, boilerplate masked; ``places`` leads from a position in it back to one
    in ``text``.
    """

    text: str
    flat: str
    paragraphs: list[Span]
    sentences: list[Span]
    sentence_starts: list[int]
    title: Span
    lead: Span
    left_out: list[tuple[Span, str]]
    folded: bytes
    places: "Places"

    def sentence_at(self, position: int) -> Span:
        """Return the sentence that holds a position."""
        return self.sentences[max(0, bisect_right(self.sentence_starts, position) - 1)]


class Places(NamedTuple):
    """Where stretches of the folded text stand in the text it was made from."""

    starts: list[int]
    shifts: list[int]

    def span(self, start: int, end: int) -> Span:
        """Return the span in the text for one in its folded form."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, position: int) -> int:
        return position + self.shifts[bisect_right(self.starts, position) - 1]


class _Folding(dict):
    """Each character's plain form, one character long, made when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKD", char)[0]
        if char.isspace():
            plain = " "
        elif char in "‘’‚‛`´ʼ":
            plain = "'"
        elif char in "“”„«»":
            plain = '"'
        elif unicodedata.category(char) == "Pd":
            plain = "-"
        elif not plain.isascii() or not plain.isprintable():
            # A letter of another script stays a part of its word.
            plain = "x" if char.isalnum() else "."
        self[code] = plain
        return plain


_FOLDING = _Folding()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# Controls and marks that are not seen: Unicode's categories Cc and Cf.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
_RUNS = re.compile("  +")
_SENTENCE_END = re.compile(r"""[.!?]["”’')\]]*(?=\s+["“‘'(\[]?[A-Z0-9])""")
_NO_END = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Prof|Gen|Col|Lt|St|No|vs|e\.g|i\.e|U\.S"
    r"|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_SEPARATORS = [f" {mark} " for mark in "|•·›»>/"]
_ITEM = re.compile(r"[^\s;,:“”.][^;,:“”.\n]*")
_PARTED = ("; ", ", ")
_LONGEST_ITEM = 100  # characters of a line in a menu
_MENU_LINE = re.compile(r"[-•*·>|\s]*(.*?)[\s|>]*$")


def cleaned(text: str) -> str:
    """Return a text as it is coded: composed characters, lines ending in LF, nothing unseen."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", text)


def lines_of(text: str) -> list[Span]:
    """Return the lines of a text that hold anything, without the blanks around them."""
    spans, place = [], 0
    for line in text.split("\n"):
        kept = line.strip()
        if kept:
            start = place + line.index(kept[0])
            spans.append((start, start + len(kept)))
        place += len(line) + 1
    return spans


def paragraphs_of(text: str, lines: list[Span]) -> list[Span]:
    """Return the paragraphs of a text: its lines or, where lines are broken to a width, what they
    were broken from."""
    lengths = [end - start for start, end in lines]
    widest = max(lengths, default=0)
    full = sum(length >= 0.7 * widest for length in lengths)
    if len(lines) < 5 or widest > 130 or full < 0.6 * len(lines):
        return lines
    paragraphs = [lines[0]]
    for before, line in itertools.pairwise(lines):
        apart = "\n" in text[before[1] : line[0]].replace("\n", "", 1)
        if apart or before[1] - before[0] < 0.75 * widest:
            paragraphs.append(line)
        else:
            paragraphs[-1] = (paragraphs[-1][0], line[1])
    return paragraphs


def sentences_of(text: str, paragraphs: list[Span]) -> list[Span]:
    """Return the sentences of each paragraph."""
    sentences = []
    for first, last in paragraphs:
        start = first
        for end in _SENTENCE_END.finditer(text, first, last):
            if _NO_END.search(text, start, end.start() + 1):
                continue
            sentences.append((start, end.end()))
            start = end.end() + len(text[end.end() : last]) - len(text[end.end() : last].lstrip())
        sentences.append((start, last))
    return sentences


def menus_of(text: str, lines: list[Span], is_menu: Callable[[str], Any]) -> list[Span]:
    """Return what belongs to menus and lists of fields of work: lines of parted items, lines that
    ``is_menu`` knows, and runs of short lines that are no sentences. A list that a line ending in a
    colon announces is an agenda and stays."""
    menus, run = [], []
    for number, (start, end) in enumerate([*lines, (len(text), len(text))]):
        line = text[start:end]
        if sum(map(line.count, _SEPARATORS)) >= MENU_LINES - 1:
            menus.append((start, end))
            continue
        item = _MENU_LINE.match(line)[1] if len(line) < _LONGEST_ITEM else ""
        if item and len(item.split()) <= MENU_WORDS and line[-1] not in ".!?:;,":
            run.append((number, bool(is_menu(item))))
            continue
        announced = run and run[0][0] and text[lines[run[0][0] - 1][1] - 1] == ":"
        if not announced:
            menus += [lines[place] for place, known in run if known or len(run) >= MENU_LINES]
        run = []
    return menus


def field_lists_of(text: str, is_menu: Callable[[str], Any]) -> list[Span]:
    """Return lists within the running text of items that ``is_menu`` knows, parted by commas or
    semicolons."""
    spans, run = [], []
    for item in [*_ITEM.finditer(text), None]:
        if item and is_menu(item[0]) and (not run or text[run[-1][1] : item.start()] in _PARTED):
            run.append(item.span())
            continue
        if len(run) >= MENU_LINES:
            spans.append((run[0][0], run[-1][1]))
        run = [item.span()] if item and is_menu(item[0]) else []
    return spans


def folded(text: str, left_out: list[Span]) -> tuple[bytes, Places]:
    """Return a text in plain ASCII with single blanks, what is left out masked, and where its
    stretches stand in the text."""
    plain = _NOT_ASCII.sub(lambda match: _FOLDING[ord(match[0])], text)
    for start, end in left_out:
        plain = plain[:start] + MASK.decode() * (end - start) + plain[end:]
    starts, shifts, parts, place = [0], [0], [], 0
    for run in _RUNS.finditer(plain):
        parts.append(plain[place : run.start() + 1])
        place = run.end()
        shift = shifts[-1] + len(run[0]) - 1
        starts.append(place - shift)
        shifts.append(shift)
    return ("".join(parts) + plain[place:]).encode("ascii"), Places(starts, shifts)


def document(
    text: str, is_line: Callable[[str], Any], is_paragraph: Callable[[str], Any]
) -> Document:
    """Return a cleaned text ready for coding. ``is_line`` and ``is_paragraph`` tell by the text of
    a line or paragraph whether it is standing text, to be left out."""
    lines = lines_of(text)
    left_out = [(span, "as in a menu") for span in menus_of(text, lines, is_line)]
    left_out += [(span, "a list of fields of work") for span in field_lists_of(text, is_line)]
    masked = {span for span, _ in left_out}
    paragraphs = paragraphs_of(text, [span for span in lines if span not in masked])
    standing = [span for span in paragraphs if is_paragraph(text[slice(*span)])]
    left_out += [(span, "standing text about an organization, or links") for span in standing]
    paragraphs = [span for span in paragraphs if span not in set(standing)]
    sentences = sentences_of(text, paragraphs) or [(0, 0)]
    title, lead = _title_and_lead(paragraphs, sentences)
    flat = text.replace("\n", " ").replace("\t", " ")
    plain, places = folded(flat, [span for span, _ in left_out])
    return Document(
        text,
        flat,
        paragraphs,
        sentences,
        [start for start, _ in sentences],
        title,
        lead,
        sorted(left_out),
        plain,
        places,
    )


def _title_and_lead(paragraphs: list[Span], sentences: list[Span]) -> tuple[Span, Span]:
    """Return the first paragraph as the title, if more follow, and the first sentences after it."""
    if not paragraphs:
        return (0, 0), (0, 0)
    title = paragraphs[0] if len(paragraphs) > 1 else (0, 0)
    start, end = paragraphs[1] if len(paragraphs) > 1 else paragraphs[0]
    ends = [last for first, last in sentences if start <= first < end]
    return title, (start, ends[min(MOST_LEAD_SENTENCES, len(ends)) - 1])
