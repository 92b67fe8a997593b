"""Limits of uploaded files, which Streamlit limits only one by one."""

from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from threats import logs
from threats.server.errors import error_response
from threats.text.server import TOO_MANY_FILES, UPLOADS_FULL
from threats.text.translate import _

UPLOAD_PATH = "/_stcore/upload_file/"
# A page holds one file and releases it when it is replaced.
MAX_FILES_PER_PAGE = 8
MAX_STORED_BYTES = 200_000_000
MAX_CONCURRENT_UPLOADS = 16
UPLOAD_RETRY_AFTER = 60


class UploadLimits:
    """ASGI middleware that rejects uploads.

    Status 429: the page holds too many files. Status 503: all pages together hold too much, or
    too many uploads are under way.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or reject it."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "PUT" or UPLOAD_PATH not in path:
            await self.app(scope, receive, send)
            return
        session = path.partition(UPLOAD_PATH)[2].partition("/")[0]
        files, held = _stored_files(session)
        if files >= MAX_FILES_PER_PAGE:
            answer = error_response(path, 429, _(TOO_MANY_FILES), UPLOAD_RETRY_AFTER)
            await answer(scope, receive, send)
        elif held >= MAX_STORED_BYTES or self._under_way >= MAX_CONCURRENT_UPLOADS:
            logs.warn("upload rejected", held=held, under_way=self._under_way)
            answer = error_response(path, 503, _(UPLOADS_FULL), UPLOAD_RETRY_AFTER)
            await answer(scope, receive, send)
        else:
            self._under_way += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self._under_way -= 1


def _stored_files(session: str) -> tuple[int, int]:
    """Return how many files a session has stored, and how many bytes all sessions have."""
    manager = cast(MemoryUploadedFileManager, Runtime.instance().uploaded_file_mgr)
    stored = dict(manager.file_storage)
    sizes = [len(file.data) for files in stored.values() for file in [*files.values()]]
    return len(stored.get(session, ())), sum(sizes)
