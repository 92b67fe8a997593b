"""The cookies of sign-in: read as signed, and kept small."""

import json
from collections.abc import Iterable, Mapping
from http.cookies import SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from streamlit import auth_util
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    decode_signed_value,
)
from streamlit.web.server.starlette.starlette_server_config import (
    AUTH_COOKIE_MAX_AGE_SECONDS,
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

# What the pages use. All else, such as hundreds of groups, would not fit into the cookies.
KEPT_CLAIMS = ("sub", "name", "email", "email_verified", "is_logged_in", "origin", "provider")
MAX_CLAIM_LENGTH = 300
# With it the provider signs out without a question.
KEPT_TOKEN, MAX_TOKEN_LENGTH = "id_token", 2_000


def signed_in_user(cookies: Mapping[str, str]) -> dict:
    """Return the user data in Streamlit's cookie.

    The result is empty if there is no cookie, or if it is forged, older than 31 days or for
    another address.
    """
    user = _read_cookie(cookies, USER_COOKIE_NAME)
    origin = auth_util.get_origin_from_redirect_uri()
    valid = user.get("is_logged_in") is True and origin and user.get("origin") == origin
    return user if valid else {}


def shrink_cookies(headers: MutableHeaders, sent: Iterable[str]) -> bool:
    """Replace the cookies that Streamlit sets after sign-in by small ones; return whether there
    are any. Delete those that the reader ``sent`` and no longer needs."""
    given = {
        name: morsel.value
        for header in headers.getlist("set-cookie")
        for name, morsel in SimpleCookie(header).items()
    }
    user = signed_in_user(given)
    if not user:
        return False
    token = _read_cookie(given, TOKENS_COOKIE_NAME).get(KEPT_TOKEN, "")
    kept = {USER_COOKIE_NAME: {name: _cut(user[name]) for name in KEPT_CLAIMS if name in user}}
    if 0 < len(token) <= MAX_TOKEN_LENGTH:
        kept[TOKENS_COOKIE_NAME] = {KEPT_TOKEN: token}
    cookies = Response()
    for name, value in kept.items():
        signed = create_signed_value(get_cookie_secret(), name, json.dumps(value)).decode()
        cookies.set_cookie(name, signed, AUTH_COOKIE_MAX_AGE_SECONDS, httponly=True, samesite="lax")
    others = [
        header
        for header in headers.getlist("set-cookie")
        if not header.startswith(USER_COOKIE_NAME)
    ]
    delete_cookies(cookies, [name for name in sent if name not in kept])
    del headers["set-cookie"]
    for header in [*others, *cookies.headers.getlist("set-cookie")]:
        headers.append("set-cookie", header)
    return True


def delete_cookies(response: Response, sent: Iterable[str]) -> None:
    """Delete the cookies of sign-in among those that the reader sent."""
    for name in sent:
        if name.startswith(USER_COOKIE_NAME):
            response.delete_cookie(name, httponly=True, samesite="lax")


def _read_cookie(cookies: Mapping[str, str], name: str) -> dict:
    def signed(part: str) -> bytes | None:
        value = cookies.get(part, "").encode("latin-1", "replace")
        return decode_signed_value(get_cookie_secret(), part, value)

    cookie = auth_util.get_cookie_with_chunks(signed, name)
    return json.loads(cookie) if cookie else {}


def _cut(value: object) -> object:
    return value[:MAX_CLAIM_LENGTH] if isinstance(value, str) else value
