"""Sign-in with OpenID Connect: if it is configured, no data are served without it.

Streamlit sends the reader to the provider and stores the user in a signed cookie. This middleware
requires the cookie for all routes, so new routes are closed as well.
See https://docs.streamlit.io/develop/concepts/connections/authentication.
"""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import auth_util, config
from streamlit.errors import StreamlitAuthError
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import get_cookie_secret

from threats.server.middleware.rate_limits import SIGN_OUT_PATH
from threats.server.middleware.sign_in_answers import (
    SIGN_IN_PATH,
    ask_provider,
    finish_sign_in,
    identity_providers,
    require_sign_in_response,
    sign_out,
    start_sign_in,
)
from threats.server.middleware.sign_in_cookies import signed_in_user
from threats.text.sign_in import (
    AUTHLIB_MISSING,
    SHORT_COOKIE_SECRET,
    UNREADABLE_SECRETS,
    WRONG_REDIRECT_URI,
)
from threats.text.translate import _

CALLBACK_PATH = "/oauth2callback"
# Steps of sign-in that Streamlit answers.
_STEPS = {
    "/auth/login": ask_provider,
    CALLBACK_PATH: finish_sign_in,
    SIGN_OUT_PATH: sign_out,
}
# Health checks and files of the program: no data. Sign-in itself is open as well.
PUBLIC_PATHS = ("/healthz", "/_stcore/health")
PUBLIC_FOLDERS = ("/static/", "/reader/")
MIN_SECRET_LENGTH = 32  # the secret signs the cookie and must not be guessable


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
        path, user = scope["path"], signed_in_user(HTTPConnection(scope).cookies)
        if scope["type"] == "websocket":
            await (self.app if user else WebSocketClose(1008))(scope, receive, send)
        elif path in _STEPS:
            await _STEPS[path](self.app, scope, receive, send)
        elif path == SIGN_IN_PATH:
            await start_sign_in(Request(scope))(scope, receive, send)
        elif path in PUBLIC_PATHS or path.startswith(PUBLIC_FOLDERS):
            await self.app({**scope, "anonymous": not user}, receive, send)
        elif user:
            await self.app(scope, receive, _mark_private(send))
        else:
            await require_sign_in_response(Request(scope))(scope, receive, send)


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
