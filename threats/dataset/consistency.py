"""Rows of a dataset folder that contradict each other."""

from collections.abc import Iterable, Iterator
from functools import partial

from threats.dataset.csv_files import Problem, RawTable
from threats.dataset.date_forms import ISO_DATE
from threats.dataset.dates import ERA_MILESTONES
from threats.text import problems as problems_text
from threats.text.problems import ProblemText, problem_text

_NO_TABLE = RawTable([], [])


def consistency_problems(tables: dict[str, RawTable]) -> Iterator[Problem]:
    """Yield rows that contradict each other."""
    meetings = dict(_rows_by_id(tables, "meetings", "meeting_id"))
    for line, row in tables.get("meetings", _NO_TABLE).rows:
        for column, text in _meeting_problems(row):
            yield Problem("meetings.csv", line, column, *text)
    yield from _mention_problems(tables, meetings)
    if "meetings" in tables and not any(row["start_date"] for row in meetings.values()):
        text = problem_text(problems_text.NO_DATED_MEETING)
        yield Problem("meetings.csv", 0, "start_date", *text)
    if "milestones" in tables:
        yield from _milestone_problems(tables["milestones"])
    yield from _series_problems(tables)
    yield from _renamed_id_problems(tables)


def _meeting_problems(row: dict[str, str]) -> Iterator[tuple[str, ProblemText]]:
    start, end = row["start_date"], row["end_date"]
    shared = min(len(start), len(end))
    # Texts of another form, which are reported as such, have no order.
    dates = all(ISO_DATE.fullmatch(text) for text in (start, end))
    if dates and end[:shared] < start[:shared]:
        yield "end_date", problem_text(problems_text.END_BEFORE_START, start=start, end=end)
    if (row["basis"] == "inferred") != (row["reading"] == "none"):
        values = {"basis": row["basis"], "reading": row["reading"]}
        yield "reading", problem_text(problems_text.BASIS_AND_READING, **values)
    if (row["reach"] == "national") != bool(row["border_link"]):
        values = {"reach": row["reach"], "link": repr(row["border_link"])}
        yield "border_link", problem_text(problems_text.BORDER_LINK, **values)
    if bool(row["participants"]) != bool(row["participants_qualifier"]):
        yield "participants", problem_text(problems_text.PARTICIPANTS_AND_QUALIFIER)


def _mention_problems(
    tables: dict[str, RawTable], meetings: dict[str, dict[str, str]]
) -> Iterator[Problem]:
    sessions = dict(_rows_by_id(tables, "regional_sessions", "session_id"))
    for name in ("threat_mentions", "response_mentions"):
        for line, row in tables.get(name, _NO_TABLE).rows:
            report = partial(Problem, f"{name}.csv", line)
            session, meeting = sessions.get(row["session_id"]), meetings.get(row["meeting_id"])
            if session and session["meeting_id"] != row["meeting_id"]:
                values = {"session": row["session_id"], "meeting": session["meeting_id"]}
                text = problem_text(problems_text.OTHER_MEETINGS_SESSION, **values)
                yield report("session_id", *text)
            if meeting and meeting["reading"] == "none":
                text = problem_text(problems_text.UNREAD_MEETING, meeting=row["meeting_id"])
                yield report("meeting_id", *text)


def _series_problems(tables: dict[str, RawTable]) -> Iterator[Problem]:
    for line, row in tables.get("series", _NO_TABLE).rows:
        given = {bool(row[name]) for name in ("rhythm", "expected_from", "rhythm_source_url")}
        if len(given) > 1:
            text = problem_text(problems_text.RHYTHM_WITHOUT_SOURCE)
            yield Problem("series.csv", line, "rhythm", *text)


# The table and the column of each kind of id that can be renamed.
_RENAMED_IDS = {
    "meeting": ("meetings", "meeting_id"),
    "series": ("series", "series_id"),
    "threat": ("threat_categories", "threat_id"),
    "indicator": ("indicators", "indicator_id"),
}


def _renamed_id_problems(tables: dict[str, RawTable]) -> Iterator[Problem]:
    for line, row in tables.get("renamed_ids", _NO_TABLE).rows:
        table, column = _RENAMED_IDS.get(row["kind"], ("", ""))
        if table not in tables:
            continue
        known = {other[column] for _line, other in tables[table].rows}
        report = partial(Problem, "renamed_ids.csv", line)
        if row["old_id"] in known:
            text = problem_text(problems_text.RENAMED_BUT_PRESENT, cell=row["old_id"])
            yield report("old_id", *text)
        for new in filter(None, row["new_ids"].split(";")):
            if new not in known:
                values = {"cell": new, "kind": row["kind"]}
                text = problem_text(problems_text.RENAMED_TO_UNKNOWN, **values)
                yield report("new_ids", *text)


def _milestone_problems(table: RawTable) -> Iterator[Problem]:
    found = {row["milestone_id"]: (line, row["date"]) for line, row in table.rows}
    for name in ERA_MILESTONES:
        if name not in found:
            text = problem_text(problems_text.MISSING_ERA_BOUND, name=name)
            yield Problem("milestones.csv", 0, "milestone_id", *text)
        elif len(found[name][1]) < 10:
            line, date = found[name]
            text = problem_text(problems_text.ERA_BOUND_WITHOUT_DAY, date=date)
            yield Problem("milestones.csv", line, "date", *text)


def _rows_by_id(
    tables: dict[str, RawTable], name: str, key: str
) -> Iterable[tuple[str, dict[str, str]]]:
    return ((row[key], row) for _line, row in tables.get(name, _NO_TABLE).rows)
