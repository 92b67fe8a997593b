"""Pairs on agendas, tested within series."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.contingency_tables import StratifiedTable

from threats.stats.cooccurrence import cooccurring_threats, responses_with_threats
from threats.stats.filters import Selection
from threats.stats.selection import select


def strata_of(selected, left, right):
    """Return a 2 × 2 table a series of two threats on the agenda, counted in plain Python."""
    meetings = selected.meetings[selected.meetings["known"]]
    rows = selected.agenda[selected.agenda["role"].isin(["focus", "discussed"])]
    having = {
        threat: set(rows.loc[rows["threat_id"] == threat, "meeting_id"]) for threat in (left, right)
    }
    tables = {}
    for meeting in meetings.itertuples():
        table = tables.setdefault(meeting.series, np.zeros((2, 2)))
        table[
            int(meeting.meeting_id not in having[left]),
            int(meeting.meeting_id not in having[right]),
        ] += 1
    return list(tables.values())


@pytest.mark.parametrize(
    ("left", "right"),
    [("migrant_smuggling", "trafficking_in_persons"), ("drug_trafficking", "organized_crime")],
)
def test_odds_ratio_and_interval_are_those_of_statsmodels(data, left, right):
    selected = select(data, Selection())
    table = cooccurring_threats(selected).set_index(["left", "right"])
    row = table.loc[(left, right)]
    expected = StratifiedTable(strata_of(selected, left, right))
    assert row["odds_ratio"] == pytest.approx(expected.oddsratio_pooled)
    assert (row["low"], row["high"]) == pytest.approx(expected.oddsratio_pooled_confint())
    other = table.loc[(right, left)]
    assert other["odds_ratio"] == pytest.approx(row["odds_ratio"])
    assert other["holds"] == row["holds"]


def test_two_threats_that_only_share_a_series_are_no_pair(data):
    selected = select(data, Selection())
    meetings = selected.meetings.assign(
        series=["a", "b"] * (len(selected.meetings) // 2) + ["a"] * (len(selected.meetings) % 2)
    )
    ids = meetings.loc[meetings["known"], ["meeting_id", "series"]]
    of_a = ids.loc[ids["series"] == "a", "meeting_id"].tolist()
    random = np.random.default_rng(7)
    # Both are frequent in series a and absent from b, and independent within a.
    rows = [(m, t) for m in of_a for t in ("terrorism", "corruption") if random.random() < 0.5]
    agenda = pd.DataFrame(rows, columns=["meeting_id", "threat_id"]).assign(role="discussed")
    from dataclasses import replace

    one = replace(selected, meetings=meetings, agenda=agenda, whole=None)
    row = cooccurring_threats(one).set_index(["left", "right"]).loc[("terrorism", "corruption")]
    assert row["lift"] > 1.5
    cells = np.zeros((2, 2))
    for meeting in ids["meeting_id"]:
        has = [(meeting, t) in set(rows) for t in ("terrorism", "corruption")]
        cells[int(not has[0]), int(not has[1])] += 1
    assert fisher_exact(cells)[1] < 0.001
    assert not row["holds"]


def test_significance_does_not_depend_on_the_threats_shown(data):
    whole = responses_with_threats(select(data, Selection())).set_index(["left", "right"])
    chosen = responses_with_threats(select(data, Selection(threat=("terrorism",))))
    assert len(chosen) > 5
    for row in chosen.itertuples():
        assert whole.loc[(row.left, row.right), "p_adjusted"] == pytest.approx(
            row.p_adjusted, nan_ok=True
        )
