"""How a text speaks of a place in it: in the title or the lead, as an aim, in a quotation, as an
example, or in passing."""

import itertools
import re
from bisect import bisect_right
from typing import NamedTuple

from threats.coding.document import Document, Span
from threats.coding.expressions import compile_words

_MIN_TITLE_WORDS, _MAX_TITLE_WORDS, _MIN_LEAD_WORDS = 4, 32, 8
_MAX_OPENING = 6  # paragraphs among which title and lead are
_LEAD_SENTENCES = 2
_NO_TITLE = re.compile(r"[|>»]|^\W*(?:Publish|Date|Category|Updated|Newsroom|Posted|By )", re.I)
_QUOTATION = re.compile(r"“[^”\n]{0,1500}(?:”|$)|\"[^\"\n]{0,1500}(?:\"|$)", re.MULTILINE)
# In characters. What is shorter may be the name of a meeting, and much shorter a single word.
_LONG_QUOTATION, _SHORT_QUOTATION = 160, 40
_SPEECH = (
    r"said|says|stressed|noted|added|stated|emphasi[sz]ed|underlined|underscored|highlighted|told"
    r"|remarked|pointed out|recalled|thanked|explained|reiterated|concluded"
)
_SPEAKS = compile_words(_SPEECH)
# A person who speaks, not the participants together.
_PERSON_SPEAKS = re.compile(
    rf"\b(?!Participants|Speakers|Experts|Delegates|Panell?ists|Representatives|Sessions|Officers"
    rf"|They)(?:[A-Z][\w-]+,?|he|she|who)(?: also| further)? (?:{_SPEECH})\b"
)
_EVENT = (
    r"course|courses|workshops?|trainings?|seminars?|conference|meeting|round ?tables?|exercises?"
    r"|visit|event|forum|webinar|symposium|briefing|table-?top|simulation"
)
_AIM = compile_words(
    rf"aim(?:ed|s|ing)? (?:of the (?:{_EVENT}) )?(?:at|to|is|was)|focus\w* on"
    r"|(?:is|was|were|are|in)"
    rf" (?:the )?(?:main )?(?:focus|topic|subject)|dedicated to|devoted to|designed to|emphasis on"
    rf"|(?:{_EVENT})(?: \w+){{0,3}} (?:on|about|against|in)|objective|purpose|goal|topic of"
    r"|subject of"
)
_PART_OF_EVENT = compile_words(
    r"sessions?|panels?|modules?|working groups?|lectures?|presentations?|projects?|programmes?"
    r"|day|block|part|component|case stud(?:y|ies)"
)
_EXAMPLE = re.compile(
    r"\b(?:such as|including|whether caused by|in the context of|linked to|connected to"
    r"|among others"
    r"|key element of|underpin\w*|e\.g\.)[^.;]{0,140}$",
    re.IGNORECASE,
)
_TOPIC = compile_words(r"topics?|issues?|themes?|subjects?|agenda|sessions?|discuss\w*|modules?")
_BACKGROUND = compile_words(
    r"(?:is|are|was|were) (?:a )?(?:part|conducted within|organi[sz]ed within|delivered as part) of"
    r"|as part of|within the framework of|funded by|financed by|mandate|extra-?budgetary project"
    r"|the (?:aim of the )?project|this project|works to|has been (?:assisting|supporting)"
)


class Opening(NamedTuple):
    """The title and the lead of a text, without what stands before them, such as dates."""

    title: Span
    lead: Span


def find_opening(document: Document) -> Opening:
    """Return title and lead; where no short paragraph comes first, there is no title. An item of
    an agenda is neither."""
    title = (0, 0)
    prose = (span for span in document.paragraphs if not is_within(span, document.agenda))
    for start, end in itertools.islice(prose, _MAX_OPENING):
        words = document.flat[start:end].split()
        if title == (0, 0) and _is_title(document.flat[start:end], len(words)):
            title = (start, end)
        elif len(words) >= _MIN_LEAD_WORDS:
            return Opening(title, (start, _lead_end(document, start, end)))
    return Opening(*(title, document.lead) if title != (0, 0) else (document.title, document.lead))


def _is_title(text: str, n_words: int) -> bool:
    fits = _MIN_TITLE_WORDS <= n_words <= _MAX_TITLE_WORDS
    return fits and not text.endswith(".") and not _NO_TITLE.search(text)


def _lead_end(document: Document, start: int, end: int) -> int:
    first = bisect_right(document.sentence_starts, start) - 1
    ends = [stop for begin, stop in document.sentences[first : first + _LEAD_SENTENCES]]
    return min(end, ends[-1]) if ends else end


def find_quotations(document: Document) -> list[Span]:
    """Return what speakers say word for word, in the order of the text."""
    spans = []
    for match in _QUOTATION.finditer(document.text):
        start, end = match.span()
        if end - start < _SHORT_QUOTATION:
            continue
        first, last = document.sentence_at(start)[0], document.sentence_at(end - 1)[1]
        around = document.flat[max(first, start - 150) : start] + document.flat[end : last + 150]
        if end - start >= _LONG_QUOTATION or _SPEAKS.search(around):
            spans.append((start, end))
    return spans


def is_within(span: Span, spans: list[Span]) -> bool:
    """Return whether a span starts within one of others, which are in order."""
    place = bisect_right(spans, (span[0], len(spans) and spans[-1][1])) - 1
    return place >= 0 and span[0] < spans[place][1]


def is_aim(before: str) -> bool:
    """Return whether what is before a place in its sentence makes it the aim of the event."""
    return bool(_AIM.search(before)) and not _PART_OF_EVENT.search(before)


def is_in_passing(sentence: str, before: str) -> bool:
    """Return whether a place is an example, background or what one person says."""
    example = _EXAMPLE.search(before)
    if example and not _TOPIC.search(before[: example.start() + 20]):
        return True
    return bool(_PERSON_SPEAKS.search(sentence) or _BACKGROUND.search(sentence))
