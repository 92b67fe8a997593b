"""The pages on one threat, one country and one series: what they count, and where they lead."""

import csv
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_pages import opened

import threats
from threats.content.builder import build_item, parse_page_options
from threats.content.meetings import record_links
from threats.content.pages import PAGES, SUBJECT_PAGES, subject_address
from threats.content.registry import SENTENCE_SPECS, items_on
from threats.content.subjects import chosen_subject, page_name, subject_names
from threats.server.middleware.html_head import complete_html_head
from threats.server.routes import ROUTES
from threats.stats.filters import from_params
from threats.stats.selection import select

CLIENT = TestClient(Starlette(routes=ROUTES), base_url="http://here")
IDS = [(kind, key) for kind in SUBJECT_PAGES for key in subject_names(threats.load(), kind)]


def parts(data, page, params):
    """Return the selection of an address, its values, and what its page shows, by name."""
    selected = select(data, from_params(params, data)[0])
    values, wrong = parse_page_options(page, params, selected)
    assert not wrong
    specs = (SENTENCE_SPECS[page], *items_on(page))
    return selected, values, {spec.name: build_item(spec, selected, values) for spec in specs}


def rows_of_file(data, name):
    """Return the rows of a CSV file of the dataset, read without the program."""
    return list(csv.DictReader((data.folder / f"{name}.csv").open(encoding="utf-8")))


@pytest.mark.parametrize(("kind", "key"), IDS)
def test_each_threat_country_and_series_has_its_page(data, kind, key):
    selected, values, shown = parts(data, kind, {kind: [key]})
    assert chosen_subject(kind, selected, values) == key
    assert page_name(kind, selected, values) == subject_names(data, kind)[key]
    sentences = shown[SENTENCE_SPECS[kind].name]
    assert sentences
    assert all(text.endswith((".", "%)")) for text in sentences)


# Which mentions of the threat count in each of two filters, from the rows of the CSV files.
FILTERS = {
    "everywhere": ({}, lambda meeting, mention: True),
    "central asia": (
        {"region": ["central_asia"]},
        lambda meeting, mention: (
            mention["region"] == "central_asia"
            or (not mention["region"] and "central_asia" in meeting["scope"].split(";"))
        ),
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_the_figures_of_a_threat_are_those_of_the_csv_files(data, name):
    params, fits = FILTERS[name]
    meetings = {row["meeting_id"]: row for row in rows_of_file(data, "meetings")}
    counted = {
        row["meeting_id"]
        for row in rows_of_file(data, "threat_mentions")
        if row["threat_id"] == "drug_trafficking"
        and row["role"] in ("focus", "discussed")
        and fits(meetings[row["meeting_id"]], row)
        and meetings[row["meeting_id"]]["kind"] != "course"
        and meetings[row["meeting_id"]]["reach"] != "national"
    }
    years = {meetings[key]["start_date"][:4] for key in counted} - {""}
    _, _, shown = parts(data, "threat", {"threat": ["drug_trafficking"], **params})
    summary = " ".join(shown["threat-in-short"])
    assert f"on the agenda in {len(counted)} of " in summary
    assert f"First on the agenda in {min(years)}, last in {max(years)}" in summary
    assert f"in {len(years)} years." in summary

    latest = sorted(counted, key=lambda key: (meetings[key]["start_date"], key), reverse=True)[:6]
    days = [meetings[key]["start_date"] for key in latest]
    assert [meetings[key]["start_date"] for key in shown["threat-meetings"]["meeting_id"]] == days

    organizations = {}
    for row in rows_of_file(data, "participation"):
        if row["meeting_id"] in counted:
            organizations.setdefault(row["organization_id"], set()).add(row["meeting_id"])
    sizes = sorted((len(ids) for ids in organizations.values()), reverse=True)[:6]
    assert shown["threat-organizations"]["Meetings"].tolist() == sizes

    # Of the other threats, in the same meetings.
    others = {}
    for row in rows_of_file(data, "threat_mentions"):
        on = row["role"] in ("focus", "discussed") and row["threat_id"] != "drug_trafficking"
        if on and row["meeting_id"] in counted and fits(meetings[row["meeting_id"]], row):
            others.setdefault(row["threat_id"], set()).add(row["meeting_id"])
    related = shown["threat-related"]
    for key, cell in zip(related["threat_id"], related["Of its meetings"], strict=True):
        assert cell.startswith(f"{len(others[key])} of {len(counted)} (")
    sizes = sorted((len(ids) for ids in others.values()), reverse=True)[:6]
    assert [int(cell.split()[0]) for cell in related["Of its meetings"]] == sizes


def test_the_regions_of_a_threat_lead_to_its_page_there(data):
    _, _, shown = parts(data, "threat", {"threat": ["drug_trafficking"]})
    table = shown["threat-regions"].set_index("Region")
    assert table.loc["Central Asia", "View"] == (
        "threat?threat=drug_trafficking&region=central_asia"
    )
    _, _, there = parts(data, "threat", parse_qs(table.loc["Central Asia", "View"].split("?")[1]))
    figure = re.search(r"in (\d+ of \d+) meetings", " ".join(there["threat-in-short"]))[1]
    assert table.loc["Central Asia", "On the agenda"].startswith(figure)


def test_a_country_counts_what_it_hosted_chaired_and_took_part_in(data):
    _, _, shown = parts(data, "country", {"country": ["KAZ"]})
    several = [
        row
        for row in rows_of_file(data, "meetings")
        if row["kind"] != "course" and row["reach"] != "national"
    ]
    ids = {row["meeting_id"] for row in several}
    hosted = sum(row["country"] == "KAZ" for row in several)
    chaired = sum(row["chair"] == "KAZ" for row in several)
    part = {
        row["meeting_id"]
        for row in rows_of_file(data, "participation")
        if row["organization_id"] == "gov_kaz" and row["meeting_id"] in ids
    }
    summary = " ".join(shown["country-in-short"])
    assert f"Hosted: {hosted} meetings" in summary
    assert f"Chaired the OSCE in 2010: {chaired} meetings" in summary
    assert f"Took part by name: {len(part)} meetings" in summary
    assert set(shown["took-part"]["meeting_id"]) <= part


def test_a_series_has_all_its_meetings_whatever_the_filter(data):
    own = [row for row in rows_of_file(data, "meetings") if row["series"] == "bmsc_course"]
    read = sum(row["reading"] != "none" for row in own)
    for params in ({}, {"region": ["south_caucasus"], "years": ["2012-2013"]}):
        _, _, shown = parts(data, "series", {"series": ["bmsc_course"], **params})
        summary = " ".join(shown["series-in-short"])
        assert f"{len(own)} meetings found (2009–2023), {read} with a known agenda." in summary
        table = shown["series-agenda"].table
        assert table.groupby("year")["meetings"].max().sum() == sum(
            row["reading"] != "none" and row["start_date"] != "" for row in own
        )


def test_the_editions_of_a_series_and_the_years_without_one(data):
    _, _, shown = parts(data, "series", {"series": ["ct_conference"]})
    dated = {
        int(row["start_date"][:4])
        for row in rows_of_file(data, "meetings")
        if row["series"] == "ct_conference" and row["start_date"]
    }
    assert set(range(2015, 2026)) - dated == {2022, 2023, 2024, 2025}
    summary = " ".join(shown["series-in-short"])
    assert "Years without a dated meeting: 2022–2025." in summary


def test_a_page_without_an_id_offers_all(data):
    for kind in SUBJECT_PAGES:
        selected, values, shown = parts(data, kind, {})
        assert chosen_subject(kind, selected, values) == ""
        assert page_name(kind, selected, values) == PAGES[kind].heading
        assert shown[SENTENCE_SPECS[kind].name] == []
        answer = CLIENT.get(f"/print/{kind}")
        for key in subject_names(data, kind):
            assert f"/print/{subject_address(kind, key)}" in answer.text


@pytest.mark.parametrize(
    ("page", "params", "heading", "said"),
    [
        ("threat.py", {"threat": "drug_trafficking"}, "Drug trafficking", ""),
        ("threat.py", {"threat": "SALW"}, "Trafficking in weapons, ammunition and explosives", ""),
        ("threat.py", {"threat": "nosuch"}, "One threat", "threat=nosuch"),
        ("threat.py", {}, "One threat", ""),
        ("country.py", {"country": "UZB"}, "Uzbekistan", ""),
        ("country.py", {"country": "XXX"}, "One country", "country=XXX"),
        ("series.py", {"series": "bsmnfp"}, "", ""),
        ("series.py", {"series": "tnt_other"}, "One series", ""),
    ],
)
def test_a_page_opens_or_says_why_not_and_offers_others(data, page, params, heading, said):
    app = opened(page, **params)
    assert app.title[0].value.replace("\\", "") == (heading or data.names("series")["bsmnfp"])
    assert said in " ".join(one.value for one in app.warning).replace("\\", "")
    offers = any(one.value.startswith("Choose a ") for one in app.header)
    assert offers == heading.startswith("One ")


def test_the_id_of_a_split_series_offers_those_that_have_its_meetings():
    app = opened("series.py", series="tnt_other")
    shown = next(one.value for one in app.markdown if "series?" in one.value)
    assert "series=crime_events>" in shown.replace("&series=", "?series=").replace(")", ">")
    assert "bsmnfp" not in shown


def test_choosing_another_threat_changes_address_and_page():
    app = opened("threat.py", threat="drug_trafficking")
    app.selectbox(key="subject_threat").select("corruption").run()
    assert not app.exception
    assert app.title[0].value == "Corruption"
    assert app.query_params["threat"] == "corruption"
    app.selectbox(key="subject_region").select("central_asia").run()
    assert app.title[0].value == "Corruption in Central Asia"
    assert app.query_params["region"] == "central_asia"


def test_records_link_to_series_country_and_threats(data):
    links = record_links(data, "ct-2021")
    assert links["Series"] == "series?series=ct_conference"
    text = CLIENT.get("/print/meetings", params={"meeting": "ct-2021"}).text
    assert 'href="http://here/series?series=ct_conference"' in text
    assert 'href="http://here/threat?threat=terrorism"' in text


def test_the_first_html_names_the_subject():
    def title(page, query):
        scope = {"query_string": query.encode()}
        html = complete_html_head("<title>Streamlit</title>", page, scope)
        return re.search("<title>(.*) · Threat Themes</title>", html)[1]

    query = "threat=drug_trafficking&region=central_asia"
    assert title("threat", query) == "Drug trafficking in Central Asia"
    assert title("country", "country=UZB") == "Uzbekistan"
    assert title("country", "country=XXX") == title("country", "") == "One country"


def test_an_address_of_another_kind_is_refused():
    assert subject_address("threat", "corruption", {"years": ["2010-2012"]}) == (
        "threat?years=2010-2012&threat=corruption"
    )
    with pytest.raises(ValueError, match="meeting"):
        subject_address("meeting", "ct-2021")


def test_links_of_the_printed_page_lead_somewhere(chromium, data):
    text = CLIENT.get("/print/threat", params={"threat": "corruption"}).text
    found = {link.replace("&amp;", "&") for link in re.findall(r'href="(http://here/[^"]+)"', text)}
    assert {urlsplit(link).path for link in found} >= {"/threat", "/meetings", "/indicators"}
    for link in found:
        parts_of = urlsplit(link)
        # Each page of the dashboard has a printed one with the same parameters; the printed one
        # leads to itself in the other languages.
        printed = "" if "." in parts_of.path or parts_of.path.startswith("/print/") else "/print"
        answer = CLIENT.get(f"{printed}{parts_of.path}?{parts_of.query}")
        assert answer.status_code == 200
        assert "Unknown parameters" not in answer.text
