"""Bent addresses: parameters are corrected, paths redirected, and unknown paths refused."""

import re

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config as streamlit_config

from threats.content.pages import PAGE_ALIASES, PAGES
from threats.dataset.addresses import mend_query, relative_root, trim
from threats.server.errors import page_not_found_response
from threats.server.middleware.rate_limits import ANSWER_PATHS, AUTH_PATHS, CARD_PATH

# Whose names are in small letters; a file of the dataset may have capitals.
_LOWER_FOLDERS = ("print", "embed", "compare")
_FILE_FOLDERS = ("api", "files", "download", "take", "feed.atom")
_PLAIN_PATH = re.compile(r"/(?:[\w.-]+(?:/[\w.-]+)?)?", re.ASCII)
# Their HTML is not the page itself.
_OTHER_HTML = (*ANSWER_PATHS, *AUTH_PATHS, CARD_PATH, "/component/", "/_stcore/", "/media/")


class MendedAddresses:
    """ASGI middleware that passes on requests with corrected parameters.

    Status 308: the path was bent, and there may be a page at the correct one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or redirect it within the dashboard."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path.startswith(("/_stcore/", "/static/", *AUTH_PATHS)):
            await self.app(scope, receive, send)
            return
        asked = scope.get("query_string", b"").decode("latin-1")
        query = mend_query(asked)
        corrected = mend_path(path)
        if corrected != path and scope["method"] in ("GET", "HEAD"):
            # Relative, as a proxy may put the dashboard under a folder.
            target = relative_root(path) + corrected.removeprefix("/")
            redirect = RedirectResponse(f"{target}?{query}" if query else target, 308)
            await redirect(scope, receive, send)
            return
        if query != asked:
            scope = {**scope, "query_string": query.encode("latin-1")}
        await self.app(scope, receive, send)


def mend_path(path: str) -> str:
    """Return the path that a path is a bent form of: without the signs of the sentence around it,
    names of pages in small letters. Any other path stays."""
    plain = "/" + "/".join(part for part in trim(path).split("/") if part)
    first, _slash, rest = plain.lower().removeprefix("/").partition("/")
    if path.rstrip("/") == plain.rstrip("/") == plain.lower().rstrip("/"):
        return path
    if path.startswith("//") or not _PLAIN_PATH.fullmatch(plain):
        return path
    if first in _LOWER_FOLDERS or (not rest and first in {"", *PAGES, *PAGE_ALIASES}):
        return plain.lower()
    return plain if first in _FILE_FOLDERS else path


class KnownPages:
    """ASGI middleware that answers with status 404 if there is no page and no file.

    Streamlit would answer with its page, which then says so by script alone.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; replace the page by an error if its path is unknown."""
        path = scope.get("path", "")
        known = path.strip("/") in {"", *PAGES} or path.startswith(_OTHER_HTML)
        under_folder = streamlit_config.get_option("server.baseUrlPath")
        if scope["type"] != "http" or known or under_folder:
            await self.app(scope, receive, send)
            return
        refused = False

        async def checked(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                refused = message["status"] in (200, 206) and kind.startswith("text/html")
            if not refused:
                await send(message)

        # What was kept of an earlier answer is no page.
        dropped = (b"if-none-match", b"if-modified-since")
        if not path.startswith(("/static/", "/reader/", "/vendor/")):
            headers = [(name, value) for name, value in scope["headers"] if name not in dropped]
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, checked)
        if refused:
            await page_not_found_response(relative_root(path))(scope, receive, send)
