"""``threats collect`` and ``threats reread`` on a site on this machine."""

import csv
import math
import shutil
import socket
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from release_site import ROBOTS, Site

import threats
from threats.cli.main import main
from threats.dataset.csv_files import read_dataset_files
from threats.upkeep.collecting import collect_pages
from threats.upkeep.page_cache import PageCache
from threats.upkeep.page_text import read_page_text
from threats.upkeep.polite_client import MAX_FAILED_REQUESTS, PoliteClient
from threats.upkeep.proposal_files import read_proposals

DELAY = 0.02
CRAWL_DELAY = 0.05  # of the site's robots.txt
LIST = {"kind": "list", "first_page": "0", "max_pages": "9", "links": r"/releases/\d{6}"}
RELEASES = [f"/releases/{number}" for number in range(100_011, 99_999, -1)]


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    site = Site()
    yield site
    site.server.shutdown()


def source(site, path, kind="list", **cells):
    row = LIST if kind == "list" else dict.fromkeys(LIST, "")
    return row | {"source_id": kind, "url": site.address + path, "kind": kind} | cells


@pytest.fixture
def collect(site, tmp_path):
    """Return a function that collects sources as a run of its own."""

    def run(*sources, list_max_age=0.0, **options):
        hosts = [site.address.removeprefix("http://")]
        with PoliteClient(PageCache(tmp_path / "cache"), hosts, DELAY, **options) as client:
            found = collect_pages(list(sources), client, list_max_age)
            pages = {one.url.removeprefix(site.address): client.cache.get(one.url) for one in found}
        return pages

    return run


def test_a_list_is_read_to_the_page_at_which_it_begins_again(site, collect):
    pages = collect(source(site, "/list?page={page}"))
    assert list(pages) == RELEASES
    assert site.asked("/list") == [f"/list?page={number}" for number in range(3)]
    assert site.asked("/releases") == RELEASES  # no menu, no other site


def test_requests_are_polite(site, collect):
    collect(source(site, "/list?page={page}"))
    assert site.requests[0].path == "/robots.txt"
    assert site.asked("/robots.txt") == ["/robots.txt"]
    times = [request.at for request in site.requests[1:]]
    assert min(later - earlier for earlier, later in pairwise(times)) >= CRAWL_DELAY
    assert {request.agent.partition("/")[0] for request in site.requests} == {"threat-themes"}


def test_a_second_run_requests_only_what_is_new(site, collect):
    first = collect(source(site, "/list?page={page}"))
    site.requests.clear()
    site.releases.insert(0, 100_012)
    second = collect(source(site, "/list?page={page}"))
    # The second page of the list has nothing new, so no further page is requested.
    assert site.asked() == ["/list?page=0", "/releases/100012", "/list?page=1"]
    assert next(iter(second)) == "/releases/100012"
    assert list(second)[1:] == list(first)


def test_lists_are_not_requested_again_soon(site, collect):
    collect(source(site, "/list?page={page}"))
    site.requests.clear()
    pages = collect(source(site, "/list?page={page}"), list_max_age=math.inf)
    assert site.asked() == []
    assert list(pages) == RELEASES


def test_an_interrupted_run_is_resumed(site, collect):
    collect(source(site, "/list?page={page}"), limit=9)
    assert len(site.requests) == 9
    before = site.asked("/releases")
    site.requests.clear()
    pages = collect(source(site, "/list?page={page}"), list_max_age=math.inf)
    assert list(pages) == RELEASES
    assert all(page.content for page in pages.values())
    assert before + site.asked("/releases") == RELEASES


def test_an_unchanged_page_is_not_sent_again(site, tmp_path):
    cache, url = PageCache(tmp_path / "cache"), site.address + "/releases/100001"
    with PoliteClient(cache, [site.address.removeprefix("http://")], DELAY) as client:
        first = client.fetch(url, 0.0)
        again = client.fetch(url, 0.0)
    assert [request.conditional for request in site.requests] == [False, False, True]
    assert again.content == first.content
    assert again.requested_at > first.requested_at


def test_feeds_and_sitemaps_lead_to_pages(site, collect):
    assert list(collect(source(site, "/feed", "feed"))) == ["/releases/100011", "/releases/100020"]
    # The index names itself, too.
    assert list(collect(source(site, "/sitemap.xml", "sitemap"))) == ["/releases/100021"]


def test_what_goes_wrong_is_named_and_ends(site, collect, monkeypatch):
    connected, connect = set(), socket.create_connection

    def watched(address, *more, **options):
        connected.add(f"http://{address[0]}:{address[1]}")
        return connect(address, *more, **options)

    monkeypatch.setattr(socket, "create_connection", watched)
    pages = collect(source(site, "/problems", links=""))
    problems = {path: page.problem for path, page in pages.items()}
    assert problems == {
        "/pages/moved": "",
        "/pages/round": "redirect",
        "/pages/inner": "unreachable",
        "/pages/metadata": "unreachable",
        "/pages/file": "redirect",
        "/pages/to-private": "robots",
        "/pages/gone": "gone",
        "/pages/huge": "too_large",
        "/pages/film": "media_type",
        "/pages/latin": "",
        "/pages/wrong-name": "",
        "/private/2": "robots",
        "/pages/latin?print=1": "robots",
    }
    assert connected == {site.address}
    assert "Disallow: /private/" in ROBOTS
    assert site.asked("/private") == []
    assert len(site.asked("/pages/round")) == 6
    for path in ("/pages/latin", "/pages/wrong-name"):
        text = read_page_text(pages[path]).text
        assert "forge passports – and at “soft” signs" in " ".join(text.split())


def test_a_busy_server_gets_a_second_request(site, collect):
    site.busy_once.add("/releases/100011")
    pages = collect(source(site, "/list?page={page}"))
    assert all(page.content for page in pages.values())
    assert len(site.asked("/releases/100011")) == 2


def test_a_server_with_errors_is_left_alone_and_tried_in_the_next_run(site, collect):
    site.failing.update(RELEASES)
    collect(source(site, "/list?page={page}"))
    assert len(site.asked("/releases")) == MAX_FAILED_REQUESTS
    site.failing.clear()
    pages = collect(source(site, "/list?page={page}"))
    assert [path for path, page in pages.items() if page.content] == RELEASES


def test_the_cache_is_private(collect, site, tmp_path):
    collect(source(site, "/releases/100000", "page"))
    for path in (tmp_path / "cache", tmp_path / "cache" / "pages.sqlite"):
        assert path.stat().st_mode & 0o077 == 0


@pytest.fixture
def folder(small, tmp_path, site):
    """Return a dataset whose only sources are on the site."""
    folder = Path(shutil.copytree(small, tmp_path / "data"))
    rows = [
        ("feed", "Feed", "feed", "/feed", "", "", "", ""),
        ("list", "List", "list", "/list?page={page}", r"/releases/\d{6}", "0", "9", ""),
        ("report", "Report", "report", "/report.pdf", "", "", "", ""),
    ]
    with (folder / "sources.csv").open("a", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        file.truncate(0)
        names = ("source_id", "name", "kind", "url", "links", "first_page", "max_pages", "note")
        table.writerow(names)
        table.writerows((*row[:3], site.address + row[3], *row[4:]) for row in rows)
    return folder


def run(command, folder, tmp_path, *more):
    options = ["--proposals", str(tmp_path / "proposals"), "--cache", str(tmp_path / "cache")]
    return CliRunner().invoke(
        main, [command, str(folder), *options, "--delay", "0", *more], catch_exceptions=False
    )


@pytest.mark.slow
def test_the_command_proposes_each_meeting_once(site, folder, tmp_path):
    before = read_dataset_files(folder)
    done = run("collect", folder, tmp_path)
    assert done.exit_code == 0, done.output
    # 12 releases in the list, one more in the feed, and two meetings in the report.
    assert "15 new meetings" in done.output
    proposals = read_proposals(tmp_path / "proposals")
    assert len(proposals) == 15
    assert {one.kind for one in proposals} == {"new"}
    assert all(one.problems == [] for one in proposals)
    meetings = {
        (row.cells["start_date"], row.cells["city"]): row.cells
        for one in proposals
        for row in one.changes
        if row.table == "meetings"
    }
    assert len(meetings) == 15
    assert meetings["2031-01-03", "Vienna"]["reading"] == "whole"
    assert meetings["2031-05-07", "Skopje"]["reading"] == "part"
    assert read_dataset_files(folder) == before
    again = run("collect", folder, tmp_path)
    assert "0 proposals added" in again.output
    assert len(read_proposals(tmp_path / "proposals")) == 15


def test_pages_and_proposals_never_go_into_the_dataset(folder, tmp_path):
    done = run("collect", folder, tmp_path, "--cache", str(folder / "cache"))
    assert done.exit_code == 2
    assert "inside the dataset folder" in done.output
    assert not (folder / "cache").exists()


def test_a_known_meeting_on_another_page_is_not_new(site, folder, tmp_path):
    run("collect", folder, tmp_path, "--source", "feed")
    proposal = read_proposals(tmp_path / "proposals")[0]
    data = threats.load(folder)
    from threats.coding.draft_writer import add_to_dataset

    rows = {name: [] for name in ("meetings", "regional_sessions", "threat_mentions")}
    rows |= {"response_mentions": [], "participation": []}
    for change in proposal.changes:
        if change.table != "participation":
            rows[change.table].append(change.cells | {"source_url": "https://other.example/1"})
    add_to_dataset(rows, data)
    shutil.rmtree(tmp_path / "proposals")
    done = run("collect", folder, tmp_path, "--source", "feed")
    further, new = read_proposals(tmp_path / "proposals")
    assert "1 new meeting, 1 further page on a known meeting" in done.output
    assert (further.kind, further.meeting_id) == ("further", proposal.meeting_id)
    assert {change.table for change in further.changes} == {"participation"}
    assert new.kind == "new"


def test_a_page_is_read_again_with_its_agenda(site, folder, tmp_path):
    path = folder / "meetings.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    for row in rows:
        row["reading"] = "whole" if row["reading"] == "part" else row["reading"]
    row = next(row for row in rows if row["basis"] == "read")
    row |= {"reading": "part", "source_url": site.address + "/releases/100000"}
    row |= {"start_date": "2031-01-03", "end_date": "2031-01-03", "city": "Vienna"}
    row |= {"country": "AUT", "participants": "", "participants_qualifier": ""}
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, row, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    done = run("reread", folder, tmp_path)
    assert "1 meeting read again" in done.output
    [proposal] = read_proposals(tmp_path / "proposals")
    assert (proposal.kind, proposal.meeting_id) == ("reread", row["meeting_id"])
    changes = {(one.action, one.table, one.row_id): one for one in proposal.changes}
    reading = changes["change", "meetings", row["meeting_id"]]
    added = {
        one.cells["threat_id"]
        for one in proposal.changes
        if one.action == "add" and one.table == "threat_mentions"
    }
    assert "cybercrime" in added  # named in the agenda alone
    assert "participants" in {name for one in proposal.changes for name in one.cells}
    assert any(one.cells == {"reading": "whole"} for one in proposal.changes)
    dropped = [one for one in proposal.changes if one.action == "drop"]
    assert dropped
    assert not any(one.proposed for one in dropped)
    assert reading.proposed
