"""Files that never change under their name, compressed once and not for every reader."""

import asyncio
import gzip

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = "/static/"
KINDS = ("text/", "application/javascript", "application/json", "image/svg+xml")
# A level of 9 takes a third longer for a quarter of a percent.
LEVEL = 6


class Compressed:
    """ASGI middleware that keeps Streamlit's own files in memory as they leave, at most 7 MB; all
    else goes its way."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, list[Message]] = {}
        self._lock = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a kept file, or pass the request on."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or FOLDER not in path:
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if "gzip" not in asked.get("accept-encoding", "") or {"range", "if-none-match"} & {*asked}:
            await self.app(scope, receive, send)
            return
        if path not in self._kept:
            async with self._lock:
                messages = self._kept.get(path) or await self._made(path, scope, receive)
        else:
            messages = self._kept[path]
        for message in messages:
            await send(dict(message))

    async def _made(self, path: str, scope: Scope, receive: Receive) -> list[Message]:
        """Return the answer to a request, compressed and kept if it never changes."""
        answer: list[Message] = []

        async def collected(message: Message) -> None:
            answer.append(message)

        await self.app(scope, receive, collected)
        start, *parts = answer
        headers = MutableHeaders(raw=list(start["headers"]))
        lasting = "immutable" in headers.get("cache-control", "")
        if start["status"] != 200 or not lasting:
            return answer
        if not headers.get("content-type", "").startswith(KINDS):
            return answer
        body = b"".join(part.get("body", b"") for part in parts)
        body = await run_in_threadpool(gzip.compress, body, LEVEL)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        self._kept[path] = [
            {**start, "headers": headers.raw},
            {"type": "http.response.body", "body": body},
        ]
        return self._kept[path]
