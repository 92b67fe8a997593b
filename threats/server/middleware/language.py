"""The language of each request, from its address or else from its header Accept-Language."""

from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from threats.dataset.addresses import asked_language, mend_params
from threats.language import (
    LANGUAGE_PARAM,
    PROGRAM_PARAM,
    choose_language,
    region_has_comma,
    speaking,
)
from threats.text.translate import is_complete

# Files that are the same for all readers.
_SILENT_PATHS = ("/static/", "/reader/", "/_stcore/", "/vendor/", "/files/")


class Language:
    """ASGI middleware that sets the language of a request for all that answers it.

    It holds in the threads of the routes too, which copy the context. The script of a page runs in
    its own thread, see ``threats.app.language``.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on in its language."""
        if scope["type"] != "http" or scope.get("path", "").startswith(_SILENT_PATHS):
            await self.app(scope, receive, send)
            return
        query = mend_params(parse_qs(scope.get("query_string", b"").decode("latin-1")))
        asked = asked_language(next(iter(query.get(LANGUAGE_PARAM, ())), ""))
        accepted = Headers(scope=scope).get("accept-language", "")
        language = choose_language(asked, accepted, is_complete)

        async def varied(message: Message) -> None:
            by_header = not language.in_address or PROGRAM_PARAM in query
            if message["type"] == "http.response.start" and by_header:
                MutableHeaders(scope=message).add_vary_header("Accept-Language")
            await send(message)

        with speaking(language, region_has_comma(asked, accepted)):
            await self.app(scope, receive, varied)
