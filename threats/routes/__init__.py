"""The routes beside the pages: data and figures at an address, pages to print and to embed."""

import importlib
from collections.abc import Callable
from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from threats.later import IMPORTING

_READER = Path(__file__).parent.parent / "reader"
_OPEN = [Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])]


def _later(module: str, name: str) -> Callable[[Request], Response]:
    """Return an endpoint of a module that is imported when first asked for, or by the warm-up."""

    def endpoint(request: Request) -> Response:
        with IMPORTING:
            found = importlib.import_module(f"threats.routes.{module}")
        return getattr(found, name)(request)

    return endpoint


_NOTHING = Route("/{path:path}", _later("answers", "not_found"))
_API = [
    Route("/openapi.json", _later("api", "description")),
    Route("/{name}.{suffix}", _later("api", "figures")),
    _NOTHING,
]
ROUTES = [
    Mount("/api", routes=_API, middleware=_OPEN),
    Mount("/files", routes=[Route("/{name}", _later("files", "file")), _NOTHING], middleware=_OPEN),
    Route("/print/{page}", _later("plain", "print_page")),
    Route("/embed/{chart}", _later("plain", "embed")),
    Route("/take/{file}", _later("take", "take")),
    Mount("/reader", StaticFiles(directory=_READER)),
    Route("/healthz", _later("api", "health")),
]

__all__ = ["ROUTES"]
