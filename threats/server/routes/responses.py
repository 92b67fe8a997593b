"""Answers that routes share: cached by ETag, errors in words."""

import functools
import hashlib
import inspect
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from threats.dataset.model import DatasetError
from threats.exports.chrome import time_budget
from threats.server.errors import error_response
from threats.server.routes.params import BadRequestError, requested_dataset


def with_dataset(function: Callable) -> Callable:
    """Return an endpoint that gives ``function`` the dataset, and answers errors in words."""

    @functools.wraps(function)
    def endpoint(request: Request) -> Response:
        try:
            with time_budget():
                return function(request, requested_dataset(request))
        except DatasetError as error:
            told = f"The dataset has {len(error.problems)} problems; run threats check."
            return error_response(request.url.path, 503, told)
        except BadRequestError as error:
            told = "Not known here: " + "; ".join(error.problems)
            return error_response(request.url.path, 400, told, problems=error.problems)

    endpoint.__signature__ = inspect.signature(endpoint, follow_wrapped=False)
    return endpoint


def etag_response(request: Request, body: bytes, media_type: str, file_name: str = "") -> Response:
    """Return an answer with an ETag, or 304 where the asker has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if tag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=304, headers=headers)
    if file_name:
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return Response(body, media_type=media_type, headers=headers)


def not_found_response(request: Request) -> Response:
    """Return that there is nothing at this address."""
    told = "Nothing is here; /api/openapi.json lists what there is."
    return error_response(request.url.path, 404, told)
