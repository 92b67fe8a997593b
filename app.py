"""What ``streamlit run app.py`` opens: the dashboard as an ASGI application."""

import contextlib
import threading
import traceback
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from threats import logs
from threats.server.middleware.compression import StaticCompression
from threats.server.middleware.html_head import HtmlHead
from threats.server.middleware.rate_limits import RateLimits
from threats.server.middleware.security_headers import SecurityHeaders
from threats.server.middleware.sign_in import SignIn, SignInError, is_sign_in_configured
from threats.server.middleware.upload_limits import UploadLimits
from threats.server.routes import ROUTES
from threats.server.warm_up import warm_up


@contextlib.asynccontextmanager
async def warming(_):
    """Warm up beside the first requests."""
    logs.info("started", sign_in="on" if is_sign_in_configured() else "off")
    threading.Thread(target=warm_up, name="warm up", daemon=True).start()
    yield
    logs.info("stopped")


def failed(error: Exception) -> None:
    """Log that a run of a page failed, and where, without what it was about."""
    *_, last = traceback.extract_tb(error.__traceback__)
    place = f"{Path(last.filename).name}:{last.lineno}"
    logs.warn("page failed", kind=type(error).__name__, place=place)


logs.configure()
try:
    is_sign_in_configured()
except SignInError as error:
    raise SystemExit(f"The dashboard does not start. {error}") from None


app = st.App(
    Path(__file__).parent / "threats" / "dashboard.py",
    lifespan=warming,
    routes=ROUTES,
    on_script_error=failed,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(RateLimits),
        Middleware(SignIn),
        Middleware(UploadLimits),
        Middleware(GZipMiddleware, minimum_size=1000),
        Middleware(StaticCompression),
        Middleware(HtmlHead),
    ],
)
