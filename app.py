"""What ``streamlit run app.py`` opens: the dashboard as an ASGI application."""

import contextlib
import threading
import traceback
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from threats import log, warm
from threats.compressed import Compressed
from threats.first_html import FirstHtml
from threats.headers import Headers
from threats.limits import Limits
from threats.routes import ROUTES
from threats.sign_in import SignIn, SignInError, configured
from threats.uploads import Uploads


@contextlib.asynccontextmanager
async def warming(_):
    """Warm up beside the first requests."""
    log.say("started", sign_in="on" if configured() else "off")
    threading.Thread(target=warm.up, name="warm up", daemon=True).start()
    yield
    log.say("stopped")


def failed(error: Exception) -> None:
    """Log that a run of a page failed, and where, without what it was about."""
    *_, last = traceback.extract_tb(error.__traceback__)
    place = f"{Path(last.filename).name}:{last.lineno}"
    log.warn("page failed", kind=type(error).__name__, place=place)


log.begin()
try:
    configured()
except SignInError as error:
    raise SystemExit(f"The dashboard does not start. {error}") from None


app = st.App(
    Path(__file__).parent / "threats" / "dashboard.py",
    lifespan=warming,
    routes=ROUTES,
    on_script_error=failed,
    middleware=[
        Middleware(Headers),
        Middleware(Limits),
        Middleware(SignIn),
        Middleware(Uploads),
        Middleware(GZipMiddleware, minimum_size=1000),
        Middleware(Compressed),
        Middleware(FirstHtml),
    ],
)
