"""From a press release to codes: what of the vocabulary it names, where, by which rule.

Rules, not a model: each code has the places in the text and the patterns that found it, and each
proposed role and link the reason. What is proposed is for a person to check.
"""

import functools
from typing import Any, NamedTuple

from threats.coding import document as documents
from threats.coding.codes import Code, Coded, code_of
from threats.coding.document import Document, Fact, cleaned
from threats.coding.facts import facts_of
from threats.coding.roles import threats_of
from threats.coding.rules import Found, rules_of, search
from threats.coding.who import organizations_of, regions_of, scope_of, series_of
from threats.dataset import Dataset

__all__ = ["Code", "Coded", "Fact", "as_json", "code"]


def code(text: str, dataset: Dataset) -> Coded:
    """Return what of a dataset's vocabulary is in a text, and the facts of the meeting it tells."""
    rules = rules_of(dataset)
    read = documents.document(cleaned(text), rules.standing)
    found = search(read.folded, rules)
    places = _in_text(read, found)
    threats = threats_of(read, of_kind(places, "threat"))
    responses = [code_of(key, marks) for key, marks in of_kind(places, "response").items()]
    countries = sorted(
        (place.start, place.end, key)
        for key, marks in of_kind(places, "country").items()
        for place in marks
    )
    known = _known(dataset)
    meeting = facts_of(read, known.cities, countries, known.chairs)
    organizers, organizations = organizations_of(read, of_kind(places, "organization"), known.osce)
    regions = regions_of(
        read, of_kind(places, "region"), countries, known.region, meeting, organizations
    )
    meeting |= series_of(read, of_kind(places, "series"), meeting)
    meeting |= scope_of(read, of_kind(places, "region"), regions, meeting)
    if organizers:
        meeting["organizers"] = Fact(
            ";".join(code.id for code in organizers),
            organizers[0].spans[0],
            "named where the text says who ran it",
        )
    return Coded(read, meeting, threats, responses, regions, organizations)


class _Known(NamedTuple):
    cities: dict[str, str]
    chairs: dict[int, str]
    region: dict[str, str]
    osce: frozenset[str]


@functools.lru_cache(maxsize=4)
def _known(dataset: Dataset) -> _Known:
    """Return what a dataset knows of cities, chairs and countries."""
    meetings = dataset["meetings"]
    placed = meetings[(meetings["city"] != "") & (meetings["country"] != "")]
    chaired = meetings[meetings["chair"] != ""].dropna(subset="year")
    chairs = chaired.groupby("year")["chair"].agg(lambda ids: ids.mode().iloc[0])
    organizations = dataset["organizations"]
    return _Known(
        dict(zip(placed["city"], placed["country"], strict=True)),
        {int(year): chair for year, chair in chairs.items()},
        dict(zip(dataset["countries"]["iso3"], dataset["countries"]["region"], strict=True)),
        frozenset(organizations.loc[organizations["kind"] == "osce", "organization_id"]),
    )


def of_kind(places: dict[tuple[str, str], list[Found]], kind: str) -> dict[str, list[Found]]:
    """Return what was found of a kind, by id."""
    return {key: marks for (of, key), marks in places.items() if of == kind}


def _in_text(
    read: Document, found: dict[tuple[str, str], list[Found]]
) -> dict[tuple[str, str], list[Found]]:
    """Return the places found in the folded text as places in the text itself."""
    return {
        key: [Found(*read.places.span(mark.start, mark.end), mark.pattern) for mark in marks]
        for key, marks in found.items()
    }


def as_json(coded: Coded, file: str) -> dict[str, Any]:
    """Return what is found in a file's text as plain values: ids, roles, links, spans in characters
    of ``text`` and the patterns that matched, by the names of the columns of the dataset."""

    def plain(found: Code, kind: str) -> dict[str, Any]:
        told = {f"{kind}_id": found.id}
        if found.role:
            told["role"] = found.role
        if kind == "threat":
            told["pandemic_link"] = found.pandemic_link
        told["spans"] = [list(span) for span in found.spans]
        told["rule"] = "; ".join(found.rules)
        reasons = filter(None, (found.role_reason, found.link_reason))
        return told | ({"reason": "; ".join(reasons)} if found.role_reason else {})

    return {
        "file": file,
        "meeting": {name: fact.value for name, fact in coded.meeting.items()},
        "threats": [plain(found, "threat") for found in coded.threats],
        "responses": [plain(found, "response") for found in coded.responses],
        "regions": [plain(found, "region") for found in coded.regions],
        "organizations": [plain(found, "organization") for found in coded.organizations],
        "text": coded.document.text,
    }
