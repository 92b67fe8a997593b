"""The search over everything, the search for meetings, the words of the threat filter, and what
hostile queries do to them."""

import re
import time

import openapi_spec_validator
import plain
import pytest
from test_pages import opened
from test_routes import client  # noqa: F401

from threats.content.meeting_search import search_meetings, suggest_meeting_query
from threats.content.pages import PAGES
from threats.content.search import MAX_RESULTS, RESULT_VIEWS, search
from threats.content.search_words import differ_by_one_edit, normalise
from threats.content.vocabulary_words import spellings
from threats.stats.filters import FILTER_PARAMS, filter_choices, synonyms
from threats.text.selection import threat_option_label

FIRST_RESULTS = [
    ("drugs Central Asia", "threat_region:drug_trafficking"),
    ("terrorism", "threat:terrorism"),
    ("terorism", "threat:terrorism"),
    ("FTF", "threat:foreign_terrorist_fighters"),
    ("foreign fighters", "threat:foreign_terrorist_fighters"),
    ("foreign terrorist fighters", "threat:foreign_terrorist_fighters"),
    ("VERLT", "threat:violent_extremism"),
    ("radicalisation", "threat:violent_extremism"),
    ("organised crime", "threat:organized_crime"),
    ("Organized Crime", "threat:organized_crime"),
    ("mafia", "threat:organized_crime"),
    ("cross border crime", "threat:cross_border_crime"),
    ("cross-border crime", "threat:cross_border_crime"),
    ("crossborder crime", "threat:cross_border_crime"),
    ("THB", "threat:trafficking_in_persons"),
    ("human traficking", "threat:trafficking_in_persons"),
    ("trafficking in persons", "threat:trafficking_in_persons"),
    ("modern slavery", "threat:trafficking_in_persons"),
    ("people smuggling", "threat:migrant_smuggling"),
    ("illegal migration", "threat:irregular_migration"),
    ("refugees", "threat:mass_displacement"),
    ("drugs", "threat:drug_trafficking"),
    ("NARCOTICS", "threat:drug_trafficking"),
    ("narkotics", "threat:drug_trafficking"),
    ("SALW", "threat:firearms_trafficking"),
    ("firearm", "threat:firearms_trafficking"),
    ("small arms", "threat:firearms_trafficking"),
    ("1540", "threat:wmd_and_dual_use"),
    ("dual use goods", "threat:wmd_and_dual_use"),
    ("antiquities", "threat:cultural_property_trafficking"),
    ("cigarettes", "threat:goods_smuggling"),
    ("passport", "threat:document_and_identity_fraud"),
    ("forged documents!", "threat:document_and_identity_fraud"),
    ("bribery", "threat:corruption"),
    ("money laundering", "threat:illicit_finance"),
    ("cyber crime", "threat:cybercrime"),
    ("cybersecurity", "threat:cyber_ict_security"),
    ("cyber-security", "threat:cyber_ict_security"),
    ("drones", "threat:aviation_threats"),
    ("COVID", "threat:pandemic"),
    ("covid-19", "threat:pandemic"),
    ("war", "threat:armed_conflict_spillover"),
    ("firearms_trafficking", "threat:firearms_trafficking"),
    ("Central Asia", "region:central_asia"),
    ("south eastern europe", "region:south_eastern_europe"),
    ("Turkey", "country:TUR"),
    ("türkiye", "country:TUR"),
    ("UK", "country:GBR"),
    ("U.S.", "country:USA"),
    ("South Korea", "country:KOR"),
    ("Kyrgyz Republic", "country:KGZ"),
    ("kazahstan", "country:KAZ"),
    ("TJK", "country:TJK"),
    ("biometrics", "response:biometrics"),
    ("PNR", "response:api_pnr"),
    ("watch lists", "response:watchlists"),
    ("UNODC", "organization:unodc"),
    ("world customs organisation", "organization:wco"),
    ("European Monitoring Center for Drugs", "organization:emcdda"),
    ("focal points", "series:bsmnfp"),
    ("fifteenth annual meeting focal points", "meeting:bsmnfp-2021"),
    ("15th focal points", "meeting:bsmnfp-2021"),
    ("focal points 12th", "meeting:bsmnfp-2018"),
    ("22nd alliance conference", "meeting:thb-2022"),
    ("bsmnfp-2021", "meeting:bsmnfp-2021"),
    ("regions", "page:regions"),
    ("meeting brief", "page:brief"),
]


def texts(app):
    parts = [*app.markdown, *app.caption, *app.info]
    return " ".join(str(part.value) for part in parts).replace("\\", "")


def ids(data, query):
    return [f"{result.kind}:{result.id}" for result in search(data, query).results]


@pytest.mark.parametrize(("query", "first"), FIRST_RESULTS)
def test_the_first_result_is_what_a_reader_means(query, first, data):
    found = ids(data, query)
    assert found[0] == first
    assert len(found) <= MAX_RESULTS
    assert len(set(found)) == len(found)


def test_every_name_and_id_of_a_vocabulary_finds_its_entry(data):
    for kind, table in (("threat", "threat_categories"), ("region", "regions")):
        for key, name in data.names(table).items():
            assert ids(data, name)[0] == ids(data, key)[0] == f"{kind}:{key}"
    for key, words in synonyms(data).items():
        for word in words:
            assert f"threat:{key}" in ids(data, word)


def test_results_of_several_kinds_share_the_places(data):
    kinds = [result.kind for result in search(data, "Kazakhstan").results]
    assert len(kinds) == MAX_RESULTS
    assert {"country", "organization", "meeting"} == set(kinds)


def test_a_corrected_query_is_named_and_nothing_else_is_corrected(data):
    assert search(data, "human traficking").query == "human trafficking"
    assert search(data, "human trafficking").query == "human trafficking"
    assert search(data, "xyzzy plugh") == ([], "xyzzy plugh")


@pytest.mark.parametrize("kind", RESULT_VIEWS)
def test_the_address_of_each_kind_opens_a_page_that_knows_its_parameters(kind, data):
    queries = [query for query, first in FIRST_RESULTS if first.startswith(f"{kind}:")]
    result = search(data, queries[0]).results[0]
    assert result.page in PAGES
    assert set(result.params) <= {*FILTER_PARAMS, "q", "meeting", "country"}
    app = opened(f"{result.page}.py", **{name: text for name, (text,) in result.params.items()})
    assert not app.warning
    assert "No meeting matches" not in texts(app)


@pytest.mark.parametrize(
    "queries",
    [
        ["15th", "fifteenth", "15", "FIFTEENTH", "15TH"],
        ["22nd", "twenty-second", "twenty second", "22"],
        ["cross-border", "cross border", "crossborder", "cross‑border", "Cross Border"],
        ["co-operation", "cooperation", "Co-Operation"],
        ["counter-terrorism", "counter terrorism", "counterterrorism"],
        ["cyber security", "cybersecurity", "cyber-security"],
        ["organised crime", "organized crime", "crime, organised!"],
        ["training centre", "training center", "center training"],
        ["labour", "labor"],
        ["programme", "program"],
        ["Türkiye", "turkiye", "TURKIYE"],
        ["border Vienna", "Vienna border", "Vienna (border)", "border in Vienna;"],
        ["passport", "passports"],
        ['"human trafficking"', "“human trafficking”"],
    ],
)
def test_spellings_of_one_query_find_the_same_meetings(queries, data):
    found = search_meetings(data, queries[0])
    assert 0 < len(found) < len(data["meetings"])
    for query in queries[1:]:
        assert search_meetings(data, query) == found


def test_an_ordinal_finds_the_meetings_of_this_number(data):
    numbered = {row["meeting_id"] for row in plain.meetings() if row["edition"] == "15"}
    assert numbered
    assert numbered <= set(search_meetings(data, "fifteenth"))
    assert not numbered & set(search_meetings(data, "fourteenth focal points"))


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("first", "1"),
        ("twelfth", "12"),
        ("twentieth", "20"),
        ("thirty-first", "31"),
        ("ninety ninth", "99"),
        ("hundredth", "100"),
        ("101st", "101"),
    ],
)
def test_ordinals_are_numbers(word, number):
    assert normalise(f"The {word} meeting") == f" the {number} meeting "


def test_a_phrase_in_quotes_is_narrower_than_its_words(data):
    words, phrase = (set(search_meetings(data, q)) for q in ("border police", '"border police"'))
    assert 0 < len(phrase) < len(words)
    assert phrase < words


@pytest.mark.parametrize(
    ("query", "threat"),
    [
        ("THB", "trafficking_in_persons"),
        ("SALW", "firearms_trafficking"),
        ("FTF", "foreign_terrorist_fighters"),
        ("drugs", "drug_trafficking"),
        ("passport", "document_and_identity_fraud"),
        ("money laundering", "illicit_finance"),
        ("COVID", "pandemic"),
    ],
)
def test_a_synonym_finds_every_meeting_of_its_threat(query, threat, data):
    rows = data["threat_mentions"]
    expected = set(rows["meeting_id"][rows["threat_id"] == threat])
    assert expected
    assert expected <= set(search_meetings(data, query))


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("human traficking", "human trafficking"),
        ("Dushnabe", "dushanbe"),
        ("pasport", "passport"),
        ("cross-border coperation", "cross-border cooperation"),
        ("xyzzy", ""),
        ("thb xyzzy", ""),
        ("trrfickng", ""),  # two typos
        ("", ""),
    ],
)
def test_a_query_with_typos_has_a_suggestion(query, suggested, data):
    assert suggest_meeting_query(data, query) == suggested
    if suggested:
        assert not search_meetings(data, query)
        assert search_meetings(data, suggested)


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("drugs", "drugs", True),
        ("drugs", "drug", True),
        ("drugs", "drungs", True),
        ("drugs", "drubs", True),
        ("drugs", "durgs", True),
        ("drugs", "rdugs", True),
        ("drugs", "rugds", False),
        ("drugs", "dru", False),
        ("drugs", "durgz", False),
        ("abcd", "badc", False),
    ],
)
def test_one_edit_is_one_edit(left, right, near):
    assert differ_by_one_edit(left, right) is near
    assert differ_by_one_edit(right, left) is near


def test_keyword_rules_give_spellings_of_names():
    assert set(spellings("Kyrgyz(stan)?( Republic)?")) == {
        "Kyrgyzstan Republic",
        "Kyrgyzstan",
        "Kyrgyz Republic",
        "Kyrgyz",
    }
    assert set(spellings(r"(?-i:USA|U\.S\.|US)")) == {"USA", "U.S.", "US"}
    assert set(spellings("World Customs Organi[sz]ations?")) == {
        "World Customs Organisation",
        "World Customs Organisations",
        "World Customs Organization",
        "World Customs Organizations",
    }
    assert list(spellings(r"terroris\w*")) == []


@pytest.mark.parametrize(
    "word",
    [
        "firearm",
        "SALW",
        "THB",
        "drugs",
        "FTF",
        "foreign fighters",
        "cyber crime",
        "passport",
        "COVID",
        "money laundering",
        "narcotics",
        "small arms",
        "trafficking in persons",
    ],
)
def test_the_threat_filter_offers_one_threat_for_a_word_of_the_field(word, data):
    labels = {
        key: threat_option_label(label, synonyms(data)[key])
        for key, label in filter_choices(data)["threat"].items()
    }
    offered = [key for key, label in labels.items() if word.casefold() in label.casefold()]
    expected = dict(FIRST_RESULTS).get(word, dict(FIRST_RESULTS).get(word.upper()))
    assert [f"threat:{key}" for key in offered] == [expected]


def test_the_search_box_is_on_every_page_and_links_to_its_results():
    app = opened("data.py")
    box = next(box for box in app.text_input if box.label == "Search")
    box.set_value("human traficking").run()
    assert not app.exception
    assert "8 results for “human trafficking”" in texts(app)
    links = [link.proto for link in app.get("page_link")]
    shown = {link.label: link.query_string for link in links if "threat=" in link.query_string}
    assert shown == {"Human trafficking": "threat=trafficking_in_persons"}
    box = next(box for box in app.text_input if box.label == "Search")
    box.set_value("xyzzy").run()
    assert "Nothing found" in texts(app)


def test_a_search_for_meetings_offers_the_word_without_its_typo():
    app = opened("meetings.py", q="human traficking")
    assert "No meeting matches all these words" in texts(app)
    button = next(b for b in app.button if b.label == "Did you mean: human trafficking?")
    button.click().run()
    assert app.query_params["q"] == "human trafficking"
    assert not app.dataframe[0].value.empty


def test_the_api_gives_results_with_addresses(client, data):  # noqa: F811
    answer = client.get("/api/search.json", params={"q": "human traficking"})
    assert answer.status_code == 200
    assert answer.json()["query"] == "human trafficking"
    first = answer.json()["results"][0]
    assert first == {
        "kind": "threat",
        "id": "trafficking_in_persons",
        "label": "Human trafficking",
        "address": "http://here/threat?threat=trafficking_in_persons",
    }
    assert [f"{r['kind']}:{r['id']}" for r in answer.json()["results"]] == ids(
        data, "human trafficking"
    )
    assert client.get("/api/search.json?q=%21").json()["results"] == []


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("", "q="),
        ("q=", "q="),
        ("q=a&q=b", "q given twice"),
        ("q=a&threat=terrorism", "parameter threat"),
        ("q=a&dataset=none", "dataset=none"),
    ],
)
def test_the_api_refuses_what_it_does_not_know(query, problem, client):  # noqa: F811
    answer = client.get(f"/api/search.json?{query}")
    assert answer.status_code == 400
    assert problem in answer.json()["problems"]


@pytest.mark.parametrize(
    ("query", "label", "params"),
    [
        (
            "drugs Central Asia",
            "Drug trafficking in Central Asia",
            {"threat": ["drug_trafficking"], "region": ["central_asia"]},
        ),
        (
            "cyber crime in south eastern europe",
            "Cybercrime in South-Eastern Europe",
            {"threat": ["cybercrime"], "region": ["south_eastern_europe"]},
        ),
    ],
)
def test_a_threat_and_a_region_lead_to_the_threat_there(query, label, params, data):
    first = search(data, query).results[0]
    assert (first.label, first.page, first.params) == (label, "threat", params)


@pytest.mark.parametrize("query", ["terrorism", "Central Asia", "focal points", "Kyrgyzstan"])
def test_one_name_alone_gives_no_threat_in_a_region(query, data):
    kinds = [result.kind for result in search(data, query).results]
    assert kinds
    assert "threat_region" not in kinds


def test_the_description_has_the_search(client):  # noqa: F811
    description = client.get("/api/openapi.json").json()
    openapi_spec_validator.validate(description)
    search_path = description["paths"]["/api/search.json"]["get"]
    assert [parameter["name"] for parameter in search_path["parameters"]] == ["q", "lang"]


HOSTILE = [
    "x" * 10_000,
    "drugs " * 2_000,
    "a " * 5_000,
    " ".join(f"wrod{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(500)),
    '"' * 10_000,
    "-" * 10_000,
    "twenty " * 1_500,
    "\x00\x01\x07\x1b[31m\u202e\ufeff",
    "\ud800",
    "ﷺ" * 200,
    "((((((((((a+)+)+)+)+)+)+)+)+)+$",
    r".* \d+ [^a] (?i) \Q (?P<x>a) |||| \\",
    "<script>alert(1)</script> & %00 ' OR 1=1",
    "Таможня границы",
    "安全 🛂 🚔",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_is_fast_and_safe(query, data):
    search(data, "drugs")  # the index is there
    start = time.process_time()
    found = search(data, query)
    meetings = search_meetings(data, query)
    suggest_meeting_query(data, query)
    assert time.process_time() - start < 2
    assert len(found.results) <= MAX_RESULTS
    assert set(meetings) <= set(data["meetings"]["meeting_id"])


@pytest.mark.parametrize("query", HOSTILE[-6:], ids=range(6))
def test_regex_signs_are_no_regular_expressions(query, data):
    words = re.findall(r"\w+", query)
    if len(words) > 1:
        assert search_meetings(data, query) == search_meetings(data, " ".join(words))


def test_a_page_shows_a_hostile_query_as_text():
    app = opened("data.py")
    for query in ("<b>**x**</b> [a](javascript:alert(1))", "x" * 10_000, "\x00\x07"):
        next(box for box in app.text_input if box.label == "Search").set_value(query).run()
        assert not app.exception
        assert "Nothing found" in texts(app)
