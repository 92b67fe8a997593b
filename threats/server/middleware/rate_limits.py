"""Rate limit per client, except for the pages."""

import time
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from threats import logs
from threats.config import REQUESTS_PER_MINUTE, configured_requests_per_minute
from threats.server.errors import error_response
from threats.server.middleware.clients import Counts, TokenBuckets, client_key
from threats.text.server import ADDRESS_TOO_LONG, BODY_NOT_ALLOWED, TOO_MANY_REQUESTS
from threats.text.translate import _

# Sign-in, which sends requests to another host, and responses generated for each request.
AUTH_PATHS = ("/sign-in", "/auth/", "/oauth2callback")
SIGN_OUT_PATH = "/auth/logout"  # always possible
ANSWER_PATHS = (
    *("/api/", "/files/", "/print/", "/embed/", "/download/", "/take/"),
    *("/compare/", "/feed.atom"),
)
# Part of the pages: each asks for several at once, and all readers of a network can share one
# address. So they have limits of their own, and wait where others are refused.
CARD_PATH = "/cards/"
LIMITED_PATHS = (*ANSWER_PATHS, *AUTH_PATHS, CARD_PATH)
BURST, CARD_BURST = 60, 400
MAX_ADDRESS_BYTES = 8_000
# Until they are sent: a client that does not read keeps its answers in memory.
MAX_OPEN_ANSWERS, MAX_OPEN_CARDS = 32, 400
LOG_INTERVAL = 60.0


def client_share(share: int, rate: float) -> int:
    """Return the share of one client at a rate of requests a second; 0 for no limit.

    A higher rate than the default raises it, as many readers can share one address.
    """
    return max(share, round(share * rate * 60 / REQUESTS_PER_MINUTE)) if rate else 0


class RateLimits:
    """ASGI middleware that rejects requests.

    Status 414: the address is too long. 413: the request has a body. 429: the client is too fast,
    or does not read its answers. Cards of a client that is too fast wait for each other.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        rate = configured_requests_per_minute() / 60
        self._tokens = TokenBuckets(rate, client_share(BURST, rate))
        self._open = Counts(client_share(MAX_OPEN_ANSWERS, rate))
        self._cards = TokenBuckets(rate, client_share(CARD_BURST, rate))
        self._open_cards = Counts(client_share(MAX_OPEN_CARDS, rate))
        self._log = log_at_most(LOG_INTERVAL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or reject it."""
        path = scope.get("path", "")
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif rejection := self._rejection(path, scope):
            await rejection(scope, receive, send)
        elif not path.startswith(LIMITED_PATHS):
            await self.app(scope, receive, send)
        else:
            await self._count(path, scope, receive, send)

    async def _count(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        client, is_card = client_key(scope), path.startswith(CARD_PATH)
        counts = self._open_cards if is_card else self._open
        if not counts.take(client):
            self._log("open-answers")
            await error_response(path, 429, _(TOO_MANY_REQUESTS), 1)(scope, receive, send)
            return
        try:
            if is_card:
                await self._cards.sleep(client)
            await self.app(scope, receive, send)
        finally:
            counts.give_back(client)

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
        unlimited = path == SIGN_OUT_PATH or path.startswith(CARD_PATH)
        seconds = 0 if unlimited else self._tokens.wait(client_key(scope))
        if not seconds:
            return None
        self._log("rate-limit")
        return error_response(path, 429, _(TOO_MANY_REQUESTS), max(1, round(seconds)))


def log_at_most(interval: float) -> Callable[[str], None]:
    """Return a function that logs a rejection at most once an interval for each reason."""
    logged: dict[str, float] = {}

    def log(reason: str) -> None:
        now = time.monotonic()
        if now - logged.get(reason, -interval) >= interval:
            logged[reason] = now
            logs.warn("requests rejected", reason=reason)

    return log
