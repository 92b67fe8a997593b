"""A coded corpus opens in the dashboard: every page, its tables, prints and downloads."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_pages import PAGES, opened, texts, unfolded

import threats
from threats.cli.main import main
from threats.content.registry import CHART_SPECS
from threats.server.routes import ROUTES

PASSAGES = Path(__file__).parent / "benchmarks" / "passages" / "tuning.jsonl"
REGIONS = ["", "central_asia", "south_eastern_europe", "south_caucasus"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the output folder of a coded corpus of passages with dates, regions and sources."""
    folder, order = tmp_path_factory.mktemp("corpus"), random.Random(5)
    lines = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    with (folder / "in.jsonl").open("w", encoding="utf-8") as file:
        for passage in lines:
            row = {
                "id": f"Doc {passage['id']} – ä",
                "date": f"{order.randint(2014, 2025)}-{order.randint(1, 12):02}",
                "text": passage["text"],
                "region": order.choice(REGIONS),
                "source": f"https://example.org/{passage['id']}",
            }
            file.write(json.dumps(row) + "\n")
    done = CliRunner().invoke(
        main, ["code", "--corpus", str(folder / "in.jsonl"), "--out", str(folder / "out")]
    )
    assert done.exit_code == 0, done.output
    assert "THREATS_DATA=" in done.output
    return folder / "out"


@pytest.fixture
def of_corpus(made, monkeypatch):
    """Let the dashboard read the corpus."""
    monkeypatch.setenv("THREATS_DATA", str(made / "dataset"))


def test_it_is_a_good_dataset_that_tells_how_it_was_made(made):
    data = threats.load(made / "dataset")
    assert len(data["meetings"]) == 214
    assert set(data["agenda"]["certainty"]) == {"inferred"}
    assert "no person has read them" in data.descriptor["description"]
    told = json.loads((made / "corpus.json").read_text(encoding="utf-8"))
    assert told["mentions"] == len(data["threat_mentions"]) + len(data["response_mentions"])
    assert data["meetings"].loc[0, "source_url"].startswith("https://example.org/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "params",
    [{}, pytest.param({"region": "central_asia", "years": "2018-2023"}, marks=pytest.mark.slow)],
)
@pytest.mark.usefixtures("of_corpus")
def test_every_page_opens(page, params):
    app = unfolded(opened(page, **params))
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1


@pytest.mark.usefixtures("of_corpus")
def test_the_page_of_the_data_tells_of_the_corpus_and_not_of_other_data():
    told = texts(opened("data.py"))
    assert "no person has read them" in told
    for said in ("archived less often", "pandemic words", "saw only a part"):
        assert said not in told


@pytest.mark.slow
@pytest.mark.usefixtures("of_corpus")
def test_a_record_and_a_narrow_choice_open():
    record = texts(opened("meetings.py", meeting="doc-r001-a"))
    assert "Text Doc r001 – ä" in record
    assert "https://example.org/r001" in record
    for page in PAGES:
        opened(page, years="2014", certainty="sure")


@pytest.mark.usefixtures("of_corpus")
def test_prints_figures_and_files_are_answered():
    client = TestClient(Starlette(routes=ROUTES))
    for page in {part.page for part in CHART_SPECS.values()}:
        assert client.get(f"/print/{page}").status_code == 200
    for path in ("/api/attention.json", "/api/meetings.csv", "/files/threat-themes.zip"):
        assert client.get(path).status_code == 200, path


def test_without_sources_no_dataset_is_made_and_the_command_says_why(tmp_path):
    (tmp_path / "in.csv").write_text("id,date,text\n1,2020,Terrorism\n", encoding="utf-8")
    done = CliRunner().invoke(
        main, ["code", "--corpus", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0
    assert "1 text has no address" in done.output
    assert not (tmp_path / "out" / "dataset").exists()
