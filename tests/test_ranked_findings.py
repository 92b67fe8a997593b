"""The strongest findings: rules over figures, which chance does not satisfy."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from threats.content.ranked_findings import STRENGTHS, ranked_findings
from threats.dataset.model import PANDEMIC
from threats.stats.explained import explained_deviance
from threats.stats.filters import Selection, from_params
from threats.stats.selection import select


def test_findings_are_ranked_and_their_views_open(data):
    found = ranked_findings(select(data, Selection()))
    ranks = [STRENGTHS.index(finding.strength) for finding in found]
    assert ranks == sorted(ranks)
    assert 3 <= len(found) <= 6
    for finding in found:
        assert from_params(finding.params, data)[1] == []


def test_the_end_of_the_pandemic_on_agendas_is_counted_by_hand(data):
    """Counted again in plain Python from the rows of the dataset."""
    meetings = data["meetings"]
    mentions = data["threat_mentions"]
    on = {
        row.meeting_id
        for row in mentions.itertuples()
        if row.threat_id == PANDEMIC and row.role in ("focus", "discussed")
    }
    counted = sorted(
        (row.start_date, row.meeting_id in on)
        for row in meetings.itertuples()
        if row.reading != "none"
        and row.reach != "national"
        and row.kind != "course"
        and row.found_by != "pandemic_search"
        and len(row.start_date) == 10
    )
    inside = [(day, yes) for day, yes in counted if "2020-01-30" <= day <= "2023-05-05"]
    last = max(day for day, yes in inside if yes)
    until = [yes for day, yes in inside if day <= last]
    since = [yes for day, yes in counted if day > last]
    assert not any(since)
    found = {f.name: f for f in ranked_findings(select(data, Selection()))}["pandemic-left"]
    assert f"{sum(until)} of {len(until)} (" in found.sentence
    assert f"none of {len(since)} meetings since" in found.sentence


def test_explained_deviance_is_counted_by_hand_and_chance_explains_nothing(data):
    selected = select(data, Selection())
    found = explained_deviance(selected)
    assert found["series"] > 3 * found["year"]
    ids = selected.meetings["series"].tolist()
    order = np.random.default_rng(3).permutation(len(ids))
    mixed = selected.meetings.assign(series=[ids[n] for n in order])
    chance = explained_deviance(replace(selected, meetings=mixed, whole=None))
    assert abs(chance["series"]) < 0.03


def shuffled(selected, seed):
    """Return a selection whose agendas are dealt to its meetings at random."""
    known = selected.meetings.loc[selected.meetings["known"], "meeting_id"].tolist()
    dealt = np.random.default_rng(seed).permutation(known)
    other = dict(zip(known, dealt, strict=True))
    agenda = selected.agenda.assign(
        meeting_id=pd.Categorical(
            selected.agenda["meeting_id"].map(other),
            categories=selected.agenda["meeting_id"].cat.categories,
        )
    )
    return replace(selected, agenda=agenda.reset_index(drop=True), whole=None)


@pytest.mark.slow
def test_agendas_dealt_at_random_give_no_strong_finding(data, monkeypatch):
    """In at most 5% of the runs; the numbers of online meetings are no agenda and stay."""
    from threats.content import finding_changes
    from threats.content.finding_rules import FINDING_RULES

    # Variants come from the dataset, whose agendas are not shuffled.
    monkeypatch.setattr(finding_changes, "_variants", lambda selected: [selected])
    other = {"online_interlude", "borders_changed", "responses_changed"}
    rules = [rule for rule in FINDING_RULES if rule.__name__.strip("_") not in other]
    assert len(rules) == len(FINDING_RULES) - len(other)
    selected = select(data, Selection())
    strong = 0
    for seed in range(40):
        one = shuffled(selected, seed)
        found = [finding for rule in rules for finding in rule(one)]
        strong += any(finding.strength == "strong" for finding in found)
    assert strong <= 2
