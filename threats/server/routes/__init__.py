"""All routes except the pages: API, files, downloads, pages to print and charts to embed."""

from collections.abc import Callable
from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from threats.content.pages import HOME_PAGE, PAGE_ALIASES
from threats.lazy_imports import load_module
from threats.server.plotly_script import PLOTLY_SCRIPT_PATH, serve_plotly_script

_STATIC_FILES = Path(__file__).parent.parent / "static"
# Search engines list the pages, not every filter of their printed form.
_ROBOTS = "User-agent: *\n" + "".join(
    f"Disallow: /{folder}/\n" for folder in ("print", "embed", "download", "take", "compare")
)
_CORS = [Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])]


def _lazy_endpoint(module: str, name: str) -> Callable[[Request], Response]:
    """Return an endpoint whose module is imported at the first request, or by the warm-up."""

    def endpoint(request: Request) -> Response:
        return getattr(load_module(f"threats.server.routes.{module}"), name)(request)

    return endpoint


def _page_redirect(name: str) -> Callable[[Request], Response]:
    """Return an endpoint that leads to a page with the parameters of the request."""
    path = "./" if name == HOME_PAGE else name

    def endpoint(request: Request) -> Response:
        query = request.url.query
        return RedirectResponse(f"{path}?{query}" if query else path, 308)

    return endpoint


_NOT_FOUND = Route("/{path:path}", _lazy_endpoint("responses", "not_found_response"))
_API_ROUTES = [
    Route("/openapi.json", _lazy_endpoint("api", "serve_openapi")),
    Route("/search.json", _lazy_endpoint("search", "serve_search")),
    Route("/{name}.{suffix}", _lazy_endpoint("api", "serve_figures")),
    _NOT_FOUND,
]
ROUTES = [
    Mount("/api", routes=_API_ROUTES, middleware=_CORS),
    Mount(
        "/files",
        routes=[Route("/{name}", _lazy_endpoint("files", "serve_file")), _NOT_FOUND],
        middleware=_CORS,
    ),
    Route("/cards/{name}.json", _lazy_endpoint("cards", "serve_card")),
    Route("/cards/{name}/table.json", _lazy_endpoint("cards", "serve_card_table")),
    Route("/cards/{name}/meetings.json", _lazy_endpoint("cards", "serve_card_meetings")),
    Route("/print/{page}", _lazy_endpoint("print", "serve_print_page")),
    Route("/embed/{chart}", _lazy_endpoint("print", "serve_embed")),
    Route("/compare/{page}", _lazy_endpoint("compare", "serve_comparison")),
    Route("/download/{file}", _lazy_endpoint("download", "serve_download")),
    Route("/take/{file}", _lazy_endpoint("download", "serve_download")),  # the earlier address
    *(Route(f"/{alias}", _page_redirect(name)) for alias, name in PAGE_ALIASES.items()),
    Route(PLOTLY_SCRIPT_PATH, serve_plotly_script),
    Mount("/reader", StaticFiles(directory=_STATIC_FILES)),
    Route("/feed.atom", _lazy_endpoint("feed", "serve_feed")),
    Route("/robots.txt", lambda _request: PlainTextResponse(_ROBOTS)),
    Route("/healthz", _lazy_endpoint("health", "serve_health")),
]

__all__ = ["ROUTES"]
