"""The search over everything as JSON, with its part of the OpenAPI description."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from threats.content.search import RESULT_VIEWS, search
from threats.content.search_words import MAX_QUERY_LENGTH
from threats.dataset.model import Dataset
from threats.dataset.store import current_datasets
from threats.exports.urls import build_url
from threats.format import truncate
from threats.language import LANGUAGE_PARAM, LANGUAGES
from threats.server.routes.params import (
    BadRequestError,
    request_base_url,
    unknown_dataset_problems,
    unknown_language_problems,
)
from threats.server.routes.responses import etag_response, with_dataset
from threats.text import server as text
from threats.text.translate import _

_PARAMETERS = ("q", "dataset", LANGUAGE_PARAM)


@with_dataset
def serve_search(request: Request, dataset: Dataset) -> Response:
    """Answer with what a query finds, the best first: kind, id, label and address of each."""
    found = search(dataset, _requested_query(request))
    base = request_base_url(request)
    results = [
        {
            "kind": result.kind,
            "id": result.id,
            "label": result.label,
            "address": build_url(base, result.page, result.params),
        }
        for result in found.results
    ]
    body = json.dumps({"query": found.query, "results": results}, ensure_ascii=False)
    return etag_response(request, body.encode("utf-8"), "application/json")


def _requested_query(request: Request) -> str:
    """Return the query; raise BadRequestError without one, and for anything unknown."""
    params = request.query_params
    problems = [*unknown_dataset_problems(request), *unknown_language_problems(request)]
    for name in params:
        if name not in _PARAMETERS:
            problems.append(_(text.UNKNOWN_PARAMETER, name=truncate(name)))
        elif len(params.getlist(name)) > 1:
            problems.append(_(text.GIVEN_TWICE, name=name))
    if not params.get("q"):
        problems.append("q=")
    if problems:
        raise BadRequestError(list(dict.fromkeys(problems)))
    return params["q"]


def search_parameters() -> list[dict[str, Any]]:
    """Return the description of the parameters of the search by OpenAPI."""
    schemas: dict[str, dict[str, Any]] = {
        "q": {"type": "string", "minLength": 1},
        LANGUAGE_PARAM: {"type": "string", "enum": list(LANGUAGES)},
    }
    if len(current_datasets()) > 1:
        schemas["dataset"] = {"type": "string", "enum": list(current_datasets())}
    descriptions = text.PARAMETER_DESCRIPTIONS | {"q": text.QUERY_PARAMETER}
    return [
        {
            "name": name,
            "in": "query",
            "required": name == "q",
            "description": _(descriptions[name], length=MAX_QUERY_LENGTH),
            "schema": schema,
        }
        for name, schema in schemas.items()
    ]


_RESULT_SCHEMA = {
    "type": "object",
    "required": ["kind", "id", "label", "address"],
    "properties": {"kind": {"type": "string", "enum": list(RESULT_VIEWS)}},
    "additionalProperties": {"type": "string"},
}
SEARCH_SCHEMA = {
    "type": "object",
    "required": ["query", "results"],
    "properties": {
        "query": {"type": "string"},
        "results": {"type": "array", "items": _RESULT_SCHEMA},
    },
}
