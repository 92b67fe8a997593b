"""The rules of a dataset, and what of its vocabulary they find in a text."""

import functools
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from threats.coding.boilerplate import (
    MASK_CHARACTER,
    BoilerplatePatterns,
    build_boilerplate_patterns,
)
from threats.coding.context import is_aside, is_audience, surroundings
from threats.coding.expressions import compile_words, longest_match, pattern_set
from threats.dataset.model import Dataset

NEVER_MATCHES = r"\x00\x00"  # is in no text
# Which table holds the rules of a kind.
RULE_TABLES = {
    "threat": "threat_categories",
    "response": "responses",
    "region": "regions",
    "country": "countries",
    "organization": "organizations",
    "series": "series",
}
# A body's own name tells that it takes part, though not what the text is about.
_KINDS_FOUND_IN_NAMES = ("organization", "series")
_NAME_KIND, _BODY_KIND = "name", "body"
# That somebody came who deals with a subject does not make it one of the meeting.
_KINDS_OF_SUBJECTS = ("threat", "response")
# Measures such as training or a new law are also those of other fields.
_GATED_KIND = "response"


class Rule(NamedTuple):
    """What finds an id of the vocabulary: its patterns, as one expression and as a set that tells
    which of them a place matches; and what is masked before it is looked for. Patterns from number
    ``n_strong`` on are weak: a place of theirs counts if ``signs`` finds something in its sentence
    beside it."""

    kind: str
    id: str
    patterns: tuple[str, ...]
    n_strong: int
    found_by: Any
    which: Any
    masks: Any
    signs: Any


class RuleMatch(NamedTuple):
    """A place in a text, and the pattern that matched there."""

    start: int
    end: int
    pattern: str


class RuleSet(NamedTuple):
    """All rules of a dataset; ``occurring`` tells which of them occur in a text: the number of a
    rule, or beyond their number that of one whose masks do. ``bodies`` finds names of bodies by
    their grammar, ``standing`` standing text, ``field`` words of the field of borders and
    security."""

    rules: list[Rule]
    occurring: Any
    bodies: Any
    field: Any
    standing: BoilerplatePatterns


class RuleCells(NamedTuple):
    """The text of a rule: its kind and id, and the patterns of each of its cells."""

    kind: str
    id: str
    keywords: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    weak_keywords: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


class RuleText(NamedTuple):
    """The rules of a dataset as plain values, to send to other processes: its rules, and the
    patterns of standing lines and paragraphs and of words of the field."""

    rules: tuple[RuleCells, ...]
    lines: tuple[str, ...]
    paragraphs: tuple[str, ...]
    field: tuple[str, ...] = ()


@functools.lru_cache(maxsize=4)
def compile_rules(dataset: Dataset) -> RuleSet:
    """Return the rules of a dataset."""
    return compiled(rule_text(dataset))


def rule_text(dataset: Dataset, kinds: Collection[str] = tuple(RULE_TABLES)) -> RuleText:
    """Return the text of the rules of these kinds."""
    cells = [
        RuleCells(kind, "", tuple(dataset_boilerplate(dataset, kind)))
        for kind in (_NAME_KIND, _BODY_KIND)
    ]
    for kind in kinds:
        table = dataset[RULE_TABLES[kind]]
        columns = [table[name] if name in table else [""] * len(table) for name in _CELLS]
        for key, *row in zip(table.iloc[:, 0], *columns, strict=True):
            cells.append(RuleCells(kind, key, *(tuple(split_patterns(cell)) for cell in row)))
    return RuleText(
        tuple(cell for cell in cells if cell.keywords or cell.weak_keywords),
        tuple(dataset_boilerplate(dataset, "line")),
        tuple(dataset_boilerplate(dataset, "paragraph")),
        tuple(dataset_boilerplate(dataset, "field")),
    )


_CELLS = RuleCells._fields[2:]


@functools.lru_cache(maxsize=4)
def compiled(text: RuleText) -> RuleSet:
    """Return rules ready to search with."""
    rules = [_compile_rule(cells) for cells in text.rules]
    # Names of bodies are in nearly every text, so asking for them beforehand takes time in vain.
    every = [
        NEVER_MATCHES if rule.kind == _BODY_KIND else "|".join(rule.patterns) for rule in rules
    ]
    masks = ["|".join(cells.exclude) or NEVER_MATCHES for cells in text.rules]
    standing = build_boilerplate_patterns(text.lines, text.paragraphs)
    bodies = next((rule.found_by for rule in rules if rule.kind == _BODY_KIND), None)
    field = compile_words("|".join(text.field)) if text.field else None
    return RuleSet(rules, pattern_set([*every, *masks]), bodies, field, standing)


def _compile_rule(cells: RuleCells) -> Rule:
    patterns = cells.keywords + cells.weak_keywords
    return Rule(
        cells.kind,
        cells.id,
        patterns,
        len(cells.keywords),
        compile_words("|".join(patterns)) if cells.kind == _NAME_KIND else longest_match(patterns),
        pattern_set(patterns, whole=True),
        compile_words("|".join(cells.exclude)) if cells.exclude else None,
        compile_words("|".join(cells.signs)) if cells.signs else None,
    )


def dataset_boilerplate(dataset: Dataset, kind: str) -> list[str]:
    """Return the patterns of standing text of a kind: names, lines or paragraphs."""
    table = dataset["boilerplate"]
    return table.loc[table["kind"] == kind, "pattern"].tolist()


def split_patterns(cell: str) -> list[str]:
    """Return the patterns of a cell of ``keywords`` or ``exclude``."""
    return [pattern for pattern in cell.split(";") if pattern]


def match_rules(
    text: bytes, rules: RuleSet, any_field: bool = False
) -> dict[tuple[str, str], list[RuleMatch]]:
    """Return what of the vocabulary is in a folded text, by kind and id: the places in order, the
    first and then the longest where several overlap. Responses of a text without a word of the
    field are only found if ``any_field``."""
    found = {}
    for rule, searched in candidates(text, rules, any_field):
        places = [
            RuleMatch(start, end, rule.patterns[_pattern_number(rule, searched[start:end])])
            for start, end in counted_spans(rule, searched)
        ]
        if places:
            found[rule.kind, rule.id] = places
    return found


def candidates(
    text: bytes, rules: RuleSet, any_field: bool = False
) -> Iterator[tuple[Rule, bytes]]:
    """Yield each rule that may have a place in a folded text, with what it is looked for in: the
    text with all masked that does not count for this rule."""
    occurring = sorted(rules.occurring.Match(text) or ())  # None where nothing occurs
    masked = {number - len(rules.rules) for number in occurring if number >= len(rules.rules)}
    plain, subjects = text, None
    for number in occurring:
        if number >= len(rules.rules):
            break
        rule = rules.rules[number]
        if rule.kind == _NAME_KIND:
            text = _mask_matches(text, rule.found_by)
            continue
        searched = plain if rule.kind in _KINDS_FOUND_IN_NAMES else text
        if rule.kind in _KINDS_OF_SUBJECTS:
            if subjects is None:
                subjects = _mask_matches(text, rules.bodies) if rules.bodies else text
                any_field = any_field or is_in_field(subjects, rules)
            if rule.kind == _GATED_KIND and not any_field:
                continue
            searched = subjects
        yield rule, _mask_matches(searched, rule.masks) if number in masked else searched


def is_in_field(text: bytes, rules: RuleSet) -> bool:
    """Return whether a text has a word of the field or of a threat, outside of names if masked."""
    if rules.field is None or rules.field.search(text):
        return True
    threats = (rule for rule in rules.rules if rule.kind == "threat")
    return any(rule.found_by.search(text) for rule in threats)


def mask_names(text: bytes, rules: RuleSet) -> bytes:
    """Return a folded text without names of units and bodies."""
    for rule in rules.rules:
        if rule.kind in (_NAME_KIND, _BODY_KIND):
            text = _mask_matches(text, rule.found_by)
    return text


def counted_spans(rule: Rule, text: bytes) -> Iterator[tuple[int, int]]:
    """Yield the places that a rule finds and that count."""
    for match in rule.found_by.finditer(text):
        start, end = match.span()
        if rule.kind in _KINDS_OF_SUBJECTS:
            if is_audience(text, start, end):
                continue
            if _is_weak(rule, text[start:end]) and (
                not _has_sign(rule, text, start, end) or is_aside(text, start, end)
            ):
                continue
        yield start, end


def _is_weak(rule: Rule, found: bytes) -> bool:
    return rule.n_strong < len(rule.patterns) and _pattern_number(rule, found) >= rule.n_strong


def _has_sign(rule: Rule, text: bytes, start: int, end: int) -> bool:
    """Return whether a sign stands in the sentence of a weak keyword."""
    return bool(rule.signs) and any(map(rule.signs.search, surroundings(text, start, end)))


def _pattern_number(rule: Rule, found: bytes) -> int:
    """Return the number of the first pattern that matches all of what was found."""
    if len(rule.patterns) == 1:
        return 0
    # Some pattern that needs its surroundings may not match alone: then the first counts.
    return min(rule.which.Match(found) or (0,))


def _mask_matches(text: bytes, expression) -> bytes:
    masked = bytearray(text)
    for match in expression.finditer(text):
        start, end = match.span()
        masked[start:end] = MASK_CHARACTER.encode() * (end - start)
    return bytes(masked)
