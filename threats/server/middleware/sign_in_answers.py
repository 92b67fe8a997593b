"""Answers of sign-in and sign-out: where they lead, reasons of a refusal, and always signed out."""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import auth_util
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette.starlette_server_config import SESSION_COOKIE_NAME

from threats import logs
from threats.server.middleware.sign_in_cookies import (
    delete_cookies,
    shrink_cookies,
    signed_in_user,
)
from threats.text import sign_in as text
from threats.text.translate import _

SIGN_IN_PATH = "/sign-in"
# The address to return to after sign-in; a longer one does not fit into a cookie.
RETURN_COOKIE, RETURN_COOKIE_MAX_AGE, MAX_RETURN_ADDRESS = "threats_back", 600, 3_000
_REFUSALS = {
    "access_denied": text.ACCESS_DENIED,
    "temporarily_unavailable": text.PROVIDER_UNREACHABLE,
    "server_error": text.PROVIDER_UNREACHABLE,
}
_PAGE_TEMPLATE = Template(
    (Path(__file__).parent.parent / "templates" / "sign_in.html").read_text("utf-8")
)


def identity_providers() -> list[str]:
    """Return the names of the identity providers; ``default`` for one without a name."""
    section = auth_util.get_secrets_auth_section()
    parts = [
        name for name, one in section.items() if isinstance(one, Mapping) and "client_id" in one
    ]
    return ["default", *parts] if "client_id" in section or not parts else parts


def require_sign_in_response(request: Request) -> Response:
    """Return status 401: for a browser the page that offers to sign in."""
    if "text/html" not in request.headers.get("accept", ""):
        body = {"error": _(text.SIGN_IN_REQUIRED, path=SIGN_IN_PATH)}
        return JSONResponse(body, 401, {"Cache-Control": "no-store"})
    query = request.scope["query_string"].decode("latin-1")
    to = quote(request.scope["path"]) + (f"?{query}" if query else "")
    return _sign_in_page(401, _(text.SIGN_IN_LABEL), _(text.SIGN_IN_INVITATION), to)


def start_sign_in(request: Request) -> Response:
    """Redirect to the provider and store the address to return to."""
    provider, providers = request.query_params.get("provider", ""), identity_providers()
    provider = provider if provider in providers else providers[0]
    answer = RedirectResponse(generate_login_redirect_url(provider), 302)
    back = quote(_local_address(request.query_params.get("to", "/")), safe="")
    answer.set_cookie(RETURN_COOKIE, back, RETURN_COOKIE_MAX_AGE, httponly=True, samesite="lax")
    return answer


async def ask_provider(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Have Streamlit send the reader to the provider, or say that the provider does not answer."""
    answer = await _collect(app, scope, receive)
    if answer.status_code >= 400:
        answer = _failure_page(HTTPConnection(scope), text.PROVIDER_UNREACHABLE)
    await answer(scope, receive, send)


async def finish_sign_in(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the request with which the provider sends the reader back.

    Streamlit always redirects to the first page. This answer leads to the requested address with
    small cookies, or says why nobody is signed in.
    """
    request = HTTPConnection(scope)
    answer = await _collect(app, scope, receive)
    signed_in = shrink_cookies(answer.headers, request.cookies)
    came_from_provider = {"code", "error"} & {*request.query_params}
    if came_from_provider and not signed_in and not signed_in_user(request.cookies):
        code = request.query_params.get("error", "")
        reason = _REFUSALS.get(code, text.SIGN_IN_REFUSED if code else text.SIGN_IN_INCOMPLETE)
        answer = _failure_page(request, reason)
    elif RETURN_COOKIE in request.cookies and "location" in answer.headers:
        to = RedirectResponse(_return_address(request))
        answer.headers["location"] = to.headers["location"]
        answer.delete_cookie(RETURN_COOKIE, httponly=True, samesite="lax")
    await answer(scope, receive, send)


async def sign_out(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Sign out at the provider as Streamlit does; delete the cookies whatever comes of it."""
    answer = await _collect(app, scope, receive)
    if answer.status_code >= 400:
        answer = RedirectResponse("/", 302)
    delete_cookies(answer, HTTPConnection(scope).cookies)
    await answer(scope, receive, send)


async def _collect(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """Return the complete response of an application."""
    messages: list[Message] = []

    async def collect(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, collect)
    start, *parts = messages
    answer = Response(b"".join(part.get("body", b"") for part in parts), start["status"])
    answer.raw_headers = MutableHeaders(raw=[*start["headers"]]).raw
    return answer


def _failure_page(request: HTTPConnection, reason: str) -> Response:
    """Return the page that says why sign-in failed, with a way to start again.

    Sign-ins that were started and never finished fill a cookie, which is deleted.
    """
    code = request.query_params.get("error", "")
    code = code if re.fullmatch(r"[a-z_]{1,40}", code) else "-"
    logs.warn("sign-in failed", error=code)
    answer = _sign_in_page(
        400, _(text.SIGN_IN_FAILED), _(reason, code=code), _return_address(request)
    )
    answer.delete_cookie(SESSION_COOKIE_NAME, httponly=True, samesite="lax")
    return answer


def _sign_in_page(status: int, title: str, reason: str, to: str) -> Response:
    page = _PAGE_TEMPLATE.substitute(
        title=html.escape(title),
        invitation=html.escape(reason),
        links="".join(_provider_link(name, quote(to, safe="")) for name in identity_providers()),
    )
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})


def _provider_link(provider: str, return_to: str) -> str:
    named = "" if provider == "default" else provider
    address = f"{SIGN_IN_PATH}?to={return_to}" + (f"&provider={quote(named)}" if named else "")
    label = _(text.SIGN_IN_WITH_LABEL, provider=named) if named else _(text.SIGN_IN_LABEL)
    return f'<p><a href="{html.escape(address)}">{html.escape(label)}</a></p>'


def _return_address(request: HTTPConnection) -> str:
    return _local_address(unquote(request.cookies.get(RETURN_COOKIE, "/")))


def _local_address(address: str) -> str:
    """Return an address of this dashboard that fits into the cookie, else its first page."""
    local = (
        re.fullmatch(r"/(?![/\\])[^\x00-\x20\x7f]*", address) and len(address) <= MAX_RETURN_ADDRESS
    )
    return address if local else "/"
