"""A brief: its numbers are those of the API, and its words are right."""

import re
from types import SimpleNamespace

import pandas as pd
import plain
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.brief.attention_statements import (
    attention_here_text,
    recent_change_text,
    regions_of,
    title_of,
)
from threats.brief.figures import (
    RECENT_YEARS,
    best_indicator,
    missing_threats,
    organization_counts,
    response_counts,
    threat_figures,
    threat_labels,
)
from threats.brief.model import format_citations, number_sources, row_refs
from threats.brief.outline import build_brief
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
    return select(open_dataset(), request.param)


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
    told, checked = texts(build_brief(chosen), "in-short"), 0
    for threat in chosen.threats["threat_id"]:
        name = names[threat]
        own = [text for text in told if text.startswith(f"{name}: ")]
        for rows, text in zip((here, everywhere), own, strict=False):
            all_regions = rows is everywhere or not chosen.selection.region
            assert ("for all regions" in text) == all_regions
            of = len(on(rows, [threat])), len(rows)
            assert tuple(numbers(text)[: 2 if of[0] else 1]) == (of if of[0] else of[1:])
            checked += 1
    assert checked >= min(3, len(chosen.threats))


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
    told = texts(build_brief(chosen), "annex-b")
    last = last_known(table)
    for threat, own in table.items():
        late = own.index > last - RECENT_YEARS
        want = [float(last - RECENT_YEARS + 1), float(last)]
        for rows in (own[late], own[~late]):
            on_agenda, total = rows["on_agenda"].sum(), rows["meetings"].sum()
            want += ([on_agenda] if on_agenda else []) + [total] if total else []
        text = next(text for text in told if text.startswith(f"{names[threat]}, "))
        assert numbers(text) == want


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
    chosen = select(open_dataset(), Selection(threat=threats, courses=courses))
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
    counted = [row for row in several if row["kind"] != "course"]
    known_here = sum(row["reading"] != "none" for row in counted)
    made = build_brief(select(open_dataset(), Selection(region=("central_asia",))))
    assert "Central Asia, " in made.subtitle
    assert "meetings of more than one State, without training courses" in made.subtitle
    first, lens, *_ = texts(made, "in-short")
    assert numbers(first)[0] == len(counted)
    assert lens == (
        f"Counted: {known_here} meetings with a known agenda. Not counted: {national} national "
        f"events and {courses} training courses."
    )
    every = build_brief(
        select(open_dataset(), Selection(region=("central_asia",), reach="all", courses=True))
    )
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
            for cell in table.frame.get("Sources", ()):
                for low, high in re.findall(r"(\d+)(?:–(\d+))?", cell):
                    cited_somewhere |= set(range(int(low), int(high or low) + 1))
    assert cited_somewhere == known_numbers
    for name in ("in-short", "discussed-before"):
        for text, _, sources in next(p for p in made.front if p.name == name).statements:
            figure = re.search(r"agenda of \d|We found \d", text)
            assert bool(sources) == bool(figure), text


def test_the_theme_is_on_the_page_that_a_sentence_cites(chosen):
    made, data = build_brief(chosen), open_dataset()
    names = threat_labels(chosen)
    pages = {source.number: source.address for source in made.sources}
    for text, _, sources in made.front[0].statements:
        for threat in chosen.threats["threat_id"]:
            if text.startswith(f"{names[threat]}:") and sources:
                mentions = data["threat_mentions"]
                own = set(mentions.loc[mentions["threat_id"] == threat, "source_url"])
                assert {pages[n] for n in sources} <= own


def test_numbers_of_sources_read_as_runs():
    assert format_citations([]) == ""
    assert format_citations([3]) == "[3]"
    assert format_citations([1, 2, 3, 7, 9, 10]) == "[1–3, 7, 9, 10]"
    assert format_citations([1, 2, 3, 7, 11, 12, 13], limit=2) == "[1–3, 7 and 3 more]"
    rows = pd.DataFrame({"meeting_id": ["a", "b", "a"], "source_url": ["x", "y", "x"]})
    assert number_sources(row_refs(rows)) == {("a", "x"): 1, ("b", "y"): 2}
    assert number_sources(row_refs(rows.iloc[[1]])) == {("b", "y"): 1}


def theme(**changes):
    whole = dict(whole_on=9, whole_meetings=90, whole_low=0.05, whole_high=0.18)
    years = dict(first=2010, last=2020, recent_on=1, recent_meetings=6)
    own = dict(on_agenda=5, meetings=40, low=0.05, high=0.26, undated=0)
    return SimpleNamespace(
        **whole | years | own | dict(earlier_on=4, earlier_meetings=34) | changes
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {},
            "Corruption: on the agenda of 5 of 40 meetings for Central Asia (12%, 95% interval "
            "5–26%). First in 2010, last in 2020.",
        ),
        (
            dict(on_agenda=1, first=2011, last=2011),
            "Corruption: on the agenda of 1 of 40 meetings for Central Asia (2%, 95% interval "
            "5–26%). The year was 2011.",
        ),
        (
            dict(on_agenda=0, first=pd.NA, last=pd.NA),
            "Corruption: on the agenda of none of 40 meetings for Central Asia.",
        ),
        (
            dict(on_agenda=1, meetings=1),
            "Corruption: on the agenda of 1 of 1 meeting for Central Asia. This is too few to "
            "judge.",
        ),
        (
            dict(on_agenda=0, meetings=0),
            "Corruption: no agenda for Central Asia is known, so nothing can be said of it there.",
        ),
    ],
)
def test_a_theme_is_told_no_stronger_than_its_figures(changes, told):
    chosen = select(open_dataset(), Selection(region=("central_asia",)))
    assert attention_here_text(chosen, theme(**changes), "Corruption") == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "2021–2025: on the agenda of 1 of 6 meetings. Earlier: 4 of 34 meetings."),
        (dict(recent_on=0, recent_meetings=0), "2021–2025: no agenda is known. Earlier: 4 of 34 "),
        (dict(recent_meetings=4), "of 1 of 4 meetings. This is too few to judge. Earlier: "),
        (
            dict(earlier_on=0, earlier_meetings=1),
            "Earlier: none of 1 meeting. This is too few to judge.",
        ),
    ],
)
def test_the_last_years_are_told_beside_those_before(changes, told):
    chosen = select(open_dataset(), Selection(region=("central_asia",)))
    assert told in recent_change_text(chosen, theme(**changes), "Corruption")


@pytest.mark.parametrize(
    ("region", "told"),
    [
        ((), "all regions"),
        (("central_asia",), "Central Asia"),
        (("south_caucasus",), "the South Caucasus"),
        (("osce_area",), "the OSCE area as a whole"),
        (("central_asia", "asian_partners"), "Central Asia and the Asian Partners"),
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
