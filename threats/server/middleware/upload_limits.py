"""Limits of uploaded files, which Streamlit limits only one by one."""

import asyncio
from typing import cast

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from threats import logs
from threats.config import configured_requests_per_minute
from threats.server.errors import error_response
from threats.server.middleware.clients import Counts, client_key
from threats.server.middleware.rate_limits import client_share
from threats.text.server import TOO_MANY_FILES, UPLOAD_STOPPED, UPLOADS_FULL
from threats.text.translate import _

UPLOAD_PATH = "/_stcore/upload_file/"
# A page holds one file and releases it when it is replaced.
MAX_FILES_PER_PAGE = 8
# In all, and of one client.
MAX_STORED_BYTES, CLIENT_STORED_BYTES = 200_000_000, 60_000_000
MAX_CONCURRENT_UPLOADS, CLIENT_UPLOADS = 16, 4
UPLOAD_PART_TIMEOUT = 15  # seconds without a part of the file
UPLOAD_RETRY_AFTER = 60


class UploadLimits:
    """ASGI middleware that rejects uploads.

    Status 429: the page or the client holds too many files. Status 503: all pages together hold
    too much, or too many uploads are under way. An upload that stops is cancelled.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        rate = configured_requests_per_minute() / 60
        self._client_bytes = client_share(CLIENT_STORED_BYTES, rate)
        self._all, self._own = (
            Counts(MAX_CONCURRENT_UPLOADS),
            Counts(client_share(CLIENT_UPLOADS, rate)),
        )
        self._clients: dict[str, str] = {}  # of each session with files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or reject it."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "PUT" or UPLOAD_PATH not in path:
            await self.app(scope, receive, send)
            return
        session, client = path.partition(UPLOAD_PATH)[2].partition("/")[0], client_key(scope)
        files, held, own = self._held(session, client)
        if files >= MAX_FILES_PER_PAGE or (self._client_bytes and own >= self._client_bytes):
            answer = error_response(path, 429, _(TOO_MANY_FILES), UPLOAD_RETRY_AFTER)
            await answer(scope, receive, send)
        elif held >= MAX_STORED_BYTES or not self._take(client):
            logs.warn("upload rejected", held=held)
            answer = error_response(path, 503, _(UPLOADS_FULL), UPLOAD_RETRY_AFTER)
            await answer(scope, receive, send)
        else:
            self._clients[session] = client
            try:
                await self.app(scope, _timed(receive), send)
            except ClientDisconnect:
                await error_response(path, 408, _(UPLOAD_STOPPED))(scope, receive, send)
            finally:
                self._own.give_back(client)
                self._all.give_back("")

    def _take(self, client: str) -> bool:
        if not self._own.take(client):
            return False
        if self._all.take(""):
            return True
        self._own.give_back(client)
        return False

    def _held(self, session: str, client: str) -> tuple[int, int, int]:
        """Return how many files a session has stored, and how many bytes all sessions and those of
        the client have."""
        manager = cast(MemoryUploadedFileManager, Runtime.instance().uploaded_file_mgr)
        stored = {name: [*files.values()] for name, files in dict(manager.file_storage).items()}
        sizes = {name: sum(len(file.data) for file in files) for name, files in stored.items()}
        self._clients = {name: one for name, one in self._clients.items() if name in stored}
        own = sum(size for name, size in sizes.items() if self._clients.get(name) == client)
        return len(stored.get(session, ())), sum(sizes.values()), own


def _timed(receive: Receive) -> Receive:
    """Wrap ``receive`` so that an upload ends as if its client had left if no part of it comes."""

    async def receive_timed() -> Message:
        try:
            async with asyncio.timeout(UPLOAD_PART_TIMEOUT):
                return await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}

    return receive_timed
