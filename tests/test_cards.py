"""Cards of charts by their address: what they hold, and how they are served."""

import json
import re
from importlib import metadata
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlparse

import page_cards
import plain
import plotly
import pytest
from page_cards import column, shows
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from test_pages import opened
from test_several import OWN, both  # noqa: F401  a fixture

from threats.charts.theme import DARK, LIGHT
from threats.config import RATE_LIMIT_VARIABLE
from threats.content.builder import build_chart, parse_page_options
from threats.content.registry import CHART_SPECS, charts_on
from threats.dataset.store import open_dataset
from threats.exports.chrome import stop_browser
from threats.server.middleware.html_head import complete_html_head, first_card_address
from threats.server.middleware.kept_answers import KeptAnswers
from threats.server.middleware.rate_limits import BURST, RateLimits
from threats.server.plotly_script import PLOTLY_SCRIPT_PATH
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select

CARD = "/cards/attention-by-year.json"
BEHIND = "/cards/attention-by-year/meetings.json"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES), base_url="http://here")


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    stop_browser()  # one that is open is used without a look for it


def narrowed():
    return select(open_dataset(), Selection(region=("central_asia",)))


def card(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


@pytest.mark.parametrize("name", CHART_SPECS)
def test_a_card_holds_its_chart_with_all_texts_and_its_table_the_same_figures(client, name):
    found = card(client, f"/cards/{name}.json?region=central_asia")
    table = card(client, f"/cards/{name}/table.json?region=central_asia")
    values, _ = parse_page_options(CHART_SPECS[name].page, {}, narrowed())
    chart = build_chart(name, narrowed(), values)
    if chart is None:
        assert found == {"name": name, "empty": CHART_SPECS[name].instead}
        assert found["empty"]
        assert table == {"columns": [], "numeric": [], "rows": []}
        return
    assert (found["name"], found["title"]) == (name, chart.title)
    # The page says once which kinds of meetings count by default.
    shown = chart.subtitle.replace(
        ", meetings of more than one State, without training courses", ""
    )
    assert found["subtitle"] == shown
    assert found["caption"] == chart.alt
    assert found["finding"]
    assert chart.alt.startswith(found["finding"])
    assert found["notes"] == [*(f"{caution}." for caution in chart.cautions), *chart.notes]
    assert "data version" in found["source"]
    assert len(found["figure"]["data"]) == len(chart.draw(LIGHT).data) > 0
    shows(table, chart.table)


@pytest.mark.usefixtures("no_browser")
def test_every_address_of_a_card_answers(client):
    share = card(client, f"{CARD}?region=central_asia&role=focus")["share"]
    files = {file["address"] for file in share["files"]}
    asked = "region=central_asia&role=focus"
    wanted = {f"download/attention-by-year.{kind}?{asked}" for kind in ("csv", "xlsx", "html")}
    assert wanted <= files
    for address in [*files, urlparse(share["embed"])._replace(scheme="", netloc="").geturl()]:
        assert client.get(f"/{address.removeprefix('/')}").status_code == 200, address
    assert share["link"] == f"http://here/trends?{asked}#attention-by-year"
    assert share["link"].partition("#")[0] in share["cite"]
    assert [one["file"].rpartition(".")[2] for one in share["citations"]] == ["bib", "ris", "cff"]
    assert all("central_asia" in one["text"] for one in share["citations"])
    # The browser of the reader draws images instead.
    assert not share["images"]
    assert not [address for address in files if ".png" in address or ".svg" in address]


@pytest.mark.usefixtures("chromium")
def test_where_images_can_be_drawn_a_card_offers_them(client):
    share = card(client, f"{CARD}?region=central_asia")["share"]
    assert share["images"]
    assert {"png", "square.png", "svg", "pdf"} <= {
        file["address"].split("?")[0].partition(".")[2] for file in share["files"]
    }


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (f"{CARD}?region=north_america", "No meeting matches"),
        (f"{CARD}?group=illicit_goods&threat=pandemic", "No threat matches"),
        ("/cards/attention-beside-measured.json?theme=organized_crime", "No openly licensed"),
    ],
)
def test_a_card_with_nothing_to_draw_says_why(client, address, reason):
    found = card(client, address)
    assert set(found) == {"name", "empty"}
    assert reason in found["empty"]
    assert card(client, address.replace(".json", "/table.json"))["rows"] == []


@pytest.mark.parametrize("query", ["region=central_asia&years=2007-2008", "kind=course&years=2006"])
@pytest.mark.parametrize("name", CHART_SPECS)
def test_few_meetings_give_a_figure_or_a_reason(client, name, query):
    found = card(client, f"/cards/{name}.json?{query}")
    assert found.get("figure") or found["empty"]


def test_an_unknown_chart_is_not_found_and_unknown_parameters_are_ignored(client):
    for path in ("dragons.json", "dragons/table.json", "dragons/meetings.json?mark=corruption"):
        assert client.get(f"/cards/{path}").status_code == 404
    strange = card(client, f"{CARD}?region=central_asia&region=atlantis&strange=1&measure=miles")
    assert strange == card(client, f"{CARD}?region=central_asia")


def test_options_of_the_page_are_followed(client):
    counted = card(client, f"{CARD}?measure=count")
    assert "measure=count" in counted["share"]["link"]
    assert counted["figure"] != card(client, CARD)["figure"]
    everything = select(open_dataset(), Selection())
    values, _ = parse_page_options("trends", {"role": ["focus"]}, everything)
    chart = build_chart("attention-by-year", everything, values)
    shows(card(client, "/cards/attention-by-year/table.json?role=focus"), chart.table)


def test_the_theme_changes_colours_and_a_narrow_screen_labels(client):
    light, dark, other = (card(client, CARD + theme) for theme in ("", "?theme=dark", "?theme=x"))
    assert light == other
    for found, theme in ((light, LIGHT), (dark, DARK)):
        layout = found["figure"]["layout"]
        assert layout["template"]["layout"]["font"]["color"] == theme.text
    assert {**light, "figure": {}} == {**dark, "figure": {}}
    wide, narrow = (
        card(client, f"/cards/responses-by-threat.json{query}") for query in ("", "?narrow=1")
    )
    labels = [found["figure"]["layout"]["yaxis"] for found in (wide, narrow)]
    assert "<br>" in json.dumps(labels[1])
    assert labels[0] != labels[1]
    assert narrow["figure"]["layout"]["font"]["size"] == 12
    assert (wide["wide"], narrow["wide"]) == (False, True)


def behind(roles, threat, year):
    """Return the sources of the mentions of a threat in a year, counted from the files."""
    ids = {row["meeting_id"] for row in plain.meetings() if row["start_date"][:4] == year}
    mentions = plain.rows("threat_mentions")
    return sorted(
        (row["meeting_id"], row["source_url"])
        for row in mentions
        if row["meeting_id"] in ids and row["threat_id"] == threat and row["role"] in roles
    )


@pytest.mark.parametrize(
    ("query", "roles"), [("", ("focus", "discussed")), ("role=focus&", ("focus",))]
)
@pytest.mark.parametrize(
    "mark", ["mark=corruption&mark=2019", "mark=threat:corruption&mark=year:2019"]
)
def test_the_meetings_behind_a_mark_are_those_of_the_files(client, query, roles, mark):
    found = card(client, f"{BEHIND}?{query}{mark}")
    by_hand = behind(roles, "corruption", "2019")
    records = [parse_qs(urlparse(to).query)["meeting"][0] for _, to in column(found, "Meeting")]
    sources = [to for _, to in column(found, "Source")]
    assert sorted(zip(records, sources, strict=True)) == by_hand
    assert len(by_hand) > 0
    assert found["title"].startswith("Corruption, 2019: ")
    assert f"{len(set(records))} meeting" in found["title"]


def test_a_list_of_meetings_follows_the_filter_and_needs_a_mark(client):
    ids = {
        row["meeting_id"]
        for row in plain.meetings()
        if row["start_date"][:4] == "2019" and row["series"] == "thb_alliance"
    }
    found = card(client, "/cards/meetings-by-year/meetings.json?mark=2019&series=thb_alliance")
    records = {to for _, to in column(found, "Meeting")}
    assert records == {f"meetings?meeting={one}" for one in ids}
    assert records
    for mark in ("", "?mark=", "?mark=dragons", "?region=central_asia"):
        assert client.get(f"{BEHIND}{mark}").status_code == 404


def test_a_mark_of_a_time_without_a_meeting_gives_an_empty_list(client):
    found = card(client, f"{BEHIND}?mark=pandemic&mark=2007")
    assert found["rows"] == []
    assert "no meetings" in found["title"]


@pytest.mark.usefixtures("both")
def test_a_card_stays_in_its_dataset(client):
    query = f"?{urlencode(OWN)}"
    ours, theirs = card(client, CARD + query), card(client, CARD)
    assert "Notes of our own" in ours["source"]
    assert "Notes of our own" not in theirs["source"]
    assert all("dataset=own-notes" in file["address"] for file in ours["share"]["files"])
    found = card(client, f"/cards/meetings-by-year/meetings.json{query}&mark=2020")
    assert column(found, "Meeting")
    assert all("dataset=own-notes" in to for _, to in column(found, "Meeting"))


def test_who_has_the_card_gets_304(client):
    for path in (CARD, f"{BEHIND}?mark=corruption", "/cards/attention-by-year/table.json"):
        tag = client.get(path).headers["etag"]
        answer = client.get(path, headers={"if-none-match": tag})
        assert (answer.status_code, answer.content) == (304, b"")
        assert client.get(path, headers={"if-none-match": '"old"'}).status_code == 200
    assert client.get(f"{CARD}?role=focus").headers["etag"] != client.get(CARD).headers["etag"]


def test_cards_are_kept_and_count_as_little_as_pages(monkeypatch):
    monkeypatch.setenv(RATE_LIMIT_VARIABLE, "1")
    made = []

    def counting(app):
        async def counted(scope, receive, send):
            made.append(scope.get("path"))
            await app(scope, receive, send)

        return counted

    layers = [Middleware(RateLimits), Middleware(KeptAnswers), Middleware(counting)]
    client = TestClient(Starlette(routes=ROUTES, middleware=layers))
    asked = [f"{CARD}?region=central_asia", f"{BEHIND}?mark=corruption"]
    states = {client.get(asked[n % 2]).status_code for n in range(2 * BURST)}
    assert states == {200}
    assert made.count(CARD) == made.count(BEHIND) == 1


ADDRESSES = {
    "overview": {"region": "central_asia", "years": "2018-2023"},
    "trends": {
        "threat": ["terrorism", "corruption"],
        "series": "thb_alliance",
        "courses": "yes",
        "measure": "count",
        "role": "focus",
        "compare": "corruption",
        "mark": ["corruption", "2019"],
    },
    "covid": {
        "region": "central_asia",
        "role": "any",
        "era_start": "2020-03-11",
        "no_pandemic": "yes",
        "pandemic_search": "yes",
        "make_up": "scope",
    },
    "regions": {"reach": "all", "theme": "corruption", "colour": "count"},
    "responses": {},
    "indicators": {"theme": "corruption", "indicator": "wgi_control_of_corruption"},
    "brief": {"region": "central_asia", "threat": "drug_trafficking"},
    "data": {"kind": ["course", "workshop"], "role": "focus", "certainty": "sure"},
}


@pytest.mark.parametrize("page", ADDRESSES)
def test_the_first_html_asks_for_the_first_card_as_the_page_does(page):
    app = opened(f"{page}.py", **ADDRESSES[page])
    wanted = page_cards.sent(app)[0]["address"]
    assert wanted.startswith(f"cards/{charts_on(page)[0].name}.json")
    written = urlencode(dict(app.query_params), doseq=True)
    for query in (urlencode(ADDRESSES[page], doseq=True), written):
        assert first_card_address(page, query) == wanted


def test_the_first_html_of_a_page_without_charts_names_no_card():
    assert first_card_address("meetings", "region=central_asia") == ""
    told = complete_html_head("<title>Streamlit</title>", "meetings", {"query_string": b""})
    assert 'data-card=""' in told


def test_the_first_html_keeps_the_markup_of_an_address_out():
    page = "<title>Streamlit</title>"
    plain_query, query = b"region=x&years=1", b"region=%22%3E%3Cscript%3E&years=1%22"
    harmless, told = (
        complete_html_head(page, "trends", {"query_string": one}) for one in (plain_query, query)
    )
    assert "data-card=" in told
    assert [told.count(mark) for mark in "<>"] == [harmless.count(mark) for mark in "<>"]
    assert told.count('"') == harmless.count('"')


def test_plotly_is_of_the_release_in_the_package_at_an_address_of_its_version(client):
    version = metadata.version("plotly")
    assert PLOTLY_SCRIPT_PATH.endswith(f"/plotly-{version}.min.js")
    answer = client.get(PLOTLY_SCRIPT_PATH)
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    release = re.search(rb"plotly\.js (v[\d.]+)", script.read_bytes()[:200])[1]
    assert b"plotly.js (cartesian - minified) " + release in answer.content[:200]
    assert "immutable" in answer.headers["cache-control"]
    assert "javascript" in answer.headers["content-type"]
    told = complete_html_head("<title>Streamlit</title>", "trends", {"query_string": b""})
    assert f'src="{PLOTLY_SCRIPT_PATH[1:]}"' in told
    without = complete_html_head("<title>Streamlit</title>", "meetings", {"query_string": b""})
    assert "data-plotly" not in without
    assert f'content="{PLOTLY_SCRIPT_PATH[1:]}"' in without, "a chart on the next page needs it"
