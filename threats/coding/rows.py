"""From what is found in a text to rows of a dataset: proposed, checked by its own rules, added."""

import csv
import functools
import io
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from threats import words
from threats.checks import (
    Problem,
    Table,
    check,
    problems_of,
    read_tables,
    shipped_descriptor,
)
from threats.coding import Code, Coded
from threats.dataset import Dataset, DatasetError
from threats.search import folded

# Most words that a phrase of evidence quotes of the text: terms, never sentences.
MOST_WORDS = 9
VOCABULARIES = ("series", "threat_categories", "responses", "organizations", "regions", "countries")
NEW = ("meetings", "regional_sessions", "threat_mentions", "response_mentions", "participation")
COLUMNS = {
    "threats": ["threat_id", "role", "region", "pandemic_link", "evidence", "certainty"],
    "responses": ["response_id", "threat_id", "evidence", "certainty"],
    "organizations": ["organization_id", "role"],
    "sessions": ["region", "topic"],
}
_SESSION = re.compile(r"\b(?:sessions?|working groups?|panels?|side events?)\b", re.IGNORECASE)


class Draft(NamedTuple):
    """The proposed rows of a meeting without what follows from others: its columns by name, and a
    table each of threats, responses, organizations and sessions. All cells are text."""

    meeting: dict[str, str]
    threats: pd.DataFrame
    responses: pd.DataFrame
    organizations: pd.DataFrame
    sessions: pd.DataFrame


def proposed(coded: Coded, dataset: Dataset) -> Draft:
    """Return the rows that a coded text proposes; what it does not tell is empty."""
    columns = _columns("meetings")
    meeting = dict.fromkeys(columns, "")
    meeting |= {name: str(fact.value) for name, fact in coded.meeting.items() if name in columns}
    meeting |= {"basis": "read", "reading": "whole", "found_by": "series_search"}
    meeting["meeting_id"] = _meeting_id(meeting)
    meeting["title"] = _title(coded, meeting, dataset)
    text = coded.document.text
    organizers = meeting["organizers"].split(";") if meeting["organizers"] else []
    taking = dict.fromkeys(organizers, "organizer")
    taking |= {found.id: found.role for found in coded.organizations if found.id not in taking}
    regions = dataset.names("regions")
    threats = [
        {
            "threat_id": found.id,
            "role": found.role,
            "region": "",
            "pandemic_link": found.pandemic_link,
            "evidence": _evidence(text, found),
            "certainty": "sure",
        }
        for found in coded.threats
    ]
    responses = [
        {
            "response_id": found.id,
            "threat_id": "",
            "evidence": _evidence(text, found),
            "certainty": "sure",
        }
        for found in coded.responses
    ]
    sessions = [
        {"region": found.id, "topic": f"Session on {regions[found.id]}"}
        for found in coded.regions
        if _has_session(coded, found)
    ]
    parts = [{"organization_id": key, "role": role} for key, role in taking.items()]
    tables = zip(COLUMNS.items(), (threats, responses, parts, sessions), strict=True)
    # Columns of text also where there is no row, as an editor adds rows to them.
    return Draft(
        meeting,
        **{
            name: pd.DataFrame(rows, columns=columns, dtype="str")
            for (name, columns), rows in tables
        },
    )


@functools.lru_cache(maxsize=1)
def _descriptor() -> dict:
    return shipped_descriptor()


def _resource(name: str) -> dict:
    return next(r for r in _descriptor()["resources"] if r["name"] == name)


def _columns(name: str) -> list[str]:
    return [field["name"] for field in _resource(name)["schema"]["fields"]]


def meaning(column: str) -> str:
    """Return what a column of ``meetings`` means, as the data dictionary says."""
    fields = _resource("meetings")["schema"]["fields"]
    return next(field["description"] for field in fields if field["name"] == column)


def choices(name: str) -> dict[str, list[str]]:
    """Return the words that a column of a table may hold, for the columns that have a list."""
    return {
        field["name"]: field["constraints"]["enum"]
        for field in _resource(name)["schema"]["fields"]
        if "enum" in field.get("constraints", {})
    }


def _meeting_id(meeting: Mapping[str, str]) -> str:
    """Return a meeting's id as the dataset forms them: series, year, place."""
    parts = [meeting["series"], meeting["start_date"][:4]]
    if meeting["series"] != "bsmnfp":  # one meeting a year
        parts.append(meeting["city"])
    plain = "-".join(filter(None, parts)).lower()
    return re.sub(r"[^a-z0-9]+", "-", folded(plain)).strip("-")


def _title(coded: Coded, meeting: Mapping[str, str], dataset: Dataset) -> str:
    """Return a short title made from the facts, as the text's own is not ours to copy."""
    series = dataset["series"].set_index("series_id").loc[meeting["series"]]
    if meeting["edition"] and meeting["series"] not in ("border_regional", "tnt_other"):
        return f"{words.ordinal(int(meeting['edition']))} {words.inside(series['name'])}"
    names = dataset.names("threat_categories", "short_name")
    focus = [words.inside(names[found.id]) for found in coded.threats if found.role == "focus"]
    about = f" on {words.listed(focus)}" if focus else ""
    place = f", {meeting['city']}" if meeting["city"] else ""
    return " ".join(f"{meeting['kind'].capitalize()}{about}{place}".split()[:14])


def _evidence(text: str, found: Code) -> str:
    """Return where a code was found and the terms that told it, in a few words."""
    where = {"focus": "Main subject", "discussed": "Discussed", "mentioned": "In passing"}
    terms, left = [], MOST_WORDS
    for start, end in found.spans:
        term = " ".join(text[start:end].split())
        size = len(term.split())
        if term.casefold() not in map(str.casefold, terms) and size <= left:
            terms.append(term)
            left -= size
    return f"{where.get(found.role, 'Named')}: {', '.join(terms) or 'see the text'}"


def _has_session(coded: Coded, found: Code) -> bool:
    read = coded.document
    return any(_SESSION.search(read.text, *sentence) for sentence in read.sentences_of(found.spans))


def completed(draft: Draft) -> dict[str, list[dict[str, str]]]:
    """Return a draft as rows of the dataset by table, with ids, source and the order of the files.
    An organization that ran the meeting stands in both places."""
    meeting = {name: str(value).strip() for name, value in draft.meeting.items()}
    key, source = meeting["meeting_id"], meeting["source_url"]
    shared = {"meeting_id": key, "source_url": source}
    sessions = [
        {"session_id": f"{key}-s{number}", **shared, **row}
        for number, row in enumerate(_rows(draft.sessions), start=1)
    ]
    threats = [
        {"mention_id": f"{key}.{row['threat_id']}", "session_id": "", **shared, **row}
        for row in _rows(draft.threats)
    ]
    responses = [
        {
            "mention_id": ".".join(filter(None, [key, row["response_id"], row["threat_id"]])),
            "session_id": "",
            **shared,
            **row,
        }
        for row in _rows(draft.responses)
    ]
    taking = [{**shared, **row} for row in _rows(draft.organizations)]
    rows = dict(zip(NEW, ([meeting], sessions, threats, responses, taking), strict=True))
    return {
        name: sorted(
            ({column: row[column] for column in _columns(name)} for row in table),
            key=lambda row, name=name: [row[column] for column in _resource(name)["sortedBy"]],
        )
        for name, table in rows.items()
    }


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """Return the filled rows of a table as text."""
    rows = table.fillna("").astype("str").to_dict("records")
    cleaned = [{name: cell.strip() for name, cell in row.items()} for row in rows]
    return [row for row in cleaned if any(row.values())]


def problems(rows: Mapping[str, list[dict[str, str]]], dataset: Dataset) -> list[Problem]:
    """Return what is wrong with new rows by the rules of the dataset, the line counted in the file
    of these rows alone; and whether the meeting is there already."""
    tables = dict(_vocabulary(dataset))
    for name in NEW:
        numbered = list(enumerate(rows[name], start=2))
        tables[name] = Table(_columns(name), numbered)
    found = problems_of(_descriptor(), tables)
    # The source stands in every row, and is told once.
    told = [p for p in found if p.column != "source_url" or p.file == "meetings.csv"]
    return [*_duplicates(rows, dataset), *told]


@functools.lru_cache(maxsize=4)
def _vocabulary(dataset: Dataset) -> dict[str, Table]:
    tables, _ = read_tables(dataset.files, _descriptor(), VOCABULARIES)
    return tables


def _duplicates(rows: Mapping[str, list[dict[str, str]]], dataset: Dataset) -> list[Problem]:
    """Return whether the meeting is known: by its id, by source and start, or by series, start and
    place."""
    (meeting,) = rows["meetings"]
    known = dataset["meetings"]
    if meeting["meeting_id"] in set(known["meeting_id"]):
        what = f'"{meeting["meeting_id"]}" is in the dataset already'
        return [Problem("meetings.csv", 2, "meeting_id", what, "an id of its own")]
    for names in (("source_url", "start_date"), ("series", "start_date", "city")):
        if meeting["source_url"] and len(meeting["start_date"]) == 10:
            same = known[(known[list(names)] == [meeting[name] for name in names]).all(axis=1)]
            if len(same):
                what = f"{words.listed(names)} are those of {same['meeting_id'].iloc[0]}"
                expected = "a meeting that is not in the dataset"
                return [Problem("meetings.csv", 2, names[0], what, expected)]
    return []


def as_csv(rows: Mapping[str, list[dict[str, str]]]) -> dict[str, bytes]:
    """Return new rows as CSV files with a header, by their names; tables without a row left out."""
    files = {}
    for name, table in rows.items():
        if table:
            text = io.StringIO()
            writer = csv.DictWriter(text, _columns(name), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
            files[f"{name}.csv"] = text.getvalue().encode("utf-8")
    return files


def add(rows: Mapping[str, list[dict[str, str]]], dataset: Dataset) -> None:
    """Add new rows to the folder of a dataset: all of them or, where anything is wrong, none.

    Raises DatasetError with the problems, and OSError if the folder cannot be written.
    """
    folder = dataset.folder
    found = problems(rows, dataset)
    if found:
        raise DatasetError(folder, found)
    changed = {
        f"{name}.csv": _inserted((folder / f"{name}.csv").read_text(encoding="utf-8"), name, table)
        for name, table in rows.items()
        if table
    }
    with tempfile.TemporaryDirectory() as name:
        tried = Path(shutil.copytree(folder, Path(name) / "data"))
        for file, text in changed.items():
            (tried / file).write_text(text, encoding="utf-8", newline="")
        found = check(tried)
    if found:
        raise DatasetError(folder, found)
    _replace(folder, changed)


def _inserted(text: str, name: str, rows: list[dict[str, str]]) -> str:
    """Return the text of a file with rows at their places; the other lines stay as they are."""
    header, *lines = text.splitlines(keepends=True)
    columns = next(csv.reader([header]))
    order = _resource(name)["sortedBy"]

    def key(line: str) -> list[str]:
        cells = dict(zip(columns, next(csv.reader([line])), strict=True))
        return [cells[column] for column in order]

    for row in rows:
        written = io.StringIO()
        csv.DictWriter(written, columns, lineterminator="\n").writerow(row)
        lines.append(written.getvalue())
    return "".join([header, *sorted(lines, key=key)])


def _replace(folder: Path, files: Mapping[str, str]) -> None:
    """Write files over those in a folder; if one cannot be written, put the others back."""
    before = {name: (folder / name).read_bytes() for name in files}
    done = []
    try:
        for name, text in files.items():
            new = folder / f".{name}.new"
            new.write_text(text, encoding="utf-8", newline="")
            os.replace(new, folder / name)
            done.append(name)
    except OSError:
        for name in done:
            (folder / name).write_bytes(before[name])
        raise
    finally:
        for name in files:
            (folder / f".{name}.new").unlink(missing_ok=True)
