"""A brief: its numbers are those of the API, and its words are right."""

import re

import pandas as pd
import plain
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.brief.attention_statements import regions_of, title_of
from threats.brief.figures import (
    RECENT_YEARS,
    best_indicator,
    guest_counts,
    missing_threats,
    organization_counts,
    response_counts,
    threat_figures,
    threat_labels,
)
from threats.brief.model import (
    ANNEX_SOURCE_RUNS,
    FRONT_PAGE_SOURCE_RUNS,
    FRONT_PAGE_THREATS,
    format_citations,
    number_sources,
    row_refs,
)
from threats.brief.outline import brief_selection, build_brief
from threats.content.findings import era_change_findings
from threats.content.options import preset_dates
from threats.dataset.store import open_dataset
from threats.format import lower_name
from threats.server.routes import ROUTES
from threats.stats.filters import Selection, to_params
from threats.stats.selection import assign_eras, select
from threats.text.brief import join_limited

CLIENT = TestClient(Starlette(routes=ROUTES))
CHOICES = [
    Selection(region=("central_asia",), threat=("trafficking_in_persons", "drug_trafficking")),
    Selection(region=("south_eastern_europe",), threat=("organized_crime",), years=(2012, 2024)),
    Selection(region=("south_caucasus", "afghanistan"), threat=("terrorism", "corruption")),
    Selection(region=("osce_area",), threat=("cybercrime",), courses=True),
    Selection(threat=("firearms_trafficking", "environmental_crime"), certainty=("sure",)),
    Selection(region=("mediterranean_partners",), group=("terrorism_extremism",)),
]
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@pytest.fixture(params=CHOICES, ids=lambda s: "+".join((*s.region, *s.threat, *s.group)))
def chosen(request):
    """Return a selection with training courses, which a brief counts whatever the filter."""
    return brief_selection(select(open_dataset(), request.param))


def ask(name, selection, **changes):
    """Return the rows that the API answers for a filter."""
    params = to_params(selection) | changes
    answer = CLIENT.get(f"/api/{name}.json", params={k: v for k, v in params.items() if v})
    assert answer.status_code == 200, answer.text
    return answer.json()["rows"]


def numbers(text):
    return [float(n.replace(",", "")) for n in NUMBER.findall(text)]


def texts(made, name):
    part = next(part for part in (*made.front, *made.annexes) if part.name == name)
    return [statement.text for statement in part.statements]


def known(rows):
    return [row for row in rows if row["reading"] != "none"]


def on(rows, threats):
    return [row for row in rows if set(row["threats"].split(";")) & set(threats)]


def by_threat(rows):
    """Return of the API's rows by year how many meetings had each threat on the agenda."""
    table = pd.DataFrame(rows)
    return {key: own.set_index("year") for key, own in table.groupby("threat_id")}


def test_the_first_sentence_counts_the_meetings_of_the_api(chosen):
    meetings = ask("meetings", chosen.selection)
    first = numbers(texts(build_brief(chosen), "in-short")[0])
    assert first[0] == len(meetings)
    if len(known(meetings)) < len(meetings):
        assert first[-1] == len(known(meetings))


def test_themes_here_and_everywhere_are_those_of_the_api(chosen):
    here, everywhere = (
        known(ask("meetings", chosen.selection, region=region))
        for region in (list(chosen.selection.region), [])
    )
    names = open_dataset().names("threat_categories", "label")
    section = next(part for part in build_brief(chosen).front if part.name == "in-short")
    frame = section.tables[0].frame.set_index("Threat")
    assert len(frame) == min(len(chosen.threats), FRONT_PAGE_THREATS)
    column = "Here" if chosen.selection.region else "Meetings"
    for threat in chosen.threats["threat_id"]:
        row = frame.loc[names[threat]]
        assert numbers(row[column])[:2] == [len(on(here, [threat])), len(here)]
        if chosen.selection.region:
            own = len(on(everywhere, [threat])), len(everywhere)
            assert tuple(numbers(row["All regions"])[:2]) == own
            assert numbers(row["All regions"])[2:] == [half_up(100 * own[0] / own[1])]


def half_up(number):
    return int(number + 0.5)


def test_first_and_last_years_are_those_of_the_api(chosen):
    table = by_threat(ask("attention", chosen.selection))
    for row in threat_figures(chosen).itertuples():
        own = table[row.threat_id]
        years = own.index[own["on_agenda"] > 0]
        assert (pd.isna(row.first) and not len(years)) or (row.first, row.last) == (
            years.min(),
            years.max(),
        )


def last_known(table):
    """Return the last year in which the agenda of any meeting is known, from ``by_threat``."""
    return max(own.index[own["meetings"] > 0].max() for own in table.values())


def test_the_last_years_and_those_before_are_those_of_the_api(chosen):
    table, names = by_threat(ask("attention", chosen.selection)), threat_labels(chosen)
    section = next(part for part in build_brief(chosen).front if part.name == "in-short")
    frame = section.tables[0].frame.set_index("Threat")
    last = last_known(table)
    years = f"{last - RECENT_YEARS + 1}–{last}"
    for threat, own in table.items():
        late = own.index > last - RECENT_YEARS
        for header, rows in ((years, own[late]), ("Earlier", own[~late])):
            want = [rows["on_agenda"].sum(), rows["meetings"].sum()]
            assert numbers(frame.loc[names[threat], header]) == (want if want[1] else [])


def test_the_eras_are_those_of_the_api(chosen):
    eras = pd.DataFrame(ask("shift", chosen.selection)).groupby("era")["meetings"].max()
    told = texts(build_brief(chosen), "attention-moved")
    during = next(text for text in told if "pandemic period" in text)
    if not during.startswith("Too few"):
        assert during.startswith("In the pandemic period (")
        assert numbers(during)[:2] == [eras["during"], eras["before"]]
    drawn = {chart.name: chart for chart in build_brief(chosen).charts}
    assert len(drawn["shift-by-era"].table) == len(ask("shift", chosen.selection))
    shares = [row["share"] for row in ask("shift", chosen.selection)]
    assert drawn["shift-by-era"].table["share"].tolist() == pytest.approx(shares, nan_ok=True)


@pytest.mark.parametrize(
    ("threats", "courses"),
    [
        (("armed_conflict_spillover", "drug_trafficking"), True),
        ((), False),
        (("terrorism",), False),
    ],
)
def test_what_holds_within_series_stands_beside_the_change(threats, courses):
    chosen = brief_selection(select(open_dataset(), Selection(threat=threats, courses=courses)))
    eras = assign_eras(chosen, *preset_dates(open_dataset())["invasion"])
    wanted = era_change_findings(eras)
    assert texts(build_brief(chosen), "attention-moved")[-len(wanted) :] == wanted
    within = [text for text in wanted if text.startswith("Within the same series of meetings ")]
    assert len(within) == (threats != ("terrorism",))


def test_a_brief_says_which_meetings_it_counts_and_which_it_leaves_out():
    """By counting the file: a region's national events, then its courses of several States."""
    mentions, sessions = plain.by_meeting("threat_mentions"), plain.by_meeting("regional_sessions")

    def here(row):
        tied = (*mentions[row["meeting_id"]], *sessions[row["meeting_id"]])
        places = {*row["scope"].split(";"), *(one["region"] for one in tied)}
        return "central_asia" in places

    rows = [row for row in plain.rows("meetings") if here(row)]
    national = sum(row["reach"] == "national" for row in rows)
    several = [row for row in rows if row["reach"] != "national"]
    courses = sum(row["kind"] == "course" for row in several)
    known_here = sum(row["reading"] != "none" for row in several)
    made = build_brief(select(open_dataset(), Selection(region=("central_asia",))))
    assert "Central Asia, " in made.subtitle
    assert "meetings of more than one State, courses included" in made.subtitle
    first, lens, *_ = texts(made, "in-short")
    assert numbers(first)[0] == len(several)
    assert courses
    assert lens == (
        f"Counted: {known_here} meetings with a known agenda. Not counted: {national} national "
        "events."
    )
    every = build_brief(select(open_dataset(), Selection(region=("central_asia",), reach="all")))
    first, lens, *_ = texts(every, "in-short")
    assert numbers(first)[0] == len(rows)
    assert "Not counted" not in lens


def test_what_is_missing_is_so_by_the_api(chosen):
    if not chosen.selection.region:
        assert texts(build_brief(chosen), "missing-here")[0].startswith("Choose a region")
        return
    nothing = dict(threat=[], group=[])
    here = by_threat(ask("attention", chosen.selection, **nothing))
    whole = by_threat(ask("attention", chosen.selection, **nothing, region=[]))
    want, agendas = {}, known(ask("meetings", chosen.selection, **nothing))
    for threat, own in here.items():
        if len(on(agendas, [threat])) != own["on_agenda"].sum():
            continue  # a meeting without a year, or found only by pandemic words
        years = own.index[own["on_agenda"] > 0]
        last = years.max() if len(years) else 0
        far = whole[threat]["on_agenda"] - own["on_agenda"]
        far = far[far.index > last]
        if last <= last_known(here) - RECENT_YEARS and far.sum():
            want[threat] = (last, far.sum(), far.index[far > 0].max())
    found = missing_threats(chosen)
    got = {
        row.threat_id: (0 if pd.isna(row.last) else row.last, row.elsewhere, row.last_elsewhere)
        for row in found.itertuples()
    }
    assert got == want
    names = threat_labels(chosen)
    for text in texts(build_brief(chosen), "annex-c"):
        for threat, (last, count, newest) in want.items():
            name = f" {lower_name(names[threat])} ("
            if name in text:
                inside = text.split(name)[1].split(")")[0]
                assert numbers(inside) == [*([last] if last else []), count, newest]


def test_responses_and_organizations_are_those_of_the_api_and_the_files(chosen):
    themes = chosen.threats["threat_id"].tolist()
    taking = pd.DataFrame(_csv("participation"))
    for region, column in ((list(chosen.selection.region), "here"), ([], "whole")):
        rows = on(known(ask("meetings", chosen.selection, region=region)), themes)
        table = response_counts(chosen).set_index("response_id")
        assert (table[f"{column}_meetings"] == len(rows)).all()
        for response, count in table[column].items():
            assert count == sum(response in row["responses"].split(";") for row in rows)
        ids = {row["meeting_id"] for row in rows}
        own = taking[taking["meeting_id"].isin(ids)]
        counts = own.groupby("organization_id")["meeting_id"].nunique()
        got = organization_counts(chosen).set_index("organization_id")[column]
        assert got[got > 0].to_dict() == counts.to_dict()


def _csv(name):
    import csv
    import io

    return csv.DictReader(io.StringIO(CLIENT.get(f"/files/{name}.csv").text))


def test_sentences_on_responses_and_organizations_repeat_their_figures(chosen):
    made = build_brief(chosen)
    labels = open_dataset().names("responses", "label")
    table = response_counts(chosen)
    for text in texts(made, "annex-d"):
        for row in table.itertuples():
            name = lower_name(labels[row.response_id])
            found = re.search(rf"(?:: |, | and ){re.escape(name)} \((\d+)\)", text)
            if found:
                assert int(found[1]) == (row.here or row.whole)
    shown = next(part for part in made.annexes if part.name == "annex-d").tables[0].frame
    assert len(shown) == (table["whole"] > 0).sum()


def test_precedents_are_counted_as_the_api_counts(chosen):
    themes = chosen.threats["threat_id"].tolist()
    rows = on(known(ask("meetings", chosen.selection, region=[], series=[])), themes)
    text = texts(build_brief(chosen), "discussed-before")[0]
    assert numbers(text)[0] == len(rows)


def test_measured_figures_are_those_of_the_file(chosen):
    values = pd.DataFrame(_csv("indicator_values"))
    region = chosen.selection.region[0] if len(chosen.selection.region) == 1 else "osce_area"
    for threat in chosen.threats["threat_id"]:
        key = best_indicator(chosen, threat)
        if not key:
            continue
        own = values[(values["indicator_id"] == key) & (values["region"] == region)]
        own = own[own["period"].str[:4].astype(int).between(*chosen.years)].sort_values("period")
        name = open_dataset().names("indicators")[key]
        text = next(t for t in texts(build_brief(chosen), "measured-here") if f"“{name}”" in t)
        shown = numbers(text.split("): " if "): " in text else ": ")[-1])
        latest = float(own["value"].iloc[-1])
        assert shown[0] == pytest.approx(latest, rel=0.005, abs=0.5 if latest >= 100 else 0)


def test_the_drawn_figures_are_those_of_the_api(chosen):
    drawn = {chart.name: chart.table for chart in build_brief(chosen).charts}
    table = drawn.get("attention-compared", drawn.get("attention-by-year"))
    rows = {(row["threat_id"], row["year"]): row for row in ask("attention", chosen.selection)}
    for row in table.itertuples():
        want = rows[row.threat_id, row.year]
        assert (row.on_agenda, row.meetings) == (want["on_agenda"], want["meetings"])


def test_each_sentence_with_a_figure_has_its_sources(chosen):
    made = build_brief(chosen)
    known_numbers = {source.number for source in made.sources}
    assert known_numbers == set(range(1, len(made.sources) + 1))
    every = set(open_dataset().sources())
    assert all(source.address in every for source in made.sources)
    cited_somewhere = set()
    for part in (*made.front, *made.annexes):
        for statement in part.statements:
            cited_somewhere |= set(statement.sources)
        for table in part.tables:
            # A cell names the first of many, and how many more.
            pages = {address for refs in table.refs for _, address in refs}
            cited_somewhere |= {one.number for one in made.sources if one.address in pages}
    assert cited_somewhere == known_numbers
    for name in ("in-short", "discussed-before"):
        for text, _, sources in next(p for p in made.front if p.name == name).statements:
            figure = re.search(r"agenda of \d|We found \d", text)
            assert bool(sources) == bool(figure), text


def test_the_theme_is_on_the_pages_that_its_row_cites(chosen):
    made, data = build_brief(chosen), open_dataset()
    names = {label: key for key, label in threat_labels(chosen).items()}
    pages = {source.number: source.address for source in made.sources}
    table = next(part for part in made.annexes if part.name == "annex-b").tables[0].frame
    mentions = data["threat_mentions"]
    for row in table.to_dict("records"):
        own = set(mentions.loc[mentions["threat_id"] == names[row["Threat"]], "source_url"])
        for low, high in re.findall(r"(\d+)(?:–(\d+))?(?=[,\]–])", row["Sources"]):
            assert {pages[n] for n in range(int(low), int(high or low) + 1)} <= own


def test_brackets_of_sources_are_short(chosen):
    made = build_brief(chosen)
    for part, runs in ((made.front, FRONT_PAGE_SOURCE_RUNS), (made.annexes, ANNEX_SOURCE_RUNS)):
        for section in part:
            for statement in section.statements:
                citation = statement.cited(runs).removeprefix(statement.text)
                assert len(citation) < max(len(statement.text), 12)
            for table in section.tables:
                cells = table.frame.get("Sources", pd.Series(dtype=object))
                assert all(cell.count(",") <= 2 * ANNEX_SOURCE_RUNS for cell in cells)


def test_titles_of_precedents_link_to_the_pages_of_their_meetings(chosen):
    made, data = build_brief(chosen), open_dataset()
    meetings = data["meetings"].set_index("title")
    pages = data["threat_mentions"].groupby("meeting_id")["source_url"].agg(set)
    table = next(part for part in made.front if part.name == "discussed-before").tables[0]
    assert len(table.links) == len(table.frame) > 0
    for title, address in zip(table.frame["Meeting"], table.links, strict=True):
        ids = meetings.loc[[title], "meeting_id"]
        assert any(address in pages[key] for key in ids)


def test_gaps_are_about_the_threats_chosen():
    asked = Selection(region=("central_asia",), threat=("document_and_identity_fraud",))
    told = texts(build_brief(select(open_dataset(), asked)), "missing-here")
    assert len(told) == 1
    assert "document fraud (last in 2014; since then 10 meetings elsewhere" in told[0]
    assert told[0].count("(") == 1
    recent = Selection(region=("central_asia",), threat=("trafficking_in_persons",))
    assert texts(build_brief(select(open_dataset(), recent)), "missing-here") == [
        "This threat has not been absent from agendas for Central Asia for 5 years or longer while "
        "others discussed it."
    ]


def test_bodies_of_the_osce_that_organize_are_no_guests(chosen):
    every, guests = organization_counts(chosen), guest_counts(chosen)
    kinds = open_dataset().names("organizations", "kind")
    everywhere = chosen.without_regions().meetings["meeting_id"]
    organizers = {
        row["organization_id"]
        for row in plain.rows("participation")
        if row["role"] == "organizer" and row["meeting_id"] in set(everywhere)
    }
    left_out = set(every["organization_id"]) - set(guests["organization_id"])
    assert all(kinds[one] == "osce" and one in organizers for one in left_out)
    said = " ".join(texts(build_brief(chosen), "whom-to-invite"))
    assert "OSCE Transnational Threats Department" not in said
    assert "OSCE (body not named)" not in said


@pytest.mark.parametrize(
    ("region", "threat", "said"),
    [
        # By reading the files: five meetings and courses of 2012 to 2014, none since.
        (
            ("central_asia",),
            "document_and_identity_fraud",
            "So what: 5 meetings for Central Asia had this threat on their agendas, the last in "
            "2014. It is time to ask what has changed since. The nearest to build on: “Regional "
            "seminar on travel documents and traveller identification” (8–10 April 2014).",
        ),
        (
            ("north_america",),
            "corruption",
            "So what: no agenda for North America is known, so nobody can say what is new there.",
        ),
    ],
)
def test_a_brief_says_what_follows(region, threat, said):
    chosen = select(open_dataset(), Selection(region=region, threat=(threat,)))
    assert build_brief(chosen).summary.startswith(said)


def test_numbers_of_sources_read_as_runs():
    assert format_citations([]) == ""
    assert format_citations([3]) == "[3]"
    assert format_citations([1, 2, 3, 7, 9, 10]) == "[1–3, 7, 9, 10]"
    assert format_citations([1, 2, 3, 7, 11, 12, 13], limit=2) == "[1–3, 7 and 3 more]"
    rows = pd.DataFrame({"meeting_id": ["a", "b", "a"], "source_url": ["x", "y", "x"]})
    assert number_sources(row_refs(rows)) == {("a", "x"): 1, ("b", "y"): 2}
    assert number_sources(row_refs(rows.iloc[[1]])) == {("b", "y"): 1}


@pytest.mark.parametrize(
    ("region", "told"),
    [
        ((), "all regions"),
        (("central_asia",), "Central Asia"),
        (("south_caucasus",), "the South Caucasus"),
        (("osce_area",), "the OSCE area as a whole"),
        (("central_asia", "asian_partners"), "Central Asia and the Asian Partners"),
        (
            ("central_asia", "asian_partners", "afghanistan", "eastern_europe", "north_america"),
            "5 regions",
        ),
    ],
)
def test_regions_are_named_as_a_sentence_needs(region, told):
    chosen = select(open_dataset(), Selection(region=region, threat=("corruption",)))
    assert regions_of(chosen) == told
    assert title_of(chosen) == f"Corruption: a brief for {told}"


def test_long_lists_say_how_many_more():
    assert join_limited(["a", "b"], 3) == "a and b"
    assert join_limited(["a", "b", "c", "d", "e"], 3) == "a, b, c and 2 more"


def test_a_region_without_meetings_says_what_is_missing_and_what_is_known_elsewhere():
    chosen = select(open_dataset(), Selection(region=("north_america",), threat=("corruption",)))
    made = build_brief(chosen)
    said = " ".join(s.text for part in made.front for s in part.statements)
    for text in (
        "No meeting for North America is on record",
        "does not prove there was none",
        "so no change can be shown",
        "so gaps cannot be identified",
        "on its agenda, so there is no response there",
        "No participant is on record for meetings for North America",
        "No meeting matches this filter",
    ):
        assert text in said
    assert made.front[1].tables[0].frame.shape[0] == 5
