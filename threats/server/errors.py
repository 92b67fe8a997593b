"""Answers that say no: words for programs as JSON, for readers as a plain page."""

import html

from starlette.responses import HTMLResponse, JSONResponse, Response

PROGRAM_PATHS = ("/api/", "/files/")
_ERROR_PAGE = """<!doctype html>
<html lang="en">
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
<p>{why}</p>
<p>{then}</p>
</main></body>
</html>
"""


def error_response(
    path: str, status: int, reason: str, retry_after: int = 0, **facts: object
) -> Response:
    """Return an answer of this status to what was asked for at a path: to a program ``error`` and
    ``facts`` as JSON, to a reader a page; ``wait`` are the seconds after which to ask again."""
    headers = {
        "Cache-Control": "no-store",
        **({"Retry-After": str(retry_after)} if retry_after else {}),
    }
    if path.startswith(PROGRAM_PATHS):
        return JSONResponse({"error": reason, **facts}, status, headers=headers)
    then = "Your browser's Back leads to where you came from."
    page = _ERROR_PAGE.format(
        title=_error_title(status, retry_after),
        why=html.escape(reason),
        then=f"Reload this page in {retry_after} seconds. {then}" if retry_after else then,
    )
    return HTMLResponse(page, status, headers=headers)


def _error_title(status: int, retry_after: int) -> str:
    if retry_after:
        return "Please try again"
    return "There is no such thing here" if status < 500 else "This could not be made"
