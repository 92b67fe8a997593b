"""Similar meetings, the previous and next meeting of a series, and sessions on a region."""

import pandas as pd

from threats.dataset.categories import as_text
from threats.dataset.model import OSCE_WIDE
from threats.stats.filters import ANY_REACH, Selection
from threats.stats.mentions import filter_role, join_meetings
from threats.stats.selection import Selected, select


def regional_sessions(selected: Selected) -> pd.DataFrame:
    """Return the sessions on a region, newest first: the columns of ``regional_sessions`` with the
    meeting's ``title``, ``date``, ``start_date`` and ``year``."""
    sessions = selected.dataset["regional_sessions"]
    sessions = sessions[sessions["region"] != OSCE_WIDE]
    chosen = selected.selection.region
    if chosen:
        sessions = sessions[sessions["region"].isin(chosen)]
    columns = ["title", "date", "start_date", "year"]
    rows = as_text(join_meetings(sessions, selected, columns))
    return rows.sort_values(["start_date", "session_id"], ascending=[False, True])


def similar_meetings(meeting_id: str, agenda: pd.DataFrame, limit: int = 5) -> pd.DataFrame:
    """Return the ``limit`` meetings most similar to a meeting, the most similar first.

    Columns: ``meeting_id``, ``shared`` (number of threats on both agendas) and ``likeness``, the
    Jaccard index of the two agendas (Bull. Soc. Vaud. Sci. Nat. 37 (1901) 547).
    """
    sets = filter_role(agenda).groupby("meeting_id")["threat_id"].agg(set)
    own = sets.get(meeting_id, set())
    rows = [
        (other, len(own & threats), len(own & threats) / len(own | threats))
        for other, threats in sets.items()
        if other != meeting_id and own & threats
    ]
    table = pd.DataFrame(rows, columns=["meeting_id", "shared", "likeness"])
    order = table.sort_values(["likeness", "shared"], ascending=False, kind="stable")
    return order.head(limit).reset_index(drop=True)


def _without_filter(selected: Selected) -> Selected:
    return select(selected.dataset, Selection(courses=True, reach=ANY_REACH))


def previous_and_next(selected: Selected, meeting_id: str) -> tuple[str | None, str | None]:
    """Return the ids of the meetings before and after a meeting in its series, by date; None at
    either end, and where the date is not known."""
    meetings = _without_filter(selected).meetings
    row = meetings.set_index("meeting_id").loc[meeting_id]
    own = meetings[(meetings["series"] == row["series"]) & (meetings["start_date"] != "")]
    order = own.sort_values(["start_date", "meeting_id"])["meeting_id"].tolist()
    if meeting_id not in order:
        return None, None
    place = order.index(meeting_id)
    before = order[place - 1] if place else None
    return before, order[place + 1] if place + 1 < len(order) else None
