"""From what is found in a text to rows of a dataset: proposed, checked by its own rules, added."""

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from threats.coding.entities import MIXED_SERIES
from threats.coding.model import Code, CodedText
from threats.dataset.casefold import casefold_ascii
from threats.dataset.csv_files import Problem, RawTable, parse_tables
from threats.dataset.model import OSCE_WIDE, Dataset
from threats.dataset.schema import cached_descriptor, table_resource
from threats.dataset.validation import table_problems
from threats.format import join, lower_name, ordinal
from threats.text import coding_reasons as reasons
from threats.text.translate import _

# Most words that a phrase of evidence quotes of the text: terms, never sentences.
MAX_EVIDENCE_WORDS = 9
VOCABULARY_TABLES = (
    "families",
    "series",
    "threat_categories",
    "responses",
    "organizations",
    "regions",
    "countries",
)
NEW_MEETING_TABLES = (
    "meetings",
    "regional_sessions",
    "threat_mentions",
    "response_mentions",
    "participation",
)
DRAFT_COLUMNS = {
    "threats": ["threat_id", "role", "region", "pandemic_link", "evidence", "certainty"],
    "responses": ["response_id", "threat_id", "evidence", "certainty"],
    "organizations": ["organization_id", "role"],
    "sessions": ["region", "topic"],
}
_EVIDENCE = {
    "focus": reasons.MAIN_SUBJECT_EVIDENCE,
    "discussed": reasons.DISCUSSED_EVIDENCE,
    "mentioned": reasons.PASSING_EVIDENCE,
}
_SESSION_CUE = re.compile(r"\b(?:sessions?|working groups?|panels?|side events?)\b", re.IGNORECASE)


class Draft(NamedTuple):
    """The proposed rows of a meeting without what follows from others: its columns by name, and a
    table each of threats, responses, organizations and sessions. All cells are text."""

    meeting: dict[str, str]
    threats: pd.DataFrame
    responses: pd.DataFrame
    organizations: pd.DataFrame
    sessions: pd.DataFrame


def propose_draft(coded: CodedText, dataset: Dataset) -> Draft:
    """Return the rows that a coded text proposes; what it does not tell is empty."""
    columns = table_columns("meetings")
    meeting = dict.fromkeys(columns, "")
    meeting |= {name: str(fact.value) for name, fact in coded.meeting.items() if name in columns}
    meeting |= {"basis": "read", "reading": "whole", "found_by": "series_search"}
    meeting["reach"] = "osce_wide" if OSCE_WIDE in meeting["scope"].split(";") else "regional"
    meeting["meeting_id"] = meeting_id_of(meeting)
    meeting["title"] = _propose_title(coded, meeting, dataset)
    tables = zip(
        DRAFT_COLUMNS.items(),
        (
            _propose_threats(coded),
            _propose_responses(coded),
            _propose_organizations(coded, meeting),
            _propose_sessions(coded, dataset.names("regions")),
        ),
        strict=True,
    )
    # Columns of text also without rows, as an editor adds rows to them.
    return Draft(
        meeting,
        **{
            name: pd.DataFrame(rows, columns=columns, dtype="str")
            for (name, columns), rows in tables
        },
    )


def _propose_threats(coded: CodedText) -> list[dict[str, str]]:
    return [
        {
            "threat_id": found.id,
            "role": found.role,
            "region": "",
            "pandemic_link": found.pandemic_link,
            "evidence": _propose_evidence(coded.document.text, found),
            "certainty": "sure",
        }
        for found in coded.threats
    ]


def _propose_responses(coded: CodedText) -> list[dict[str, str]]:
    return [
        {
            "response_id": found.id,
            "threat_id": "",
            "evidence": _propose_evidence(coded.document.text, found),
            "certainty": "sure",
        }
        for found in coded.responses
    ]


def _propose_organizations(coded: CodedText, meeting: Mapping[str, str]) -> list[dict[str, str]]:
    organizers = meeting["organizers"].split(";") if meeting["organizers"] else []
    roles = {found.id: found.role for found in coded.organizations}
    roles = dict.fromkeys(organizers, "organizer") | {
        key: role for key, role in roles.items() if key not in organizers
    }
    return [{"organization_id": key, "role": role} for key, role in roles.items()]


def _propose_sessions(coded: CodedText, regions: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"region": found.id, "topic": _(reasons.SESSION_TOPIC, region=regions[found.id])}
        for found in coded.regions
        if _has_session(coded, found)
    ]


def table_columns(name: str) -> list[str]:
    """Return the names of the columns of a table, in their order."""
    return [field["name"] for field in table_resource(name)["schema"]["fields"]]


def column_description(column: str) -> str:
    """Return what a column of ``meetings`` means, as the data dictionary says."""
    fields = table_resource("meetings")["schema"]["fields"]
    return next(field["description"] for field in fields if field["name"] == column)


def allowed_values(name: str) -> dict[str, list[str]]:
    """Return the words that a column of a table may hold, for the columns that have a list."""
    return {
        field["name"]: field["constraints"]["enum"]
        for field in table_resource(name)["schema"]["fields"]
        if "enum" in field.get("constraints", {})
    }


def meeting_id_of(meeting: Mapping[str, str]) -> str:
    """Return a meeting's id as the dataset forms them: series, year, place."""
    parts = [meeting["series"], meeting["start_date"][:4]]
    if meeting["series"] != "bsmnfp":  # one meeting a year
        parts.append(meeting["city"])
    plain = "-".join(filter(None, parts)).lower()
    return re.sub(r"[^a-z0-9]+", "-", casefold_ascii(plain)).strip("-")


def _propose_title(coded: CodedText, meeting: Mapping[str, str], dataset: Dataset) -> str:
    """Return a short title made from the facts, as the text's own is not ours to copy."""
    series = dataset["series"].set_index("series_id").loc[meeting["series"]]
    if meeting["edition"] and meeting["series"] not in MIXED_SERIES:
        return f"{ordinal(int(meeting['edition']))} {lower_name(series['name'])}"
    names = dataset.names("threat_categories", "short_name")
    focus = [lower_name(names[found.id]) for found in coded.threats if found.role == "focus"]
    about = f" on {join(focus)}" if focus else ""
    place = f", {meeting['city']}" if meeting["city"] else ""
    return " ".join(f"{meeting['kind'].capitalize()}{about}{place}".split()[:14])


def _propose_evidence(text: str, code: Code) -> str:
    """Return where a code was found and the terms that told it, in a few words."""
    terms: list[str] = []
    left = MAX_EVIDENCE_WORDS
    for start, end in code.spans:
        term = " ".join(text[start:end].split())
        size = len(term.split())
        if term.casefold() not in map(str.casefold, terms) and size <= left:
            terms.append(term)
            left -= size
    message = _EVIDENCE.get(code.role, reasons.NAMED_EVIDENCE)
    return _(message, terms=", ".join(terms) or _(reasons.SEE_TEXT_EVIDENCE))


def _has_session(coded: CodedText, code: Code) -> bool:
    read = coded.document
    return any(
        _SESSION_CUE.search(read.text, *sentence) for sentence in read.sentences_of(code.spans)
    )


def to_dataset_rows(draft: Draft) -> dict[str, list[dict[str, str]]]:
    """Return a draft as rows of the dataset by table, with ids, source and the order of the files.
    An organization that ran the meeting stands in both places."""
    meeting = {name: str(value).strip() for name, value in draft.meeting.items()}
    key, source = meeting["meeting_id"], meeting["source_url"]
    shared = {"meeting_id": key, "source_url": source}
    sessions = [
        {"session_id": f"{key}-s{number}", **shared, **row}
        for number, row in enumerate(_filled_rows(draft.sessions), start=1)
    ]
    threats = [
        {"mention_id": f"{key}.{row['threat_id']}", "session_id": "", **shared, **row}
        for row in _filled_rows(draft.threats)
    ]
    responses = [
        {
            "mention_id": ".".join(filter(None, [key, row["response_id"], row["threat_id"]])),
            "session_id": "",
            **shared,
            **row,
        }
        for row in _filled_rows(draft.responses)
    ]
    taking = [{**shared, **row} for row in _filled_rows(draft.organizations)]
    rows = dict(
        zip(NEW_MEETING_TABLES, ([meeting], sessions, threats, responses, taking), strict=True)
    )
    return {name: _in_file_order(name, table) for name, table in rows.items()}


def _in_file_order(name: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows of a table with the columns and in the order of its file."""
    keys = table_resource(name)["sortedBy"]
    ordered = [{column: row[column] for column in table_columns(name)} for row in rows]
    return sorted(ordered, key=lambda row: [row[key] for key in keys])


def _filled_rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """Return the filled rows of a table as text."""
    rows = table.fillna("").astype("str").to_dict("records")
    cleaned = [{name: cell.strip() for name, cell in row.items()} for row in rows]
    return [row for row in cleaned if any(row.values())]


def validate_rows(rows: Mapping[str, list[dict[str, str]]], dataset: Dataset) -> list[Problem]:
    """Return what is wrong with new rows, and whether the meeting is there already."""
    return [*_find_duplicates(rows, dataset), *row_problems(rows, dataset)]


def row_problems(rows: Mapping[str, list[dict[str, str]]], dataset: Dataset) -> list[Problem]:
    """Return what is wrong with new rows by the rules of the dataset, the line counted in the file
    of these rows alone."""
    tables = dict(_vocabulary_tables(dataset))
    for name in NEW_MEETING_TABLES:
        numbered = list(enumerate(rows[name], start=2))
        tables[name] = RawTable(table_columns(name), numbered)
    found = table_problems(cached_descriptor(), tables)
    # Every row repeats the source: name its problem once.
    return [p for p in found if p.column != "source_url" or p.file == "meetings.csv"]


@functools.lru_cache(maxsize=4)
def _vocabulary_tables(dataset: Dataset) -> dict[str, RawTable]:
    tables, _ = parse_tables(dataset.files, cached_descriptor(), VOCABULARY_TABLES)
    return tables


def _find_duplicates(rows: Mapping[str, list[dict[str, str]]], dataset: Dataset) -> list[Problem]:
    """Return whether the meeting is known: by its id, by source and start, or by series, start and
    place."""
    (meeting,) = rows["meetings"]
    known = dataset["meetings"]
    if meeting["meeting_id"] in set(known["meeting_id"]):
        problem, expected = reasons.KNOWN_MEETING_PROBLEM
        text = _(problem, meeting=meeting["meeting_id"])
        return [Problem("meetings.csv", 2, "meeting_id", text, _(expected))]
    for names in (("source_url", "start_date"), ("series", "start_date", "city")):
        if meeting["source_url"] and len(meeting["start_date"]) == 10:
            same = known[(known[list(names)] == [meeting[name] for name in names]).all(axis=1)]
            if len(same):
                problem, expected = reasons.SAME_MEETING_PROBLEM
                text = _(problem, columns=join(names), meeting=same["meeting_id"].iloc[0])
                return [Problem("meetings.csv", 2, names[0], text, _(expected))]
    return []
