"""What stands around a place in a text: its sentence, and whether that lists who came.

All on a folded text, in bytes of plain ASCII, as rules search it.
"""

import re
from typing import NamedTuple

from threats.coding.expressions import compile_pattern

# What is farther away says nothing about a place.
MAX_DISTANCE = 300
_SENTENCE_END = re.compile(rb"""[.!?]["')\]]* (?=["'(\[]?[A-Z0-9])""")
# After one of these words people or bodies are listed, until a word says what they did.
_AUDIENCE = compile_pattern(
    r"\b(?:(?:(?:brought|bringing|brings) together|gather(?:ed|s|ing)?|attended by|attendees"
    r"|participants|represent(?:ed|ing|atives?)|officials|members|delegates|consist(?:s|ed|ing) of"
    r"|composed of|comprising|made up of|joined by)\b|(?:officers|experts|specialists|professionals"
    r"|practitioners|judges|prosecutors|investigators|employees|lawyers|advis[eo]rs|trainers"
    r"|speakers)(?:,| (?:from|of|and|for|at|in|representing|as well as)\b))"
)
# Words that say no more of them than what they deal with.
_OCCUPATION = rb"involved|speciali[sz]ed|engaged|based|tasked|charged|dedicated|appointed|nominated"
_ACTION = re.compile(
    rb"\b(?:to (?!the\b|an?\b|\d)\w+|on|about|how|with|that|crimes|importance|issues|need"
    rb"|for (?=\w+ing\b)|will|can|should|must|know|work|accept|say|use|face|play|was|were|is|are"
    rb"|ha(?:s|ve|d)|took|met|told|heard|held"
    rb"|read|spoke|learnt|drew|made|gave|wrote|found|taught|sought|saw|put|set|went|began|(?!(?:"
    + _OCCUPATION
    + rb")\b)[a-z]+ed"
    rb"|(?:discuss|focus|address|explor|examin|learn|shar|exchang|review|analy[sz]|consider|debat"
    rb"|present|train|stress|highlight|underlin|emphasi[sz]|adopt|draft|practi[sc]|stud[iy]|gain"
    rb"|acquir|improv|strengthen|enhanc|receiv|tackl|assess|identif|develop|outlin|introduc"
    rb"|explain)\w*)\b"
)
# What was dealt with comes before people who are part of it, or who are to be involved in it.
_SUBJECT = re.compile(
    rb"\b(?:involvement|engagement|joint approach|role|called for|discussed|considered|examined"
    rb"|explored|dealt with|devoted|agreed|insisted|reviewed|addressed|lessons?|sessions?) "
)
# Those who came are no mere audience if they speak on it.
_SPOKE = re.compile(
    rb"^[\w ,'-]{0,60} (?:presented|explained|spoke|shared|described|showed|demonstrated"
    rb"|outlined)\b"
)


# A quotation that begins a sentence, or follows a comma or colon, and is not closed; the name of a
# meeting or project follows a word.
_OPEN_QUOTATION = re.compile(rb"(?:^|[,:.] ?)\"(?=\w)[^\"]*$")
_BACKGROUND = re.compile(
    rb"\b(?:(?:is|are|was|were) (?:a )?(?:part|delivered as part|organi[sz]ed as part) of"
    rb"|as part of"
    rb"|within the framework|funded by|financed by|mandate|project (?:aims|also)|this project"
    rb"|the aim of the project|works to|has been (?:assisting|supporting)|previous(?:ly)?)\b",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(rb"[a-z]+ed ")


class Surroundings(NamedTuple):
    """What is in one sentence with a place, before and after it, as far as it is near."""

    before: bytes
    after: bytes


def surroundings(text: bytes, start: int, end: int) -> Surroundings:
    """Return what is in one sentence with a place."""
    before = text[max(0, start - MAX_DISTANCE) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    after = text[end : end + MAX_DISTANCE]
    stop = _SENTENCE_END.search(after)
    return Surroundings(before[ends[-1] if ends else 0 :], after[: stop.start() if stop else None])


def is_audience(text: bytes, start: int, end: int) -> bool:
    """Return whether a place, by what stands around it, is in a list of who came."""
    if not _AUDIENCE.search(text, max(0, start - MAX_DISTANCE), start):
        return False
    around = surroundings(text, start, end)
    cues = [match.end() for match in _AUDIENCE.finditer(around.before)]
    return bool(cues) and not (
        _ACTION.search(around.before, cues[-1])
        or _SUBJECT.search(around.before)
        or _SPOKE.search(around.after)
        or _VERB_FIRST.match(text, start, end)
    )


def is_aside(text: bytes, start: int, end: int) -> bool:
    """Return whether a place is in what a speaker says word for word, or in a sentence on a project
    or mandate: what the meeting itself dealt with is elsewhere."""
    around = surroundings(text, start, end)
    return bool(_OPEN_QUOTATION.search(around.before) or _BACKGROUND.search(b" ".join(around)))
