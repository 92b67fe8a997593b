"""Files by their address: the same as from the page, at whatever other readers do meanwhile."""

import io
import zipfile

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.content.builder import build_chart, parse_page_options
from threats.content.pages import PAGES, SUBJECT_PAGES
from threats.content.registry import CHART_SPECS, items_on
from threats.dataset.store import open_dataset
from threats.downloads import options_page
from threats.exports import chrome
from threats.exports.chrome import SHARED_BROWSER, stop_browser
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select

CHOICE = "region=central_asia&years=2018-2023"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES), base_url="http://here")


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    stop_browser()  # one that is open is used without a look for it


def narrowed():
    return select(open_dataset(), Selection(region=("central_asia",), years=(2018, 2023)))


def test_charts_and_pages_have_names_of_their_own():
    assert not CHART_SPECS.keys() & PAGES.keys()


@pytest.mark.parametrize("name", CHART_SPECS)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "html"])
def test_a_file_of_a_chart_holds_its_figures(client, name, suffix):
    answer = client.get(f"/download/{name}.{suffix}?{CHOICE}")
    page = options_page(name)
    values, _ = parse_page_options(page, {}, narrowed())
    chart = build_chart(name, narrowed(), values)
    if chart is None:
        assert answer.status_code == 404
        assert CHART_SPECS[name].instead in answer.text
        return
    assert answer.status_code == 200
    told = f'attachment; filename="{name}_central-asia_2018-2023.{suffix}"'
    assert answer.headers["content-disposition"] == told
    if suffix == "html":
        assert chart.alt in answer.text.replace("&#39;", "'")
        return
    read = pd.read_csv if suffix == "csv" else pd.read_excel
    assert len(read(io.BytesIO(answer.content))) == len(chart.table)


def test_options_and_the_mark_of_the_address_are_followed(client):
    query = "region=central_asia&role=focus&mark=terrorism&mark=2019"
    answer = client.get(f"/download/attention-by-year.csv?{query}")
    assert "attention-by-year_central-asia_focus_terrorism-2019.csv" in str(answer.headers)
    table = pd.read_csv(io.BytesIO(answer.content))
    about = client.get(f"/download/attention-by-year.json?{query}").json()
    assert "role=focus&mark=terrorism&mark=2019" in about["address"]
    assert about["rows"] == len(table)
    whole = client.get("/download/attention-by-year.csv?region=central_asia")
    assert pd.read_csv(io.BytesIO(whole.content))["on_agenda"].sum() > table["on_agenda"].sum()


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize(
    "page", [name for name in PAGES if name not in ("meetings", "code", *SUBJECT_PAGES)]
)
def test_a_page_as_zip_holds_every_chart_on_it(client, page):
    answer = client.get(f"/download/{page}.zip?{CHOICE}")
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    charts = [part.name for part in items_on(page) if part.name in CHART_SPECS]
    values, _ = parse_page_options(page, {}, narrowed())
    made = [name for name in charts if build_chart(name, narrowed(), values)]
    assert made
    files = [name for name in names if name.startswith(tuple(charts))]
    for suffix in (".csv", ".json"):
        assert sorted(n.split("_")[0] for n in files if n.endswith(suffix)) == sorted(made)


def test_the_meetings_of_a_page_equal_those_of_the_api(client):
    page = client.get(f"/download/meetings.csv?{CHOICE}&q=border")
    api = client.get(f"/api/meetings.csv?{CHOICE}&about=none")
    assert page.content == api.content
    assert page.headers["content-disposition"] == api.headers["content-disposition"]


def test_the_earlier_address_gives_the_same_file(client):
    now, before = (client.get(f"/{path}/meetings.csv?{CHOICE}") for path in ("download", "take"))
    assert before.content == now.content
    assert before.headers["content-disposition"] == now.headers["content-disposition"]


@pytest.mark.parametrize(
    "path",
    [
        "attention-by-year",
        "attention-by-year.",
        "attention-by-year.exe",
        "attention-by-year.csv.exe",
        ".csv",
        "nothing.csv",
        "code.zip",
        "trends.csv",
        "meetings.zip",
        "brief.exe",
        "pyproject.toml",
        "..%2f..%2fpyproject.toml",
        "..%5cpyproject.toml",
        "%2e%2e",
        "meetings.csv%00.md",
        "<script>.csv",
        "attention-by-year/x.csv",
    ],
)
def test_nothing_but_names_of_the_catalogue_is_served(client, path):
    answer = client.get(f"/download/{path}")
    assert answer.status_code == 404
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize(
    "query",
    [
        "region=nowhere",
        "strange=1",
        "mark=<script>",
        "role=x",
        "years=9999",
        "threat=%00",
        "mark=1",
    ],
)
def test_what_is_not_known_is_refused_in_words(client, query):
    answer = client.get(f"/download/attention-by-year.csv?{query}")
    assert answer.status_code == 400
    assert "Unknown: " in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script>" not in answer.text


def test_dates_of_the_emergency_the_wrong_way_round_give_the_file_of_the_page(client):
    wrong = client.get("/download/shift-by-era.csv?era_start=2023-01-01&era_end=2020-01-01")
    usual = client.get("/download/shift-by-era.csv?eras=who")  # dates that are wrong give WHO's
    assert wrong.status_code == 200
    shares = [pd.read_csv(io.BytesIO(one.content))["share"] for one in (wrong, usual)]
    pd.testing.assert_series_equal(*shares)


def test_where_nothing_fits_it_is_said(client):
    for name in ("attention-by-year.csv", "trends.zip", "brief.md"):
        answer = client.get(f"/download/{name}?group=terrorism&threat=corruption")
        assert answer.status_code in (400, 404)
        assert "matches" in answer.text or "Unknown: " in answer.text


@pytest.mark.parametrize(
    "name", ["attention-by-year.png", "attention-by-year.zip", "brief.docx", "brief.pdf"]
)
@pytest.mark.usefixtures("chromium")
def test_too_many_pictures_are_told_as_busy(client, monkeypatch, name):
    monkeypatch.setattr(chrome, "RENDER_QUEUE_TIMEOUT", 0.05)
    # No other test asks for this view, so no picture of it is kept.
    view = "region=central_asia&region=south_caucasus&years=2012-2019"
    with SHARED_BROWSER._lock:
        answer = client.get(f"/download/{name}?{view}")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "Try again" in answer.text


def test_a_year_in_other_digits_is_not_known(client):
    answer = client.get("/download/meetings.csv?mark=２０１９")
    assert answer.status_code == 400
    assert "２０１９" in answer.text


@pytest.mark.usefixtures("chromium")
def test_a_file_of_many_pictures_that_takes_too_long_goes_on_when_asked_for_again(
    client, monkeypatch
):
    monkeypatch.setattr(chrome, "TIME_BUDGET_TIMEOUT", 0.5)
    answers = []
    while not answers or answers[-1].status_code == 503:
        answers.append(client.get("/download/trends.zip?region=central_asia&years=2016-2022"))
        assert len(answers) < 40
    assert len(answers) > 1
    assert "Try again" in answers[0].text
    with zipfile.ZipFile(io.BytesIO(answers[-1].content)) as archive:
        names = archive.namelist()
    charts = [name for name in names if name.endswith(".csv") and name != "sources.csv"]
    assert len([name for name in names if name.endswith((".png", ".svg"))]) == 3 * len(charts) > 0


@pytest.mark.usefixtures("no_browser")
def test_a_picture_where_there_is_no_browser_says_why(client):
    answer = client.get("/download/attention-by-year.png")
    assert answer.status_code == 500
    assert "no Chrome or Chromium" in answer.text
