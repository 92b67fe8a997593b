"""Responses that routes share: cached by ETag, and errors."""

import functools
import hashlib
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from threats.dataset.addresses import relative_root
from threats.dataset.editions import archived_editions
from threats.dataset.model import Dataset, DatasetError
from threats.dataset.own_meetings import UnknownSessionError
from threats.exports.chrome import time_budget
from threats.format import truncate
from threats.server.errors import error_response
from threats.server.routes.params import (
    BadRequestError,
    UnknownEditionError,
    nearest_dataset,
    requested_dataset,
    session_dataset,
)
from threats.text.own_meetings import SESSION_ENDED_MESSAGE
from threats.text.server import (
    NOT_FOUND_MESSAGE,
    UNKNOWN_MESSAGE,
    dataset_errors_hint,
    unknown_edition_message,
)
from threats.text.translate import _


def with_dataset(function: Callable) -> Callable:
    """Return an endpoint that passes the dataset to ``function`` and answers its errors.

    Status 404: the edition of the request is not archived.
    """
    return _endpoint(function, requested_dataset)


def with_nearest_dataset(function: Callable) -> Callable:
    """Return an endpoint like ``with_dataset`` that passes the current edition if the one of the
    request is not archived; what it answers has to say so."""
    return _endpoint(function, nearest_dataset)


def with_session_dataset(function: Callable) -> Callable:
    """Return an endpoint like ``with_dataset`` that passes the dataset of a session if the request
    names one. Status 404: the session has ended."""
    return _endpoint(function, session_dataset)


def _endpoint(function: Callable, find: Callable[[Request], Dataset]) -> Callable:

    @functools.wraps(function)
    def endpoint(request: Request) -> Response:
        try:
            with time_budget():
                return function(request, find(request))
        except DatasetError as error:
            hint = dataset_errors_hint(len(error.problems))
            return error_response(request.url.path, 503, hint)
        except UnknownEditionError as error:
            known = [*archived_editions(error.dataset), error.dataset.descriptor["version"]]
            message = unknown_edition_message(truncate(error.version), known)
            return error_response(request.url.path, 404, message)
        except UnknownSessionError:
            return error_response(request.url.path, 404, _(SESSION_ENDED_MESSAGE))
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
    path = request.url.path
    return error_response(path, 404, _(NOT_FOUND_MESSAGE), start=relative_root(path))
