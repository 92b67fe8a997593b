"""Connections of clients that do not read, by real sockets."""

import contextlib
import socket
import threading
import time

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from threats.server import slow_readers
from threats.server.slow_readers import WatchedHttp, WatchedWebSocket

SMALL, LARGE = 40_000, 6_000_000  # bytes: less than asyncio holds before it says so, and more


async def chatter(page):
    """Send to a page without end."""
    await page.accept()
    while True:
        await page.send_bytes(bytes(100_000))


@pytest.fixture
def server(monkeypatch):
    """Return a running server, with its port as ``port``."""
    monkeypatch.setattr(slow_readers, "UNREAD_TIMEOUT", 0.5)
    routes = [
        Route("/small", lambda _: Response(bytes(SMALL))),
        Route("/large", lambda _: Response(bytes(LARGE))),
        WebSocketRoute("/page", chatter),
    ]
    listening = socket.create_server(("127.0.0.1", 0))
    # So that the system holds little and the rest waits in the process.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    config = uvicorn.Config(
        Starlette(routes=routes), http=WatchedHttp, ws=WatchedWebSocket, log_config=None
    )
    running = uvicorn.Server(config)
    running.port = listening.getsockname()[1]
    thread = threading.Thread(target=running.run, args=([listening],))
    thread.start()
    yield running
    running.should_exit = running.force_exit = True
    thread.join(timeout=30)


def ask(server, path, more=""):
    """Return a connection that has asked for a path and takes few bytes at a time."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode())
    return connection


def wait_until(is_true):
    until = time.monotonic() + 30
    while not is_true():
        assert time.monotonic() < until
        time.sleep(0.05)


def read_all(connection):
    """Return how many bytes are left to read until the end."""
    return sum(map(len, iter(lambda: connection.recv(1_000_000), b"")))


UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.mark.parametrize(("path", "more"), [("/small", ""), ("/large", ""), ("/page", UPGRADE)])
def test_the_connection_of_who_does_not_read_ends(server, path, more):
    with contextlib.closing(ask(server, path, more)) as connection:
        wait_until(lambda: server.server_state.connections)
        wait_until(lambda: not server.server_state.connections)
        with pytest.raises(ConnectionResetError):
            read_all(connection)


def test_who_reads_slowly_gets_everything(server):
    begin, got = time.monotonic(), 0
    with contextlib.closing(ask(server, "/large", "Connection: close\r\n")) as connection:
        while time.monotonic() - begin < 2:  # four times as long as one may read nothing
            got += len(connection.recv(512))
            time.sleep(0.1)
        got += read_all(connection)
    assert got > LARGE
