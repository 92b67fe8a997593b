"""Error responses: JSON for programs, a plain page for readers."""

import html

from starlette.responses import HTMLResponse, JSONResponse, Response

from threats.language import language_id
from threats.text.server import (
    BACK_HINT,
    PAGE_NOT_FOUND_MESSAGE,
    START_LINK,
    error_title,
    reload_hint,
)
from threats.text.translate import _

PROGRAM_PATHS = ("/api/", "/files/")
_ERROR_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.1rem/1.5 sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }}
</style>
</head>
<body><main>
<h1>{title}</h1>
<p>{reason}</p>
<p>{hint}</p>{link}
</main></body>
</html>
"""


def error_response(
    path: str, status: int, reason: str, retry_after: int = 0, start: str = "", **facts: object
) -> Response:
    """Return an error: for program paths ``reason`` and ``facts`` as JSON, else a page.

    ``retry_after`` is the number of seconds after which to try again, ``start`` the relative
    address of the start page, if the page links to it.
    """
    headers = {"Cache-Control": "no-store"}
    if retry_after:
        headers["Retry-After"] = str(retry_after)
    if path.startswith(PROGRAM_PATHS):
        return JSONResponse({"error": reason, **facts}, status, headers=headers)
    hints = [reload_hint(retry_after), _(BACK_HINT)] if retry_after else [_(BACK_HINT)]
    page = _ERROR_PAGE.format(
        language=language_id(),
        title=html.escape(error_title(status, retry_after)),
        reason=html.escape(reason),
        hint=html.escape(" ".join(hints)),
        link=_start_link(start),
    )
    return HTMLResponse(page, status, headers=headers)


def page_not_found_response(start: str) -> Response:
    """Return that there is no page at an address, with a link to the start page; ``start`` is its
    relative address."""
    return error_response("", 404, _(PAGE_NOT_FOUND_MESSAGE), start=start)


def _start_link(start: str) -> str:
    if not start:
        return ""
    return f'\n<p><a href="{html.escape(start)}">{html.escape(_(START_LINK))}</a></p>'
