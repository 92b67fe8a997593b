"""The facts of a meeting that its press release tells beside its dates: edition, place, format,
chair, kind, participants. Each with its place in the text and the reason; what is not told is left
out."""

import re
from collections.abc import Iterator

from threats.coding.document import Document, Fact, Span
from threats.coding.meeting_dates import (
    DAY_PATTERN,
    MONTH_NUMBERS,
    MONTH_PATTERN,
    YEAR_PATTERN,
    find_meeting_dates,
)
from threats.coding.numerals import NUMBER_WORDS_PATTERN, ORDINALS, parse_number
from threats.coding.rules import compile_words
from threats.text import coding_reasons as reasons
from threats.text.translate import _

_EVENT_NOUNS = (
    r"(?:meetings?|conferences?|workshops?|forums?|roundtables?|round tables?|seminars?|symposium"
    r"|courses?|gatherings?|summit|edition|colloquium|congress|assembly|exercise)"
)
_ORDINAL = compile_words(rf"\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)}")
_EDITION = re.compile(
    rf"\b(?:(\d{{1,3}})(?:st|nd|rd|th)|({'|'.join(sorted(ORDINALS, key=len, reverse=True))}))"
    # Words between, but none that ends what the number counts; each taken whole, as there are very
    # many ways to part "a-a-a-a".
    r"(?:[- ](?!(?:day|session|panel|phase|part|time|module|and|of|round|working)\b)"
    rf"[\w/()'’-]{{1,60}}+){{0,8}}? {_EVENT_NOUNS}\b",
    re.IGNORECASE,
)
_PEOPLE_NOUNS = (
    r"(?:participants?|officials?|experts?|representatives|officers?|delegates?|people|persons"
    r"|practitioners|policy-?makers|specialists?|guards?|attendees|professionals|inspectors"
    r"|investigators|prosecutors|judges|trainees|students|women|leaders|members|instructors|trainers"
    r"|analysts|diplomats|stakeholders|policewomen|policemen|managers|staff|focal points|scholars"
    r"|academics|police|planners|chiefs|commanders|teachers|lawyers|lecturers|handlers|attachés"
    r"|attaches|technicians|engineers|negotiators|ambassadors|journalists|ministers|parliamentarians"
    r"|envoys|researchers|detectives|magistrates|cadets|mediators|supervisors|volunteers|traders)"
)
_COUNT_QUALIFIERS = {
    "over": r"more than|over|above|at least|upwards of|in excess of|well over",
    "about": r"around|about|approximately|some|roughly|up to|circa",
    "nearly": r"nearly|almost|close to|just under",
}
_COUNT = compile_words(
    rf"(?:({'|'.join(_COUNT_QUALIFIERS.values())}) )?"
    rf"(\d{{1,2}},\d{{3}}|\d{{1,4}}|{NUMBER_WORDS_PATTERN})",
    groups=True,
)
# What a number counts, if it counts people: words between, but none that ends the phrase.
_PEOPLE_AFTER_COUNT = re.compile(
    rf"\+?(?: (?!(?:{'|'.join(MONTH_NUMBERS)}|countries|states|nations|percent|days?|years?"
    rf"|months?|hours?|minutes|sessions|cases|kilometres|per|of|to)\b)"
    rf"[a-z/()'’,-]+){{0,6}}? {_PEOPLE_NOUNS}\b",
    re.IGNORECASE,
)
_ATTENDANCE_CUE = compile_words(
    r"brought together|bring\w* together|attend\w*|participa\w+|gather\w*|joined|took part"
    r"|taking part|convened|assembled|united|welcomed|trained|benefit\w*|for|some|with"
)
_HYBRID_CUE = compile_words(
    r"online and (?:in[- ]person|on[- ]?site|face[- ]to[- ]face)"
    r"|(?:in[- ]person|on[- ]?site|face[- ]to[- ]face) and (?:online|virtual\w*|remote\w*)"
    r"|hybrid (?:format|mode|meeting|event|manner|session|conference|workshop|forum|course|seminar)"
    r"|(?:blended|mixed) (?:online )?(?:format|mode|event|meeting)"
    r"|both (?:online|virtually|remotely)|both in[- ]person|both in the room"
    r"|(?:in the room|on the spot) and (?:online|by video)"
)
_ONLINE_CUE = compile_words(
    r"(?:held|took place|takes place|organi[sz]ed|conducted|delivered|met|meeting|gathered"
    r"|convened|participants|connected|hosted)(?: [\w-]+){0,3}"
    r" (?:online|virtually|remotely|via (?:zoom|video\w*|webex|teams))"
    r"|(?:online|virtual) (?:\w+ ){0,3}(?:meeting|event|conference|course|training|workshop"
    r"|seminar|roundtable|round table|webinar|forum|discussion|session|gathering|format|edition"
    r"|series)|webinars?|by video(?:[- ]?link|-?conferenc\w+)|via video-?conferenc\w+"
    r"|video-?conference"
)
_IN_PERSON_CUE = compile_words(r"in[- ]person|face[- ]to[- ]face")
_KIND_CUES = {
    "webinar": compile_words("webinars?"),
    "visit": compile_words("(?:study |field )?visits?"),
    "course": compile_words("training courses?|courses?|exercises?|training sessions?|training"),
    "workshop": compile_words("workshops?|seminars?"),
    "conference": compile_words("conferences?|forums?|symposiums?"),
    "meeting": compile_words("meetings?|roundtables?|round tables?|gatherings?"),
}
_PLACE_CUE_DISTANCE = 90  # characters between the word that says it was held and the place


def find_meeting_facts(
    document: Document,
    cities: dict[str, str],
    countries: list[tuple[int, int, str]],
    chairs: dict[int, str],
) -> dict[str, Fact]:
    """Return the facts of a meeting by the columns of ``meetings``.

    ``cities`` leads from the name of a city to its country, ``countries`` are places of countries
    in the text with their id, ``chairs`` the chair of each year as far as known.
    """
    facts = find_meeting_dates(document)
    facts |= (
        _find_edition(document)
        | _find_format(document)
        | _find_participants(document)
        | _find_kind(document)
    )
    facts |= _find_place(document, cities, countries)
    if facts.get("format", Fact("", None, "")).value == "online":
        facts = {name: fact for name, fact in facts.items() if name not in ("city", "country")}
    elif "city" in facts and "format" not in facts:
        facts["format"] = Fact("in_person", facts["city"].span, _(reasons.PLACE_NAMED_REASON))
    return facts | _find_chair(document, countries, facts, chairs)


def _find_edition(document: Document) -> dict[str, Fact]:
    text, ordinals = document.flat, _ORDINAL.finditer(document.flat)
    found = list(filter(None, (_EDITION.match(text, ordinal.start()) for ordinal in ordinals)))
    for start, end in (document.title, document.lead, (0, len(text))):
        match = next((match for match in found if start <= match.start() < end), None)
        if match:
            edition = int(match[1]) if match[1] else ORDINALS[match[2].casefold()]
            return {"edition": Fact(edition, match.span(), _(reasons.EDITION_REASON))}
    return {}


def _find_participants(document: Document) -> dict[str, Fact]:
    text, best = document.flat, None
    for match in _COUNT.finditer(text):
        people = _PEOPLE_AFTER_COUNT.match(text, match.end())
        plain_year = match[1] is None and re.fullmatch(r"(?:19|20)\d\d", match[2])
        if not people or plain_year or parse_number(match[2]) < 2:
            continue
        first, last = document.sentence_at(match.start())
        if text[first:last].lstrip()[:1] in "\"“”'‘":
            continue  # words of a speaker
        score = bool(_ATTENDANCE_CUE.search(text[first:last])) + bool(match[1])
        if best is None or score > best[0]:
            best = score, match, (match.start(), people.end())
    if best is None:
        return {}
    match, span = best[1:]
    word = (match[1] or "").casefold()
    qualifier = next(
        (name for name, these in _COUNT_QUALIFIERS.items() if word in these.split("|")), "exact"
    )
    return {
        "participants": Fact(parse_number(match[2]), span, _(reasons.PEOPLE_REASON)),
        "participants_qualifier": Fact(qualifier, span, word or _(reasons.EXACT_NUMBER_REASON)),
    }


def _find_format(document: Document) -> dict[str, Fact]:
    for value, pattern in (
        ("hybrid", _HYBRID_CUE),
        ("online", _ONLINE_CUE),
        ("in_person", _IN_PERSON_CUE),
    ):
        match = pattern.search(document.flat)
        if match:
            return {"format": Fact(value, match.span(), reasons.format_reason(match[0].lower()))}
    return {}


def _find_kind(document: Document) -> dict[str, Fact]:
    for start, end in (document.title, document.lead):
        for kind, cue in _KIND_CUES.items():
            match = cue.search(document.flat[start:end])
            if match:
                span = (start + match.start(), start + match.end())
                return {"kind": Fact(kind, span, _(reasons.KIND_REASON))}
    return {"kind": Fact("meeting", None, _(reasons.OTHER_KIND_REASON))}


_PLACE_CUE = compile_words(
    r"held|took place|takes place|hosted|organi[sz]ed|met|meeting|conference|workshop|seminar"
    r"|course|training|roundtable|forum|event|gathered|convened|concluded|opened|began|ended"
    r"|brought together|brought|came|delivered|conducted|visit|attended|completed|practi[sc]ed"
)


def _find_place(
    document: Document, cities: dict[str, str], countries: list[tuple[int, int, str]]
) -> dict[str, Fact]:
    """Return city and country of the first place at which something is said to be held, else of a
    dateline."""
    text, after = document.flat, {start: (end, key) for start, end, key in countries}
    dateline = None
    for match in _place_names(text, cities):
        city, (start, end) = match
        first = document.sentence_at(start)[0]
        before = text[max(first, start - _PLACE_CUE_DISTANCE) : start]
        comma = re.compile(r",? ").match(text, end)
        named = after.get(comma.end()) if comma else None
        unsure = city not in cities and not named
        timed = _DATE_FOLLOWS.match(text, end) or _TIME_FOLLOWS.match(text, end)
        if unsure and ((comma and not timed) or start in after or city.lower() in MONTH_NUMBERS):
            continue
        country = named[1] if named else cities.get(city, "")
        span = (start, named[0] if named else end)
        if re.search(r"\b(?:in|at|to)\s+(?:the city of )?$", before) and _PLACE_CUE.search(before):
            return _city_facts(city, country, span, _(reasons.HELD_PLACE_REASON))
        if (
            dateline is None
            and start - first < 3
            and re.match(r"[\w ,.]{0,40}\d|\s*[-–—:]", text[end : end + 45])
        ):
            dateline = _city_facts(city, country, span, _(reasons.DATELINE_REASON))
        elif re.search(r"\b(?:in|at)\s+$", before) and document.lead[0] <= start < document.lead[1]:
            return _city_facts(city, country, span, _(reasons.LEAD_PLACE_REASON))
    return dateline or {}


def _city_facts(city: str, country: str, span: Span, reason: str) -> dict[str, Fact]:
    facts = {"city": Fact(city, span, reason)}
    if country:
        facts["country"] = Fact(country, span, reason)
    return facts


_CAPITALIZED_NAME = re.compile(
    r"(?<![\w-])([A-Z][\w'’-]+(?: (?:de|del|la|upon|am|an der)? ?[A-Z][\w'’-]+){0,2})"
)


_DATE_FOLLOWS = re.compile(rf", {DAY_PATTERN} {MONTH_PATTERN},? {YEAR_PATTERN}", re.IGNORECASE)
_TIME_FOLLOWS = re.compile(r" (?:on|from|between) (?:the )?\d| (?:today|yesterday)\b")


def _place_names(text: str, cities: dict[str, str]) -> Iterator[tuple[str, Span]]:
    """Yield what may be a city: a known one, or a name before a comma."""
    loud = {city.upper(): city for city in cities}
    for match in _CAPITALIZED_NAME.finditer(text):
        name = match[1]
        for size in range(len(name.split(" ")), 0, -1):
            part = " ".join(name.split(" ")[:size])
            known = part if part in cities else loud.get(part)
            if known:
                yield known, (match.start(), match.start() + len(part))
                break
        else:
            loud_dateline = name.isupper() and _DATE_FOLLOWS.match(text, match.end())
            if loud_dateline:
                yield name.title(), match.span()
            elif not name.isupper() and (
                text[match.end() : match.end() + 2] == ", "
                or _TIME_FOLLOWS.match(text, match.end())
            ):
                yield name, match.span()


_CHAIR_NOUN = r"(?:chair(?:man|person|woman)?(?:ship)?|chair(?:person|man)-in-office)\b"


def _find_chair(
    document: Document,
    countries: list[tuple[int, int, str]],
    facts: dict[str, Fact],
    chairs: dict[int, str],
) -> dict[str, Fact]:
    text = document.flat
    for start, end, key in countries:
        after = re.compile(rf"(?:['’]s?)? (?:\d{{4}} )?(?:OSCE )?{_CHAIR_NOUN}", re.IGNORECASE)
        before = re.compile(rf"\b{_CHAIR_NOUN} (?:of|held by|by) (?:the )?$", re.IGNORECASE)
        if after.match(text, end) or before.search(text[max(0, start - 50) : start]):
            return {"chair": Fact(key, (start, end), _(reasons.CHAIR_NAMED_REASON))}
    year = facts["start_date"].value[:4] if "start_date" in facts else ""
    if year and int(year) in chairs:
        return {"chair": Fact(chairs[int(year)], None, reasons.chair_of_year_reason(year))}
    return {}
