"""The mentions that count, and the meetings that they can count for."""

from typing import Literal

import numpy as np
import pandas as pd

from threats.dataset.categories import is_in, positions
from threats.dataset.model import PANDEMIC
from threats.stats.scopes import in_regions
from threats.stats.selection import Selected

Subject = Literal["threats", "responses", "organizations"]
ID_COLUMNS: dict[Subject, str] = {
    "threats": "threat_id",
    "responses": "response_id",
    "organizations": "organization_id",
}


def filter_role(agenda: pd.DataFrame, role: str = "agenda") -> pd.DataFrame:
    """Return the agenda rows that count for a role of ``CountRule``.

    The main subject of a meeting is in its title or stated aim. The subject of a single session
    was discussed. Raises KeyError for an unknown role.
    """
    return agenda[_counts_for(agenda, role)]


def _counts_for(agenda: pd.DataFrame, role: str) -> np.ndarray:
    rows = {
        "agenda": lambda: is_in(agenda["role"], ["focus", "discussed"]),
        "focus": lambda: is_in(agenda["role"], ["focus"]) & is_in(agenda["session_id"], [""]),
        "any": lambda: np.ones(len(agenda), dtype=bool),
    }
    return rows[role]()


def threat_mentions(selected: Selected) -> pd.DataFrame:
    """Return the agenda rows that count by the selection's rule, of every threat."""
    agenda = selected.agenda
    counted = _counts_for(agenda, selected.role)
    if not selected.count_rule.pandemic_search:
        found = is_in(agenda["found_by"], ["pandemic_search"])
        counted = counted & ~(is_in(agenda["threat_id"], [PANDEMIC]) & found)
    return agenda[counted]


def mentions_of(selected: Selected, threat_id: str, year: int | None = None) -> pd.DataFrame:
    """Return the counted mentions of a threat, newest meeting first, with the columns of
    ``agenda``."""
    rows = threat_mentions(selected)
    rows = rows[rows["threat_id"] == threat_id]
    if year is not None:
        rows = rows[rows["year"] == year]
    order = ["start_date", "meeting_id", "mention_id"]
    return rows.sort_values(order, ascending=[False, True, True])


def join_meetings(rows: pd.DataFrame, selected: Selected, columns: list[str]) -> pd.DataFrame:
    """Return the rows of selected meetings, with these columns of the meeting."""
    place = positions(rows["meeting_id"], selected.meetings["meeting_id"])
    joined = selected.meetings[columns].iloc[place[place >= 0]].reset_index(drop=True)
    return pd.concat([rows[place >= 0].reset_index(drop=True), joined], axis=1)


def response_rows(selected: Selected) -> pd.DataFrame:
    """Return the mentions of responses in the selected meetings, of the selected certainty.

    If regions are selected, only mentions in their sessions or in meetings for them. Each row has
    the meeting's ``year``, ``date``, ``title``, ``start_date``, ``city``, ``country``, ``format``
    and ``scope``.
    """
    columns = ["year", "date", "title", "start_date", "city", "country", "format", "scope"]
    rows, certainty = selected.dataset["response_mentions"], selected.selection.certainty
    if certainty:
        rows = rows[is_in(rows["certainty"], certainty)]
    rows = join_meetings(rows, selected, columns)
    regions = set(selected.selection.region)
    if not regions:
        return rows
    sessions = selected.dataset["regional_sessions"]
    place = positions(rows["session_id"], sessions["session_id"])
    inside = in_regions(sessions["region"].reindex(place), rows["scope"], regions)
    return rows[inside].reset_index(drop=True)


def subject_rows(selected: Selected, of: Subject) -> pd.DataFrame:
    """Return the rows that count: mentions of every threat by the selection's rule, mentions of
    responses, or organizations that took part in any role in a meeting with a known agenda.

    Each has ``meeting_id``, the id and ``certainty``; that of an organization is ``sure``.
    """
    if of == "threats":
        return threat_mentions(selected)
    if of == "responses":
        return response_rows(selected)
    rows = selected.dataset["participation"].assign(certainty="sure")
    known = selected.meetings.loc[selected.meetings["known"], "meeting_id"]
    return rows[is_in(rows["meeting_id"], known)].reset_index(drop=True)


def selected_rows(selected: Selected, table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table that are of the selected threats."""
    rows = is_in(table["threat_id"], selected.threats["threat_id"])
    return table[rows].reset_index(drop=True)


def subject_ids(selected: Selected, of: Subject) -> list[str]:
    """Return the ids of the selected threats, or of all responses or organizations, in the
    vocabulary's order."""
    rows = selected.threats if of == "threats" else selected.dataset[of]
    return rows[ID_COLUMNS[of]].tolist()


def agenda_matrix(meetings: pd.DataFrame, rows: pd.DataFrame, ids: list[str]) -> np.ndarray:
    """Return for each meeting (row) and id (column) whether a row mentions it. The ids are in the
    column of ``rows`` other than ``meeting_id``."""
    (column,) = rows.columns.difference(["meeting_id"])
    meeting = positions(rows["meeting_id"], meetings["meeting_id"])
    subject = positions(rows[column], ids)
    inside = (meeting >= 0) & (subject >= 0)
    # Cells are many times faster than a groupby.
    cells = np.zeros((len(meetings), len(ids)), dtype=bool)
    cells[meeting[inside], subject[inside]] = True
    return cells


def eligible_meetings(selected: Selected, ids: list[str]) -> np.ndarray:
    """Return for each meeting (row) and id (column) whether the meeting belongs to the base of the
    share: its agenda is known and the count rule includes it."""
    meetings = selected.meetings
    eligible = np.repeat(meetings["known"].to_numpy(dtype=bool)[:, None], len(ids), axis=1)
    if PANDEMIC in ids and not selected.count_rule.pandemic_search:
        searched = (meetings["found_by"] == "pandemic_search").to_numpy(dtype=bool)
        eligible[searched, ids.index(PANDEMIC)] = False
    return eligible
