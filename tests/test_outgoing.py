"""A running dashboard looks up no host and connects to none, whatever it is asked."""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import websockets
from common import wait_for
from proxy import free_ports
from reader import Reader

from threats.content.pages import PAGES

ROOT = Path(__file__).parent.parent
# A dashboard that notes each look-up and connection in a file and lets them hang.
PROGRAM = """
import sys, time
notes = sys.argv.pop(1)
HERE = (None, "", "localhost", "127.0.0.1", "::1")
def watch(event, details):
    if event not in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect"):
        return
    host = details[1] if event == "socket.connect" else details[0]
    if event == "socket.connect" and not isinstance(host, tuple):
        return  # of this machine alone
    host = host[0] if isinstance(host, tuple) else host
    if host not in HERE:
        with open(notes, "a") as file:
            file.write(f"{event} {host}\\n")
        time.sleep(3)
        raise OSError("no network")
sys.addaudithook(watch)
from threats.cli.main import main
main()
"""
ROUTES = ["/api/attention.csv", "/files/meetings.csv", "/embed/tile-map", "/download/x.png"]


class Closed:
    """A dashboard without a network: its address, and what it asked for."""

    def __init__(self, address, notes):
        self.address, self._notes = address, notes

    @property
    def asked(self):
        return self._notes.read_text(encoding="utf-8").splitlines()


@contextlib.contextmanager
def started(folder, **environment):
    """Start a dashboard without a network, and stop it in the end."""
    notes, [port] = folder / "asked.txt", free_ports(1)
    notes.touch()
    command = [sys.executable, "-c", PROGRAM, str(notes), "serve", "--port", str(port)]
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log
        )
        try:
            wait_for(f"http://localhost:{port}/_stcore/health", process)
            yield Closed(f"http://localhost:{port}", notes)
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    with started(tmp_path_factory.mktemp("closed")) as dashboard:
        yield dashboard


async def handshake(address, **headers):
    """Return whether a page may connect."""
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    try:
        async with websockets.connect(stream, open_timeout=60, additional_headers=headers):
            return True
    except websockets.InvalidStatus:
        return False


async def slowest(address, work):
    """Return what some work gives, and the longest that anybody waited for an answer meanwhile."""
    worst, task = 0.0, asyncio.ensure_future(work)
    async with httpx.AsyncClient(timeout=60) as client:
        while not task.done():
            start = time.perf_counter()
            await client.get(f"{address}/_stcore/health")
            worst = max(worst, time.perf_counter() - start)
            await asyncio.sleep(0.02)
    return await task, worst


@pytest.mark.slow
def test_pages_and_routes_ask_no_other_host(closed, run):
    for name in ("localhost", "themes.example.org", "evil.example"):
        for path in ("/", *(f"/{page}" for page in PAGES), *ROUTES, "/healthz"):
            httpx.get(closed.address + path, headers={"Host": name}, timeout=120)

    async def opened():
        reader = Reader(closed.address, "trends")
        await reader.open()
        await reader.close()

    run(opened())
    assert closed.asked == []


@pytest.mark.slow
def test_pages_of_other_sites_neither_connect_nor_hold_anybody_up(closed, run):
    origins = ["http://evil.example", "https://themes.example.org", "null", "file://", "http://["]

    async def foreign():
        return await asyncio.gather(
            *(handshake(closed.address, Origin=origin) for origin in origins * 4)
        )

    opened, worst = run(slowest(closed.address, foreign()))
    assert not any(opened)
    assert closed.asked == []
    assert worst < 0.5


@pytest.mark.slow
def test_an_origin_that_the_administrator_allows_needs_no_look_up(tmp_path, run):
    allowed = "https://portal.example.org"
    with started(tmp_path, STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS=allowed) as dashboard:
        assert run(handshake(dashboard.address, Origin="https://portal.example.org"))
        assert not run(handshake(dashboard.address, Origin="https://evil.example"))
        assert dashboard.asked == []
