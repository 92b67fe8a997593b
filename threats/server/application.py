"""The dashboard as an ASGI application: pages, routes, middleware and settings."""

import contextlib
import logging
import os
import threading
import tomllib
import traceback
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import click
import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from streamlit import config as streamlit_config
from streamlit import logger as streamlit_logger
from streamlit import net_util
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from websockets import http11

from threats import logs
from threats.server.card_component import register_card_component
from threats.server.middleware.addresses import KnownPages, MendedAddresses
from threats.server.middleware.compression import StaticCompression
from threats.server.middleware.html_head import HtmlHead
from threats.server.middleware.kept_answers import KeptAnswers
from threats.server.middleware.language import Language
from threats.server.middleware.page_limits import PageLimits
from threats.server.middleware.rate_limits import RateLimits
from threats.server.middleware.security_headers import SecurityHeaders
from threats.server.middleware.sign_in import SignIn, SignInError, is_sign_in_configured
from threats.server.middleware.upload_limits import UploadLimits
from threats.server.routes import ROUTES
from threats.server.slow_readers import WatchedHttp, WatchedWebSocket
from threats.server.warm_up import warm_up
from threats.text.sign_in import START_FAILURE
from threats.text.translate import _

_PACKAGE = Path(__file__).parent.parent
DASHBOARD_SCRIPT = _PACKAGE / "dashboard.py"
# A page sends its settings, and a text of at most 200,000 characters.
MAX_PAGE_MESSAGE_BYTES = 2_000_000
PAGE_PING_INTERVAL = 30.0
# The cookies of sign-in and a long address.
MAX_HEAD_BYTES = 65_536


def application_options() -> dict[str, Any]:
    """Configure the log and return the arguments of ``streamlit.App``.

    Exit if sign-in is configured incorrectly.
    """
    _configure_logs()
    # Streamlit would ask other hosts, and hold up all readers meanwhile.
    for lookup in ("get_internal_ip", "get_external_ip"):
        setattr(net_util, lookup, lambda: None)
    # A page connects with the cookies of sign-in; otherwise it would stay blank.
    http11.MAX_LINE_LENGTH = MAX_HEAD_BYTES
    try:
        is_sign_in_configured()
    except SignInError as error:
        raise SystemExit(_(START_FAILURE, reason=error)) from None
    return {
        "lifespan": _lifespan,
        "routes": ROUTES,
        "on_script_error": _log_page_error,
        "middleware": [
            Middleware(Language),
            Middleware(SecurityHeaders),
            Middleware(MendedAddresses),
            Middleware(PageLimits),
            Middleware(RateLimits),
            Middleware(SignIn),
            Middleware(KeptAnswers),
            Middleware(UploadLimits),
            Middleware(GZipMiddleware, minimum_size=1000),
            Middleware(StaticCompression),
            Middleware(KnownPages),
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
    settings |= dict(_environment_settings())
    settings |= {"server.address": address, "server.port": port}
    for name, value in settings.items():
        streamlit_config.set_option(name, value)
    uvicorn.run(
        st.App(DASHBOARD_SCRIPT, **application_options()),
        host=address,
        port=port,
        http=WatchedHttp,
        ws=WatchedWebSocket,
        ws_max_size=MAX_PAGE_MESSAGE_BYTES,
        ws_ping_interval=PAGE_PING_INTERVAL,
        ws_ping_timeout=PAGE_PING_INTERVAL,
        ws_per_message_deflate=streamlit_config.get_option("server.enableWebsocketCompression"),
        ssl_certfile=streamlit_config.get_option("server.sslCertFile"),
        ssl_keyfile=streamlit_config.get_option("server.sslKeyFile"),
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        log_config=None,
        access_log=False,
        server_header=False,
    )


def _configure_logs() -> None:
    """Have the dashboard, Streamlit and its server write one log."""
    logs.configure()
    # Streamlit calls it for each of its loggers, also for later ones.
    streamlit_logger.setup_formatter = logs.adopt
    streamlit_logger.update_formatter()
    logging.captureWarnings(True)
    # The last two draw pictures.
    for name in ("asyncio", "py.warnings", "choreographer", "kaleido"):
        logs.adopt(logging.getLogger(name))


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


def _environment_settings() -> Iterator[tuple[str, Any]]:
    """Yield each setting in an environment variable of Streamlit, as its own command reads it."""
    for name, option in streamlit_config.get_config_options().items():
        text = os.environ.get(option.env_var)
        if text:
            convert = click.types.convert_type(option.type)
            parts = [convert(part) for part in (text.split() if option.multiple else [text])]
            yield name, parts if option.multiple else parts[0]


@contextlib.asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start the warm-up beside the first requests."""
    register_card_component(get_bidi_component_manager())
    logs.info("started", sign_in="on" if is_sign_in_configured() else "off")
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield
    logs.info("stopped")


def _log_page_error(error: Exception) -> None:
    """Log type and place of an error of a page, without its data."""
    *_, last = traceback.extract_tb(error.__traceback__)
    place = f"{Path(last.filename).name}:{last.lineno}"
    logs.warn("page failed", kind=type(error).__name__, place=place)
