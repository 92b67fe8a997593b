"""The Atom feed of new meetings and changed findings, for any filter."""

from starlette.requests import Request
from starlette.responses import Response

from threats.dataset.model import Dataset
from threats.exports.feed import FEED_TYPE, to_atom
from threats.server.routes.params import parse_request_strict
from threats.server.routes.responses import etag_response, with_dataset


@with_dataset
def serve_feed(request: Request, dataset: Dataset) -> Response:
    """Answer with the feed of a filter; status 400 names what is unknown in it."""
    requested = parse_request_strict(request, "meetings", dataset)
    return etag_response(request, to_atom(requested.view), FEED_TYPE)
