"""Responses that routes share: cached by ETag, and errors."""

import functools
import hashlib
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from threats.dataset.model import DatasetError
from threats.exports.chrome import time_budget
from threats.server.errors import error_response
from threats.server.routes.params import BadRequestError, requested_dataset
from threats.text.server import NOT_FOUND_MESSAGE, UNKNOWN_MESSAGE, dataset_errors_hint
from threats.text.translate import _


def with_dataset(function: Callable) -> Callable:
    """Return an endpoint that passes the dataset to ``function`` and answers its errors."""

    @functools.wraps(function)
    def endpoint(request: Request) -> Response:
        try:
            with time_budget():
                return function(request, requested_dataset(request))
        except DatasetError as error:
            hint = dataset_errors_hint(len(error.problems))
            return error_response(request.url.path, 503, hint)
        except BadRequestError as error:
            message = _(UNKNOWN_MESSAGE, problems="; ".join(error.problems))
            return error_response(request.url.path, 400, message, problems=error.problems)

    return endpoint


def etag_response(request: Request, body: bytes, media_type: str, file_name: str = "") -> Response:
    """Return a response with an ETag, or 304 if the client has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if tag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=304, headers=headers)
    if file_name:
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return Response(body, media_type=media_type, headers=headers)


def not_found_response(request: Request) -> Response:
    """Return an error for an address with nothing."""
    return error_response(request.url.path, 404, _(NOT_FOUND_MESSAGE))
