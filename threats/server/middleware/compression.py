"""Static files, compressed once instead of for every reader."""

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
# Best first: brotli output is a sixth smaller than gzip in twice the time. Higher levels of both
# take far longer for a few percent.
ENCODERS = {
    "br": functools.partial(brotli.compress, quality=7),
    "gzip": functools.partial(gzip.compress, compresslevel=6),
}


class StaticCompression:
    """ASGI middleware that caches Streamlit's own files compressed, at most 7 MB per encoding."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._cache: dict[tuple[str, str], list[Message]] = {}
        self._lock = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a cached file, or pass the request on."""
        path = scope.get("path", "")
        # Another spelling of a path must not cache the file again.
        plain = path == posixpath.normpath(path) and not path.startswith("//")
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or STATIC_FOLDER not in path
            or not plain
        ):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        accepted = _accepted_encodings(headers.get("accept-encoding", ""))
        encoding = next((name for name in ENCODERS if name in accepted), "")
        if not encoding or {"range", "if-none-match"} & {*headers}:
            await self.app(scope, receive, send)
            return
        key = path, encoding
        if key not in self._cache:
            async with self._lock:
                messages = self._cache.get(key) or await self._compress(key, scope, receive)
        else:
            messages = self._cache[key]
        for message in messages:
            await send(dict(message))

    async def _compress(
        self, key: tuple[str, str], scope: Scope, receive: Receive
    ) -> list[Message]:
        """Return the response to a request, compressed and cached if it never changes."""
        answer: list[Message] = []

        async def collect(message: Message) -> None:
            answer.append(message)

        # Below, Streamlit would compress some files itself, as gzip and for every reader.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, collect)
        start, *parts = answer
        headers = MutableHeaders(raw=list(start["headers"]))
        immutable = "immutable" in headers.get("cache-control", "")
        if start["status"] != 200 or not immutable:
            return answer
        if not headers.get("content-type", "").startswith(COMPRESSIBLE_TYPES):
            return answer
        body = b"".join(part.get("body", b"") for part in parts)
        # A reader who disconnects must not leave half a file in the cache.
        if len(body) != int(headers.get("content-length", -1)):
            return answer
        body = await run_in_threadpool(ENCODERS[key[1]], body)
        headers["content-encoding"] = key[1]
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        self._cache[key] = [
            {**start, "headers": headers.raw},
            {"type": "http.response.body", "body": body},
        ]
        return self._cache[key]


def _accepted_encodings(header: str) -> set[str]:
    """Return the encodings that a header accepts, without those with ``q=0``."""
    parts = [part.replace(" ", "").lower().split(";") for part in header.split(",")]
    return {name for name, *more in parts if not any(q in ("q=0", "q=0.0") for q in more)}
