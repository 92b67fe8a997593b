"""Security headers of every response, and the closed addresses of Streamlit.

The headers block scripts and requests of other hosts, content sniffing and frames on other sites.
"""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from threats.text.server import NOT_FOUND
from threats.text.translate import _

# Counts of sessions and memory, and an interface for programs to drive the pages.
BLOCKED_PATHS = ("_stcore/metrics", "_stcore/agent/", "_stcore/script-health-check")
EMBED_PATH = "/embed/"
PLAIN_HTML_PATHS = (EMBED_PATH, "/print/", "/download/", "/take/")


def _inline_script_hashes() -> str:
    """Return the hashes that allow only the scripts inside Streamlit's own HTML."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


# Streamlit and Plotly set many styles by script, so these cannot be listed one by one.
_PAGE_POLICY = (
    "default-src 'none'",
    f"script-src 'self' {_inline_script_hashes()}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "frame-ancestors 'self'",
)
_PLAIN_HTML_POLICY = (
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
)
CONTENT_SECURITY_POLICIES = {
    "page": "; ".join(_PAGE_POLICY),
    "plain": "; ".join([*_PLAIN_HTML_POLICY, "frame-ancestors 'self'"]),
    # No frame-ancestors: even * would exclude pages opened from a disk.
    "embedded": "; ".join([*_PLAIN_HTML_POLICY, "script-src 'self'"]),
}
COMMON_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # A source page sees that its reader came from here, but not the filter.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """ASGI middleware that sets the headers of every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete the headers of its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope.get("path", "")

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in COMMON_HEADERS.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = content_security_policy(path)
            await send(message)

        if any(part in path for part in BLOCKED_PATHS):
            await PlainTextResponse(_(NOT_FOUND), 404)(scope, receive, completed)
            return
        await self.app(scope, receive, completed)


def content_security_policy(path: str) -> str:
    """Return the Content-Security-Policy of an address."""
    if not path.startswith(PLAIN_HTML_PATHS):
        return CONTENT_SECURITY_POLICIES["page"]
    return CONTENT_SECURITY_POLICIES["embedded" if path.startswith(EMBED_PATH) else "plain"]
