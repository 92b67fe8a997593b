"""Routes: the same figures as on the pages, clear refusals, plain pages that stand alone."""

import io
import json
import re
import zipfile
from html.parser import HTMLParser

import openapi_spec_validator
import pandas as pd
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.testclient import TestClient

import threats
from threats.content.builder import build_chart, parse_page_options
from threats.content.meetings import record_facts
from threats.content.pages import PAGES, SUBJECT_PAGES
from threats.content.registry import CHART_SPECS, items_on, options_on
from threats.dataset.store import open_dataset
from threats.exports.tables import to_csv
from threats.exports.urls import View
from threats.server.routes import ROUTES
from threats.server.routes.api import API_FIGURES
from threats.stats.filters import Selection
from threats.stats.selection import select

APP = Starlette(routes=ROUTES)


@pytest.fixture(scope="module")
def client():
    return TestClient(APP, base_url="http://here")


def table(answer):
    assert answer.status_code == 200, answer.text
    return pd.read_csv(io.BytesIO(answer.content))


def rows(answer):
    assert answer.status_code == 200, answer.text
    return pd.DataFrame(answer.json()["rows"])


def test_figures_equal_the_file_downloaded_from_the_page(client, data):
    selected = select(open_dataset(), Selection(region=("central_asia",)))
    view = View("trends", selected, {"region": ["central_asia"]}, "http://here")
    chart = build_chart("attention-by-year", selected, {})
    answer = client.get("/api/attention.csv?region=central_asia")
    assert answer.content == to_csv(chart, view, about_in_rows=True)
    lean = client.get("/api/attention.csv?region=central_asia&about=none")
    assert lean.content == to_csv(chart, view)
    assert client.get("/api/attention.csv?about=strange").status_code == 400
    assert "attention-by-year_central-asia.csv" in answer.headers["content-disposition"]


@pytest.mark.parametrize("name", API_FIGURES)
@pytest.mark.parametrize("query", ["", "?region=central_asia&years=2018-2023&threat=terrorism"])
def test_csv_and_json_hold_the_same_figures(client, name, query):
    one = table(client.get(f"/api/{name}.csv{query}{'&' if query else '?'}about=none"))
    other = rows(client.get(f"/api/{name}.json{query}"))
    assert list(one.columns) == list(other.columns)
    for column in one:
        left, right = one[column], other[column]
        if pd.api.types.is_numeric_dtype(left) and left.notna().any():
            assert left.astype(float).to_numpy() == pytest.approx(
                right.astype(float).to_numpy(), nan_ok=True
            )
        else:
            assert left.fillna("").astype(str).tolist() == right.fillna("").astype(str).tolist()


def test_meetings_hold_every_meeting_with_the_threats_of_its_agenda(client, data):
    found = table(client.get("/api/meetings.csv?years=2021")).set_index("meeting_id")
    meetings = select(data, Selection(years=(2021, 2021))).meetings
    assert set(found.index) == set(meetings["meeting_id"])
    mentions = data["threat_mentions"].query("meeting_id == 'bsmnfp-2021' and role != 'mentioned'")
    assert set(found.loc["bsmnfp-2021", "threats"].split(";")) == set(mentions["threat_id"])


def test_certainty_narrows_codes_and_leaves_the_meetings(client, data):
    def by_year(query):
        table = rows(client.get(f"/api/attention.json?threat=illicit_finance{query}"))
        return table.set_index("year")

    everything, sure = by_year(""), by_year("&certainty=sure")
    drawn = build_chart(
        "attention-by-year",
        select(data, Selection(threat=("illicit_finance",), certainty=("sure",))),
        {},
    ).table.set_index("year")
    assert sure["meetings"].tolist() == everything["meetings"].tolist()
    assert sure["on_agenda"].tolist() == drawn["on_agenda"].tolist()
    assert (sure["doubtful"] == 0).all()
    alone = everything["doubtful"].sum()
    assert alone > 0
    assert sure["on_agenda"].sum() == everything["on_agenda"].sum() - alone


def test_options_change_the_figures(client):
    plain = rows(client.get("/api/attention.json"))
    focus = rows(client.get("/api/attention.json?role=focus"))
    assert focus["on_agenda"].sum() < plain["on_agenda"].sum()
    moved = client.get("/api/shift.json?era_start=2021-01-01&era_end=2021-12-31").json()
    assert "1 January – 31 December 2021" in moved["filter"]


def test_a_change_has_one_verdict_whichever_threats_are_asked_for(client):
    asked = "drug_trafficking"
    whole = rows(client.get("/api/shift.json"))
    alone = client.get(f"/api/shift.json?threat={asked}")
    told = ["era", "p_adjusted", "holds"]
    own = whole.loc[whole["threat_id"] == asked, told].reset_index(drop=True)
    pd.testing.assert_frame_equal(rows(alone)[told], own)
    assert any("over all threats" in note for note in alone.json()["notes"])


@pytest.mark.parametrize("name", API_FIGURES)
def test_a_selection_without_a_meeting_gives_no_row_and_the_same_columns(client, name):
    full = client.get(f"/api/{name}.json").json()
    nothing = client.get(f"/api/{name}.json?region=north_america").json()
    assert nothing["rows"] == []
    assert "North America" in nothing["filter"]
    assert "no meetings" in nothing["filter"]
    empty = table(client.get(f"/api/{name}.csv?region=north_america"))
    assert set(full["rows"][0]) <= set(empty.columns)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("region=atlantis", "region=atlantis"),
        ("colour=red", "parameter colour"),
        ("years=1800", "years=1800"),
        ("years=2019&years=2020", "years given twice"),
        ("courses=maybe", "courses=maybe"),
        ("certainty=doubtful", "certainty=doubtful"),
        ("role=", "role="),
        ("role=focus&role=any", "role given twice"),
        ("measure=%3Cscript%3E", "measure=<script>"),
        ("compare=" + "&compare=".join(["terrorism", "nonsense"]), "compare=nonsense"),
    ],
)
def test_what_is_not_known_is_refused_by_name(client, query, named):
    answer = client.get(f"/api/attention.csv?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"
    assert named in answer.json()["problems"]


def test_an_emergency_that_ends_before_it_starts_is_refused(client):
    answer = client.get("/api/shift.csv?era_start=2022-01-01&era_end=2021-01-01")
    assert answer.json()["problems"] == ["era_end is before era_start"]
    assert client.get("/api/shift.csv?era_start=20200101").status_code == 400


@pytest.mark.parametrize("path", ["/api/attention.csv", "/files/meetings.csv", "/api/openapi.json"])
def test_an_answer_is_sent_once_and_open_for_reading(client, path):
    answer = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "no-cache" in answer.headers["cache-control"]
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    assert client.head(path).status_code == 200
    asking = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    assert client.options(path, headers=asking).status_code == 200
    assert client.post(path).status_code in (404, 405)


def test_the_files_are_those_of_the_folder(client, data):
    for resource in data.descriptor["resources"]:
        answer = client.get(f"/files/{resource['path']}")
        assert answer.content == (data.folder / resource["path"]).read_bytes()
    archive = zipfile.ZipFile(io.BytesIO(client.get("/files/threat-themes.zip").content))
    names = {resource["path"] for resource in data.descriptor["resources"]}
    assert set(archive.namelist()) == names | {
        "datapackage.json",
        "README.md",
        "LICENSE.txt",
        "codebook.md",
        "CITATION.cff",
        "datacite.json",
        "codemeta.json",
    }
    assert json.loads(archive.read("datapackage.json"))["version"] == data.descriptor["version"]


def test_the_zip_is_a_dataset_that_loads(client, tmp_path, data):
    archive = zipfile.ZipFile(io.BytesIO(client.get("/files/threat-themes.zip").content))
    archive.extractall(tmp_path)
    assert threats.load(tmp_path).version == data.version


@pytest.mark.parametrize(
    "path",
    [
        "/files/nothing.csv",
        "/files/..%2Fapp.py",
        "/files/%2e%2e/app.py",
        "/files/meetings.csv/../../../etc/passwd",
        "/files//etc/passwd",
        "/api/nothing.csv",
        "/api/attention.exe",
        "/api/",
        "/print/nothing",
        "/embed/nothing",
        "/embed/..%2f..%2fetc%2fpasswd",
    ],
)
def test_what_is_not_there_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_health_tells_version_and_a_broken_folder(client, data, folder, monkeypatch):
    assert client.get("/healthz").json()["data_version"] == data.version
    (folder / "regions.csv").write_text("nonsense\n", encoding="utf-8")
    monkeypatch.setenv("THREATS_DATA", str(folder))
    assert client.get("/healthz").status_code == 503
    answer = client.get("/api/attention.csv")
    assert answer.status_code == 503
    assert "threats check" in answer.json()["error"]


def test_the_description_is_valid_and_names_every_parameter(client):
    description = client.get("/api/openapi.json").json()
    openapi_spec_validator.validate(description)
    for name, (page, _) in API_FIGURES.items():
        told = {p["name"] for p in description["paths"][f"/api/{name}.csv"]["get"]["parameters"]}
        known = {"region", "years", "series", "group", "threat", "certainty", "courses", "reading"}
        known |= {"family", "kind", "reach", "lang", "version"}
        assert told == known | set(options_on(page)) | {"about"}
        answers = description["paths"][f"/api/{name}.json"]["get"]["parameters"]
        assert {p["name"] for p in answers} == told - {"about"}


SCHEMA = schemathesis.openapi.from_asgi("/api/openapi.json", APP)


@SCHEMA.parametrize()
@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
def test_no_request_by_the_description_breaks_it(case):
    case.call_and_validate(
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ]
    )


def test_the_description_leaves_each_parameter_some_value(client):
    described = client.get("/api/openapi.json").json()["paths"]
    for path, methods in described.items():
        for parameter in methods["get"].get("parameters", []):
            schema = parameter["schema"].get("items", parameter["schema"])
            assert schema.get("enum") != [], f"{path}: {parameter['name']}"
    [then] = [
        parameter["schema"]
        for parameter in described["/api/attention.json"]["get"]["parameters"]
        if parameter["name"] == "then"
    ]
    assert re.search(then["pattern"], "2008-2012")
    # An empty value is refused, and not described as good either.
    assert client.get("/api/attention.json?version=").status_code == 400
    free = [
        schema
        for parameter in described["/api/compare.json"]["get"]["parameters"]
        for schema in [parameter["schema"].get("items", parameter["schema"])]
        if not {"enum", "pattern", "format"} & set(schema)
    ]
    assert len(free) == 2
    assert [schema["minLength"] for schema in free] == [1, 1]
    answer = client.get("/api/attention.json?then=2008-2012&now=2018-2022")
    assert answer.status_code == 200


@pytest.mark.parametrize("page", ["indicators", "data", "meetings"])
def test_each_link_of_a_page_to_print_is_an_address(client, page, monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    links = Outline(client.get(f"/print/{page}?region=central_asia").text).links
    assert len(links) > 20
    assert [link for link in links if not link.startswith(("https://", "http://", "#"))] == []
    assert [link for link in links if " " in link] == []


class Outline(HTMLParser):
    """The headings, links and sources of pictures and scripts of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.fetched, self.links = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        told = dict(attrs)
        if tag in ("script", "img", "link", "iframe") and tag != "link":
            self.fetched.append(told.get("src", ""))
        if tag == "a":
            self.links.append(told["href"])


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize(
    "page", [name for name in PAGES if name not in ("brief", "code", *SUBJECT_PAGES)]
)
def test_a_page_to_print_has_drawings_tables_sources_and_citation(client, page, data):
    answer = client.get(f"/print/{page}?region=central_asia")
    assert answer.status_code == 200
    outline = Outline(answer.text)
    assert outline.tags.count("h1") == 1
    assert "script" not in outline.tags
    assert not outline.fetched
    assert "Central Asia, 2006–2025" in answer.text
    assert data.version in answer.text
    selected = select(data, Selection(region=("central_asia",)))
    assert set(selected.meetings["source_url"]) <= set(outline.links)
    parts = [part for part in items_on(page) if part.name in CHART_SPECS]
    values, _problems = parse_page_options(page, {}, selected)
    drawn = [part for part in parts if part.build(selected, values)]
    # Plotly makes an element of three layers for each figure.
    assert answer.text.count('<figure role="img"') == len(drawn)
    if page != "meetings":
        assert "table" in outline.tags


@pytest.mark.usefixtures("chromium")
def test_a_brief_to_print_has_drawings_tables_sources_and_citation(client, data):
    query = "region=central_asia&threat=corruption"
    answer = client.get(f"/print/brief?{query}&tint=%3Cb%3Ered&version=0.1.0%2Babc")
    outline = Outline(answer.text)
    assert outline.tags.count("h1") == 1
    assert "script" not in outline.tags
    assert "b" not in outline.tags
    assert not outline.fetched
    assert "Corruption: a brief for Central Asia" in answer.text
    assert "ignored: parameter tint" in answer.text
    assert "Changes since" in answer.text
    assert answer.text.count('<figure role="img"') == 4
    assert data.version in answer.text
    assert f"http://here/brief?{query}" in outline.links
    selected = select(data, Selection(region=("central_asia",)))
    assert set(selected.meetings["source_url"]) <= set(outline.links)


def test_a_page_to_print_with_nothing_left_says_so(client):
    assert "No meeting matches this filter" in client.get("/print/trends?region=north_america").text
    assert "No meeting matches" in client.get("/embed/attention-by-year?region=north_america").text


NO_THREAT = "group=illicit_goods&threat=pandemic"


@pytest.mark.parametrize("page", [name for name, page in PAGES.items() if page.printable])
def test_a_group_and_a_threat_outside_it_leave_nothing_and_say_so(client, page):
    answer = client.get(f"/print/{page}?{NO_THREAT}")
    assert answer.status_code == 200
    assert "No threat matches this filter" in answer.text


def test_figures_without_a_threat_have_no_row(client):
    for name in ("attention", "shift"):
        answer = client.get(f"/api/{name}.json?{NO_THREAT}")
        assert answer.status_code == 200
        assert answer.json()["rows"] == []


def test_a_plain_page_escapes_what_a_link_asks_for(client):
    for path in ("/print/trends", "/embed/attention-by-year"):
        answer = client.get(f"{path}?region=<script>alert(1)</script>&%3Cb%3E=1")
        assert "<script>alert" not in answer.text
        assert "<b>" not in answer.text
        assert "&lt;script&gt;" in answer.text


def test_a_record_to_print_has_its_facts_and_its_source(client, data):
    answer = client.get("/print/meetings?meeting=bsmnfp-2021")
    row = data["meetings"].set_index("meeting_id").loc["bsmnfp-2021"]
    for fact in (row["title"], row["source_url"], *record_facts(data, "bsmnfp-2021").values()):
        assert fact.replace("&", "&amp;").replace("'", "&#39;") in answer.text


@pytest.mark.usefixtures("chromium")
def test_a_chart_to_embed_has_its_source_and_leads_to_the_live_view(client, data):
    answer = client.get("/embed/trend-by-region?theme=corruption&years=2010-2020")
    assert answer.text.count('<figure role="img"') == 1
    assert data.version in answer.text
    live = "http://here/regions?years=2010-2020&theme=corruption#trend-by-region"
    assert live in Outline(answer.text).links


def test_without_a_browser_plain_pages_show_the_tables(client, monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    answer = client.get("/print/trends?region=south_caucasus")
    assert "no Chrome or Chromium" in answer.text
    assert "<details open>" in answer.text


def test_a_link_to_print_with_an_older_version_says_so(client):
    assert "Changes since" in client.get("/print/trends?version=0.1.0%2Babc").text
