"""Links bent on their way: by sentences, word processors, mail programs and campaign tools."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from threats.dataset.addresses import mend_name, mend_query, mend_value
from threats.server.middleware.addresses import KnownPages, MendedAddresses, mend_path
from threats.server.middleware.html_head import HtmlHead
from threats.server.middleware.language import Language
from threats.server.routes import ROUTES
from threats.stats.filters import Selection, from_params

DASHBOARD = Path(__file__).parent.parent / "threats" / "dashboard.py"
CITED = "1.2.0+6a2a419fc2a3"


@pytest.fixture(scope="module")
def client():
    """Return a client of the routes and of Streamlit's files, as the dashboard has them."""
    app = Starlette(
        routes=[*ROUTES, *create_streamlit_static_assets_routes(base_url="")],
        middleware=[Middleware(one) for one in (Language, MendedAddresses, KnownPages, HtmlHead)],
    )
    return TestClient(app, base_url="http://here", follow_redirects=False)


@pytest.mark.parametrize(
    ("name", "bent"),
    [
        ("region", "central_asia."),
        ("region", "central_asia),"),
        ("region", "<central_asia>"),
        ("region", "“central_asia”"),
        ("region", "Central_Asia"),
        ("region", "CENTRAL_ASIA"),
        ("region", "Central Asia"),
        ("region", " central_asia "),
        ("region", "central–asia"),
        ("threat", "Terrorism;"),
        ("threat", "narcotics."),
        ("kind", "Course…"),
        ("certainty", "Sure!"),
        ("reach", "National."),
        ("courses", "Yes."),
        ("reading", "whole»"),
        ("years", "2018–2023"),
        ("years", "2018—2023."),
        ("years", "2018 − 2023"),
        ("years", "2018‑2023,"),
    ],
)
def test_a_bent_value_is_the_value_that_it_was(data, name, bent):
    meant = {
        "region": "central_asia",
        "threat": "drug_trafficking" if "narco" in bent else "terrorism",
        "kind": "course",
        "certainty": "sure",
        "reach": "national",
        "courses": "yes",
        "reading": "whole",
        "years": "2018-2023",
    }[name]
    expected = from_params({name: [meant]}, data)
    assert from_params({name: [bent]}, data) == expected
    assert expected[0] != Selection()
    assert expected[1] == []


@pytest.mark.parametrize("bent", ["atlantis.", "...", "central_asia_region", "(<>)"])
def test_what_is_no_form_of_a_value_is_named_as_it_stands(data, bent):
    assert from_params({"region": [bent]}, data) == (Selection(), [f"region={bent}"])
    assert mend_value(bent, ("central_asia",)) == bent


@pytest.mark.parametrize(
    ("bent", "meant"),
    [
        ("region=a&amp;years=2020", "region=a&years=2020"),
        ("amp;amp;region=a", "region=a"),
        ("Region=a&YEARS=2020", "region=a&years=2020"),
        ("utm_source=x&region=a&utm_medium=mail", "region=a"),
        ("fbclid=1&gclid=2&msclkid_=3&mc_eid=4&region=a", "msclkid_=3&region=a"),
        ("region=a%20b&q=a+%26+b.", "region=a%20b&q=a+%26+b."),
        ("region=&threat", "region=&threat"),
        ("", ""),
    ],
)
def test_a_bent_query_has_the_names_that_it_had(bent, meant):
    assert mend_query(bent) == meant


def test_no_parameter_of_ours_counts_as_one_of_campaigns():
    from threats.content.options import OPTIONS
    from threats.stats.filters import FILTER_PARAMS

    own = (
        *FILTER_PARAMS,
        *OPTIONS,
        "dataset",
        "version",
        "lang",
        "meeting",
        "q",
        "mark",
        "session",
    )
    assert [mend_name(name) for name in own] == [*own]


@pytest.mark.parametrize(
    "bent",
    [
        "region=Central_Asia.&utm_source=letter&utm_campaign=1",
        "amp;region=central_asia&fbclid=abc",
        "region=central_asia&years=2006–2026",
        "region=central_asia&gclid=1&_gl=2&mc_cid=3",
        "lang=EN.&REGION=central_asia)",
    ],
)
@pytest.mark.parametrize("path", ["api/attention.json", "cards/attention-by-year.json"])
def test_programs_get_what_a_bent_link_meant(client, path, bent):
    meant = client.get(f"/{path}?region=central_asia")
    answer = client.get(f"/{path}?{bent}")
    assert answer.status_code == meant.status_code == 200
    if path.startswith("api"):
        assert answer.json()["rows"] == meant.json()["rows"]


def test_a_parameter_that_nobody_knows_is_still_refused(client):
    assert client.get("/api/attention.json?source=letter").status_code == 400
    assert client.get("/api/attention.json?region=atlantis.").status_code == 400


@pytest.mark.parametrize("written", ["+", "%2B", "%20"])
@pytest.mark.parametrize("path", ["print/trends", "api/attention.json", "files/meetings.csv"])
def test_the_plus_sign_of_a_version_may_be_a_blank(client, path, written):
    version = CITED.replace("+", written)
    plain = client.get(f"/{path}?version=1.2.0")
    answer = client.get(f"/{path}?version={version}")
    assert answer.status_code == plain.status_code == 200
    assert client.get(f"/{path}?version={version}.").status_code == 200
    if path == "print/trends":
        assert "is not in the list of changes" not in answer.text
        assert "This is edition 1.2.0" in answer.text


@pytest.mark.parametrize("version", ["1.2.0 6a2a419fc2a3", CITED])
def test_a_page_opens_the_edition_of_a_version_with_a_blank(version):
    app = AppTest.from_file(str(DASHBOARD), default_timeout=120)
    app.query_params["version"] = version
    app.run()
    assert not app.exception
    told = " ".join(str(one.value).replace("\\", "") for one in app.info)
    assert "This is edition 1.2.0" in told
    assert "not in the list of changes" not in told


def test_a_page_reads_a_bent_link_and_writes_it_straight():
    app = AppTest.from_file(str(DASHBOARD), default_timeout=120)
    for name, value in {
        "Region": "Central_Asia.",
        "amp;years": "2018–2023)",
        "utm_source": "letter",
        "fbclid": "abc",
    }.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert not app.warning
    assert app.query_params == {"region": "central_asia", "years": "2018-2023"}


@pytest.mark.parametrize(
    ("bent", "target"),
    [
        ("/trends.", "./trends"),
        ("/Trends", "./trends"),
        ("/TRENDS),", "./trends"),
        ("/trends%3E", "./trends"),
        ("/trends%20", "./trends"),
        ("/trends%E2%80%9D", "./trends"),
        ("/Covid-19.", "./covid-19"),
        ("/print/Trends.", "../print/trends"),
        ("/Print/trends", "../print/trends"),
        ("/embed/tile-map.", "../embed/tile-map"),
        ("/api/attention.json.", "../api/attention.json"),
        ("/files/README.md)", "../files/README.md"),
        ("/).", "./"),
    ],
)
@pytest.mark.parametrize("query", ["", "?region=central_asia&years=2018-2023"])
def test_a_bent_path_leads_to_its_page_with_the_filter(client, bent, target, query):
    answer = client.get(bent + query)
    assert answer.status_code == 308
    assert answer.headers["location"] == target + query
    arrived = client.get(str(answer.next_request.url), follow_redirects=True)
    assert arrived.status_code == 200
    assert arrived.url.host == "here"


@pytest.mark.parametrize(
    "path", ["/", "/trends", "/trends/", "/print/trends", "/files/README.md", "/static/js/A.B.js"]
)
def test_a_straight_path_stays(path):
    assert mend_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "//elsewhere.example.",
        "/\\elsewhere.example.",
        "/https://elsewhere.example.",
        "/a:b.",
        "/é.",
    ],
)
def test_no_path_leads_to_another_host(client, path):
    assert mend_path(path) == path
    answer = client.get(f"http://here{path}")
    assert "location" not in answer.headers or answer.headers["location"].startswith("./")


@pytest.mark.parametrize(
    "path",
    ["/nonexistent", "/trends/nothing", "/static/js/nothing.js", "/wp-login.php", "/index.html"],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_where_nothing_is_a_page_says_so_and_leads_to_the_start(client, path, method):
    answer = client.request(method, path)
    assert answer.status_code == 404
    if method == "GET":
        assert "There is no page at this address." in answer.text
        href = "../" * (path.count("/") - 1) or "./"
        assert f'<a href="{href}">Open the start page</a>' in answer.text
    else:
        assert not answer.content


def test_a_page_to_print_that_does_not_exist_leads_to_the_start(client):
    answer = client.get("/print/nothing")
    assert answer.status_code == 404
    assert '<a href="../">Open the start page</a>' in answer.text


def test_the_files_of_streamlit_stay(client):
    page = client.get("/").text
    script = page.partition('src="./static/')[2].partition('"')[0]
    assert client.get(f"/static/{script}").status_code == 200
    assert client.get("/favicon.png").status_code == 200
    assert client.get("/trends").status_code == 200
