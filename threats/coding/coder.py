"""From a press release to codes: what of the vocabulary it names, where, by which rule.

Rules, not a model: each code has the places in the text and the patterns that found it, and each
proposed role and link the reason. What is proposed is for a person to check.
"""

import functools
from typing import Any, NamedTuple

from threats.coding.document import Document, Fact, clean_text, parse_document, searchable
from threats.coding.entities import code_organizations, code_regions, find_scope, find_series
from threats.coding.meeting_facts import find_meeting_facts
from threats.coding.model import Code, CodedText, make_code
from threats.coding.roles import code_threats
from threats.coding.rules import (
    RuleMatch,
    RuleSet,
    candidates,
    compile_rules,
    counted_spans,
    is_in_field,
    mask_names,
    match_rules,
)
from threats.dataset.model import Dataset
from threats.text import coding_reasons as reasons
from threats.text.translate import _


def code(text: str, dataset: Dataset, any_field: bool = False) -> CodedText:
    """Return what of a dataset's vocabulary is in a text, and the facts of the meeting it tells. In
    a text without a word of the field, responses are only looked for if ``any_field``."""
    rules = compile_rules(dataset)
    read = parse_document(clean_text(text), rules.standing)
    found = match_rules(read.folded, rules, any_field)
    places = _to_text_positions(read, found)
    threats = code_threats(read, matches_of_kind(places, "threat"))
    responses = [
        make_code(key, marks) for key, marks in matches_of_kind(places, "response").items()
    ]
    countries = sorted(
        (place.start, place.end, key)
        for key, marks in matches_of_kind(places, "country").items()
        for place in marks
    )
    known = _reference_data(dataset)
    meeting = find_meeting_facts(read, known.cities, countries, known.chairs)
    organizers, organizations = code_organizations(
        read, matches_of_kind(places, "organization"), known.osce
    )
    regions = code_regions(
        read, matches_of_kind(places, "region"), countries, known.region, meeting, organizations
    )
    meeting |= find_series(read, matches_of_kind(places, "series"), meeting, threats)
    meeting |= find_scope(read, matches_of_kind(places, "region"), regions, meeting)
    if organizers:
        meeting["organizers"] = Fact(
            ";".join(code.id for code in organizers),
            organizers[0].spans[0],
            _(reasons.ORGANIZER_REASON),
        )
    outside = not (any_field or responses or is_in_field(mask_names(read.folded, rules), rules))
    return CodedText(read, meeting, threats, responses, regions, organizations, outside)


def find_mentions(text: str, rules: RuleSet) -> list[tuple[str, str]]:
    """Return the kind and id of each rule that finds something in a text, as ``code`` does, without
    the places, which take longer."""
    form = searchable(clean_text(text), rules.standing)
    return [
        (rule.kind, rule.id)
        for rule, searched in candidates(form.folded, rules)
        if next(counted_spans(rule, searched), None)
    ]


class _ReferenceData(NamedTuple):
    cities: dict[str, str]
    chairs: dict[int, str]
    region: dict[str, str]
    osce: frozenset[str]


@functools.lru_cache(maxsize=4)
def _reference_data(dataset: Dataset) -> _ReferenceData:
    """Return what a dataset knows of cities, chairs and countries."""
    meetings = dataset["meetings"]
    placed = meetings[(meetings["city"] != "") & (meetings["country"] != "")]
    chaired = meetings[meetings["chair"] != ""].dropna(subset="year")
    chairs = chaired.groupby("year")["chair"].agg(lambda ids: ids.mode().iloc[0])
    organizations = dataset["organizations"]
    return _ReferenceData(
        dict(zip(placed["city"], placed["country"], strict=True)),
        {int(year): chair for year, chair in chairs.items()},
        dict(zip(dataset["countries"]["iso3"], dataset["countries"]["region"], strict=True)),
        frozenset(organizations.loc[organizations["kind"] == "osce", "organization_id"]),
    )


def matches_of_kind(
    matches: dict[tuple[str, str], list[RuleMatch]], kind: str
) -> dict[str, list[RuleMatch]]:
    """Return what was found of a kind, by id."""
    return {key: marks for (of, key), marks in matches.items() if of == kind}


def _to_text_positions(
    document: Document, matches: dict[tuple[str, str], list[RuleMatch]]
) -> dict[tuple[str, str], list[RuleMatch]]:
    """Return the places found in the folded text as places in the text itself."""
    return {
        key: [
            RuleMatch(*document.places.span(mark.start, mark.end), mark.pattern) for mark in marks
        ]
        for key, marks in matches.items()
    }


def coded_to_dict(coded: CodedText, file: str) -> dict[str, Any]:
    """Return what is found in a file's text as plain values: ids, roles, links, spans in characters
    of ``text`` and the patterns that matched, by the names of the columns of the dataset."""

    def plain(found: Code, kind: str) -> dict[str, Any]:
        values: dict[str, Any] = {f"{kind}_id": found.id}
        if found.role:
            values["role"] = found.role
        if kind == "threat":
            values["pandemic_link"] = found.pandemic_link
        values["spans"] = [list(span) for span in found.spans]
        values["rule"] = "; ".join(found.rules)
        reasons = filter(None, (found.role_reason, found.link_reason))
        return values | ({"reason": "; ".join(reasons)} if found.role_reason else {})

    return {
        "file": file,
        "meeting": {name: fact.value for name, fact in coded.meeting.items()},
        "threats": [plain(found, "threat") for found in coded.threats],
        "responses": [plain(found, "response") for found in coded.responses],
        "regions": [plain(found, "region") for found in coded.regions],
        "organizations": [plain(found, "organization") for found in coded.organizations],
        "text": coded.document.text,
    }
