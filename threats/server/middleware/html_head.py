"""The first HTML of a page before any script runs: title, description, link to the plain page, and
tags for link previews."""

import html
import re
from urllib.parse import parse_qs, parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from threats.content.pages import HOME_PAGE, PAGES
from threats.lazy_imports import load_module, loaded_module
from threats.server.card_component import CARD_SCRIPT_PATH
from threats.server.plotly_script import PLOTLY_SCRIPT_PATH
from threats.text.feed import FEED_LABEL
from threats.text.server import BLOCKED_LINK, NO_SCRIPT_CODER, NO_SCRIPT_LINK
from threats.text.translate import _

SITE_NAME = "Threat Themes"
_PLAIN = re.compile(r"[\w-]{1,60}")
# To Streamlit's interface for programs, which is closed.
_CLOSED_LINK = '<link rel="service-desc" href="./_stcore/agent/openapi.json" />'


class HtmlHead:
    """ASGI middleware that completes the first HTML of each page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and complete the response if it is the HTML of a page."""
        page = scope.get("path", "").strip("/") or HOME_PAGE
        if scope["type"] != "http" or scope["method"] != "GET" or page not in PAGES:
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def collect(message: Message) -> None:
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

        # The page depends on its parameters, so a cached copy is never valid. It must also arrive
        # uncompressed.
        dropped = (b"if-none-match", b"if-modified-since", b"accept-encoding")
        headers = [(name, value) for name, value in scope["headers"] if name not in dropped]
        await self.app({**scope, "headers": headers}, receive, collect)


def complete_html_head(text: str, page: str, scope: Scope) -> str:
    """Return the HTML with title, description and preview tags of a page, and a link to the plain
    page for readers without JavaScript."""
    query = scope.get("query_string", b"").decode("latin-1")
    title = html.escape(f"{_title(page, query)} · {SITE_NAME}")
    description = html.escape(f"{PAGES[page].question} {_filter_description(query)}".strip())
    tags = (
        f"<title>{title}</title>"
        f'<meta name="description" content="{description}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{description}">'
        f'<link rel="alternate" type="application/atom+xml" title="{_(FEED_LABEL)}"'
        f' href="{html.escape(feed_address(query))}">'
        f'<meta property="og:site_name" content="{SITE_NAME}">'
        '<meta property="og:type" content="website">'
        '<meta name="twitter:card" content="summary">'
        # Before any other script: the page needs its cookie when it connects.
        f"{_script_tags(page, query)}"
        '<link rel="stylesheet" href="reader/access.css">'
    )
    plain = html.escape(f"print/{page}" + (f"?{query}" if query else ""))
    link = f'<a href="{plain}">{_(NO_SCRIPT_LINK)}</a>'
    if not PAGES[page].printable:
        link = _(NO_SCRIPT_CODER)
    without = f"<noscript><h1>{title}</h1><p>{description}</p><p>{link}</p></noscript>"
    text = text.replace("<title>Streamlit</title>", tags, 1).replace(_CLOSED_LINK, "", 1)
    start, end = text.find("<noscript>"), text.find("</noscript>")
    if 0 <= start < end:
        return text[:start] + without + text[end + len("</noscript>") :]
    return text


def _title(page: str, query: str) -> str:
    """Return the title of a page: the name of its threat, country or series if it has one."""
    if not (query and PAGES[page].about_subject):
        return PAGES[page].title
    return load_module("threats.content.subjects").name_from_params(page, parse_qs(query))


def _script_tags(page: str, query: str) -> str:
    """Return the scripts that start before Streamlit: our own, which asks for the first card of
    the page, and those that draw it."""
    card = html.escape(first_card_address(page, query))
    plain = f"print/{page}" if PAGES[page].printable else ""
    plotly = PLOTLY_SCRIPT_PATH.removeprefix("/")
    registry = loaded_module("threats.content.registry")
    if registry and not registry.charts_on(page):
        # Only the address, for a chart on the next page.
        drawing = f'<meta name="threat-themes-plotly" content="{plotly}">'
    else:
        drawing = (
            f'<script async data-plotly src="{plotly}"></script>'
            f'<link rel="modulepreload" href="{CARD_SCRIPT_PATH}">'
        )
    return (
        f'<script src="reader/access.js" data-card="{card}" data-plain="{plain}"'
        f' data-blocked="{html.escape(_(BLOCKED_LINK))}"></script>{drawing}'
    )


def feed_address(query: str) -> str:
    """Return the address of the feed of the filter in an address."""
    if not query:  # the first page after a start does not wait for the filter
        return "feed.atom"
    names = ("dataset", *load_module("threats.stats.filters").FILTER_PARAMS)
    # Values are ids, years and the like.
    known = [pair for pair in parse_qsl(query) if pair[0] in names and _PLAIN.fullmatch(pair[1])]
    params = urlencode(known)
    return "feed.atom" + (f"?{params}" if params else "")


def first_card_address(page: str, query: str) -> str:
    """Return the address of the first card of a page as the page will ask for it.

    Empty if the page has no chart, or if the charts are not loaded yet: the first page after a
    start does not wait for them.
    """
    registry = loaded_module("threats.content.registry")
    charts = registry.charts_on(page) if registry else []
    if not charts:
        return ""
    filters = load_module("threats.stats.filters").FILTER_PARAMS
    order = ["dataset", *filters, *charts[0].option_names]
    known = [pair for pair in parse_qsl(query) if pair[0] in order]
    if page == "brief":  # which counts training courses in any case
        known = [*(pair for pair in known if pair[0] != "courses"), ("courses", "yes")]
    params = urlencode(sorted(known, key=lambda pair: order.index(pair[0])))
    return f"cards/{charts[0].name}.json" + (f"?{params}" if params else "")


def _filter_description(query: str) -> str:
    """Return the filter of an address in words.

    Without a filter return nothing: the first page after a start must not wait for the dataset.
    """
    if not query:
        return ""
    return load_module("threats.content.selection_text").describe_params(parse_qs(query))
