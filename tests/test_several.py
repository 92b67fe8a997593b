"""Several datasets in one dashboard: each on every page, route and file under its own name."""

import io
import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from page_cards import drawn
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_pages import PAGES as PAGE_FILES
from test_pages import opened, texts, unfolded

import threats
from threats.cli.main import main
from threats.content.builder import build_chart, parse_page_options, view_params
from threats.content.pages import PAGES
from threats.dataset.model import DatasetError
from threats.dataset.store import current_datasets, current_error, folder_states, open_dataset
from threats.exports.tables import to_about
from threats.exports.urls import View, file_name
from threats.server.middleware.html_head import complete_html_head
from threats.server.routes import ROUTES
from threats.stats.filters import Selection, year_bounds
from threats.stats.selection import select

DATA = Path(__file__).parent.parent / "data"
OWN = {"dataset": "own-notes"}
# What stands in the folder of the fixture ``own`` and nowhere else.
OWN_TITLE = "A meeting that only we know of"


def named(monkeypatch, *folders):
    monkeypatch.setenv("THREATS_DATA", os.pathsep.join(map(str, folders)))


def renamed(folder, name):
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(descriptor | {"name": name}), encoding="utf-8")


@pytest.fixture
def both(own, monkeypatch):
    """Show the shipped dataset and the organization's own."""
    named(monkeypatch, DATA, own)


@pytest.fixture
def changing(small, own, tmp_path, monkeypatch):
    """Show copies of two small datasets, which may be changed; return their folders."""
    folders = [Path(shutil.copytree(one, tmp_path / one.parent.name)) for one in (small, own)]
    named(monkeypatch, *folders)
    return folders


@pytest.fixture
def client():
    return TestClient(Starlette(routes=ROUTES), base_url="http://here")


def cells(app):
    """Return all that stands in tables, without the marks of Markdown for plain text."""
    tables = (table.value.astype(str).to_numpy().ravel() for table in app.table)
    return " ".join(cell for table in tables for cell in table).replace("\\", "")


def switch(app, name):
    return app.sidebar.selectbox(key="filter_dataset").set_value(name).run()


def test_the_first_is_the_default_and_has_no_part_in_addresses(both, data):
    assert list(current_datasets()) == ["threat-themes", "own-notes"]
    assert open_dataset().version == data.version
    assert open_dataset().params == {}
    assert open_dataset("own-notes").params == {"dataset": ["own-notes"]}
    with pytest.raises(KeyError):
        open_dataset("dragons")


def test_one_dataset_has_no_switch(own, monkeypatch):
    named(monkeypatch, own)
    app = opened("trends.py")
    assert [box.key for box in app.sidebar.selectbox] == ["language", "filter_reach"]
    assert opened("trends.py", **OWN).query_params == {}
    assert not app.warning


@pytest.mark.parametrize("page", PAGE_FILES)
def test_every_page_shows_the_dataset_of_its_address_and_leads_on_in_it(page, both):
    app = unfolded(opened(page, **OWN))
    assert app.sidebar.selectbox(key="filter_dataset").value == "own-notes"
    assert app.query_params == OWN
    assert not app.exception
    links = [link.proto.query_string for link in app.get("page_link")]
    assert links
    assert all("dataset=own-notes" in link for link in links)
    inner = re.findall(r"\]\(<((?:meetings|files|indicators)[^>]*)", texts(app) + cells(app))
    assert inner or page not in ("overview.py", "data.py")
    assert all("dataset=own-notes" in address for address in inner), inner
    if drawn(app):
        assert "Notes of our own, data version 7.0.0+" in texts(app)
        assert "internal" in texts(app)


def test_the_switch_keeps_what_the_other_knows_and_names_what_it_does_not(both):
    app = opened("trends.py", threat="terrorism", series="bmsc_conference", measure="count")
    switch(app, "own-notes")
    assert app.query_params == OWN | {"threat": "terrorism", "measure": "count"}
    assert "do not contain parts of your earlier choice" in texts(app)
    assert "series=bmsc_conference" in app.warning[0].value.replace("\\", "")
    assert app.sidebar.multiselect(key="filter_series").value == []
    switch(app, "threat-themes")
    assert app.query_params == {"threat": "terrorism", "measure": "count"}
    assert not app.warning


def test_years_that_the_other_does_not_reach_are_named_and_all_of_its_years_taken(both):
    app = opened("trends.py", years="2006-2009")
    switch(app, "own-notes")
    assert app.query_params == OWN
    assert "years=2006-2009" in app.warning[0].value.replace("\\", "")
    assert app.sidebar.slider(key="filter_years").value == year_bounds(open_dataset("own-notes"))


def test_an_unknown_dataset_is_named_and_the_first_shown(both, client):
    app = opened("trends.py", dataset="dragons", region="central_asia")
    assert "dataset=dragons" in app.warning[0].value.replace("\\", "")
    assert app.query_params == {"region": "central_asia"}
    assert "dataset=dragons" in client.get("/print/trends?dataset=dragons").text
    for path in ("/api/attention.json", "/api/meetings.csv", "/files/meetings.csv"):
        answer = client.get(path, params={"dataset": "dragons"})
        assert answer.status_code == 400
        assert answer.json()["problems"] == ["dataset=dragons"]
    twice = client.get("/api/meetings.csv?dataset=own-notes&dataset=own-notes")
    assert "dataset given twice" in twice.json()["problems"]


def test_a_record_is_that_of_its_dataset(both, client):
    app = opened("meetings.py", meeting="bsmnfp-2020", **OWN)
    assert app.title[0].value == OWN_TITLE
    told = texts(app) + " ".join(code.value for code in app.code)
    assert "The Border Office" in told
    assert re.search(r"dataset=own-notes&meeting=bsmnfp-2020&version=7\.0\.0%2B", told)
    assert opened("meetings.py", meeting="bsmnfp-2020").title[0].value != OWN_TITLE
    record = client.get("/print/meetings?meeting=bsmnfp-2020&dataset=own-notes").text
    assert OWN_TITLE in record
    assert "dataset=own-notes&amp;meeting=" in record


def test_routes_answer_with_the_dataset_asked_for(both, client, data):
    ours = client.get("/api/attention.json", params=OWN).json()
    theirs = client.get("/api/attention.json").json()
    assert (ours["dataset"], theirs["dataset"]) == ("own-notes", "threat-themes")
    assert ours["data_version"].startswith("7.0.0+")
    assert theirs["data_version"] == data.version
    assert "dataset=own-notes" in ours["address"]
    assert "dataset" not in theirs["address"]
    assert OWN_TITLE in client.get("/api/meetings.csv", params=OWN).text
    assert OWN_TITLE in client.get("/files/meetings.csv", params=OWN).text
    assert OWN_TITLE not in client.get("/files/meetings.csv").text
    packed = zipfile.ZipFile(io.BytesIO(client.get("/files/threat-themes.zip", params=OWN).content))
    assert "Notes of our own, version 7.0.0+" in packed.read("LICENSE.txt").decode()
    described = client.get("/api/openapi.json", params=OWN).json()
    assert described["info"]["title"] == "Notes of our own: figures"
    asks = described["paths"]["/api/attention.csv"]["get"]["parameters"]
    assert asks[0]["name"] == "dataset"
    assert asks[0]["schema"]["enum"] == ["threat-themes", "own-notes"]


@pytest.mark.parametrize("page", [name for name, page in PAGES.items() if page.printable])
def test_a_printed_page_is_of_one_dataset_whole(both, client, page):
    told = client.get(f"/print/{page}", params=OWN).text
    assert "Notes of our own" in told
    assert "The Border Office" in told
    own = re.findall(r'href="(http://here[^"]*)"', told)
    assert own
    assert all("dataset=own-notes" in address for address in own), own


def test_an_embedded_chart_leads_to_its_dataset(both, client):
    told = client.get("/embed/attention-by-year", params=OWN).text
    assert "Notes of our own, data version 7.0.0+" in told
    assert "trends?dataset=own-notes#attention-by-year" in told


def test_files_name_the_dataset_in_name_address_and_source(both):
    selected = select(open_dataset("own-notes"), Selection(region=("central_asia",)))
    values, _ = parse_page_options("trends", {}, selected)
    params = view_params("trends", values, selected)
    view = View("trends", selected, params, "http://here")
    chart = build_chart("attention-by-year", selected, values)
    assert file_name("x", view, "csv") == "x_own-notes_central-asia.csv"
    about = json.loads(to_about(chart, view))
    assert about["address"].startswith("http://here/trends?dataset=own-notes&region=central_asia")
    assert "Notes of our own" in about["source"]
    assert about["dataset"] == "own-notes"


def test_the_first_html_tells_of_its_dataset(both):
    page = "<title>Streamlit</title><noscript></noscript>"
    asked = {"query_string": b"dataset=own-notes&region=central_asia"}
    told = complete_html_head(page, "trends", asked)
    assert "Notes of our own. Central Asia" in told
    assert "print/trends?dataset=own-notes&amp;region=central_asia" in told


def test_two_of_one_name_show_the_first_and_say_so(changing, client):
    renamed(changing[1], "threat-themes")
    assert list(current_datasets()) == ["threat-themes"]
    told = client.get("/healthz")
    assert told.status_code == 200
    assert [one["status"] for one in told.json()["datasets"]] == ["ok", "data in error"]
    said = cells(opened("data.py"))
    assert "that of a folder named before this one" in said
    renamed(changing[0], "others")
    assert list(current_datasets()) == ["others", "threat-themes"]


@pytest.mark.parametrize("name", ["Ä name", "a/b", "x" * 61])
def test_a_name_that_cannot_stand_in_an_address_is_refused_among_several(changing, name):
    renamed(changing[1], name)
    assert list(current_datasets()) == ["threat-themes"]
    assert "cannot be part of an address" in str(folder_states()[1].error)


@pytest.mark.slow
def test_each_folder_is_taken_over_by_itself(changing, client):
    first, second = current_datasets().values()
    path = changing[1] / "meetings.csv"
    path.write_text(path.read_text("utf-8").replace(OWN_TITLE, "New title"), encoding="utf-8")
    now = current_datasets()
    assert now["threat-themes"] is first
    assert now["own-notes"].version != second.version
    (changing[1] / "regions.csv").write_text("nonsense\n", encoding="utf-8")
    assert current_datasets() == now
    assert current_error(now["own-notes"])
    assert current_error(first) is None
    states = client.get("/healthz").json()
    assert states["status"] == "serving the last good data"
    assert [one["status"] for one in states["datasets"]] == ["ok", "serving the last good data"]
    assert not [w for w in opened("data.py").warning if "last good" in w.value]
    said = opened("data.py", **OWN)
    assert [w for w in said.warning if "last good data, version 7" in w.value.replace("\\", "")]


def test_one_in_error_at_the_start_leaves_the_others(changing, client):
    (changing[0] / "regions.csv").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(DatasetError):
        open_dataset()
    assert client.get("/api/attention.csv").status_code == 503
    assert client.get("/api/attention.csv", params=OWN).status_code == 200
    health = client.get("/healthz")
    assert (health.status_code, health.json()["status"]) == (200, "data in error")
    app = opened("trends.py")
    assert app.title[0].value == "The dataset contains errors"
    assert "[Notes of our own](<?dataset=own-notes>)" in texts(app)
    assert opened("trends.py", **OWN).title[0].value == "Which threats gained or lost attention?"
    app = opened("trends.py", region="central_asia")
    shutil.copy(DATA / "regions.csv", changing[0] / "regions.csv")
    assert list(current_datasets()) == ["threat-themes", "own-notes"]
    app.run()
    assert not app.exception
    assert app.query_params == {"region": "central_asia"}
    assert app.sidebar.selectbox(key="filter_dataset").value == "threat-themes"


def test_commands_take_one_and_say_which(both, own, tmp_path):
    run = CliRunner().invoke
    done = run(main, ["check"])
    assert done.exit_code == 0
    assert "names 2 folders; this command uses the first" in done.stderr
    assert not run(main, ["check", str(own)]).stderr
    arguments = ["export", str(tmp_path), "--page", "trends", "--format", "json"]
    done = run(main, [*arguments, "--dataset", "own-notes"])
    assert done.exit_code == 0, done.output
    told = (tmp_path / "attention-by-year_own-notes.json").read_text(encoding="utf-8")
    assert "trends?dataset=own-notes" in told
    done = run(main, [*arguments, "--dataset", "dragons"])
    assert done.exit_code == 2
    assert "own-notes" in done.output
    brief = tmp_path / "brief.md"
    done = run(main, ["brief", "--dataset", "own-notes", "--out", str(brief)])
    assert done.exit_code == 0, done.output
    assert "Notes of our own" in brief.read_text(encoding="utf-8")
    assert "dataset=own-notes" in brief.read_text(encoding="utf-8")


def test_load_takes_the_first(both):
    assert threats.load().folder == DATA
