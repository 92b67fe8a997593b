"""``threats sources``: what a host on this machine answers, and what is written of it."""

import csv
import http.server
import json
import socket
import threading
import time
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from click.testing import CliRunner

import threats
from threats.cli.main import main
from threats.content.method_sources import source_check_sentence, source_checks_table, source_status
from threats.dataset.link_check import (
    LINK_CHECKS_FILE,
    MAX_FAILURES,
    LinkCheck,
    add_archive_urls,
    check_links,
    write_link_checks,
)
from threats.dataset.validation import validate_folder
from threats.stats.filters import Selection
from threats.stats.selection import select

COPY = "http://web.archive.org/web/2021/http://here/gone"


class Host(http.server.BaseHTTPRequestHandler):
    """Answers by the path that is asked for; ``/wayback/available`` is the archive."""

    asked: ClassVar[list] = []

    def do_HEAD(self):
        self.answer(head=True)

    def do_GET(self):
        self.answer(head=False)

    def answer(self, head):
        url = urlsplit(self.path)
        self.asked.append((self.command, self.path, self.headers["user-agent"]))
        body, code, headers = b"", 200, {}
        if url.path == "/wayback/available":
            page = parse_qs(url.query)["url"][0]
            copies = {"closest": {"available": True, "url": COPY}} if "gone" in page else {}
            body = json.dumps({"archived_snapshots": copies}).encode()
        elif url.path == "/moved":
            code, headers = 301, {"Location": "/here"}
        elif url.path == "/to-a-file":
            code, headers = 302, {"Location": "file:///etc/passwd"}
        elif url.path == "/to-a-formula":
            code, headers = 302, {"Location": "/here,-1+1"}
        elif url.path == "/far":
            code, headers = 302, {"Location": f"/here?{'x' * 11_000}"}
        elif url.path == "/inside":
            code, headers = 302, {"Location": "http://127.0.0.1:9/admin?token=abc"}
        elif url.path == "/inside-by-name":
            code, headers = 302, {"Location": "http://localhost:9/admin?token=abc"}
        elif url.path == "/metadata":
            code, headers = 302, {"Location": "http://169.254.169.254/latest"}
        elif url.path == "/round":
            code, headers = 302, {"Location": "/round"}
        elif url.path == "/slow":
            time.sleep(1.5)
        elif url.path == "/no-head":
            code = 405 if head else 200
        elif url.path[1:].isdigit():
            code = int(url.path[1:])
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not head:
            self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def host(monkeypatch):
    """Return the address of a host on this machine."""
    monkeypatch.setenv("NO_PROXY", "*")
    Host.asked.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def check(*addresses, timeout=5.0):
    return check_links(addresses, timeout=timeout, pause=0)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/here", "reachable", 200),
        ("/no-head", "reachable", 200),
        ("/moved", "moved", 200),
        ("/404", "gone", 404),
        ("/410", "gone", 410),
        ("/403", "refused", 403),
        ("/500", "refused", 500),
        ("/304", "refused", 304),
    ],
)
def test_an_answer_is_told_by_its_kind(host, path, status, code):
    (found,) = check(host + path)
    assert (found.status, found.http_code) == (status, code)
    assert found.moved_to == (f"{host}/here" if status == "moved" else "")
    assert found.checked_on == pd.Timestamp.now("UTC").date().isoformat()


def test_what_a_host_answers_never_breaks_the_dataset(host, folder):
    pages = sorted(threats.load(folder).sources())[:4]
    found = check(host + "/to-a-formula", host + "/far", host + "/999", host + "/here")
    assert [row.status for row in found] == ["moved", "moved", "refused", "reachable"]
    rows = [row._replace(source_url=page) for row, page in zip(found, pages, strict=True)]
    write_link_checks(folder, rows)
    assert validate_folder(folder) == []


@pytest.mark.parametrize("copy", ["http://a.org/x;=1+1", "javascript:alert(1)", 7, None])
def test_an_address_of_the_archive_that_no_cell_may_have_is_left_out(host, copy, monkeypatch):
    monkeypatch.setattr(f"{__name__}.COPY", copy)
    [found] = add_archive_urls([LinkCheck(f"{host}/gone", "gone", 404)], host, pause=0)
    assert found.archived_url == ""


@pytest.mark.parametrize("path", ["/inside", "/inside-by-name", "/metadata"])
def test_no_redirect_leads_into_a_network(host, path, monkeypatch):
    connected = []
    connect = socket.create_connection

    def watched(address, *more, **options):
        connected.append(address)
        return connect(address, *more, **options)

    monkeypatch.setattr(socket, "create_connection", watched)
    found, _ = check(host + path, host + "/here")
    assert (found.status, found.http_code, found.moved_to) == ("unreachable", None, "")
    assert {f"http://{name}:{port}" for name, port in connected} == {host}


@pytest.mark.parametrize("path", ["/slow", "/to-a-file", "/round"])
def test_no_answer_is_unreachable(host, path):
    one, other = check(host + path, host + "/here", timeout=0.5)
    assert (one.status, one.http_code, one.moved_to) == ("unreachable", None, "")
    assert other.status == "reachable"


def test_an_unknown_host_is_unreachable_and_given_up_after_three_pages(host):
    unknown = [f"http://nowhere.invalid/{n}" for n in range(5)]
    told = []
    found = check_links([*unknown, f"{host}/here"], lambda: told.append(1), pause=0)
    assert [row.status for row in found] == ["unreachable"] * 5 + ["reachable"]
    assert len(told) == 6


def test_a_host_is_asked_by_name_of_the_asker_and_for_no_more_than_the_head(host):
    check(f"{host}/here")
    ((method, path, agent),) = Host.asked
    assert (method, path) == ("HEAD", "/here")
    assert agent.startswith("threat-themes/")


def test_copies_come_from_the_archive(host):
    checks = [LinkCheck(f"{host}/gone", "gone", 404), LinkCheck(f"{host}/here", "moved")]
    found = add_archive_urls(checks, host, pause=0)
    assert [row.archived_url for row in found] == [COPY, ""]


def test_an_archive_that_does_not_answer_is_given_up(host):
    found = add_archive_urls([LinkCheck("http://a.org/", "gone")] * 9, host + "/500?", pause=0)
    assert {row.archived_url for row in found} == {""}
    assert len(Host.asked) <= MAX_FAILURES


@pytest.fixture
def local(folder, host):
    """Return a dataset folder whose sources all lie on the host of this machine."""
    for path in folder.glob("*.csv"):
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        if "source_url" in header and rows:
            place = header.index("source_url")
            for row in rows:
                if row[place]:
                    row[place] = f"{host}/here"
                if row[0] == "bsmnfp-2021":
                    row[place] = f"{host}/404?gone"
            with open(path, "w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return folder


def run(*arguments):
    return CliRunner().invoke(main, ["sources", *map(str, arguments)])


@pytest.mark.slow
def test_the_command_writes_a_table_that_is_good_and_says_what_it_found(local, host):
    done = run(local, "--archive", host)
    assert done.exit_code == 0, done.output
    assert "2 of 2 source pages" in done.output
    assert "1 reachable and 1 gone" in done.output
    data = threats.load(local)
    rows = data["source_checks"].set_index("source_url")
    assert rows.loc[f"{host}/404?gone", ["status", "archived_url"]].tolist() == ["gone", COPY]
    assert not list(local.glob("*.part"))
    table = source_checks_table(select(data, Selection()))
    assert table["Status"].tolist() == ["gone", "reachable"]
    assert source_checks_table(select(data, Selection(region=("north_america",)))).empty
    told = source_status(data, f"{host}/404?gone")
    assert "gone" in told.words
    assert told.links == {"archived copy": COPY}


def test_without_a_network_nothing_is_written(local, host):
    for path in local.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(host, "http://nowhere.invalid"), encoding="utf-8")
    before = (local / LINK_CHECKS_FILE).read_bytes()
    done = run(local)
    assert done.exit_code == 1
    assert "No host answered" in done.output
    assert (local / LINK_CHECKS_FILE).read_bytes() == before


def test_a_broken_dataset_is_not_checked(folder):
    (folder / "meetings.csv").unlink()
    done = run(folder)
    assert done.exit_code == 1
    assert "meetings.csv" in done.output


def test_what_was_never_checked_is_said_to_be_so(data):
    assert source_check_sentence(data).startswith("No source has been checked yet")
    assert source_checks_table(select(data, Selection())).empty
    assert source_status(data, "https://www.osce.org/").words == ""
