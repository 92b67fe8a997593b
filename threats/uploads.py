"""How much of what readers upload the server holds, which Streamlit bounds for each file alone."""

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime

from threats import log
from threats.refusals import refused

PATH = "/_stcore/upload_file/"
# A page has one place for a file, and lets one go that is replaced.
MOST_FILES = 8
MOST_HELD = 200_000_000
MOST_UNDER_WAY = 16
AGAIN = 60


class Uploads:
    """ASGI middleware that refuses with status 429 a file of a page that holds too many, and with
    503 any while all pages together hold too much or too many are under way."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "PUT" or PATH not in path:
            await self.app(scope, receive, send)
            return
        session = path.partition(PATH)[2].partition("/")[0]
        files, held = _held(session)
        if files >= MOST_FILES:
            told = "This page holds too many files; open it anew."
            await refused(path, 429, told, AGAIN)(scope, receive, send)
        elif held >= MOST_HELD or self._under_way >= MOST_UNDER_WAY:
            log.warn("upload refused", held=held, under_way=self._under_way)
            told = "Too many files are held for others; try again in a minute."
            await refused(path, 503, told, AGAIN)(scope, receive, send)
        else:
            self._under_way += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self._under_way -= 1


def _held(session: str) -> tuple[int, int]:
    """Return how many files are held of a session, and how many bytes of all."""
    stored = dict(Runtime.instance().uploaded_file_mgr.file_storage)
    sizes = [len(file.data) for files in stored.values() for file in [*files.values()]]
    return len(stored.get(session, ())), sum(sizes)
