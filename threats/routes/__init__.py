"""The routes beside the pages: data and figures at an address, pages to print and to embed."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from threats.routes import api, files, plain

_READER = Path(__file__).parent.parent / "reader"
_OPEN = [Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])]

ROUTES = [
    Mount("/api", routes=api.ROUTES, middleware=_OPEN),
    Mount("/files", routes=files.ROUTES, middleware=_OPEN),
    Route("/print/{page}", plain.print_page),
    Route("/embed/{chart}", plain.embed),
    Mount("/reader", StaticFiles(directory=_READER)),
    Route("/healthz", api.health),
]

__all__ = ["ROUTES"]
