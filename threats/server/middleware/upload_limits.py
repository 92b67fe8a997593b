"""How much of what readers upload the server holds, which Streamlit bounds for each file alone."""

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime

from threats import logs
from threats.server.errors import error_response

UPLOAD_PATH = "/_stcore/upload_file/"
# A page has one place for a file, and lets one go that is replaced.
MAX_FILES_PER_PAGE = 8
MAX_STORED_BYTES = 200_000_000
MAX_CONCURRENT_UPLOADS = 16
UPLOAD_RETRY_AFTER = 60


class UploadLimits:
    """ASGI middleware that refuses with status 429 a file of a page that holds too many, and with
    503 any while all pages together hold too much or too many are under way."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "PUT" or UPLOAD_PATH not in path:
            await self.app(scope, receive, send)
            return
        session = path.partition(UPLOAD_PATH)[2].partition("/")[0]
        files, held = _stored_files(session)
        if files >= MAX_FILES_PER_PAGE:
            told = "This page holds too many files; open it anew."
            await error_response(path, 429, told, UPLOAD_RETRY_AFTER)(scope, receive, send)
        elif held >= MAX_STORED_BYTES or self._under_way >= MAX_CONCURRENT_UPLOADS:
            logs.warn("upload refused", held=held, under_way=self._under_way)
            told = "Too many files are held for others; try again in a minute."
            await error_response(path, 503, told, UPLOAD_RETRY_AFTER)(scope, receive, send)
        else:
            self._under_way += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self._under_way -= 1


def _stored_files(session: str) -> tuple[int, int]:
    """Return how many files are held of a session, and how many bytes of all."""
    stored = dict(Runtime.instance().uploaded_file_mgr.file_storage)
    sizes = [len(file.data) for files in stored.values() for file in [*files.values()]]
    return len(stored.get(session, ())), sum(sizes)
