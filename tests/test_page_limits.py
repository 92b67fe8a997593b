"""Who may open a page, how many pages a client has open, and how often they run."""

import asyncio

import pytest
from starlette.datastructures import Headers
from streamlit import config

from threats.config import RATE_LIMIT_VARIABLE
from threats.server.middleware.page_limits import (
    CLICK_BURST,
    MAX_PAGES,
    PageLimits,
    is_origin_allowed,
)

HOST = {"host": "themes.example.org:8501"}


@pytest.fixture
def allowed_origins():
    """Allow the pages of one other site, as an administrator would."""
    before = config.get_option("server.corsAllowedOrigins")
    config.set_option("server.corsAllowedOrigins", ["https://portal.example.org"])
    yield
    config.set_option("server.corsAllowedOrigins", before)


def test_a_page_of_the_dashboard_and_a_program_may_connect():
    assert is_origin_allowed(Headers(HOST))
    assert is_origin_allowed(Headers(HOST | {"origin": "http://themes.example.org:8501"}))
    assert is_origin_allowed(Headers(HOST | {"origin": "https://themes.example.org:8501"}))


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://themes.example.org",
        "http://themes.example.org:8501.evil.example",
        "http://localhost:3000",
        "null",
        "file://",
        "",
        "http://[",
        "https://portal.example.org",
    ],
)
def test_a_page_of_another_site_may_not(origin):
    assert not is_origin_allowed(Headers(HOST | {"origin": origin}))


def test_the_administrator_can_allow_another_site(allowed_origins):
    assert is_origin_allowed(Headers(HOST | {"origin": "https://portal.example.org"}))
    assert not is_origin_allowed(Headers(HOST | {"origin": "https://evil.example"}))


async def page(scope, receive, send):
    """Stay open until the client leaves, and answer each click."""
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "bytes": b"run"})


class Connection:
    """A connection of a page that sends what is put into ``incoming``."""

    def __init__(self, app, host="10.0.0.1", **headers):
        self.incoming, self.sent = asyncio.Queue(), []
        self.incoming.put_nowait({"type": "websocket.connect"})
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "websocket", "path": "/", "headers": raw, "client": (host, 1)}
        self.task = asyncio.create_task(app(scope, self.incoming.get, self.send))

    async def send(self, message):
        self.sent.append(message["type"])

    def click(self, **message):
        self.incoming.put_nowait({"type": "websocket.receive", "bytes": b"click", **message})

    async def leave(self):
        self.incoming.put_nowait({"type": "websocket.disconnect"})
        await self.task


def test_one_client_opens_so_many_pages_and_others_still_can(run):
    async def many():
        app = PageLimits(page)
        opened = [Connection(app) for _ in range(MAX_PAGES + 3)]
        other = Connection(app, "10.0.0.2")
        await asyncio.sleep(0.01)
        assert [one.sent for one in opened].count(["websocket.close"]) == 3
        assert other.sent == ["websocket.accept"]
        await opened[0].leave()
        again = Connection(app)
        await asyncio.sleep(0.01)
        assert again.sent == ["websocket.accept"]
        for one in (*opened[1:MAX_PAGES], other, again):
            await one.leave()

    run(many())


def test_a_foreign_page_is_rejected_before_streamlit_sees_it(run):
    async def foreign():
        reached = []

        async def app(scope, receive, send):
            reached.append(scope)

        headers = {"host": "here.example", "origin": "http://evil.example"}
        one = Connection(PageLimits(app), **headers)
        await one.task
        assert one.sent == ["websocket.close"]
        assert not reached

    run(foreign())


def test_clicks_of_one_client_wait_and_those_of_others_do_not(run):
    async def clicks():
        app = PageLimits(page)
        greedy, other = Connection(app), Connection(app, "10.0.0.2")
        for _ in range(CLICK_BURST + 20):
            greedy.click()
        other.click()
        await asyncio.sleep(0.35)
        assert CLICK_BURST <= greedy.sent.count("websocket.send") <= CLICK_BURST + 5
        assert other.sent.count("websocket.send") == 1
        for one in (greedy, other):
            one.task.cancel()

    run(clicks())


def test_the_limits_can_be_taken_away(monkeypatch, run):
    monkeypatch.setenv(RATE_LIMIT_VARIABLE, "0")

    async def clicks():
        app = PageLimits(page)
        opened = [Connection(app) for _ in range(2 * MAX_PAGES)]
        for _ in range(200):
            opened[0].click()
        await asyncio.sleep(0.05)
        assert all(one.sent[0] == "websocket.accept" for one in opened)
        assert opened[0].sent.count("websocket.send") == 200
        for one in opened:
            await one.leave()

    run(clicks())


def test_text_instead_of_a_message_of_a_page_ends_the_connection(run):
    async def text():
        one = Connection(PageLimits(page))
        one.click(bytes=None, text="x")
        await one.task
        assert one.sent == ["websocket.accept", "websocket.close"]

    run(text())
