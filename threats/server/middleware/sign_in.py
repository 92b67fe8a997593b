"""Sign-in by OpenID Connect, where it is configured: without it nothing of the data is answered.

Streamlit asks the provider and keeps who signed in within a signed cookie (``st.login``:
https://docs.streamlit.io/develop/concepts/connections/authentication). The same cookie is asked for
here by every route, so that one that is new is closed too.
"""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import auth_util, config
from streamlit.errors import StreamlitAuthError
from streamlit.runtime.secrets import secrets_singleton
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from threats.text.sign_in import (
    AUTHLIB_MISSING,
    SIGN_IN_INVITATION,
    SIGN_IN_LABEL,
    cookie_secret_message,
    redirect_uri_message,
    sign_in_required_message,
    sign_in_with_label,
    unreadable_secrets_message,
)
from threats.text.translate import _

SIGN_IN_PATH, CALLBACK_PATH = "/sign-in", "/oauth2callback"
# The way in and out, whether the server lives, and files of the program: nothing of the data.
PUBLIC_PATHS = (
    SIGN_IN_PATH,
    CALLBACK_PATH,
    "/auth/login",
    "/auth/logout",
    "/healthz",
    "/_stcore/health",
)
PUBLIC_FOLDERS = ("/static/", "/reader/")
MIN_SECRET_LENGTH = 32  # of the secret: what signs the cookie must not be guessed
# Where to go once signed in; what is longer would not fit into a cookie.
RETURN_COOKIE, RETURN_COOKIE_MAX_AGE, MAX_RETURN_ADDRESS = "threats_back", 600, 3_000
_PAGE_TEMPLATE = Template(
    (Path(__file__).parent.parent / "templates" / "sign_in.html").read_text("utf-8")
)


class SignInError(Exception):
    """Sign-in is configured in a way that cannot work; the text says how to mend it."""


def is_sign_in_configured() -> bool:
    """Return whether sign-in is configured, by ``[auth]`` in Streamlit's secrets.

    Raises SignInError where it is and cannot work, as who asks for sign-in must not get a dashboard
    without.
    """
    files = [path for path in config.get_option("secrets.files") if Path(path).exists()]
    if not files:
        return False
    if not secrets_singleton.load_if_toml_exists():
        raise SignInError(unreadable_secrets_message(str(files[0])))
    if "auth" not in secrets_singleton:
        return False
    if not auth_util.is_authlib_installed():
        raise SignInError(_(AUTHLIB_MISSING))
    try:
        for provider in identity_providers():
            auth_util.validate_auth_credentials(provider)
    except StreamlitAuthError as error:
        raise SignInError(" ".join(str(error).split())) from error
    if not auth_util.get_validated_redirect_uri():
        raise SignInError(redirect_uri_message(CALLBACK_PATH))
    if len(get_cookie_secret()) < MIN_SECRET_LENGTH:
        raise SignInError(cookie_secret_message(MIN_SECRET_LENGTH))
    return True


def identity_providers() -> list[str]:
    """Return the names of the identity providers; ``default`` for the one that has none."""
    section = auth_util.get_secrets_auth_section()
    parts = [
        name for name, one in section.items() if isinstance(one, Mapping) and "client_id" in one
    ]
    return ["default", *parts] if "client_id" in section or not parts else parts


def signed_in_user(cookies: Mapping[str, str]) -> dict:
    """Return what the provider says of the user whom Streamlit's cookie names; nothing where there
    is none, or it is forged, older than 31 days or made for another address."""

    def signed(name: str) -> bytes | None:
        value = cookies.get(name, "").encode("latin-1", "replace")
        return decode_signed_value(get_cookie_secret(), name, value)

    told = auth_util.get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    user = json.loads(told) if told else {}
    here = auth_util.get_origin_from_redirect_uri()
    known = user.get("is_logged_in") is True and here and user.get("origin") == here
    return user if known else {}


class SignIn:
    """ASGI middleware that answers with status 401 whoever is not signed in, and after sign-in
    leads to the address that was asked for; nothing where sign-in is not configured."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Now and for good, whatever becomes of the file; Streamlit knows by now where it is.
        self._on = is_sign_in_configured()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or ask for sign-in."""
        if not self._on or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path, cookies = scope["path"], HTTPConnection(scope).cookies
        user = signed_in_user(cookies)
        if path == SIGN_IN_PATH:
            await _start_login(Request(scope))(scope, receive, send)
        elif path == CALLBACK_PATH:
            await self.app(scope, receive, _redirect_back(send, cookies))
        elif path in PUBLIC_PATHS or path.startswith(PUBLIC_FOLDERS):
            await self.app({**scope, "anonymous": not user}, receive, send)
        elif user:
            await self.app(scope, receive, _mark_private(send))
        elif scope["type"] == "websocket":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            await _require_sign_in(Request(scope))(scope, receive, send)


def _local_address(address: str) -> str:
    """Return an address if it is one of this dashboard and short enough to be kept, else that of
    its first page."""
    own = (
        re.fullmatch(r"/(?![/\\])[^\x00-\x20\x7f]*", address) and len(address) <= MAX_RETURN_ADDRESS
    )
    return address if own else "/"


def _start_login(request: Request) -> Response:
    """Return the way to the provider, and keep where to go after it."""
    asked = request.query_params.get("provider", "")
    provider = asked if asked in identity_providers() else identity_providers()[0]
    answer = RedirectResponse(generate_login_redirect_url(provider), 302)
    back = quote(_local_address(request.query_params.get("to", "/")), safe="")
    answer.set_cookie(RETURN_COOKIE, back, RETURN_COOKIE_MAX_AGE, httponly=True, samesite="lax")
    return answer


def _require_sign_in(request: Request) -> Response:
    headers = {"Cache-Control": "no-store"}
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"error": sign_in_required_message(SIGN_IN_PATH)}, 401, headers)
    query = request.scope["query_string"].decode("latin-1")
    to = quote(quote(request.scope["path"]) + (f"?{query}" if query else ""), safe="")
    page = _PAGE_TEMPLATE.substitute(
        title=html.escape(_(SIGN_IN_LABEL)),
        invitation=html.escape(_(SIGN_IN_INVITATION)),
        links="".join(_provider_link(name, to) for name in identity_providers()),
    )
    return HTMLResponse(page, 401, headers)


def _provider_link(provider: str, return_to: str) -> str:
    named = "" if provider == "default" else provider
    address = f"{SIGN_IN_PATH}?to={return_to}" + (f"&provider={quote(named)}" if named else "")
    label = html.escape(sign_in_with_label(named))
    return f'<p><a href="{html.escape(address)}">{label}</a></p>'


def _mark_private(send: Send) -> Send:
    """Return a way to answer by which no cache between keeps for others what a user may see."""

    async def answered(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            asked = headers.get("cache-control", "no-cache").replace("public", "private")
            if "private" not in asked and "no-store" not in asked:
                asked = f"private, {asked}"
            headers["cache-control"] = asked
        await send(message)

    return answered


def _redirect_back(send: Send, cookies: Mapping[str, str]) -> Send:
    """Return a way to answer by which Streamlit's way from the provider to the first page leads to
    the address that was asked for."""

    async def answered(message: Message) -> None:
        if message["type"] == "http.response.start" and RETURN_COOKIE in cookies:
            headers = MutableHeaders(scope=message)
            if "location" in headers:
                to = RedirectResponse(_local_address(unquote(cookies[RETURN_COOKIE])))
                to.delete_cookie(RETURN_COOKIE, httponly=True, samesite="lax")
                headers["location"] = to.headers["location"]
                headers.append("set-cookie", to.headers["set-cookie"])
        await send(message)

    return answered
