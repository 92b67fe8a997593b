"""Limits of open pages: who may connect, how many pages a client has open, how often they run."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.server_util import (
    allow_all_cross_origin_requests,
    allowlisted_origins,
)

from threats.config import configured_requests_per_minute
from threats.server.middleware.clients import Counts, TokenBuckets, client_key
from threats.server.middleware.rate_limits import LOG_INTERVAL, client_share, log_at_most

MAX_PAGES = 60  # of one client
# Clicks of one client at once after a pause, and then a second. A process does 30 a second in all.
CLICK_BURST, CLICK_RATE = 30, 3


class PageLimits:
    """ASGI middleware for the connections of pages.

    A connection is rejected if it comes from a page of another site, or if its client has too many.
    The clicks of one client wait for each other.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        rate = configured_requests_per_minute() / 60
        self._open = Counts(client_share(MAX_PAGES, rate))
        self._clicks = TokenBuckets(client_share(CLICK_RATE, rate), client_share(CLICK_BURST, rate))
        self._log = log_at_most(LOG_INTERVAL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, or reject it."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        client = client_key(scope)
        if not is_origin_allowed(Headers(scope=scope)):
            await self._reject("origin", receive, send)
        elif not self._open.take(client):
            await self._reject("open-pages", receive, send)
        else:
            try:
                await self.app(scope, self._slowed(receive, send, client), send)
            finally:
                self._open.give_back(client)

    async def _reject(self, reason: str, receive: Receive, send: Send) -> None:
        self._log(reason)
        await receive()
        await send({"type": "websocket.close", "code": 1008})

    def _slowed(self, receive: Receive, send: Send, client: str) -> Receive:
        """Wrap ``receive`` so that a client whose pages run too often waits, and text, which no
        page sends, ends the connection."""

        async def receive_slowly() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            if message.get("bytes") is None:
                await send({"type": "websocket.close", "code": 1003})
                return {"type": "websocket.disconnect", "code": 1003}
            await self._clicks.sleep(client)
            return message

        return receive_slowly


def is_origin_allowed(headers: Headers) -> bool:
    """Return whether a page of this dashboard connects, a program, or a page of a site that
    Streamlit's ``server.corsAllowedOrigins`` lists.

    Streamlit would ask other hosts for the addresses of this machine to decide it.
    """
    origin, host = headers.get("origin"), headers.get("host")
    return (
        origin in (None, f"http://{host}", f"https://{host}")
        or origin in allowlisted_origins()
        or allow_all_cross_origin_requests()
    )
