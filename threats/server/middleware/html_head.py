"""What the first HTML of a page says of it before any script runs: title, description, a link to
the plain page, and tags for link previews."""

import html
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from threats.content.pages import HOME_PAGE, PAGES
from threats.lazy_imports import load_module

SITE_NAME = "Threat Themes"


class HtmlHead:
    """ASGI middleware that completes the first HTML of each page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and complete the answer if it is the HTML of a page."""
        page = scope.get("path", "").strip("/") or HOME_PAGE
        if scope["type"] != "http" or scope["method"] != "GET" or page not in PAGES:
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def collected(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                kind = MutableHeaders(raw=message["headers"]).get("content-type", "")
                if "text/html" in kind:
                    start = message
                    return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            text = await run_in_threadpool(complete_html_head, body.decode("utf-8"), page, scope)
            done = text.encode("utf-8")
            headers = MutableHeaders(raw=start["headers"])
            for name in ("etag", "last-modified"):
                if name in headers:
                    del headers[name]
            headers["content-length"] = str(len(done))
            await send(start)
            await send({"type": "http.response.body", "body": done})

        # The page differs by its parameters, so a browser must not be told that it has it; and it
        # has to come uncompressed.
        stale = (b"if-none-match", b"if-modified-since", b"accept-encoding")
        asking = [(name, value) for name, value in scope["headers"] if name not in stale]
        await self.app({**scope, "headers": asking}, receive, collected)


def complete_html_head(text: str, page: str, scope: Scope) -> str:
    """Return the HTML with title, description and preview tags of a page, and for a reader without
    JavaScript a link to the plain page."""
    query = scope.get("query_string", b"").decode("latin-1")
    title = html.escape(f"{PAGES[page].title} · {SITE_NAME}")
    description = html.escape(f"{PAGES[page].question} {_filter_description(query)}".strip())
    tags = (
        f"<title>{title}</title>"
        f'<meta name="description" content="{description}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{description}">'
        f'<meta property="og:site_name" content="{SITE_NAME}">'
        '<meta property="og:type" content="website">'
        '<meta name="twitter:card" content="summary">'
        # Before any other script: the cookie has to be there when the page connects.
        '<script src="reader/access.js"></script>'
        '<link rel="stylesheet" href="reader/access.css">'
    )
    plain = html.escape(f"print/{page}" + (f"?{query}" if query else ""))
    link = f'<a href="{plain}">Read this page without JavaScript</a>'
    if not PAGES[page].printable:
        link = "This page needs JavaScript; the command <code>threats code</code> does the same."
    without = f"<noscript><h1>{title}</h1><p>{description}</p><p>{link}</p></noscript>"
    text = text.replace("<title>Streamlit</title>", tags, 1)
    start, end = text.find("<noscript>"), text.find("</noscript>")
    if 0 <= start < end:
        return text[:start] + without + text[end + len("</noscript>") :]
    return text


def _filter_description(query: str) -> str:
    """Return in words the filter of an address; nothing where it has none, as the first page of a
    server that just started does not wait for the dataset."""
    if not query:
        return ""
    return load_module("threats.content.selection_text").describe_params(parse_qs(query))
