"""What every answer tells the browser to refuse: scripts and requests of other hosts, guesses at
types, frames elsewhere; and addresses of Streamlit that are nobody's business."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Counts of sessions and memory, and a way to drive the pages by a program.
CLOSED = ("_stcore/metrics", "_stcore/agent/", "_stcore/script-health-check")
EMBEDDED = "/embed/"
PLAIN = (EMBEDDED, "/print/", "/take/")


def _inline_scripts() -> str:
    """Return the sources that allow the scripts inside Streamlit's own HTML and no others."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


# Styles are set by script all over Streamlit and Plotly, so that they cannot be named one by one.
_PAGE = (
    "default-src 'none'",
    f"script-src 'self' {_inline_scripts()}",
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
_PLAIN_PAGE = (
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
)
POLICIES = {
    "page": "; ".join(_PAGE),
    "plain": "; ".join([*_PLAIN_PAGE, "frame-ancestors 'self'"]),
    # Nothing said of frames: a star would leave out pages that lie on a disk.
    "embedded": "; ".join(_PLAIN_PAGE),
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # A source page learns that its reader came from here, and not what was filtered.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Headers:
    """ASGI middleware that sets them on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and complete the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope.get("path", "")

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = policy_of(path)
            await send(message)

        if any(part in path for part in CLOSED):
            await PlainTextResponse("Not found", 404)(scope, receive, completed)
            return
        await self.app(scope, receive, completed)


def policy_of(path: str) -> str:
    """Return the Content-Security-Policy for what is at an address."""
    if not path.startswith(PLAIN):
        return POLICIES["page"]
    return POLICIES["embedded" if path.startswith(EMBEDDED) else "plain"]
