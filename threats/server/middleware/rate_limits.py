"""How much one asker may ask of the routes beside the pages, and how much all together."""

import asyncio
import ipaddress
import time
from collections import OrderedDict

from starlette.types import ASGIApp, Receive, Scope, Send

from threats import logs
from threats.config import configured_requests_per_minute
from threats.server.errors import error_response

# What is made anew for each request, and the ways to sign in, which ask another host. Many askers
# can share an address, so the rate can be set.
AUTH_PATHS = ("/sign-in", "/auth/", "/oauth2callback")
DOWNLOAD_PATHS = ("/download/", "/take/")
LIMITED_PATHS = ("/api/", "/files/", "/print/", "/embed/", *DOWNLOAD_PATHS, *AUTH_PATHS)
# All else waits for pictures, of which one is drawn at a time.
FAST_PATHS = ("/api/", "/files/", *AUTH_PATHS)
FAST_SUFFIXES = (".csv", ".xlsx", ".html", ".md")
BURST = 60
MAX_FAST_REQUESTS = 16
# Few, as many at once would all be ready only at the end.
MAX_RENDERS = 4
MAX_QUEUED_REQUESTS = 100
REQUEST_QUEUE_TIMEOUT = 30
MAX_ADDRESS_BYTES = 8_000
# Askers that are remembered; the longest silent is forgotten first.
MAX_CLIENTS = 2_000


class RateLimits:
    """ASGI middleware that refuses with status 414 an address that is too long, with 413 a body,
    with 429 who asks too fast, and with 503 what has waited too long for those before it, or would
    wait behind too many."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._rate = configured_requests_per_minute() / 60
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._quick, self._drawn = (asyncio.Semaphore(n) for n in (MAX_FAST_REQUESTS, MAX_RENDERS))
        self._waiting = 0
        self._said: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope.get("path", "")
        if (
            len(scope.get("query_string", b"")) + len(scope.get("raw_path") or b"")
            > MAX_ADDRESS_BYTES
        ):
            await error_response(path, 414, "The address is too long.")(scope, receive, send)
            return
        if not path.startswith(LIMITED_PATHS):
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0").strip()
        if length not in (b"", b"0") or b"transfer-encoding" in headers:
            await error_response(path, 413, "A request here has no body.")(scope, receive, send)
            return
        wait = self._wait(_client_key((scope.get("client") or ("",))[0]))
        if wait:
            self._say("too many of one asker")
            await error_response(path, 429, "Too many requests.", wait)(scope, receive, send)
            return
        quick = path.startswith(FAST_PATHS) or path.endswith(FAST_SUFFIXES)
        places = self._quick if quick else self._drawn
        if not await self._entered(places):
            self._say("too much at once")
            await error_response(path, 503, "Too much is asked at once.", 10)(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            places.release()

    async def _entered(self, places: asyncio.Semaphore) -> bool:
        """Return whether a place was free, or became so in time."""
        if places.locked() and self._waiting >= MAX_QUEUED_REQUESTS:
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(REQUEST_QUEUE_TIMEOUT):
                return await places.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1

    def _wait(self, client: str) -> int:
        """Return the seconds that an asker has to wait, 0 if the request may be answered now: one
        is let through for each part of a minute, and some at once after a pause."""
        now = time.monotonic()
        if not self._rate:
            return 0
        left, at = self._left.pop(client, (float(BURST), now))
        left = min(BURST, left + (now - at) * self._rate)
        allowed = left >= 1
        self._left[client] = (left - allowed, now)
        if len(self._left) > MAX_CLIENTS:
            self._left.popitem(last=False)
        return 0 if allowed else max(1, round((1 - left) / self._rate))

    def _say(self, reason: str) -> None:
        """Log a refusal, at most once a minute for each reason."""
        now = time.monotonic()
        if now - self._said.get(reason, -60.0) >= 60:
            self._said[reason] = now
            logs.warn("requests refused", why=reason)


def _client_key(client: str) -> str:
    """Return what stands for an asker: the address, or of one by IPv6 the network, in which one
    asker has as many addresses as they like."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if address.version == 4 or address.ipv4_mapped:
        return str(getattr(address, "ipv4_mapped", None) or address)
    return str(ipaddress.ip_network((address, 64), strict=False))
