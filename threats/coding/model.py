"""What a coded text gives: codes, with where they stand and why."""

from typing import NamedTuple

from threats.coding.document import Document, Fact, Span
from threats.coding.rules import RuleMatch


class Code(NamedTuple):
    """An id of the vocabulary found in a text: the places, the patterns that matched there and, for
    threats, a proposed role and link to the pandemic; each with its reason."""

    id: str
    spans: list[Span]
    rules: list[str]
    role: str = ""
    role_reason: str = ""
    pandemic_link: str = ""
    link_reason: str = ""


class CodedText(NamedTuple):
    """What is found in a text. ``document`` holds the text that the spans count in. A text
    ``outside_field`` has no word of the field."""

    document: Document
    meeting: dict[str, Fact]
    threats: list[Code]
    responses: list[Code]
    regions: list[Code]
    organizations: list[Code]
    outside_field: bool = False


def make_code(key: str, matches: list[RuleMatch], **fields: str) -> Code:
    """Return what was found of an id as a code."""
    spans = [(mark.start, mark.end) for mark in matches]
    return Code(key, spans, list(dict.fromkeys(mark.pattern for mark in matches)), **fields)


def starts_within(span: Span, part: Span) -> bool:
    """Return whether a span starts within a part of the text."""
    return part[0] <= span[0] < part[1]
