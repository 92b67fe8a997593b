"""Who and where a text is about: organizations, regions, scope and series."""

import re
from collections.abc import Collection

from threats.coding.document import Document, Fact
from threats.coding.model import Code, make_code, starts_within
from threats.coding.rules import RuleMatch, compile_words
from threats.dataset.model import OSCE_WIDE

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
        role, why = min(parts, key=lambda part: _ORGANIZATION_ROLES.index(part[0]))
        coded = make_code(key, marks, role=role, role_reason=why)
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
        return "organizer", "named after who ran it"
    cue = _SPEAKER_CUE.search(document.flat[first:last])
    return ("speaker", f"named beside “{cue[0]}”") if cue else ("participant", "named")


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
    marks = {key: list(places) for key, places in matches.items() if key != OSCE_WIDE}
    counts: dict[str, list[RuleMatch]] = {}
    told_otherwise = bytearray(len(document.flat))
    places = [meeting[name].span for name in ("city", "country") if name in meeting]
    for start, end in (*places, *bodies):
        told_otherwise[start:end] = b"\1" * (end - start)
    for start, end, key in countries:
        before = document.flat[max(document.sentence_at(start)[0], start - 90) : start]
        if (
            _UNRELATED_COUNTRY_BEFORE.search(before)
            or _UNRELATED_COUNTRY_AFTER.match(document.flat, end)
            or any(told_otherwise[start:end])
        ):
            continue
        counts.setdefault(region_of[key], []).append(RuleMatch(start, end, key))
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


def find_series(
    document: Document, matches: dict[str, list[RuleMatch]], meeting: dict[str, Fact]
) -> dict[str, Fact]:
    """Return the series whose name stands in title or lead, else the group of other meetings."""
    kind = meeting["kind"].value
    for key, marks in matches.items():
        for mark in marks:
            span = (mark.start, mark.end)
            if not (starts_within(span, document.title) or starts_within(span, document.lead)):
                continue
            name = key
            if key.startswith("bmsc_"):
                name = "bmsc_conference" if kind == "conference" else "bmsc_course"
            return {"series": Fact(name, span, "its name stands in title or lead")}
    match = _BORDER_CUE.search(document.flat, *document.title) or _BORDER_CUE.search(
        document.flat, *document.lead
    )
    if match:
        return {"series": Fact("border_regional", match.span(), "about borders, no series named")}
    return {"series": Fact("tnt_other", None, "no series is named")}


def find_scope(
    document: Document,
    matches: dict[str, list[RuleMatch]],
    regions: list[Code],
    meeting: dict[str, Fact],
) -> dict[str, Fact]:
    """Return the regions a meeting was for: those of its title, its lead and of who took part."""
    spans = {code.id: code.spans for code in regions}
    spans[OSCE_WIDE] = [(mark.start, mark.end) for mark in matches.get(OSCE_WIDE, ())]
    chosen = {}
    for key, places in spans.items():
        for span in places:
            sentence = document.sentence_at(span[0])
            early = starts_within(span, document.title) or starts_within(span, document.lead)
            if early or _AUDIENCE_CUE.search(document.flat[sentence[0] : span[0]]):
                chosen.setdefault(key, span)
    order = [OSCE_WIDE, *(code.id for code in regions)]
    if chosen:
        ids = [key for key in order if key in chosen]
        return {"scope": Fact(";".join(ids), chosen[ids[0]], "in title or lead, or who took part")}
    if meeting["series"].value in ("border_regional", "tnt_other") and regions:
        told = ";".join(code.id for code in regions)
        return {"scope": Fact(told, regions[0].spans[0], "the regions named")}
    return {"scope": Fact(OSCE_WIDE, None, "no region is named as its own")}
