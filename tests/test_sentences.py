"""Findings and rankings say no more than the figures hold: at ties, at zero, with one thing to
rank, under a narrowed filter. Counts are checked against the files, read here by themselves."""

from dataclasses import replace

import pandas as pd
import plain
import pytest
from plain import rows

from threats.brief.figures import recent_period, threat_figures
from threats.brief.tables import brief_threat_table
from threats.content.comparison_captions import (
    extreme_regions_sentence,
    vs_all_regions_caption,
    with_indicator_caption,
)
from threats.content.count_captions import (
    composition_caption,
    cooccurrence_caption,
    formats_caption,
    hosting_sentence,
    pandemic_links_caption,
    region_years_caption,
)
from threats.content.covid import meeting_formats_chart
from threats.content.drilldown import meetings_for
from threats.content.findings import era_findings, headline_findings
from threats.content.regions import tile_map_chart
from threats.content.responses import (
    most_frequent_organizations,
    organizations_by_threat_chart,
    responses_by_threat_chart,
    threat_cooccurrence_chart,
)
from threats.content.share_captions import (
    heatmap_caption,
    lines_caption,
    peak_phrase,
)
from threats.format import join, lower_name
from threats.stats.attention import attention
from threats.stats.cooccurrence import (
    cooccurring_threats,
    organizations_with_threats,
    responses_with_threats,
)
from threats.stats.drilldown import Drilldown
from threats.stats.eras import meetings_by_format
from threats.stats.filters import Selection
from threats.stats.indicators import travel_by_month
from threats.stats.mentions import response_rows
from threats.stats.regions import meetings_by_country
from threats.stats.selection import select


def meetings(**wanted):
    """Return the meetings of more than one State without courses, those with these values alone,
    by id."""
    return {
        row["meeting_id"]: row
        for row in plain.meetings()
        if all(row[key] == value for key, value in wanted.items())
    }


def agendas():
    """Return for each meeting the threats on its agenda."""
    found = {}
    for row in rows("threat_mentions"):
        if row["role"] in ("focus", "discussed"):
            found.setdefault(row["meeting_id"], set()).add(row["threat_id"])
    return found


def finding(selected, *starts):
    """Return the headline finding that starts with one of these words, or nothing."""
    return next((text for text in headline_findings(selected) if text.startswith(starts)), "")


def newest(selected):
    return finding(selected, "Newest", "Every threat found")


# Newcomers


def test_a_newcomer_is_told_only_where_no_year_before_is_left_out(data):
    first = {}
    for meeting, row in meetings(basis="read").items():
        for threat in agendas().get(meeting, ()):
            first[threat] = min(first.get(threat, "9999"), row["start_date"][:4])
    latest = {threat for threat, year in first.items() if year == max(first.values())}
    told = newest(select(data, Selection()))
    assert told.endswith(f"in {max(first.values())}.")
    labels = data.names("threat_categories", "label")
    assert all(lower_name(labels[threat]) in told for threat in latest)
    for years in ((2010, 2020), (2019, 2019), (2020, 2025)):
        assert newest(select(data, Selection(years=years))) == ""


def test_too_few_is_said_only_of_too_few(data):
    one = select(data, Selection(threat=("terrorism",)))
    assert newest(one) == ""
    few = select(data, Selection(series=("bmsc_conference",)))
    known = len(meetings(series="bmsc_conference", basis="read"))
    assert 2 <= known <= 4
    assert headline_findings(few)[0] == f"Only {known} agendas are known: too few for a finding."
    alike = newest(select(data, Selection(years=(2006, 2006))))
    assert alike == "Every threat found was first on the agenda in 2006."


def test_longest_off_the_agenda_names_all_and_nothing_that_was_there_to_the_end(data):
    for selection in (
        Selection(threat=("terrorism",), years=(2019, 2019)),
        Selection(threat=("terrorism",)),
        Selection(threat=("terrorism", "organized_crime"), years=(2019, 2019)),
    ):
        assert not finding(select(data, selection), "Longest", "Never")
    ids = ("terrorism", "wmd_and_dual_use", "goods_smuggling")
    last = {
        threat: max(
            row["start_date"][:4]
            for meeting, row in meetings(basis="read").items()
            if threat in agendas().get(meeting, ()) and "2010" <= row["start_date"][:4] <= "2020"
        )
        for threat in ids
    }
    names = data.names("threat_categories", "label")
    gone = [lower_name(names[key]) for key in ids if last[key] == min(last.values())]
    selected = select(data, Selection(threat=ids, years=(2010, 2020)))
    assert finding(selected, "Longest") == (
        f"Longest absence: {join(gone)}, last on the agenda in {min(last.values())}."
    )


@pytest.mark.parametrize(
    "selection",
    [Selection(), Selection(region=("central_asia",)), Selection(years=(2020, 2020))],
)
def test_the_most_frequent_is_ranked_by_share_with_all_that_come_second(data, selection):
    selected = select(data, selection)
    table = attention(selected)
    table = table[table["meetings"] >= 5]
    best, second = sorted(set(table["share"]))[:-3:-1]
    names = data.names("threat_categories", "label")
    top, next_ = headline_findings(selected)[0].split(", ahead of ")
    for share, text in ((best, top), (second, next_)):
        for threat in table.loc[table["share"] == share, "threat_id"]:
            assert lower_name(names[threat]) in text


def test_one_threat_is_not_the_most_frequent_of_one(data):
    chosen = select(data, Selection(threat=("pandemic",)))
    assert headline_findings(chosen)[0].startswith("The pandemic: on the agenda in ")
    told = era_findings(select(data, Selection(threat=("terrorism",))))
    tied = {
        row["meeting_id"]
        for row in rows("threat_mentions")
        if row["threat_id"] == "terrorism"
        and row["pandemic_link"]
        and row["meeting_id"] in meetings()
    }
    assert f"Sources linked 1 threat to the pandemic: terrorism (in {len(tied)} meetings)." in told


# The meetings looked for because of the pandemic


def test_pairs_with_the_pandemic_leave_out_what_was_looked_for_because_of_it(data):
    selected, on = select(data, Selection()), agendas()
    counted = {
        meeting
        for meeting, row in meetings(basis="read").items()
        if row["found_by"] != "pandemic_search"
    }
    with_it = {meeting for meeting in counted if "pandemic" in on.get(meeting, ())}
    assert len(counted) < len(meetings(basis="read"))
    table = cooccurring_threats(selected).set_index(["left", "right"])
    for other in ("trafficking_in_persons", "terrorism", "organized_crime"):
        row = table.loc[("pandemic", other)]
        theirs = {meeting for meeting in counted if other in on.get(meeting, ())}
        assert row["together"] == len(with_it & theirs)
        assert (row["left_meetings"], row["right_meetings"]) == (len(with_it), len(theirs))
        assert row["meetings"] == len(counted)
        assert row["expected"] == pytest.approx(len(with_it) * len(theirs) / len(counted))
        assert table.loc[(other, "pandemic"), "together"] == row["together"]
    both = table.loc[("terrorism", "organized_crime"), "meetings"]
    assert both == len(meetings(basis="read"))


def test_a_cell_of_the_pandemic_leads_to_as_many_meetings_as_it_counts(data):
    selected = select(data, Selection())
    for table, mark in (
        (cooccurring_threats(selected), "other"),
        (responses_with_threats(selected), "response"),
        (organizations_with_threats(selected), "organization"),
    ):
        own = table[(table["right"] == "pandemic") & (table["together"] > 0)]
        assert len(own) > 3
        for row in own.itertuples():
            behind = meetings_for(selected, Drilldown(**{"threat": "pandemic", mark: row.left}))
            assert behind["meeting_id"].nunique() == row.together
    for chart in (
        responses_by_threat_chart,
        threat_cooccurrence_chart,
        organizations_by_threat_chart,
    ):
        notes = chart(selected).notes
        assert any(note.startswith("Figures of the pandemic exclude") for note in notes)


def test_a_pair_without_the_pandemic_counts_all_meetings(data):
    selected = select(data, Selection(threat=("terrorism", "organized_crime")))
    (row, _) = cooccurring_threats(selected).itertuples()
    both = [
        meeting
        for meeting in meetings(basis="read")
        if {"terrorism", "organized_crime"} <= agendas().get(meeting, set())
    ]
    assert (row.together, row.meetings) == (len(both), len(meetings(basis="read")))
    chart = threat_cooccurrence_chart(selected)
    assert not any("pandemic" in note for note in chart.notes)


# Regions


@pytest.mark.parametrize(
    "region", ["central_asia", "western_central_europe", "afghanistan", "osce_area"]
)
def test_a_region_brings_in_the_responses_of_its_sessions_and_meetings_alone(data, region):
    session = {row["session_id"]: row["region"] for row in rows("regional_sessions")}
    told = meetings()
    want = set()
    for row in rows("response_mentions"):
        if row["meeting_id"] in told:
            own = session.get(row["session_id"], "")
            scope = told[row["meeting_id"]]["scope"].split(";")
            if own == region or (own in ("", "osce_area") and region in scope):
                want.add(row["mention_id"])
    found = response_rows(select(data, Selection(region=(region,))))
    assert set(found["mention_id"]) == want


def test_a_visit_to_a_region_does_not_bring_in_the_responses_of_other_sessions(data):
    here = select(data, Selection(region=("western_central_europe",)))
    table = attention(here, "year", "responses").set_index(["response_id", "year"])
    row = table.loc[("crisis_preparedness", 2016)]
    assert (row["on_agenda"], row["meetings"]) == (0, 1)


# What was not read


def test_meetings_that_were_not_read_are_in_no_figure_of_form_host_or_guests(data):
    selected = select(data, Selection())
    read, unread = meetings(basis="read"), meetings(basis="inferred")
    assert unread
    dated = [row for row in read.values() if row["start_date"]]
    forms = meetings_by_format(selected).groupby("format")["meetings"].sum()
    assert forms["in_person"] == sum(row["format"] == "in_person" for row in dated)
    assert forms.sum() == len(dated)
    hosts = meetings_by_country(selected)
    assert hosts["TJK"] == sum(row["country"] == "TJK" for row in read.values())
    assert any(row["country"] == "TJK" for row in unread.values())
    college = {
        r["meeting_id"] for r in rows("participation") if r["organization_id"] == "osce_bmsc"
    }
    table = organizations_with_threats(selected).query("left == 'osce_bmsc'")
    assert set(table["left_meetings"]) <= {len(college & set(read))}
    assert len(college & set(unread)) == 1
    # A month or year alone could also be after the day on which the period starts.
    before = sum(
        row["format"] != ""
        and row["start_date"] < "2020-01-30"
        and row["start_date"] not in ("2020", "2020-01")
        for row in dated
    )
    assert f" of {before} before the pandemic period" in era_findings(selected)[-1]


def test_charts_of_what_was_read_say_how_many_they_leave_out(data):
    selected = select(data, Selection())
    for chart in (
        meeting_formats_chart(selected),
        tile_map_chart(selected, "count"),
    ):
        assert chart.subtitle.endswith(f" {len(meetings(basis='read'))} meetings")
        left_out = len(meetings(basis="inferred"))
        assert f"{left_out} inferred meetings that were not read are excluded." in chart.notes


def test_forms_of_meetings_that_nobody_read_are_not_drawn(data):
    unread = select(data, Selection(series=("bsmnfp",), years=(2017, 2017)))
    assert len(unread.meetings) == 1
    assert meeting_formats_chart(unread) is None
    assert travel_by_month(unread).empty


# The last years of a brief


def test_the_last_years_end_where_agendas_end(data):
    everything = select(data, Selection())
    last = max(int(r["start_date"][:4] or 0) for r in meetings(basis="read").values())
    assert recent_period(everything) == (last - 4, last)
    assert recent_period(select(data, Selection(years=(last - 1, last)))) == (last - 1, last)
    series = meetings(basis="read", series="drugs_conference").values()
    ended = max(int(row["start_date"][:4]) for row in series)
    assert ended < last
    drugs = Selection(series=("drugs_conference",))
    # 2026 is not over, and has none of these meetings.
    assert select(data, drugs).years[1] == last - 1
    assert recent_period(select(data, drugs)) == (ended - 4, ended)
    within = select(data, replace(drugs, years=(ended - 1, last)))
    assert recent_period(within) == (ended - 1, ended)
    chosen = select(data, Selection(threat=("terrorism",)))
    (row,) = threat_figures(chosen).itertuples()
    late = [m for m, r in meetings(basis="read").items() if r["start_date"][:4] >= str(last - 4)]
    assert row.recent_meetings == len(late)
    assert row.recent_on == sum("terrorism" in agendas().get(m, ()) for m in late)
    assert f"{last - 4}–{last}" in brief_threat_table(chosen).frame


# Rankings in captions


def shares(*parts):
    table = pd.DataFrame(parts, columns=["region", "on_agenda", "meetings"]).set_index("region")
    share = table["on_agenda"] / table["meetings"]
    told = [f"{on} of {of}" for on, of in zip(table["on_agenda"], table["meetings"], strict=True)]
    return table.assign(share=share, words=told)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            [("A", 0, 8), ("B", 3, 6), ("C", 0, 25)],
            "Highest in B: 3 of 6 meetings (50%). Lowest in A: 0 of 8 meetings (0%); C: 0 of 25",
        ),
        (
            [("A", 3, 6), ("B", 4, 8), ("C", 1, 8)],
            "Highest in A: 3 of 6 meetings (50%); B: 4 of 8 meetings (50%). Lowest in C",
        ),
        ([("A", 0, 5)], "Only one region has enough meetings to compare: A: 0 of 5 meetings (0%)."),
        (
            [("A", 0, 5), ("B", 0, 7)],
            "The same share in all regions with enough meetings: A: 0 of 5 meetings (0%); B: 0 ",
        ),
        ([], "No region has enough meetings with a known agenda to compare."),
    ],
)
def test_highest_and_lowest_name_all_and_need_two_that_differ(parts, told):
    assert extreme_regions_sentence(shares(*parts)).startswith(told)


def test_a_rank_by_share_names_ties_and_leaves_out_what_too_few_can_tell():
    table = pd.DataFrame(
        [("Arms", 5, 20), ("Drugs", 5, 20), ("Pandemic", 3, 4), ("Goods", 0, 20)],
        columns=["threat", "on_agenda", "meetings"],
    ).assign(year=2019)
    table["share"] = table["on_agenda"] / table["meetings"]
    totals = pd.DataFrame({"year": [2019], "meetings": [20], "known": [20]})
    told = heatmap_caption(table, totals, "on the agenda", "")
    assert told.startswith(
        "Most often on the agenda: arms and drugs, each in 5 of 20 meetings (25%), "
    )
    lines = lines_caption(table, totals, "on the agenda", "share", "")
    assert "Most" not in lines
    assert "On the agenda: Arms in 5 of 20 meetings (25%); Drugs in" in lines


def test_a_peak_needs_a_second_year():
    one = pd.DataFrame({"year": [2018, 2019], "on_agenda": [4, 1], "meetings": [8, 1]})
    assert peak_phrase(one.assign(share=one["on_agenda"] / one["meetings"])) == ""


def test_regions_as_far_from_the_whole_are_all_named():
    table = pd.DataFrame(
        [("A", "Arms", 4, 8, 0.25), ("B", "Goods", 4, 8, 0.25), ("A", "Drugs", 0, 8, -0.1)],
        columns=["region", "threat", "on_agenda", "meetings", "difference"],
    ).assign(few=False)
    told = vs_all_regions_caption(table)
    assert "all regions: arms in A, 4 of 8 meetings (50%), +25 points; goods in B, " in told
    assert "shortfall: drugs in A, 0 of 8 meetings (0%), −10 points." in told


def test_counts_name_all_that_have_most():
    hosts = pd.Series({"Austria": 2, "Malta": 0, "Poland": 2, "Latvia": 1})
    assert hosting_sentence(hosts) == (
        "Most meetings in Austria and Poland: 2 each, of 5 in 3 countries."
    )
    assert hosting_sentence(hosts[:2]) == "2 meetings, all in Austria."
    assert hosting_sentence(hosts[1:2]).startswith("No meeting is known")
    eras = pd.DataFrame(
        [
            ("before", "X", 3, 6),
            ("before", "Y", 3, 6),
            ("during", "X", 2, 2),
            ("during", "Y", 0, 2),
        ],
        columns=["era", "label", "meetings", "whole"],
    )
    eras["share"] = eras["meetings"] / eras["whole"]
    assert composition_caption(eras, {"before": "before", "during": "during it"}) == (
        "Before: 6 meetings, the largest parts X and Y (each 3, 50%); during it: 2 meetings, all "
        "of X."
    )
    forms = pd.DataFrame(
        [(2020, "online", 2), (2021, "online", 2), (2021, "in_person", 2)],
        columns=["year", "format", "meetings"],
    )
    assert formats_caption(forms).startswith(
        "Most online or hybrid: 2020 with 2 of 2 meetings (100%) and 2021 with 2 of 4 meetings "
        "(50%)."
    )
    places = pd.DataFrame(
        [("A", 2020, 2), ("B", 2020, 2), ("C", 2020, 0)], columns=["label", "year", "meetings"]
    )
    assert "Most meetings: A and B, each 2. Most years without a meeting: C, 1." in (
        region_years_caption(places)
    )
    ties = pd.DataFrame(
        [("A", 2020, "driven", 2), ("B", 2021, "context", 2)],
        columns=["threat", "year", "pandemic_link", "meetings"],
    )
    told = pandemic_links_caption(ties, {"driven": "caused", "context": "setting"})
    assert told == (
        "Most often linked to the pandemic: a and b, each twice. Links name 2 threats, 2020–2021."
    )


def test_pairs_as_frequent_are_all_named_and_each_once():
    pairs = [("A", "B", 6, 2.0), ("B", "A", 6, 2.0), ("A", "C", 6, 3.0), ("C", "A", 6, 3.0)]
    table = pd.DataFrame(pairs, columns=["row", "column", "together", "expected"])
    table = table.assign(lift=table["together"] / table["expected"], few=False, holds=True)
    assert cooccurrence_caption(table, "threat") == (
        "Strongest pair: A with b, 6 meetings, 3.0 times the expected number. Most frequent pairs: "
        "A with b and A with c, 6 meetings each."
    )


def test_a_measured_figure_names_all_periods_of_its_highest_and_lowest():
    attention = pd.DataFrame(
        {"threat": "Arms", "year": [2019], "on_agenda": [1], "meetings": [9], "share": [1 / 9]}
    )
    totals = pd.DataFrame({"year": [2019], "meetings": [9], "known": [9]})
    measured = pd.DataFrame({"period": ["2018", "2019", "2020"], "value": [1.0, 3.0, 1.0]})
    measured["words"] = measured["value"].astype(str)
    told = with_indicator_caption(attention, totals, measured, "Seizures", "on the agenda", "")
    assert told.endswith("highest in 2019 with 3.0, lowest in 2018 and 2020 with 1.0.")
    single = with_indicator_caption(
        attention, totals, measured[1:2], "Seizures", "on the agenda", ""
    )
    assert single.endswith("Seizures, 2019: 3.0.")


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ([2] * 3, "3 organizations"),
        ([*range(30, 5, -1)], "the 20 most frequent organizations"),
        ([9] * 19 + [1] * 3, "20 of the most frequent organizations"),
    ],
)
def test_a_list_that_is_cut_among_the_equally_frequent_does_not_call_them_the_most(counts, title):
    table = pd.Series(counts, [f"o{n}" for n in range(len(counts))])
    assert most_frequent_organizations(table)[1].endswith(f": {title}")
