"""What is dealt with together: threats with threats, responses, organizations, and regions."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from threats import measures
from threats.dataset import Dataset
from threats.ids import among, places, plain
from threats.once import once
from threats.selection import OSCE_WIDE, Selected, Selection, belongs, of_certainty, select

# Fewer common meetings than this are a coincidence to look at, not a pattern.
FEW_TOGETHER = 3


def pairs(left: pd.DataFrame, right: pd.DataFrame, meetings: int) -> pd.DataFrame:
    """Return how often what is on the left comes with what is on the right.

    ``left`` and ``right`` have ``meeting_id`` and one more column, of the same or another kind;
    ``meetings`` is the number of meetings in which both could have been. Columns: ``left``,
    ``right``, ``together`` (meetings with both), ``left_meetings``, ``right_meetings``,
    ``meetings``, ``expected`` by chance if the two had nothing to do with each other, and ``lift``,
    together against expected (Brin and others, SIGMOD 1997, 255); empty where either never comes.
    """
    if left.empty or right.empty:
        counts = ["together", "left_meetings", "right_meetings", "meetings", "expected", "lift"]
        return pd.DataFrame(columns=["left", "right", *counts])
    place, _ = pd.factorize(pd.concat([left["meeting_id"], right["meeting_id"]]))
    ids, held = [], []
    for frame, row in ((left, place[: len(left)]), (right, place[len(left) :])):
        (name,) = frame.columns.difference(["meeting_id"])
        column, names = pd.factorize(frame[name], sort=True)
        # Of many meetings each has few of what there is.
        cells = csr_array((np.ones(len(row), int), (row, column)), (place.max() + 1, len(names)))
        ids.append(names.tolist())
        held.append(cells.sign())
    index = pd.MultiIndex.from_product(ids, names=["left", "right"])
    table = index.to_frame(index=False).assign(
        together=(held[0].T @ held[1]).toarray().ravel(),
        left_meetings=np.repeat(held[0].sum(axis=0), len(ids[1])),
        right_meetings=np.tile(held[1].sum(axis=0), len(ids[0])),
    )
    expected = table["left_meetings"] * table["right_meetings"] / max(meetings, 1)
    return table.assign(
        meetings=meetings,
        expected=expected,
        lift=(table["together"] / expected.where(expected > 0)).astype(float),
    )


def _with_meetings(rows: pd.DataFrame, selected: Selected, columns: list[str]) -> pd.DataFrame:
    """Return those rows whose meeting is selected, with these columns of it."""
    place = places(rows["meeting_id"], selected.meetings["meeting_id"])
    own = selected.meetings[columns].iloc[place[place >= 0]].reset_index(drop=True)
    return pd.concat([rows[place >= 0].reset_index(drop=True), own], axis=1)


def on_agenda(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return ``meeting_id`` and ``threat_id``, one row per meeting and threat on its agenda, of the
    threats chosen."""
    rows = measures.role_rows(selected.agenda, role)
    rows = rows.loc[
        among(rows["threat_id"], selected.threats["threat_id"]), ["meeting_id", "threat_id"]
    ]
    return rows.drop_duplicates()


def response_rows(selected: Selected) -> pd.DataFrame:
    """Return the mentions of responses in the meetings selected, as certain as asked for and, where
    regions are chosen, of their sessions or of meetings held for them, with the meeting's ``year``,
    ``date``, ``title``, ``start_date``, ``city``, ``country``, ``format`` and ``scope``."""
    columns = ["year", "date", "title", "start_date", "city", "country", "format", "scope"]
    rows = of_certainty(selected.dataset["response_mentions"], selected.selection)
    rows = _with_meetings(rows, selected, columns)
    regions = set(selected.selection.region)
    if not regions:
        return rows
    sessions = selected.dataset["regional_sessions"]
    place = places(rows["session_id"], sessions["session_id"])
    return rows[belongs(sessions["region"].reindex(place), rows["scope"], regions)].reset_index(
        drop=True
    )


def responses_with_threats(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return ``pairs`` of responses (left) and threats (right)."""
    responses = response_rows(selected)[["meeting_id", "response_id"]].drop_duplicates()
    return _with_agenda(responses, on_agenda(selected, role), selected)


def _with_agenda(left: pd.DataFrame, threats: pd.DataFrame, selected: Selected) -> pd.DataFrame:
    """Return ``pairs`` of what is on the left with threats, of the meetings whose agenda is known.
    As in ``measures.attention``, pairs with the pandemic leave out the meetings found only by
    pandemic words, and compare with chance over the others."""
    known = selected.meetings[selected.meetings["known"]]

    def counted(meetings: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
        ids = meetings["meeting_id"]
        own = (rows[among(rows["meeting_id"], ids)] for rows in (left, threats))
        table = pairs(*own, len(meetings))
        return table, table[["left", "right"]].eq(measures.PANDEMIC).any(axis=1)

    searched = known["found_by"] == "pandemic_search"
    table, pandemic = counted(known)
    if not (pandemic.any() and searched.any()):
        return table
    others, of_others = counted(known[~searched])
    table = pd.concat([table[~pandemic], others[of_others]])
    return table.sort_values(["left", "right"], ignore_index=True)


def threats_together(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return ``pairs`` of two different threats, each pair in both directions."""
    rows = on_agenda(selected, role)
    table = _with_agenda(rows, rows, selected)
    return table[table["left"] != table["right"]].reset_index(drop=True)


def organizations_with_threats(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return ``pairs`` of organizations that took part (left) and threats (right)."""
    rows = selected.dataset["participation"][["meeting_id", "organization_id"]].drop_duplicates()
    return _with_agenda(rows, on_agenda(selected, role), selected)


def responses_by_year(selected: Selected) -> pd.DataFrame:
    """Return in how many meetings each response was dealt with, one row per response and year:
    ``year``, ``response_id``, ``on_agenda``, ``meetings`` (with a known agenda), ``doubtful``,
    ``share`` with its 95 % interval ``low`` to ``high``, and ``status`` as in
    ``measures.attention``."""
    rows = response_rows(selected).assign(role="discussed")
    vocabulary = selected.dataset["responses"][["response_id"]]
    as_threats = replace(
        selected,
        agenda=rows.drop(columns="threat_id").rename(columns={"response_id": "threat_id"}),
        threats=vocabulary.rename(columns={"response_id": "threat_id"}),
    )
    table = measures.attention(as_threats, "year", "any")
    return table.rename(columns={"threat_id": "response_id"})


def everywhere(selected: Selected) -> Selected:
    """Return a selection with its regions set aside."""
    return select(selected.dataset, replace(selected.selection, region=()))


def by_region(selected: Selected, role: str = "agenda") -> pd.DataFrame:
    """Return attention to each threat in each region beside that in the whole area: the columns of
    ``measures.attention`` with ``region``, ``whole`` (share over all regions) and ``difference``
    from it (of one). The filter's own regions are set aside."""
    return _by_region(selected.dataset, replace(selected.selection, region=()), role)


@once(64)
def _by_region(dataset: Dataset, base: Selection, role: str) -> pd.DataFrame:
    whole = measures.attention(select(dataset, base), None, role)
    whole = whole.set_index("threat_id")["share"]
    tables = []
    for region in dataset.names("regions"):
        narrowed = select(dataset, replace(base, region=(region,)))
        tables.append(measures.attention(narrowed, None, role).assign(region=region))
    table = pd.concat(tables, ignore_index=True)
    table["whole"] = table["threat_id"].map(whole)
    return table.assign(difference=table["share"] - table["whole"])


def region_by_year(selected: Selected, threat_id: str, role: str = "agenda") -> pd.DataFrame:
    """Return attention to one threat by year in each region: ``measures.attention`` with
    ``region``. The filter's own regions are set aside."""
    base = replace(selected.selection, region=(), group=(), threat=(threat_id,))
    return _region_by_year(selected.dataset, base, role)


@once(64)
def _region_by_year(dataset: Dataset, base: Selection, role: str) -> pd.DataFrame:
    tables = [
        measures.attention(select(dataset, replace(base, region=(region,))), "year", role).assign(
            region=region
        )
        for region in dataset.names("regions")
    ]
    return pd.concat(tables, ignore_index=True)


def hosted(selected: Selected) -> pd.Series:
    """Return the number of meetings read that were held in each country of the OSCE area, by
    ``iso3``; the filter's own regions are set aside."""
    counts = measures.read(everywhere(selected)).meetings["country"].value_counts()
    countries = selected.dataset["countries"]["iso3"]
    return pd.Series(counts.reindex(countries, fill_value=0).to_numpy(), countries, dtype=int)


def tied_sessions(selected: Selected) -> pd.DataFrame:
    """Return the sessions on a region, newest first: the columns of ``regional_sessions`` with the
    meeting's ``title``, ``date``, ``start_date`` and ``year``."""
    sessions = selected.dataset["regional_sessions"]
    sessions = sessions[sessions["region"] != OSCE_WIDE]
    chosen = selected.selection.region
    if chosen:
        sessions = sessions[sessions["region"].isin(chosen)]
    columns = ["title", "date", "start_date", "year"]
    rows = plain(_with_meetings(sessions, selected, columns))
    return rows.sort_values(["start_date", "session_id"], ascending=[False, True])


def similar(meeting_id: str, agenda: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """Return the meetings that share most themes with a meeting: ``meeting_id``, ``shared`` (number
    of threats on both agendas) and ``likeness``, shared against all threats of the two (Jaccard,
    Bull. Soc. Vaud. Sci. Nat. 37 (1901) 547); the most alike first, at most ``most``."""
    sets = measures.role_rows(agenda).groupby("meeting_id")["threat_id"].agg(set)
    own = sets.get(meeting_id, set())
    rows = [
        (other, len(own & threats), len(own & threats) / len(own | threats))
        for other, threats in sets.items()
        if other != meeting_id and own & threats
    ]
    table = pd.DataFrame(rows, columns=["meeting_id", "shared", "likeness"])
    order = table.sort_values(["likeness", "shared"], ascending=False, kind="stable")
    return order.head(most).reset_index(drop=True)


def _everything(selected: Selected) -> Selected:
    return select(selected.dataset, Selection(courses=True))


def neighbours(selected: Selected, meeting_id: str) -> tuple[str | None, str | None]:
    """Return the ids of the meetings before and after a meeting in its series, by date; None at
    either end, and where the date is not known."""
    meetings = _everything(selected).meetings
    row = meetings.set_index("meeting_id").loc[meeting_id]
    own = meetings[(meetings["series"] == row["series"]) & (meetings["start_date"] != "")]
    order = own.sort_values(["start_date", "meeting_id"])["meeting_id"].tolist()
    if meeting_id not in order:
        return None, None
    place = order.index(meeting_id)
    before = order[place - 1] if place else None
    return before, order[place + 1] if place + 1 < len(order) else None
