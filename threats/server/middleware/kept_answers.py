"""Answers of the routes: kept ones at once, others made in a limited number of places."""

import asyncio
from collections.abc import Hashable
from types import ModuleType
from typing import Any, NamedTuple

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from threats.config import configured_requests_per_minute
from threats.format import utc_today
from threats.language import decimal_comma, reader_language
from threats.lazy_imports import load_module
from threats.server.errors import error_response
from threats.server.middleware.clients import BusyError, Places, client_key
from threats.server.middleware.rate_limits import (
    ANSWER_PATHS,
    AUTH_PATHS,
    CARD_PATH,
    LOG_INTERVAL,
    MAX_OPEN_CARDS,
    client_share,
    log_at_most,
)
from threats.text.server import SERVER_BUSY
from threats.text.translate import _

# Imported at the first request: they take longer than the server itself.
_DATASETS, _BROWSER = "threats.dataset.store", "threats.exports.chrome"
# All other answers wait for images, which are rendered one at a time.
FAST_PATHS = ("/api/", "/files/", "/compare/", "/feed.atom")
FAST_SUFFIXES = (".csv", ".xlsx", ".html", ".md")
# At once in all, and of one client. More would all be ready only at the end.
FAST_PLACES, RENDER_PLACES, AUTH_PLACES, CARD_PLACES = (4, 2), (4, 1), (16, 2), (4, 2)
# Waiting for a place in all, and of one client: of cards all that it may have open.
QUEUE, CARD_QUEUE = (100, 10), (2000, MAX_OPEN_CARDS)
BUSY_RETRY_AFTER = 10
MAX_KEPT_BYTES, MAX_KEPT_ANSWER_BYTES = 64_000_000, 4_000_000
CHUNK_BYTES, CHUNK_TIMEOUT = 65_536, 30  # a client that does not read is disconnected


class Answer(NamedTuple):
    """A complete response."""

    start: Message
    body: bytes

    @property
    def headers(self) -> Headers:
        """The headers of the response."""
        return Headers(raw=self.start["headers"])


class KeptAnswers:
    """ASGI middleware that answers with a kept response or makes one, if there is a place.

    Status 503: the request has waited too long, or too many are waiting.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        rate = configured_requests_per_minute() / 60
        self._fast, self._renders, self._auth = (
            _places(places, QUEUE, rate) for places in (FAST_PLACES, RENDER_PLACES, AUTH_PLACES)
        )
        self._cards = _places(CARD_PLACES, CARD_QUEUE, rate)
        self._kept: LRUCache[Hashable, Answer] = LRUCache(
            MAX_KEPT_BYTES, getsizeof=lambda answer: len(answer.body)
        )
        self._modules: list[ModuleType] = []
        self._log = log_at_most(LOG_INTERVAL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of a route, and pass all others on."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith((*ANSWER_PATHS, *AUTH_PATHS, CARD_PATH)):
            await self.app(scope, receive, send)
            return
        try:
            if path.startswith(AUTH_PATHS):
                async with self._auth.hold(client_key(scope)):
                    await self.app(scope, receive, send)
                return
            answer = await self._answer(path, scope, receive)
        except BusyError:
            self._log("busy")
            busy = error_response(path, 503, _(SERVER_BUSY), BUSY_RETRY_AFTER)
            await busy(scope, receive, send)
            return
        await _send_answer(_revalidated(answer, Headers(scope=scope)), send)

    async def _answer(self, path: str, scope: Scope, receive: Receive) -> Answer:
        """Return the kept answer, or a new one."""
        key = None
        if scope["method"] == "GET" and b"range" not in dict(scope["headers"]):
            # In a thread only if there is something to load: a thread waits for those at work.
            names = () if self._modules else (_DATASETS, _BROWSER)
            self._modules += [await run_in_threadpool(load_module, name) for name in names]
            datasets, browser = self._modules[:2]
            states = datasets.unchanged_states() or await run_in_threadpool(datasets.folder_states)
            key = _answer_key(scope, states, browser.browser_available())
        if key in self._kept:
            return self._kept[key]
        async with self._places_for(path).hold(client_key(scope)):
            if key in self._kept:  # made while this request waited
                return self._kept[key]
            answer = await self._make(scope, receive)
        lasting = "no-store" not in answer.headers.get("cache-control", "no-store")
        small = len(answer.body) <= MAX_KEPT_ANSWER_BYTES
        if key and answer.start["status"] == 200 and lasting and small:
            self._kept[key] = answer
        return answer

    def _places_for(self, path: str) -> Places:
        if path.startswith(CARD_PATH):
            return self._cards
        fast = path.startswith(FAST_PATHS) or path.endswith(FAST_SUFFIXES)
        return self._fast if fast else self._renders

    async def _make(self, scope: Scope, receive: Receive) -> Answer:
        """Return the complete response of the application, for any client that has it not yet."""
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        headers = [(name, value) for name, value in scope["headers"] if name != b"if-none-match"]
        await self.app({**scope, "headers": headers}, receive, collect)
        start, *parts = messages
        return Answer(start, b"".join(part.get("body", b"") for part in parts))


def _places(places: tuple[int, int], queue: tuple[int, int], rate: float) -> Places:
    """Return places of which one client has a share, all without a limit of the rate."""
    share, share_of_queue = client_share(places[1], rate), client_share(queue[1], rate)
    return Places(places[0], share or places[0], queue[0], share_of_queue or queue[0])


def _answer_key(scope: Scope, states: list[Any], has_browser: bool) -> Hashable:
    """Return what an answer depends on: request, language and region, data, day (of citations) and
    browser."""
    headers = dict(scope["headers"])
    return (
        scope["path"],
        scope["query_string"],
        reader_language(),
        decimal_comma(),
        scope["scheme"],
        headers.get(b"host"),
        b"gzip" in headers.get(b"accept-encoding", b""),
        b"origin" in headers,
        tuple((state.stamp, state.good and state.good.version) for state in states),
        utc_today(),
        has_browser,
    )


def _revalidated(answer: Answer, headers: Headers) -> Answer:
    """Return status 304 if the client has the answer already, else the answer."""
    tag = answer.headers.get("etag")
    known = headers.get("if-none-match", "").replace("W/", "").split(", ")
    if answer.start["status"] != 200 or tag not in known:
        return answer
    kept = ("etag", "cache-control", "vary", "access-control-allow-origin")
    raw = [(name, value) for name, value in answer.start["headers"] if name.decode() in kept]
    return Answer({**answer.start, "status": 304, "headers": raw}, b"")


async def _send_answer(answer: Answer, send: Send) -> None:
    """Send an answer in parts; a client that does not read holds little of it in memory."""
    await send({**answer.start, "headers": list(answer.start["headers"])})
    for first in range(0, max(1, len(answer.body)), CHUNK_BYTES):
        part = answer.body[first : first + CHUNK_BYTES]
        more = first + CHUNK_BYTES < len(answer.body)
        try:
            async with asyncio.timeout(CHUNK_TIMEOUT):
                await send({"type": "http.response.body", "body": part, "more_body": more})
        except TimeoutError:
            return
