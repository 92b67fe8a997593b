"""What ``streamlit run app.py`` opens: the dashboard as an ASGI application."""

import contextlib
import threading
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from threats import warm
from threats.compressed import Compressed
from threats.first_html import FirstHtml
from threats.routes import ROUTES


@contextlib.asynccontextmanager
async def warming(_):
    """Warm up beside the first requests."""
    threading.Thread(target=warm.up, name="warm up", daemon=True).start()
    yield


app = st.App(
    Path(__file__).parent / "threats" / "dashboard.py",
    lifespan=warming,
    routes=ROUTES,
    middleware=[
        Middleware(GZipMiddleware, minimum_size=1000),
        Middleware(Compressed),
        Middleware(FirstHtml),
    ],
)
