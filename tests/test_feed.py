"""The feed: valid Atom to a parser of others, the same ids everywhere, news by edition."""

import datetime as dt

import feedparser
import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.content.feed import feed_entries
from threats.dataset.editions import open_edition
from threats.dataset.history import meeting_history
from threats.server.middleware.html_head import feed_address
from threats.server.routes import ROUTES
from threats.stats.filters import Selection
from threats.stats.selection import select

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES), base_url="http://here")


def test_a_parser_reads_the_feed_of_a_filter(client, data):
    answer = client.get("/feed.atom?region=central_asia&years=2019-2025")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert "Central Asia, 2019–2025" in parsed.feed.title
    assert parsed.feed.links[0].href == "http://here/feed.atom?region=central_asia&years=2019-2025"
    selected = select(data, Selection(region=("central_asia",), years=(2019, 2025)))
    shown = {entry.link for entry in parsed.entries}
    for meeting in selected.meetings["meeting_id"].head(20):
        assert f"http://here/meetings?meeting={meeting}" in shown
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)


def test_the_feed_has_what_the_standard_requires(client):
    feed = etree.fromstring(client.get("/feed.atom").content)
    for parent in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1
        assert parent.findtext(f"{ATOM}id").startswith("urn:uuid:")
        dt.datetime.fromisoformat(parent.findtext(f"{ATOM}updated"))
    added = [entry.findtext(f"{ATOM}published") for entry in feed.findall(f"{ATOM}entry")]
    assert added == sorted(added, reverse=True)
    newest = max(one.findtext(f"{ATOM}updated") for one in feed.findall(f"{ATOM}entry"))
    assert feed.findtext(f"{ATOM}updated") >= newest


def test_ids_do_not_depend_on_the_host_and_the_filter(client):
    one = feedparser.parse(client.get("/feed.atom?region=central_asia").content)
    other = TestClient(Starlette(routes=ROUTES), base_url="https://there")
    same = feedparser.parse(other.get("/feed.atom?region=central_asia&courses=yes").content)
    ids = {entry.link.split("=")[-1]: entry.id for entry in one.entries if "meeting=" in entry.link}
    others = {entry.link.split("=")[-1]: entry.id for entry in same.entries}
    shared = ids.keys() & others.keys()
    assert len(shared) > 10
    assert all(ids[key] == others[key] for key in shared)


def test_a_meeting_is_as_old_as_the_edition_that_brought_it(data):
    before = set(open_edition(data, "1.2.0")["meetings"]["meeting_id"])
    history = meeting_history(data)
    for key in data["meetings"]["meeting_id"]:
        # A meeting that was known under another id is no new one.
        if key in before:
            assert history[key].added == "2026-11-24"
        assert history[key].changed >= history[key].added
    assert sum(one.added == "2026-11-30" for one in history.values()) == 220


def test_a_finding_is_news_if_it_says_something_else(data):
    found = [one for one in feed_entries(select(data, Selection())) if "finding" in one.identity]
    assert [one.identity for one in found if "newest" in one.identity] in (
        [],
        ["finding/newest/2.0.0"],
    )
    for one in found:
        now, before = one.summary.split(" In edition 1.2.0: ")
        assert now != before
    first = select(open_edition(data, "1.0.0"), Selection())
    assert not [one for one in feed_entries(first) if "finding" in one.identity]


def test_unknown_parts_of_a_filter_are_named(client):
    assert client.get("/feed.atom?region=atlantis").status_code == 400


def test_every_page_leads_to_the_feed_of_its_filter():
    assert feed_address("") == "feed.atom"
    asked = "region=central_asia&role=focus&years=2019"
    assert feed_address(asked) == "feed.atom?region=central_asia&years=2019"
