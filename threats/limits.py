"""How much one asker may ask of the routes beside the pages, and how much all together."""

import asyncio
import ipaddress
import os
import time
from collections import OrderedDict

from starlette.types import ASGIApp, Receive, Scope, Send

from threats import log
from threats.refusals import refused

# What is made anew for each request, and the ways to sign in, which ask another host. Many askers
# can share an address, so the rate can be set.
SIGN_IN = ("/sign-in", "/auth/", "/oauth2callback")
ROUTES = ("/api/", "/files/", "/print/", "/embed/", "/take/", *SIGN_IN)
# All else waits for pictures, of which one is drawn at a time.
QUICK = ("/api/", "/files/", *SIGN_IN)
QUICK_FILES = (".csv", ".xlsx", ".html", ".md")
SETTING = "THREATS_REQUESTS_A_MINUTE"
REQUESTS_A_MINUTE = 600
AT_ONCE = 60
MOST_AT_WORK = 16
# Few, as many at once would all be ready only at the end.
MOST_DRAWN = 4
MOST_WAITING = 100
SECONDS_WAITING = 30
MOST_QUERY = 8_000
# Askers that are remembered; the longest silent is forgotten first.
MOST_ASKERS = 2_000


class Limits:
    """ASGI middleware that refuses with status 414 an address that is too long, with 413 a body,
    with 429 who asks too fast, and with 503 what has waited too long for those before it, or would
    wait behind too many."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._rate = int(os.environ.get(SETTING) or REQUESTS_A_MINUTE) / 60
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._quick, self._drawn = (asyncio.Semaphore(n) for n in (MOST_AT_WORK, MOST_DRAWN))
        self._waiting = 0
        self._said: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope.get("path", "")
        if len(scope.get("query_string", b"")) + len(scope.get("raw_path") or b"") > MOST_QUERY:
            await refused(path, 414, "The address is too long.")(scope, receive, send)
            return
        if not path.startswith(ROUTES):
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0").strip()
        if length not in (b"", b"0") or b"transfer-encoding" in headers:
            await refused(path, 413, "A request here has no body.")(scope, receive, send)
            return
        wait = self._wait(_network((scope.get("client") or ("",))[0]))
        if wait:
            self._say("too many of one asker")
            await refused(path, 429, "Too many requests.", wait)(scope, receive, send)
            return
        quick = path.startswith(QUICK) or path.endswith(QUICK_FILES)
        places = self._quick if quick else self._drawn
        if not await self._entered(places):
            self._say("too much at once")
            await refused(path, 503, "Too much is asked at once.", 10)(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            places.release()

    async def _entered(self, places: asyncio.Semaphore) -> bool:
        """Return whether a place was free, or became so in time."""
        if places.locked() and self._waiting >= MOST_WAITING:
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(SECONDS_WAITING):
                return await places.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1

    def _wait(self, asker: str) -> int:
        """Return the seconds that an asker has to wait, 0 if the request may be answered now: one
        is let through for each part of a minute, and some at once after a pause."""
        now = time.monotonic()
        if not self._rate:
            return 0
        left, at = self._left.pop(asker, (float(AT_ONCE), now))
        left = min(AT_ONCE, left + (now - at) * self._rate)
        allowed = left >= 1
        self._left[asker] = (left - allowed, now)
        if len(self._left) > MOST_ASKERS:
            self._left.popitem(last=False)
        return 0 if allowed else max(1, round((1 - left) / self._rate))

    def _say(self, why: str) -> None:
        """Log a refusal, at most once a minute for each reason."""
        now = time.monotonic()
        if now - self._said.get(why, -60.0) >= 60:
            self._said[why] = now
            log.warn("requests refused", why=why)


def _network(asker: str) -> str:
    """Return what stands for an asker: the address, or of one by IPv6 the network, in which one
    asker has as many addresses as they like."""
    try:
        address = ipaddress.ip_address(asker)
    except ValueError:
        return asker
    if address.version == 4 or address.ipv4_mapped:
        return str(getattr(address, "ipv4_mapped", None) or address)
    return str(ipaddress.ip_network((address, 64), strict=False))
