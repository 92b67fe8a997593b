"""What keeps the dashboard quick: files compressed once, a warm-up, and memory that stays flat."""

import gc
import os
import sys
import threading
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime

from threats.content.builder import build_chart, parse_page_options
from threats.dataset.store import open_dataset
from threats.server.middleware.compression import StaticCompression
from threats.server.plotly_script import PLOTLY_SCRIPT_PATH
from threats.server.warm_up import warm_up
from threats.stats.filters import Selection
from threats.stats.selection import select

ROOT = Path(__file__).parent.parent
STATIC = Path(st.__file__).parent / "static"
LARGEST = max((STATIC / "static" / "js").iterdir(), key=lambda path: path.stat().st_size)
ADDRESS = f"/static/js/{LARGEST.name}"
RERUNS = 300
QUERIES = ("", "region=central_asia")
STATM = Path("/proc/self/statm")


@pytest.fixture(scope="session")
def client():
    """Return a client of the whole application as ``streamlit run`` starts it, warmed up.

    Once a process: Streamlit's runtime does not start a second time.
    """
    with pytest.MonkeyPatch.context() as patch:
        # An application that has stopped never starts again, and other tests may run between these.
        patch.delitem(sys.modules, "app", raising=False)
        patch.setattr(Runtime, "_instance", None)
        patch.setenv("THREATS_REQUESTS_A_MINUTE", "0")
        patch.chdir(ROOT)
        patch.syspath_prepend(ROOT)
        from app import app

        with TestClient(app) as client:
            # The middleware reads it as it starts; tests between these have the limits again.
            client.get("/healthz")
            patch.delenv("THREATS_REQUESTS_A_MINUTE")
            for thread in threading.enumerate():
                if thread.name == "warm-up":
                    thread.join(120)
            yield client


def rerun(socket, query):
    """Run the script of a page by the address, and wait until it is done."""
    message = BackMsg()
    message.rerun_script.page_name = "trends"
    message.rerun_script.query_string = query
    socket.send_bytes(message.SerializeToString())
    done = ForwardMsg()
    while done.WhichOneof("type") != "script_finished":
        done.ParseFromString(socket.receive_bytes())
    assert done.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip")],
)
def test_a_file_that_never_changes_leaves_compressed_and_is_kept_by_browsers(
    client, accepted, encoding
):
    asked = {"accept-encoding": accepted}
    first, again = (client.get(ADDRESS, headers=asked) for _ in range(2))
    for answer in (first, again):
        assert answer.headers["content-encoding"] == encoding
        assert "immutable" in answer.headers["cache-control"]
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert int(answer.headers["content-length"]) < LARGEST.stat().st_size / 3
        assert answer.content == LARGEST.read_bytes()


def test_only_what_never_changes_is_asked_for_once(run):
    asked = []

    def answer(request):
        asked.append(request.url.path)
        kept = "immutable" if "hashed" in request.url.path else "no-cache"
        headers = {"cache-control": f"public, {kept}"}
        return Response("a" * 5000, media_type="text/css", headers=headers)

    app = Starlette(
        routes=[Route("/{path:path}", answer)], middleware=[Middleware(StaticCompression)]
    )
    client = TestClient(app)
    for path in ("/static/hashed.css", "/static/other.css", "/hashed.css"):
        for _ in range(3):
            assert client.get(path).text == "a" * 5000
        assert asked.count(path) == (1 if path == "/static/hashed.css" else 3)

    async def ignore(_):
        pass

    # Under other ways to write its path a file must not be kept again and again.
    bound = StaticCompression(app)
    for path in ("//static/a.css", "/static//a.css", "/static/./a.css", "/static/b/../a.css"):
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b""}
        headers = [(b"accept-encoding", b"br")]
        run(bound({**scope, "headers": headers}, None, ignore))
    assert not bound._cache


def test_half_a_file_is_not_kept(run):
    sent = []

    async def cut(_scope, _receive, send):
        headers = [(b"cache-control", b"public, immutable"), (b"content-type", b"text/css")]
        headers.append((b"content-length", b"5000"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"a" * 100})

    async def keep(message):
        sent.append(message)

    bound = StaticCompression(cut)
    scope = {"type": "http", "method": "GET", "path": "/static/a.css", "query_string": b""}
    run(bound({**scope, "headers": [(b"accept-encoding", b"br")]}, None, keep))
    assert not bound._cache
    assert sent[1]["body"] == b"a" * 100


def test_who_takes_no_gzip_gets_the_file_as_it_is_and_a_missing_one_is_not_kept(client):
    plain = client.get(ADDRESS, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == LARGEST.read_bytes()
    missing = client.get("/static/js/none.js")
    assert "immutable" not in missing.headers.get("cache-control", "")


def test_plotly_travels_in_the_smallest_form_that_the_browser_takes(client):
    for accepted, sent in (("gzip, br", "br"), ("gzip", "gzip")):
        answer = client.get(PLOTLY_SCRIPT_PATH, headers={"accept-encoding": accepted})
        assert answer.headers["content-encoding"] == sent
        assert int(answer.headers["content-length"]) < len(answer.content) / 3


@pytest.mark.slow
@pytest.mark.skipif(not STATM.exists(), reason="memory is read where Linux tells it")
def test_memory_stays_flat_over_many_reruns_without_a_collection_after_each(client):
    def used():
        return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    assert not st.get_option("runner.postScriptGC")
    with client.websocket_connect("/_stcore/stream", subprotocols=["streamlit"]) as socket:
        for n in range(60):
            rerun(socket, QUERIES[n % 2])
        grown = []
        # What is made once and kept may still come; what leaks comes each time.
        for _ in range(2):
            start = used()
            for n in range(RERUNS):
                rerun(socket, QUERIES[n % 2])
            grown.append(used() - start)
    assert min(grown) < 5


def test_the_first_reader_finds_the_pages_made():
    warm_up()
    gc.unfreeze()
    selected = select(open_dataset(), Selection())
    values, _ = parse_page_options("covid", {}, selected)
    made = build_chart("shift-by-era", selected, values)
    assert made is build_chart("shift-by-era", selected, values)


def test_robots_find_the_pages_and_no_dead_link(client):
    robots = client.get("/robots.txt")
    assert robots.headers["content-type"].startswith("text/plain")
    assert "Disallow: /print/" in robots.text
    assert 'rel="service-desc"' not in client.get("/trends").text
