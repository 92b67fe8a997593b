"""A text made ready for coding: its paragraphs, title, lead and sentences, what in it is standing
text, and a plain form of it to search."""

import functools
import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from threats.coding.agenda import agenda_spans
from threats.coding.boilerplate import BoilerplatePatterns, mask_boilerplate
from threats.coding.columns import arrange_text
from threats.coding.normalise import (
    INVISIBLE_CHARACTERS,
    NON_ASCII_PATTERN,
    character_ranges,
    fold_character,
    mark_unread_signs,
)
from threats.coding.offsets import OffsetMap, Span, collapse_runs
from threats.coding.repair import repair_text

MAX_LEAD_SENTENCES = 2
MAX_COMBINING_MARKS = 30
# What goes on for longer is no sentence of prose, and each thing in it is judged by all of it.
MAX_SENTENCE_LENGTH = 2_000


class Fact(NamedTuple):
    """A fact of a meeting, where in the text it stands (None if it follows from others) and why it
    is taken."""

    value: Any
    span: Span | None
    reason: str


class Document(NamedTuple):
    """A text with the spans of its parts, all in characters of ``text``.

    ``text`` has whole words in plain letters; ``source`` is the cleaned text as it came. ``agenda``
    has the lines of a programme or an agenda.

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
    places: OffsetMap
    agenda: list[Span]
    source: str
    source_places: OffsetMap | None

    def source_span(self, span: Span) -> Span:
        """Return the place in ``source`` of a span of ``text``."""
        return self.source_places.span(*span) if self.source_places else span

    def sentence_at(self, position: int) -> Span:
        """Return the sentence that holds a position."""
        return self.sentences[max(0, bisect_right(self.sentence_starts, position) - 1)]

    def sentences_of(self, spans: Iterable[Span]) -> list[Span]:
        """Return the sentences in which spans start, each once, in the order of the spans."""
        return list(dict.fromkeys(self.sentence_at(start) for start, _ in spans))


class Searchable(NamedTuple):
    """A text in the form that rules search, as ``Document`` has it."""

    folded: bytes
    places: OffsetMap
    left_out: list[tuple[Span, str]]
    agenda: list[Span]


# Only where this many characters beyond Latin letters follow each other can be too many marks.
_MANY_MARKS = re.compile(f"[\u0300-\U0010ffff][\u0300-\U0010ffff]{{{MAX_COMBINING_MARKS}}}")
_REMOVED = "\x01"  # holds the place of what has no plain form
_NON_ASCII = re.compile(NON_ASCII_PATTERN)
_INVISIBLE = re.compile(f"[{INVISIBLE_CHARACTERS}]")
_BLANK_RUNS = re.compile("[ \x01]*(\n)[ \x01]*|( )[ \x01]+|\x01+()")
_ANY_RUN = re.compile(" (?=[ \x01\n])|\x01|\n ")
_LINE_BREAK_RUNS = re.compile("(\n)\n+")
_SENTENCE_END = re.compile(r"""[.!?]["”’')\]]*(?=\s+["“‘'(\[]?[A-Z0-9])""")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Prof|Gen|Col|Lt|St|No|vs|e\.g|i\.e|U\.S"
    r"|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_MAX_ABBREVIATION_LENGTH = 5  # characters, with its full stop
_VISIBLE = re.compile(r"\S")


def clean_text(text: str) -> str:
    """Return a text as it is coded: composed characters, lines ending in LF, nothing unseen,
    columns in reading order, and at
    most as many marks on a letter as in Unicode's Stream-Safe Text Format (UAX #15, UAX15-D3),
    as the time to compose them grows with the square of their number."""
    text = _INVISIBLE.sub("", mark_unread_signs(text))
    if _MANY_MARKS.search(text):
        text = _excess_marks_pattern().sub(r"\1", text)
    return unicodedata.normalize("NFC", arrange_text(text))


@functools.cache
def _excess_marks_pattern() -> re.Pattern:
    """Return an expression for more marks on a letter than a text may hold, with those as its group
    that stay. Marks are what has a combining class, of which none is beyond Unicode's plane 1."""
    marks = character_ranges([code for code in range(0x20000) if unicodedata.combining(chr(code))])
    return re.compile(f"([{marks}]{{{MAX_COMBINING_MARKS}}})[{marks}]+")


def split_lines(text: str) -> list[Span]:
    """Return the lines of a text that hold anything, without the blanks around them."""
    spans, place = [], 0
    for line in text.split("\n"):
        kept = line.strip()
        if kept:
            start = place + line.index(kept[0])
            spans.append((start, start + len(kept)))
        place += len(line) + 1
    return spans


def split_paragraphs(text: str, lines: list[Span], starts: Collection[int] = ()) -> list[Span]:
    """Return the paragraphs of a text: its lines or, where lines are broken to a width, what they
    were broken from. ``starts`` are places at which one begins in any case."""
    lengths = [end - start for start, end in lines]
    widest = max(lengths, default=0)
    full = sum(length >= 0.7 * widest for length in lengths)
    if len(lines) < 5 or widest > 130 or full < 0.6 * len(lines):
        return lines
    paragraphs = [lines[0]]
    for before, line in itertools.pairwise(lines):
        apart = "\n" in text[before[1] : line[0]].replace("\n", "", 1)
        if apart or line[0] in starts or before[1] - before[0] < 0.75 * widest:
            paragraphs.append(line)
        else:
            paragraphs[-1] = (paragraphs[-1][0], line[1])
    return paragraphs


def split_sentences(text: str, paragraphs: list[Span]) -> list[Span]:
    """Return the sentences of each paragraph, those that are too long in parts."""
    sentences = []
    for first, last in paragraphs:
        start = first
        for end in _SENTENCE_END.finditer(text, first, last):
            stop = end.start() + 1
            if _ABBREVIATION.search(text, max(start, stop - _MAX_ABBREVIATION_LENGTH), stop):
                continue
            sentences += _split_long_sentence(text, start, end.end())
            visible = _VISIBLE.search(text, end.end(), last)
            start = visible.start() if visible else last
        sentences += _split_long_sentence(text, start, last)
    return sentences


def _split_long_sentence(text: str, start: int, end: int) -> list[Span]:
    """Return a sentence or, if it is too long, its parts, each of whole words where it can be."""
    parts = []
    while end - start > MAX_SENTENCE_LENGTH:
        blank = text.rfind(" ", start + 1, start + MAX_SENTENCE_LENGTH)
        cut = blank if blank > start else start + MAX_SENTENCE_LENGTH
        parts.append((start, cut))
        start = cut
    return [*parts, (start, end)]


@functools.lru_cache(maxsize=10_000)
def _plain_character(char: str) -> str:
    return fold_character(char) or _REMOVED


def to_plain_ascii(text: str) -> tuple[str, OffsetMap]:
    """Return a cleaned text in plain ASCII, single blanks and no blanks beside the end of a line,
    and where its stretches stand in the text."""
    plain = _NON_ASCII.sub(lambda match: _plain_character(match[0]), text).replace("\t", " ")
    return (
        collapse_runs(plain, _BLANK_RUNS)
        if _ANY_RUN.search(plain)
        else (plain, OffsetMap([0], [0]))
    )


@functools.lru_cache(maxsize=1)
def searchable(text: str, standing: BoilerplatePatterns) -> Searchable:
    """Return a cleaned text, its words repaired, in the form that rules search, with standing text
    masked."""
    return _searchable(repair_text(text)[0], standing)


def _searchable(text: str, standing: BoilerplatePatterns) -> Searchable:
    folded, places = to_plain_ascii(text)
    masked, spans = mask_boilerplate(folded, standing)
    left_out = sorted((places.span(*span), why) for span, why in spans)
    agenda = [places.span(*span) for span in agenda_spans(masked)]
    searched, within = collapse_runs(masked, _LINE_BREAK_RUNS)
    flat = searched.replace("\n", " ").encode("ascii")
    return Searchable(flat, within._replace(of=places), left_out, agenda)


def parse_document(source: str, patterns: BoilerplatePatterns) -> Document:
    """Return a cleaned text ready for coding, with words repaired and standing text left out."""
    text, source_places = repair_text(source)
    form = _searchable(text, patterns)
    spans = [span for span, _ in form.left_out]
    lines = _lines_outside(split_lines(text), spans, len(text))
    items = {start for start, _ in form.agenda}
    paragraphs = split_paragraphs(text, lines, items)
    sentences = split_sentences(text, paragraphs) or [(0, 0)]
    prose = [span for span in paragraphs if span[0] not in items]
    title, lead = _find_title_and_lead(paragraphs, prose, sentences)
    return Document(
        text,
        text.replace("\n", " ").replace("\t", " "),
        paragraphs,
        sentences,
        [start for start, _ in sentences],
        title,
        lead,
        form.left_out,
        form.folded,
        form.places,
        form.agenda,
        source,
        source_places,
    )


def _lines_outside(lines: list[Span], spans: list[Span], length: int) -> list[Span]:
    """Return the lines of a text of this length that the spans do not cover as a whole."""
    covered = bytearray(length)
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return [span for span in lines if 0 in covered[slice(*span)]]


def _find_title_and_lead(
    paragraphs: list[Span], prose: list[Span], sentences: list[Span]
) -> tuple[Span, Span]:
    """Return the first paragraph as the title, if more follow, and the first sentences after it;
    items of an agenda are neither."""
    title = prose[0] if prose and len(paragraphs) > 1 and prose[0] == paragraphs[0] else (0, 0)
    rest = [span for span in prose if span != title]
    if not rest:
        return title, (0, 0)
    start, end = rest[0]
    ends = [last for first, last in sentences if start <= first < end]
    return title, (start, ends[min(MAX_LEAD_SENTENCES, len(ends)) - 1])
