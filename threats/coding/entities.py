"""Who and where a text is about: organizations, regions, scope and series."""

import re
from collections.abc import Collection

from threats.coding.document import Document, Fact, Span
from threats.coding.expressions import compile_words
from threats.coding.model import Code, make_code, starts_within
from threats.coding.rules import RuleMatch
from threats.dataset.model import OSCE_WIDE
from threats.text import coding_reasons as reasons
from threats.text.translate import _

_ORGANIZER_CUE = compile_words(
    r"(?:(?:co-?)?organi[sz]ed|(?:co-?)?hosted|arranged|run|led|convened|delivered|held|conducted"
    r"|implemented|facilitated|prepared)(?: \w+){0,3} by|host(?:ed|s)?|organi[sz]ers?"
)
_SPEAKER_CUE = compile_words(
    r"said|stressed|noted|added|spoke|spoken|presented|presentations?|speakers?|experts? from"
    r"|briefed|trainers?|delivered by|shared|explained|emphasi[sz]ed|underlined|introduced"
)
# A country named for these reasons does not make the meeting one of its region.
_UNRELATED_COUNTRY_BEFORE = re.compile(
    r"\b(?:chair\w*(?:-in-office)?|delegation|mission|representative|embassy|ambassador|ministry"
    r"|minister|government|funded|financed|financial support|supported|support|contributions?"
    r"|donors?|sponsored|thanks to|permanent|university|national of|(?:held|hosted|met|meeting) in"
    r"|together with)(?: [\w,]+){0,5}? (?:of|by|from|to|for|in)? ?(?:the )?$",
    re.IGNORECASE,
)
_UNRELATED_COUNTRY_AFTER = re.compile(
    r"(?:['’]s?)? (?:\d{4} )?(?:OSCE )?(?:chair|embass|delegation|ambassador|government|ministr"
    r"|foreign minist|federal|presiden|state secretary|university|institute|parliament)",
    re.IGNORECASE,
)
_AUDIENCE_CUE = compile_words(
    r"brought together|participants|participated|attended|gathered|officials from|officers from"
    r"|representatives (?:of|from)|experts from|from across|joined|trained"
)
_BORDER_CUE = re.compile(r"\b(?:border|customs)\b", re.IGNORECASE)
_MIN_REGION_MENTIONS = 2
_ORGANIZER_CUE_DISTANCE = 250  # characters
_ORGANIZATION_ROLES = ("organizer", "speaker", "participant")


def _without_nested_names(matches: dict[str, list[RuleMatch]]) -> dict[str, list[RuleMatch]]:
    """Return organizations by id without a name that is a part of another's."""
    every = sorted(
        ((mark, key) for key, marks in matches.items() for mark in marks),
        key=lambda one: (one[0].start, -one[0].end),
    )
    kept: dict[str, list[RuleMatch]] = {}
    longest = (0, 0)
    for mark, key in every:
        span = (mark.start, mark.end)
        if mark.end > longest[1] or span == longest:
            kept.setdefault(key, []).append(mark)
            longest = span
    return kept


def code_organizations(
    document: Document, matches: dict[str, list[RuleMatch]], osce: Collection[str]
) -> tuple[list[Code], list[Code]]:
    """Return who ran the meeting, and the bodies other than those of the OSCE that took part."""
    organizers, others = [], []
    ends = {mark.end for marks in matches.values() for mark in marks}
    for key, marks in sorted(
        _without_nested_names(matches).items(), key=lambda item: item[1][0].start
    ):
        parts = [_propose_organization_role(document, mark, ends) for mark in marks]
        role, reason = min(parts, key=lambda part: _ORGANIZATION_ROLES.index(part[0]))
        coded = make_code(key, marks, role=role, role_reason=reason)
        if role == "organizer":
            organizers.append(coded)
        if key not in osce:
            others.append(coded)
    return organizers, others


def _propose_organization_role(
    document: Document, match: RuleMatch, ends: set[int]
) -> tuple[str, str]:
    """Return what part a body had by one place in the text, and the reason."""
    first, last = document.sentence_at(match.start)
    before = document.flat[max(first, match.start - _ORGANIZER_CUE_DISTANCE) : match.start]
    # A unit "of the" body ran it, not the body.
    owner = before.endswith(" of the ") and not ends.isdisjoint(range(match.start - 9, match.start))
    if _ORGANIZER_CUE.search(before) and not owner:
        return "organizer", _(reasons.ORGANIZER_REASON)
    cue = _SPEAKER_CUE.search(document.flat[first:last])
    if cue:
        return "speaker", reasons.cue_reason(cue[0])
    return "participant", _(reasons.PARTICIPANT_REASON)


def code_regions(
    document: Document,
    matches: dict[str, list[RuleMatch]],
    countries: list[tuple[int, int, str]],
    region_of: dict[str, str],
    meeting: dict[str, Fact],
    organizations: list[Code],
) -> list[Code]:
    """Return the regions a text names, by their own names or by those of their countries."""
    bodies = [span for code in organizations for span in code.spans]
    facts = [meeting[name] for name in ("city", "country") if name in meeting]
    places = [fact.span for fact in facts if fact.span]
    marks = {key: list(found) for key, found in matches.items() if key != OSCE_WIDE}
    counts = _countries_by_region(document, countries, region_of, [*places, *bodies])
    for region, of_region in counts.items():
        early = any(
            starts_within((mark.start, mark.end), part)
            for mark in of_region
            for part in (document.title, document.lead)
        )
        if early or len(of_region) >= _MIN_REGION_MENTIONS or region in marks:
            marks.setdefault(region, []).extend(of_region)
    codes = []
    for key, of_region in marks.items():
        of_region.sort()
        kept = [
            mark
            for place, mark in enumerate(of_region)
            if not place or mark.start >= of_region[place - 1].end
        ]
        codes.append(make_code(key, kept))
    return sorted(codes, key=lambda code: code.spans[0])


def _countries_by_region(
    document: Document,
    countries: list[tuple[int, int, str]],
    region_of: dict[str, str],
    names: list[Span],
) -> dict[str, list[RuleMatch]]:
    """Return the places where a country stands for its region, by region: not in names of places
    and bodies, and not for another reason, such as its embassy."""
    part_of_names = bytearray(len(document.flat))
    for start, end in names:
        part_of_names[start:end] = b"\1" * (end - start)
    found: dict[str, list[RuleMatch]] = {}
    for start, end, key in countries:
        before = document.flat[max(document.sentence_at(start)[0], start - 90) : start]
        if not (
            _UNRELATED_COUNTRY_BEFORE.search(before)
            or _UNRELATED_COUNTRY_AFTER.match(document.flat, end)
            or any(part_of_names[start:end])
        ):
            found.setdefault(region_of[key], []).append(RuleMatch(start, end, key))
    return found


# The series of expert events by their first threat; of any other threat CRIME_SERIES.
_SERIES_OF_THREAT = {
    "trafficking_in_persons": "trafficking_events",
    "terrorism": "terrorism_events",
    "foreign_terrorist_fighters": "terrorism_events",
    "violent_extremism": "terrorism_events",
    "cybercrime": "cyber_events",
    "cyber_ict_security": "cyber_events",
    "firearms_trafficking": "arms_events",
    "wmd_and_dual_use": "arms_events",
    "document_and_identity_fraud": "travel_document_security",
}
CRIME_SERIES, GENERAL_SERIES = "crime_events", "political_bodies"
MIXED_SERIES = {"border_regional", "travel_document_security", CRIME_SERIES, GENERAL_SERIES}
MIXED_SERIES |= set(_SERIES_OF_THREAT.values())


def find_series(
    document: Document,
    matches: dict[str, list[RuleMatch]],
    meeting: dict[str, Fact],
    threats: list[Code],
) -> dict[str, Fact]:
    """Return the series whose name is in the title or lead, else the expert events on the first
    threat that is the main subject."""
    kind = meeting["kind"].value
    for key, marks in matches.items():
        for mark in marks:
            span = (mark.start, mark.end)
            if not (starts_within(span, document.title) or starts_within(span, document.lead)):
                continue
            name = key
            if key.startswith("bmsc_"):
                name = "bmsc_conference" if kind == "conference" else "bmsc_course"
            return {"series": Fact(name, span, _(reasons.SERIES_NAME_REASON))}
    match = _BORDER_CUE.search(document.flat, *document.title) or _BORDER_CUE.search(
        document.flat, *document.lead
    )
    if match:
        return {"series": Fact("border_regional", match.span(), _(reasons.BORDER_REASON))}
    focus = [code.id for code in threats if code.role == "focus"]
    name = _SERIES_OF_THREAT.get(focus[0], CRIME_SERIES) if focus else GENERAL_SERIES
    return {"series": Fact(name, None, _(reasons.NO_SERIES_REASON))}


def find_scope(
    document: Document,
    matches: dict[str, list[RuleMatch]],
    regions: list[Code],
    meeting: dict[str, Fact],
) -> dict[str, Fact]:
    """Return the regions a meeting was for: those of its title, its lead and of who took part."""
    spans = {code.id: code.spans for code in regions}
    spans[OSCE_WIDE] = [(mark.start, mark.end) for mark in matches.get(OSCE_WIDE, ())]
    chosen: dict[str, Span] = {}
    for key, places in spans.items():
        for span in places:
            sentence = document.sentence_at(span[0])
            early = starts_within(span, document.title) or starts_within(span, document.lead)
            if early or _AUDIENCE_CUE.search(document.flat[sentence[0] : span[0]]):
                chosen.setdefault(key, span)
    order = [OSCE_WIDE, *(code.id for code in regions)]
    if chosen:
        ids = [key for key in order if key in chosen]
        return {"scope": Fact(";".join(ids), chosen[ids[0]], _(reasons.SCOPE_REASON))}
    if meeting["series"].value in MIXED_SERIES and regions:
        scope = ";".join(code.id for code in regions)
        return {"scope": Fact(scope, regions[0].spans[0], _(reasons.REGIONS_NAMED_REASON))}
    return {"scope": Fact(OSCE_WIDE, None, _(reasons.NO_REGION_REASON))}
