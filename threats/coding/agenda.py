"""Lines of a programme or an agenda: with a time, a number, or a word such as session or panel.

All on lines in plain form: ASCII, single blanks.
"""

import itertools
import re

from threats.coding.offsets import Span

MAX_AGENDA_LINE = 300  # characters; longer lines are prose
MAX_ITEM_WORDS = 12  # of an item that ends like a sentence
MIN_AGENDA_LINES = 2
MAX_MENU_WORDS_IN_AGENDA = 1
_MERIDIEM = r"(?: ?[ap]\.?m\b\.?)"
_TIME = (
    rf"(?:(?:[01]?\d|2[0-4])[:.h] ?[0-5]\d(?![.:\d]){_MERIDIEM}?|(?:0?\d|1[0-2]){_MERIDIEM}"
    r"|(?:[01]\d|2[0-4])[0-5]\d ?(?:hrs?|hours|h)\b|(?:[01]?\d|2[0-4]) ?(?:h|uhr|o'clock)\b)"
)
_NUMBER = r"(?:\d{1,2}|[ivx]{1,5}|[a-h]|one|two|three|four|five|six|seven|eight|nine|ten)\b"
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|last|opening"
    r"|closing|introductory|morning|afternoon|evening|plenary|parallel|thematic|special)"
)
_PART = (
    r"(?:(?:agenda |working |break-?out |thematic |plenary |parallel )?"
    r"(?:sessions?|items?|panels?|days?|groups?|modules?|blocks?|parts?|topics?|themes?|segments?"
    r"|workshops?|lectures?|lessons?|units?|tracks?|round ?tables?|side[- ]events?|presentations?"
    r"|plenary|keynote(?: speech| address)?|exercises?|case stud(?:y|ies)|chapters?|rounds?))"
)
_FRAME = (
    r"(?:(?:opening|closing|welcom(?:e|ing)|introductory|concluding|final) (?:remarks?|session"
    r"|address(?:es)?|statements?|words?|speech(?:es)?|discussion)|(?:arrival and )?registration"
    r"(?: of (?:the )?participants)?|(?:coffee|tea|lunch|health|networking)[ -]?break|lunch|dinner"
    r"|reception|wrap[- ]?up|q ?& ?a|questions and answers|family photo|group photo(?:graph)?"
    r"|adoption of the agenda|any other business|end of (?:the )?(?:day|meeting|session)|welcome"
    r"|tour de table|discussion|conclusions|closing|opening)"
)
_LEAD_IN = r"^[\s*>.|(\[-]{0,4}"
_ITEM = re.compile(
    rf"{_LEAD_IN}(?:(?:from |at )?{_TIME}"
    rf"|{_PART}(?: no\.?| nr\.?| #)? ?(?:{_NUMBER}|[:.-])|{_ORDINAL} {_PART}\b"
    rf"|{_FRAME}(?: ?[:|(-].*)?$"
    r"|(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,5})[.):]|\(?[a-h]\))(?= ?[^\W\d]| -))",
    re.IGNORECASE,
)
_TIME_AT_END = re.compile(rf"[\s(\[|,-]{_TIME}(?: ?(?:-|to|until) ?{_TIME})?[)\]]?$", re.IGNORECASE)
_HEADING = re.compile(
    r"^(?:(?:draft|provisional|annotated|tentative|final|meeting|conference|workshop|indicative) )*"
    r"(?:agenda|programme|program|topics|schedule|timetable|order of business|work ?plan)"
    r"(?: (?:of|for) [\w ]{1,60})?:?$",
    re.IGNORECASE,
)
_MENU_WORD = re.compile(
    r"^\W{0,4}(?:home(?: ?page)?|contacts?(?: us)?|about(?: us)?|news(?:room)?|log ?in|sign in"
    r"|search|privacy.{0,20}|site ?map|imprint|cookies.{0,20}|careers?|jobs|publications|press"
    r"|resources|documents|subscribe|faq|share|print|menu|read more|our work|what we do|who we are"
    r"|where we are|vacancies|procurement|terms.{0,20}|accessibility|follow us|main navigation"
    r"|skip to .{0,20}|close|english|russian|deutsch|francais)\W{0,3}$",
    re.IGNORECASE,
)
_PROSE_END = re.compile(r"[a-z]{2}[.!?][\"')]?$")


def is_agenda_line(line: str) -> bool:
    """Return whether a line in plain form is an item of a programme or an agenda."""
    line = line.strip()
    if not 1 < len(line) <= MAX_AGENDA_LINE:
        return False
    prose = bool(_PROSE_END.search(line))
    if _ITEM.match(line):
        return not prose or len(line.split()) <= MAX_ITEM_WORDS
    return bool(_TIME_AT_END.search(line)) and not prose


def find_agenda(lines: list[str]) -> range:
    """Return which of some short lines that follow each other are an agenda and not a menu.

    An agenda goes from its first item, or the heading before it, to its last item and the lines
    that belong to that; what stands before or after may be a menu.
    """
    items = [number for number, line in enumerate(lines) if is_agenda_line(line)]
    menu = sum(bool(_MENU_WORD.match(line)) for line in lines)
    headed = next((n for n, line in enumerate(lines[:2]) if _HEADING.match(line.strip())), None)
    if headed is not None and menu <= MAX_MENU_WORDS_IN_AGENDA:
        return range(headed, len(lines))
    if len(items) < MIN_AGENDA_LINES:
        return range(0)
    return range(items[0], items[-1] + 1)


def agenda_spans(text: str) -> list[Span]:
    """Return the lines of a text in plain form that are items of an agenda, if there are several.

    A title on a line of its own after a time belongs to it.
    """
    lines = [(match.span(), match[0]) for match in re.finditer(r"[^\n]+", text)]
    found = [is_agenda_line(line) for _, line in lines]
    if sum(found) < MIN_AGENDA_LINES:
        return []
    spans = [span for (span, _), item in zip(lines, found, strict=True) if item]
    for (before, item), ((span, line), next_item) in itertools.pairwise(
        zip(lines, found, strict=True)
    ):
        bare = item and not re.search(r"[A-Za-z]{3}", before[1])
        if bare and not next_item and len(line) <= MAX_AGENDA_LINE:
            spans.append(span)
    return sorted(spans)
