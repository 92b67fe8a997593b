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
    r"|\d{1,2}\.\d{1,2} (?!(?:m|b)illion|per ?cent)(?=[^\W\d])"
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
# A single "Third workshop on cybercrime" is the name of the meeting.
_MEETING_NAME = re.compile(
    rf"{_LEAD_IN}{_ORDINAL} (?:[a-z]+ )?(?:workshops?|round ?tables?|exercises?|side[- ]events?)\b"
    r"(?! ?[:.|(-])",
    re.IGNORECASE,
)
_UNTITLED = re.compile(
    rf"{_LEAD_IN}(?:{_PART}(?: no\.?| nr\.?| #)? ?{_NUMBER}|{_FRAME})\W*$", re.IGNORECASE
)
_SPEAKER = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|Amb|Gen|Col|Lt)\b\.? ?[A-Z]|H\.E\."
    r"|(?:Speakers?|Moderators?|Chair(?:person)?|Presenters?|Introducers?|Facilitators?)\s?:)"
)
_LINES_AND_MASKED = re.compile(r"[^\n\0]+|\0{2,}")
_SENTENCE_END = re.compile(r"[.!?][\"')]?$")
_PROSE_END = re.compile(r"[a-z]{2}[.!?][\"')]?$")

_Line = tuple[Span, str]


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
    """Return what in a text in plain form is on an agenda: its items, if there are several, the
    titles between them or under a heading such as "Draft agenda", without the names of speakers.
    """
    lines = [(match.span(), match[0]) for match in _LINES_AND_MASKED.finditer(text)]
    items = [is_agenda_line(line) for _, line in lines]
    names = [n for n, item in enumerate(items) if item and _MEETING_NAME.match(lines[n][1])]
    if len(names) == 1:
        items[names[0]] = False
    found = _headed(lines)
    if sum(items) >= MIN_AGENDA_LINES:
        found |= {number for number, item in enumerate(items) if item}
        found |= _titles_after_times(lines, items) | _titles_between(text, lines, items)
    found |= _continued(text, lines, found)
    spans = []
    for number in sorted(found):
        (start, end), line = lines[number]
        speaker = _SPEAKER.search(line)
        spans.append((start, start + speaker.start() if speaker else end))
    return [(start, end) for start, end in spans if start < end]


def _is_bare(line: str) -> bool:
    """Return whether a line has no word, as a time has none."""
    return not re.search("[A-Za-z]{3}", line)


def _is_title(line: str) -> bool:
    """Return whether a line by itself may be the title of an item: short, no prose, no menu."""
    return (
        not _is_bare(line)
        and len(line.split()) <= MAX_ITEM_WORDS
        and not _SENTENCE_END.search(line)
        and not _MENU_WORD.match(line)
        and "\0" not in line
    )


def _headed(lines: list[_Line]) -> set[int]:
    """Return which lines are titles that follow the heading of an agenda."""
    found: set[int] = set()
    for number, (_, line) in enumerate(lines):
        if number not in found and _HEADING.match(line.strip()):
            below = itertools.takewhile(
                lambda n: _is_title(lines[n][1]), range(number + 1, len(lines))
            )
            titles = set(below)
            found |= titles if len(titles) >= MIN_AGENDA_LINES else set()
    return found


def _continued(text: str, lines: list[_Line], found: set[int]) -> set[int]:
    """Return which lines go on with the sentence of an item, broken to a width."""
    added: set[int] = set()
    for number in range(1, len(lines)):
        (_, end), before = lines[number - 1]
        (start, _), line = lines[number]
        goes_on = text[end:start] == "\n" and line[0].islower() and before[-1] not in ".:;!?\0"
        if goes_on and (number - 1 in found or number - 1 in added):
            added.add(number)
    return added


def _titles_after_times(lines: list[_Line], items: list[bool]) -> set[int]:
    """Return which lines are the title of a time that has a line to itself."""
    return {
        number + 1
        for number, after in enumerate(items[1:])
        if items[number]
        and not after
        and _is_bare(lines[number][1])
        and len(lines[number + 1][1]) <= MAX_AGENDA_LINE
    }


def _titles_between(text: str, lines: list[_Line], items: list[bool]) -> set[int]:
    """Return which lines are titles between items, or follow an item without a title of its own,
    such as "Day 2" or "Lunch", up to a blank line."""
    found: set[int] = set()
    waiting: list[int] | None = None  # since an item
    for number, (span, line) in enumerate(lines):
        if items[number]:
            found.update(waiting or ())
            waiting = [] if _ITEM.match(line) else None
            untitled = _is_bare(line) or bool(_UNTITLED.match(line))
        elif waiting is not None and _is_title(line):
            waiting.append(number)
            untitled = untitled and text[lines[number - 1][0][1] : span[0]] == "\n"
            if untitled:
                found.add(number)
        else:
            waiting = None
    return found
