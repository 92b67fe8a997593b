"""What stands around a place in a text: its sentence, and whether that lists who came.

All on a folded text, in bytes of plain ASCII, as rules search it.
"""

import re
from typing import NamedTuple

# What is farther away says nothing about a place.
MAX_DISTANCE = 300
_SENTENCE_END = re.compile(rb"""[.!?]["')\]]* (?=["'(\[]?[A-Z0-9])""")
# After one of these words people or bodies are listed, until a word says what they did.
_AUDIENCE = re.compile(
    rb"\b(?:(?:brought|bringing|brings) together|gather(?:ed|s|ing)?|attended by|attendees"
    rb"|participants|represent(?:ed|ing|atives?)|officials|officers|experts|specialists|members"
    rb"|delegates|professionals|practitioners|judges|prosecutors|investigators|employees|lawyers"
    rb"|advis[eo]rs|trainers|speakers|consist(?:s|ed|ing) of|composed of|made up of|joined by)\b",
    re.IGNORECASE,
)
_ACTION = re.compile(
    rb"\b(?:to (?!the\b|an?\b|\d)\w+|on|about|how|with|crimes|importance|issues|need|for (?=\w+ing\b)|will|can|should|must|was|were|is"
    rb"|are|ha(?:s|ve|d)|took|met|(?:discuss|focus|address|explor|examin|learn|shar|exchang|review"
    rb"|analy[sz]|consider|debat|look|talk|present|work|train|stress|highlight|underlin|emphasi[sz]"
    rb"|acknowledg|call|agree|adopt|draft|practi[sc]|stud[iy]|gain|acquir|improv|strengthen|enhanc|receiv|spoke"
    rb"|tackl|assess|identif|develop|outlin|introduc|explain)\w*)\b",
    re.IGNORECASE,
)
# Who is to be involved is a subject, not one who came.
_INVOLVEMENT = re.compile(rb"\b(?:involvement|engagement|joint approach|role) ", re.IGNORECASE)


class Surroundings(NamedTuple):
    """The sentence of a place, before and after it, as far as it is near."""

    before: bytes
    after: bytes


def surroundings(text: bytes, start: int, end: int) -> Surroundings:
    """Return what is in one sentence with a place."""
    before = text[max(0, start - MAX_DISTANCE) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    after = text[end : end + MAX_DISTANCE]
    stop = _SENTENCE_END.search(after)
    return Surroundings(before[ends[-1] if ends else 0 :], after[: stop.start() if stop else None])


def is_audience(before: bytes) -> bool:
    """Return whether a place, by what is before it in its sentence, is in a list of who came."""
    cues = [match.end() for match in _AUDIENCE.finditer(before)]
    return bool(cues) and not (_ACTION.search(before, cues[-1]) or _INVOLVEMENT.search(before))
