"""The keyword rules of a dataset, made ready to search a text.

A pattern is matched as whole words and without regard to case. One pass tells of which ids a
pattern occurs; only the patterns of these are then looked for.
"""

import functools
from typing import NamedTuple

from threats.coding.patterns import NOTHING, either, first, together
from threats.coding.standing import MASK, Standing, standing_text
from threats.dataset import Dataset

# Which table holds the rules of a kind.
TABLES = {
    "threat": "threat_categories",
    "response": "responses",
    "region": "regions",
    "country": "countries",
    "organization": "organizations",
    "series": "series",
}
# A body's own name tells that it takes part, though not what the text is about.
_SEEN_IN_NAMES = ("organization", "series")
_NAMES = "name"


class Rule(NamedTuple):
    """What finds an id of the vocabulary: its patterns, as one expression and as a set that tells
    which of them a place matches; and what is masked before it is looked for."""

    kind: str
    id: str
    patterns: list[str]
    found_by: object
    which: object
    masks: object


class Found(NamedTuple):
    """A place in a text, and the pattern that matched there."""

    start: int
    end: int
    pattern: str


class Rules(NamedTuple):
    """All rules of a dataset; ``occurring`` tells which of them occur in a text: the number of a
    rule, or beyond their number that of one whose masks do. ``standing`` finds standing text."""

    rules: list[Rule]
    occurring: object
    standing: Standing


@functools.lru_cache(maxsize=4)
def rules_of(dataset: Dataset) -> Rules:
    """Return the rules of a dataset."""
    cells = [(_NAMES, "", standing_of(dataset, "name"), [])]
    for kind, name in TABLES.items():
        table = dataset[name]
        excludes = table["exclude"] if "exclude" in table else [""] * len(table)
        for row in zip(table.iloc[:, 0], table["keywords"], excludes, strict=True):
            key, keywords, exclude = row
            cells.append((kind, key, split(keywords), split(exclude)))
    rules = [
        Rule(
            kind,
            key,
            keywords,
            first(keywords) if kind == _NAMES else either(keywords),
            together(keywords, whole=True),
            first(exclude) if exclude else None,
        )
        for kind, key, keywords, exclude in cells
        if keywords
    ]
    every = ["|".join(keywords) for _, _, keywords, _ in cells if keywords]
    masks = ["|".join(exclude) or NOTHING for _, _, keywords, exclude in cells if keywords]
    standing = standing_text(standing_of(dataset, "line"), standing_of(dataset, "paragraph"))
    return Rules(rules, together([*every, *masks]), standing)


def standing_of(dataset: Dataset, kind: str) -> list[str]:
    """Return the patterns of standing text of a kind: names, lines or paragraphs."""
    table = dataset["boilerplate"]
    return table.loc[table["kind"] == kind, "pattern"].tolist()


def split(cell: str) -> list[str]:
    """Return the patterns of a cell of ``keywords`` or ``exclude``."""
    return [pattern for pattern in cell.split(";") if pattern]


def search(text: bytes, rules: Rules) -> dict[tuple[str, str], list[Found]]:
    """Return what of the vocabulary is in a folded text, by kind and id: the places in order, the
    first and then the longest where several overlap."""
    occurring = sorted(rules.occurring.Match(text) or ())  # None where nothing occurs
    masked = {number - len(rules.rules) for number in occurring if number >= len(rules.rules)}
    found, plain = {}, text
    for number in occurring:
        if number >= len(rules.rules):
            break
        rule = rules.rules[number]
        if rule.kind == _NAMES:
            text = _masked(text, rule.found_by)
            continue
        searched = plain if rule.kind in _SEEN_IN_NAMES else text
        if number in masked:
            searched = _masked(searched, rule.masks)
        places = [_found(rule, searched, match) for match in rule.found_by.finditer(searched)]
        if places:
            found[rule.kind, rule.id] = places
    return found


def _found(rule: Rule, text: bytes, match) -> Found:
    start, end = match.span()
    if len(rule.patterns) == 1:
        return Found(start, end, rule.patterns[0])
    # Some pattern that needs its surroundings may not match alone: then the first is told.
    which = rule.which.Match(text[start:end]) or (0,)
    return Found(start, end, rule.patterns[min(which)])


def _masked(text: bytes, expression) -> bytes:
    masked = bytearray(text)
    for match in expression.finditer(text):
        start, end = match.span()
        masked[start:end] = MASK.encode() * (end - start)
    return bytes(masked)
