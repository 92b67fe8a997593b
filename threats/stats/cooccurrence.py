"""Co-occurrence on agendas: threats with threats, responses and organizations."""

import numpy as np
import pandas as pd

from threats.caching import cached
from threats.dataset.categories import is_in
from threats.dataset.model import PANDEMIC
from threats.stats.libraries import csr_array
from threats.stats.mentions import filter_role, response_rows
from threats.stats.pair_tests import pair_tests
from threats.stats.selection import Selected

MIN_COOCCURRENCES = 3  # fewer common meetings can be a coincidence


def count_cooccurrences(left: pd.DataFrame, right: pd.DataFrame, n_meetings: int) -> pd.DataFrame:
    """Return how often each id on the left occurs in a meeting with each id on the right.

    ``left`` and ``right`` have ``meeting_id`` and one more column; ``n_meetings`` is the number of
    meetings in which both could occur. Columns: ``left``, ``right``, ``together`` (meetings with
    both), ``left_meetings``, ``right_meetings``, ``meetings``, ``expected`` if the two were
    independent, and ``lift``, together divided by expected (Brin and others, SIGMOD 1997, 255);
    empty if either never occurs.
    """
    if left.empty or right.empty:
        counts = ["together", "left_meetings", "right_meetings", "meetings", "expected", "lift"]
        return pd.DataFrame(columns=["left", "right", *counts])
    place, _ = pd.factorize(pd.concat([left["meeting_id"], right["meeting_id"]]))
    ids, matrices = [], []
    for frame, row in ((left, place[: len(left)]), (right, place[len(left) :])):
        (name,) = frame.columns.difference(["meeting_id"])
        column, names = pd.factorize(frame[name], sort=True)
        # Sparse, as each meeting has few of all ids.
        cells = csr_array((np.ones(len(row), int), (row, column)), (place.max() + 1, len(names)))
        ids.append(names.tolist())
        matrices.append(cells.sign())
    index = pd.MultiIndex.from_product(ids, names=["left", "right"])
    table = index.to_frame(index=False).assign(
        together=(matrices[0].T @ matrices[1]).toarray().ravel(),
        left_meetings=np.repeat(matrices[0].sum(axis=0), len(ids[1])),
        right_meetings=np.tile(matrices[1].sum(axis=0), len(ids[0])),
    )
    expected = table["left_meetings"] * table["right_meetings"] / max(n_meetings, 1)
    return table.assign(
        meetings=n_meetings,
        expected=expected,
        lift=(table["together"] / expected.where(expected > 0)).astype(float),
    )


TEST_COLUMNS = ["odds_ratio", "low", "high", "p_adjusted", "holds"]


def threats_on_agenda(selected: Selected) -> pd.DataFrame:
    """Return ``meeting_id`` and ``threat_id``, one row per meeting and selected threat on its
    agenda."""
    rows = filter_role(selected.agenda, selected.role)
    rows = rows.loc[
        is_in(rows["threat_id"], selected.threats["threat_id"]), ["meeting_id", "threat_id"]
    ]
    return rows.drop_duplicates()


def responses_with_threats(selected: Selected) -> pd.DataFrame:
    """Return ``count_cooccurrences`` of responses (left) and threats (right), with
    ``TEST_COLUMNS`` of ``pair_tests``."""
    return _tested_with_threats("responses", selected)


def _cooccurrences_with_threats(
    left: pd.DataFrame, threats: pd.DataFrame, selected: Selected
) -> pd.DataFrame:
    """Return ``count_cooccurrences`` of ids with threats over the meetings with a known agenda.

    Pairs with the pandemic exclude the meetings found only by pandemic words, as ``attention``
    does, and the expected number is over the other meetings.
    """
    known = selected.meetings[selected.meetings["known"]]

    def counted(meetings: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
        ids = meetings["meeting_id"]
        first, second = (rows[is_in(rows["meeting_id"], ids)] for rows in (left, threats))
        table = count_cooccurrences(first, second, len(meetings))
        return table, table[["left", "right"]].eq(PANDEMIC).any(axis=1)

    searched = known["found_by"] == "pandemic_search"
    table, pandemic = counted(known)
    if not (pandemic.any() and searched.any()):
        return table
    others, of_others = counted(known[~searched])
    table = pd.concat([table[~pandemic], others[of_others]])
    return table.sort_values(["left", "right"], ignore_index=True)


def cooccurring_threats(selected: Selected) -> pd.DataFrame:
    """Return ``count_cooccurrences`` of two different threats, each pair in both directions, with
    ``TEST_COLUMNS`` of ``pair_tests``."""
    table = _tested_with_threats("threats", selected)
    table = table[is_in(table["left"], selected.threats["threat_id"])]
    return table[table["left"] != table["right"]].reset_index(drop=True)


def organizations_with_threats(selected: Selected) -> pd.DataFrame:
    """Return ``count_cooccurrences`` of participating organizations (left) and threats (right),
    with ``TEST_COLUMNS`` of ``pair_tests``."""
    return _tested_with_threats("organizations", selected)


def _tested_with_threats(of: str, selected: Selected) -> pd.DataFrame:
    """Return pairs with the selected threats, with ``TEST_COLUMNS``: the tests are over all
    threats, as the significance of a pair must not depend on which threats are shown."""
    table = _all_tested_pairs(of, selected.all_threats)
    rows = is_in(table["right"], selected.threats["threat_id"])
    return table[rows].reset_index(drop=True)


@cached(128)
def _all_tested_pairs(of: str, selected: Selected) -> pd.DataFrame:
    threats = threats_on_agenda(selected)
    left = threats
    if of == "responses":
        left = response_rows(selected)[["meeting_id", "response_id"]].drop_duplicates()
    elif of == "organizations":
        rows = selected.dataset["participation"]
        left = rows[["meeting_id", "organization_id"]].drop_duplicates()
    pairs = _cooccurrences_with_threats(left, threats, selected)
    if pairs.empty:
        return pairs.assign(**dict.fromkeys(TEST_COLUMNS))
    tests = pair_tests(left, threats, selected)[["left", "right", *TEST_COLUMNS]]
    pairs = pairs.merge(tests, on=["left", "right"], how="left")
    return pairs.assign(holds=pairs["holds"].eq(True))
