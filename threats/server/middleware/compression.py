"""Files that never change under their name, compressed once and not for every reader."""

import asyncio
import functools
import gzip
import posixpath

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC_FOLDER = "/static/"
COMPRESSIBLE_TYPES = ("text/", "application/javascript", "application/json", "image/svg+xml")
# The best first: brotli leaves a sixth less than gzip in twice its time. Higher levels of
# either take far longer for a few percent.
ENCODERS = {
    "br": functools.partial(brotli.compress, quality=7),
    "gzip": functools.partial(gzip.compress, compresslevel=6),
}


class StaticCompression:
    """ASGI middleware that keeps Streamlit's own files in memory as they leave, at most 7 MB in
    each of the ``WAYS``; all else goes its way."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[tuple[str, str], list[Message]] = {}
        self._lock = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a kept file, or pass the request on."""
        path = scope.get("path", "")
        # A file that is asked for by another way to write its path must not be kept again.
        plain = path == posixpath.normpath(path) and not path.startswith("//")
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or STATIC_FOLDER not in path
            or not plain
        ):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        accepted = _accepted_encodings(asked.get("accept-encoding", ""))
        way = next((way for way in ENCODERS if way in accepted), "")
        if not way or {"range", "if-none-match"} & {*asked}:
            await self.app(scope, receive, send)
            return
        key = path, way
        if key not in self._kept:
            async with self._lock:
                messages = self._kept.get(key) or await self._made(key, scope, receive)
        else:
            messages = self._kept[key]
        for message in messages:
            await send(dict(message))

    async def _made(self, key: tuple[str, str], scope: Scope, receive: Receive) -> list[Message]:
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
        if not headers.get("content-type", "").startswith(COMPRESSIBLE_TYPES):
            return answer
        body = b"".join(part.get("body", b"") for part in parts)
        # A reader who leaves in the midst of it must not leave half a file to all others.
        if len(body) != int(headers.get("content-length", -1)):
            return answer
        body = await run_in_threadpool(ENCODERS[key[1]], body)
        headers["content-encoding"] = key[1]
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        self._kept[key] = [
            {**start, "headers": headers.raw},
            {"type": "http.response.body", "body": body},
        ]
        return self._kept[key]


def _accepted_encodings(header: str) -> set[str]:
    """Return the encodings that a header allows, without those it refuses by ``q=0``."""
    parts = [part.replace(" ", "").lower().split(";") for part in header.split(",")]
    return {name for name, *more in parts if not any(q in ("q=0", "q=0.0") for q in more)}
