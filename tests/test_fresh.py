"""Data that change while the dashboard runs: taken over if good, else the last good ones stay."""

import logging
import os
import shutil
import threading
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from threats import logs
from threats.dataset.model import DatasetError
from threats.dataset.store import current_error, open_dataset
from threats.server.routes import ROUTES

ROOT = Path(__file__).parent.parent
SCRIPT = str(ROOT / "threats" / "dashboard.py")


@pytest.fixture
def running(small, tmp_path, monkeypatch):
    """Return the folder of a dashboard that runs on a small dataset."""
    folder = Path(shutil.copytree(small, tmp_path / "data"))
    monkeypatch.setenv("THREATS_DATA", str(folder))
    return folder


@pytest.fixture
def client():
    return TestClient(Starlette(routes=ROUTES), base_url="http://here")


def change(folder, old, new, file="meetings.csv"):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def titles(app):
    app.switch_page("app/pages/meetings.py").run()
    assert not app.exception
    return app.dataframe[0].value["Meeting"].tolist()


def warned(app):
    app.switch_page("app/pages/data.py").run()
    assert not app.exception
    return [w.value for w in app.warning if "last good data" in w.value]


TITLE = "Fourteenth annual meeting of border focal points: crisis management during the pandemic"


@pytest.mark.slow
def test_good_data_are_taken_over_at_the_next_rerun_and_bad_ones_never(running, client):
    app = AppTest.from_file(SCRIPT, default_timeout=60).run()
    assert TITLE in titles(app)
    before = client.get("/healthz").json()
    change(running, TITLE, "Another title")
    assert "Another title" in titles(app)
    after = client.get("/healthz").json()
    assert after["status"] == before["status"] == "ok"
    assert after["data_version"] != before["data_version"]
    assert not warned(app)
    good = (running / "meetings.csv").read_bytes()
    change(running, "Another title", "A title,with a cell more")
    assert "Another title" in titles(app)
    count = len(current_error(open_dataset()).problems)
    assert f"{count} problems" in warned(app)[0]
    told = client.get("/healthz")
    assert told.status_code == 200
    assert told.json()["status"] == "serving the last good data"
    assert (told.json()["problems"], told.json()["data_version"]) == (
        count,
        after["data_version"],
    )
    assert client.get("/files/meetings.csv").content == good
    assert "Another title" in client.get("/api/meetings.csv").text
    change(running, "A title,with a cell more", "A third title")
    assert "A third title" in titles(app)
    assert not warned(app)
    assert client.get("/healthz").json()["status"] == "ok"


def test_a_folder_that_is_gone_leaves_the_last_good_data(running, client):
    assert TITLE in client.get("/api/meetings.csv").text
    running.rename(running.parent / "away")
    assert TITLE in client.get("/api/meetings.csv").text
    assert TITLE in client.get("/files/meetings.csv").text
    assert "no dataset" not in client.get("/healthz").json()["status"]
    (running.parent / "away").rename(running)
    assert client.get("/healthz").json()["status"] == "ok"


def test_a_link_turned_to_another_folder_is_a_change(running, client, monkeypatch, tmp_path):
    other = Path(shutil.copytree(running, tmp_path / "other"))
    current = tmp_path / "current"
    current.symlink_to(running)
    monkeypatch.setenv("THREATS_DATA", str(current))
    assert TITLE in client.get("/api/meetings.csv").text
    change(other, TITLE, "Of the other folder")
    (tmp_path / "next").symlink_to(other)
    os.replace(tmp_path / "next", current)
    assert "Of the other folder" in client.get("/api/meetings.csv").text


def test_a_filter_that_new_data_do_not_know_is_left_aside(running):
    app = AppTest.from_file(SCRIPT, default_timeout=60).run()
    app.multiselect(key="filter_series").set_value(["bmsc_conference"]).run()
    app.multiselect(key="filter_region").set_value(["central_asia"]).run()
    change(running, "bmsc_conference", "bmsc_events", "series.csv")
    app.run()
    assert not app.exception
    assert app.multiselect(key="filter_series").value == []
    assert app.multiselect(key="filter_region").value == ["central_asia"]


def test_a_record_that_is_gone_is_said_and_not_a_traceback(running):
    app = AppTest.from_file(SCRIPT, default_timeout=60).run()
    app.query_params["meeting"] = "bsmnfp-2012"
    app.switch_page("app/pages/meetings.py").run()
    assert not app.exception
    path = running / "meetings.csv"
    kept = [t for t in path.read_text(encoding="utf-8").splitlines(True) if "bsmnfp-2012" not in t]
    path.write_text("".join(kept), encoding="utf-8")
    app.run()
    assert not app.exception
    assert app.title[0].value == "Meetings"


def test_a_change_is_checked_once_however_many_ask(running, caplog):
    open_dataset()
    (running / "regions.csv").write_text("nonsense\n", encoding="utf-8")
    with caplog.at_level(logging.INFO, logger="threats"):
        asking = [threading.Thread(target=open_dataset) for _ in range(20)]
        for one in asking:
            one.start()
        for one in asking:
            one.join(120)
        open_dataset()
    refused = [record for record in caplog.records if record.getMessage() == "data refused"]
    assert len(refused) == 1
    assert refused[0].facts["problems"] == len(current_error(open_dataset()).problems)


def test_without_any_good_data_each_asker_is_told(running):
    (running / "regions.csv").write_text("nonsense\n", encoding="utf-8")
    told = []
    for _ in range(2):
        with pytest.raises(DatasetError) as error:
            open_dataset()
        told.append(error.value)
    assert told[0].problems == told[1].problems
    assert told[0] is not told[1]


def test_a_line_of_the_log_is_json_with_what_is_known(caplog):
    import json

    with caplog.at_level(logging.INFO, logger="threats"):
        logs.info("data taken over", version='1.0.0+"ab"')
    line = json.loads(logs.JsonFormatter().format(caplog.records[-1]))
    assert line["event"] == "data taken over"
    assert (line["version"], line["level"]) == ('1.0.0+"ab"', "info")
    assert line["time"].endswith("Z")
