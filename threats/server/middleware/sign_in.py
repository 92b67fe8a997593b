"""Sign-in with OpenID Connect: if it is configured, no data are served without it.

Streamlit sends the reader to the provider and stores the user in a signed cookie. This middleware
requires the cookie for all routes, so new routes are closed as well.
See https://docs.streamlit.io/develop/concepts/connections/authentication.
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
    SHORT_COOKIE_SECRET,
    SIGN_IN_INVITATION,
    SIGN_IN_LABEL,
    SIGN_IN_REQUIRED,
    SIGN_IN_WITH_LABEL,
    UNREADABLE_SECRETS,
    WRONG_REDIRECT_URI,
)
from threats.text.translate import _

SIGN_IN_PATH, CALLBACK_PATH = "/sign-in", "/oauth2callback"
# Sign-in, sign-out, health checks and files of the program: no data.
PUBLIC_PATHS = (
    SIGN_IN_PATH,
    CALLBACK_PATH,
    "/auth/login",
    "/auth/logout",
    "/healthz",
    "/_stcore/health",
)
PUBLIC_FOLDERS = ("/static/", "/reader/")
MIN_SECRET_LENGTH = 32  # the secret signs the cookie and must not be guessable
# The address to return to after sign-in; a longer one does not fit into a cookie.
RETURN_COOKIE, RETURN_COOKIE_MAX_AGE, MAX_RETURN_ADDRESS = "threats_back", 600, 3_000
_PAGE_TEMPLATE = Template(
    (Path(__file__).parent.parent / "templates" / "sign_in.html").read_text("utf-8")
)


class SignInError(Exception):
    """Sign-in is configured incorrectly; the message says how to correct it."""


def is_sign_in_configured() -> bool:
    """Return whether ``[auth]`` in Streamlit's secrets configures sign-in.

    Raises
    ------
    SignInError
        if the configuration cannot work: the dashboard must not start without sign-in then.
    """
    files = [path for path in config.get_option("secrets.files") if Path(path).exists()]
    if not files:
        return False
    if not secrets_singleton.load_if_toml_exists():
        raise SignInError(_(UNREADABLE_SECRETS, path=files[0]))
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
        raise SignInError(_(WRONG_REDIRECT_URI, path=CALLBACK_PATH))
    if len(get_cookie_secret()) < MIN_SECRET_LENGTH:
        raise SignInError(_(SHORT_COOKIE_SECRET, length=MIN_SECRET_LENGTH))
    return True


def identity_providers() -> list[str]:
    """Return the names of the identity providers; ``default`` for one without a name."""
    section = auth_util.get_secrets_auth_section()
    parts = [
        name for name, one in section.items() if isinstance(one, Mapping) and "client_id" in one
    ]
    return ["default", *parts] if "client_id" in section or not parts else parts


def signed_in_user(cookies: Mapping[str, str]) -> dict:
    """Return the user data in Streamlit's cookie.

    The result is empty if there is no cookie, or if it is forged, older than 31 days or for
    another address.
    """

    def signed(name: str) -> bytes | None:
        value = cookies.get(name, "").encode("latin-1", "replace")
        return decode_signed_value(get_cookie_secret(), name, value)

    cookie = auth_util.get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    user = json.loads(cookie) if cookie else {}
    origin = auth_util.get_origin_from_redirect_uri()
    valid = user.get("is_logged_in") is True and origin and user.get("origin") == origin
    return user if valid else {}


class SignIn:
    """ASGI middleware that requires sign-in, if it is configured.

    Requests without it get status 401. After sign-in it redirects to the requested URL.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Read once: a later change of the file must not switch sign-in off.
        self._on = is_sign_in_configured()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or require sign-in."""
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
    """Return an address of this dashboard that fits into the cookie, else its first page."""
    local = (
        re.fullmatch(r"/(?![/\\])[^\x00-\x20\x7f]*", address) and len(address) <= MAX_RETURN_ADDRESS
    )
    return address if local else "/"


def _start_login(request: Request) -> Response:
    """Redirect to the provider and store the address to return to."""
    provider, providers = request.query_params.get("provider", ""), identity_providers()
    provider = provider if provider in providers else providers[0]
    answer = RedirectResponse(generate_login_redirect_url(provider), 302)
    back = quote(_local_address(request.query_params.get("to", "/")), safe="")
    answer.set_cookie(RETURN_COOKIE, back, RETURN_COOKIE_MAX_AGE, httponly=True, samesite="lax")
    return answer


def _require_sign_in(request: Request) -> Response:
    headers = {"Cache-Control": "no-store"}
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"error": _(SIGN_IN_REQUIRED, path=SIGN_IN_PATH)}, 401, headers)
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
    label = _(SIGN_IN_WITH_LABEL, provider=named) if named else _(SIGN_IN_LABEL)
    return f'<p><a href="{html.escape(address)}">{html.escape(label)}</a></p>'


def _mark_private(send: Send) -> Send:
    """Wrap ``send`` to mark responses ``Cache-Control: private``."""

    async def send_marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            asked = headers.get("cache-control", "no-cache").replace("public", "private")
            if "private" not in asked and "no-store" not in asked:
                asked = f"private, {asked}"
            headers["cache-control"] = asked
        await send(message)

    return send_marked


def _redirect_back(send: Send, cookies: Mapping[str, str]) -> Send:
    """Wrap ``send`` so that Streamlit's redirect after sign-in leads to the requested URL."""

    async def send_redirected(message: Message) -> None:
        if message["type"] == "http.response.start" and RETURN_COOKIE in cookies:
            headers = MutableHeaders(scope=message)
            if "location" in headers:
                to = RedirectResponse(_local_address(unquote(cookies[RETURN_COOKIE])))
                to.delete_cookie(RETURN_COOKIE, httponly=True, samesite="lax")
                headers["location"] = to.headers["location"]
                headers.append("set-cookie", to.headers["set-cookie"])
        await send(message)

    return send_redirected
