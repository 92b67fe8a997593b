"""The dashboard as an ASGI application: pages, routes, middleware and settings."""

import contextlib
import threading
import tomllib
import traceback
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from streamlit import config as streamlit_config

from threats import logs
from threats.server.middleware.compression import StaticCompression
from threats.server.middleware.html_head import HtmlHead
from threats.server.middleware.rate_limits import RateLimits
from threats.server.middleware.security_headers import SecurityHeaders
from threats.server.middleware.sign_in import SignIn, SignInError, is_sign_in_configured
from threats.server.middleware.upload_limits import UploadLimits
from threats.server.routes import ROUTES
from threats.server.warm_up import warm_up
from threats.text.sign_in import START_FAILURE
from threats.text.translate import _

_PACKAGE = Path(__file__).parent.parent
DASHBOARD_SCRIPT = _PACKAGE / "dashboard.py"


def application_options() -> dict[str, Any]:
    """Configure the log and return the arguments of ``streamlit.App``.

    Exit if sign-in is configured incorrectly.
    """
    logs.configure()
    try:
        is_sign_in_configured()
    except SignInError as error:
        raise SystemExit(_(START_FAILURE, reason=error)) from None
    return {
        "lifespan": _lifespan,
        "routes": ROUTES,
        "on_script_error": _log_page_error,
        "middleware": [
            Middleware(SecurityHeaders),
            Middleware(RateLimits),
            Middleware(SignIn),
            Middleware(UploadLimits),
            Middleware(GZipMiddleware, minimum_size=1000),
            Middleware(StaticCompression),
            Middleware(HtmlHead),
        ],
    }


def serve(address: str, port: int) -> None:
    """Run the dashboard until the process is stopped.

    The settings that come with the package apply unless a configuration file or an environment
    variable of Streamlit sets them.
    """
    settings = {
        name: value
        for name, value in _shipped_settings()
        if not streamlit_config.is_manually_set(name)
    }
    settings |= {"server.address": address, "server.port": port}
    # Set before the start as well, or Streamlit asks for a restart to apply them.
    for name, value in settings.items():
        streamlit_config.set_option(name, value)
    st.App(DASHBOARD_SCRIPT, **application_options()).run(config=settings)


def _shipped_settings() -> Iterator[tuple[str, Any]]:
    """Yield each setting of the configuration file that comes with the package."""
    inside = _PACKAGE / ".streamlit" / "config.toml"  # where a built wheel puts it
    path = inside if inside.exists() else _PACKAGE.parent / ".streamlit" / "config.toml"

    def flatten(section: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
        for name, value in section.items():
            if isinstance(value, dict):
                yield from flatten(value, f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}", value

    return flatten(tomllib.loads(path.read_text(encoding="utf-8")), "")


@contextlib.asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start the warm-up beside the first requests."""
    logs.info("started", sign_in="on" if is_sign_in_configured() else "off")
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield
    logs.info("stopped")


def _log_page_error(error: Exception) -> None:
    """Log type and place of an error of a page, without its data."""
    *_, last = traceback.extract_tb(error.__traceback__)
    place = f"{Path(last.filename).name}:{last.lineno}"
    logs.warn("page failed", kind=type(error).__name__, place=place)
