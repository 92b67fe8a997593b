"""Texts that a reader counts in one session: in its charts alone, marked, and nowhere else."""

import re
import shutil
from pathlib import Path

import pytest
from page_cards import sent
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from test_pages import opened, texts
from test_review_desk import RELEASE, button

import threats
from threats.dataset import own_meetings
from threats.dataset.own_meetings import (
    MAX_OWN_DATASETS,
    UnknownSessionError,
    close_own_dataset,
    open_own_dataset,
    own_dataset,
)
from threats.server.middleware.kept_answers import KeptAnswers
from threats.server.routes import ROUTES

COUNT = "Count it in my session"
LINE = "Your session counts 1 text of your own"


@pytest.fixture
def folder(small, tmp_path, monkeypatch):
    """Return a small dataset that nobody may change."""
    folder = Path(shutil.copytree(small, tmp_path / "data"))
    monkeypatch.setenv("THREATS_DATA", str(folder))
    return folder


@pytest.fixture
def client(folder):
    """Return a client of the routes, with the answers that all readers share."""
    return TestClient(Starlette(routes=ROUTES, middleware=[Middleware(KeptAnswers)]))


def counting():
    """Return a page whose session counts a release."""
    app = opened("code.py")
    app.text_area(key="code_text").set_value(RELEASE).run()
    button(app, COUNT).click()
    app.run()
    assert not app.exception
    return app


def on(app, page):
    app.switch_page(f"app/pages/{page}").run()
    assert not app.exception
    return app


def first_card(app):
    """Return the address of the first card of a page."""
    return "/" + sent(app)[0]["address"]


def own_rows(client, address):
    """Return the figures of the year of the release in a card that count a meeting."""
    answer = client.get(address.replace(".json", "/table.json"))
    assert answer.status_code == 200
    return [row for row in answer.json()["rows"] if row[2] == "2025" and row[3] != "0"]


def without_session(address):
    return re.sub(r"[?&]session=[^&]*", "", address)


def test_a_release_counts_in_the_charts_of_its_session_alone(client):
    app = on(counting(), "trends.py")
    address = first_card(app)
    assert LINE in texts(app)
    assert own_rows(client, address)
    assert "2020–2025" in texts(app)
    card = client.get(address)
    assert "texts of your own" in " ".join(card.json()["notes"])
    other = opened("trends.py")
    assert "session=" not in first_card(other)
    assert "2020–2021" in texts(other)
    assert not own_rows(client, first_card(other))
    assert not own_rows(client, without_session(address))


def test_the_token_is_in_no_link_file_or_citation_and_no_cache_keeps_its_answers(client):
    app = on(counting(), "trends.py")
    address = first_card(app)
    token = re.search(r"session=([^&]+)", address)[1]
    assert len(token) >= 43  # 32 random bytes
    answer = client.get(address)
    assert token not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    assert token not in str(app.query_params)
    assert token not in texts(app)
    links = [one.proto.page + one.proto.query_string for one in app.get("page_link")]
    assert token not in " ".join(links)
    share = answer.json()["share"]
    assert all("2025" not in str(one) for one in share["files"])
    for name in ("api/attention.csv", "print/trends", "download/attention-by-year.csv"):
        assert "Bishkek" not in client.get(f"/{name}?session={token}").text


def test_texts_are_removed_by_a_click_and_their_charts_are_gone(client):
    app = on(counting(), "trends.py")
    address = first_card(app)
    assert client.get(address).status_code == 200
    button(app, "Remove it").click()
    app.run()
    assert not app.exception
    assert LINE not in texts(app)
    assert "session=" not in first_card(app)
    assert "2020–2021" in texts(app)
    gone = client.get(address)
    assert gone.status_code == 404
    assert "This session has ended" in gone.text
    assert client.get(first_card(app) + "?session=guessed").status_code == 404


def test_a_session_whose_charts_are_too_old_gets_them_again(client):
    app = on(counting(), "trends.py")
    address = first_card(app)
    close_own_dataset(re.search(r"session=([^&]+)", address)[1])
    app.run()
    assert first_card(app) != address
    assert own_rows(client, first_card(app))


def test_the_same_text_is_not_counted_twice_and_the_page_has_its_meeting(folder):
    app = counting()
    assert button(app, COUNT) is None
    assert "already in the dataset" not in texts(app)
    shown = on(app, "meetings.py").dataframe[0].value.to_string()
    assert "Workshop on document fraud, Bishkek" in shown
    assert "Bishkek" not in opened("meetings.py").dataframe[0].value.to_string()


def test_no_file_is_written(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    on(counting(), "overview.py")
    after = {path for path in tmp_path.rglob("*") if path.is_file() and path not in before}
    assert not [path for path in after if b"Bishkek" in path.read_bytes()]
    assert len([path for path in after if path.name.startswith("findings")]) <= 1
    assert {path: path.read_bytes() for path in before} == before


def test_the_memory_of_all_sessions_is_bounded(folder):
    data = threats.load(folder)
    tokens = [open_own_dataset(data, []) for _number in range(MAX_OWN_DATASETS + 1)]
    assert len(set(tokens)) == len(tokens)
    assert len(own_meetings._open) == MAX_OWN_DATASETS
    with pytest.raises(UnknownSessionError):
        own_dataset(tokens[0])
    made = own_dataset(tokens[-1]).dataset
    assert made.version == data.version
    assert made.params == data.params
    for token in tokens:
        close_own_dataset(token)


def test_an_editor_reviews_and_does_not_count(folder, monkeypatch):
    monkeypatch.setenv("THREATS_EDIT", str(folder))
    app = opened("code.py")
    app.text_area(key="code_text").set_value(RELEASE).run()
    assert button(app, COUNT) is None
    assert button(app, "Review these rows")
