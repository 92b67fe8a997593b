"""Rate limit per client, and limits of concurrent requests, except for the pages."""

import asyncio
import ipaddress
import time
from collections import OrderedDict

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from threats import logs
from threats.config import configured_requests_per_minute
from threats.server.errors import error_response
from threats.text.server import ADDRESS_TOO_LONG, BODY_NOT_ALLOWED, SERVER_BUSY, TOO_MANY_REQUESTS
from threats.text.translate import _

# Responses generated for each request, and sign-in, which sends requests to another host.
AUTH_PATHS = ("/sign-in", "/auth/", "/oauth2callback")
DOWNLOAD_PATHS = ("/download/", "/take/")
LIMITED_PATHS = ("/api/", "/files/", "/print/", "/embed/", *DOWNLOAD_PATHS, *AUTH_PATHS)
# All others wait for images, which are rendered one at a time.
FAST_PATHS = ("/api/", "/files/", *AUTH_PATHS)
FAST_SUFFIXES = (".csv", ".xlsx", ".html", ".md")
BURST = 60
MAX_FAST_REQUESTS = 16
# Few, because many at once would all be ready only at the end.
MAX_RENDERS = 4
MAX_QUEUED_REQUESTS = 100
REQUEST_QUEUE_TIMEOUT = 30
BUSY_RETRY_AFTER = 10
MAX_ADDRESS_BYTES = 8_000
MAX_CLIENTS = 2_000  # then the least recent one is forgotten
LOG_INTERVAL = 60.0


class RateLimits:
    """ASGI middleware that rejects requests.

    Status 414: the address is too long. 413: the request has a body. 429: the client is too fast.
    503: the request has waited too long, or too many are waiting.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._rate = configured_requests_per_minute() / 60
        self._tokens: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._fast = asyncio.Semaphore(MAX_FAST_REQUESTS)
        self._renders = asyncio.Semaphore(MAX_RENDERS)
        self._waiting = 0
        self._logged: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or reject it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope.get("path", "")
        rejection = self._rejection(path, scope)
        if rejection:
            await rejection(scope, receive, send)
            return
        if not path.startswith(LIMITED_PATHS):
            await self.app(scope, receive, send)
            return
        fast = path.startswith(FAST_PATHS) or path.endswith(FAST_SUFFIXES)
        slots = self._fast if fast else self._renders
        if not await self._acquire(slots):
            self._log("busy")
            busy = error_response(path, 503, _(SERVER_BUSY), BUSY_RETRY_AFTER)
            await busy(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            slots.release()

    def _rejection(self, path: str, scope: Scope) -> Response | None:
        """Return the error for a request that is never served, or not yet."""
        length = len(scope.get("query_string", b"")) + len(scope.get("raw_path") or b"")
        if length > MAX_ADDRESS_BYTES:
            return error_response(path, 414, _(ADDRESS_TOO_LONG))
        if not path.startswith(LIMITED_PATHS):
            return None
        headers = dict(scope["headers"])
        body = headers.get(b"content-length", b"0").strip() not in (b"", b"0")
        if body or b"transfer-encoding" in headers:
            return error_response(path, 413, _(BODY_NOT_ALLOWED))
        seconds = self._wait(_client_key((scope.get("client") or ("",))[0]))
        if not seconds:
            return None
        self._log("rate-limit")
        return error_response(path, 429, _(TOO_MANY_REQUESTS), seconds)

    async def _acquire(self, slots: asyncio.Semaphore) -> bool:
        """Return whether a slot was free, or became free in time."""
        if slots.locked() and self._waiting >= MAX_QUEUED_REQUESTS:
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(REQUEST_QUEUE_TIMEOUT):
                return await slots.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1

    def _wait(self, client: str) -> int:
        """Return the seconds that a client must wait, 0 if it may proceed: a token bucket."""
        now = time.monotonic()
        if not self._rate:
            return 0
        tokens, last = self._tokens.pop(client, (float(BURST), now))
        tokens = min(BURST, tokens + (now - last) * self._rate)
        allowed = tokens >= 1
        self._tokens[client] = (tokens - allowed, now)
        if len(self._tokens) > MAX_CLIENTS:
            self._tokens.popitem(last=False)
        return 0 if allowed else max(1, round((1 - tokens) / self._rate))

    def _log(self, reason: str) -> None:
        """Log a rejection, at most once a minute for each reason."""
        now = time.monotonic()
        if now - self._logged.get(reason, -LOG_INTERVAL) >= LOG_INTERVAL:
            self._logged[reason] = now
            logs.warn("requests rejected", reason=reason)


def _client_key(client: str) -> str:
    """Return the address of a client, or with IPv6 its network, which gives one client many."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if address.version == 4 or address.ipv4_mapped:
        return str(getattr(address, "ipv4_mapped", None) or address)
    return str(ipaddress.ip_network((address, 64), strict=False))
