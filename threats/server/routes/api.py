"""The API: figures as CSV and JSON, with their OpenAPI 3.1 description."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from threats import __version__
from threats.content.builder import build_chart, empty_figures
from threats.content.meetings import meetings_figure_table
from threats.content.model import FigureTable
from threats.content.options import OPTIONS, Option, date_limits, option_labels
from threats.content.registry import options_on
from threats.dataset.model import Dataset
from threats.dataset.store import current_datasets
from threats.exports.tables import describe_figures, to_csv
from threats.exports.urls import View, file_name
from threats.format import truncate
from threats.language import LANGUAGE_PARAM, LANGUAGES
from threats.server.routes.params import BadRequestError, RequestView, parse_request_strict
from threats.server.routes.responses import etag_response, not_found_response, with_dataset
from threats.server.routes.search import SEARCH_SCHEMA, search_parameters
from threats.stats.filters import REACHES, READ_IN_FULL, Selection, filter_choices, year_bounds
from threats.stats.selection import Selected, select
from threats.text import server as text
from threats.text.translate import _

# Of each address: the page whose parameters it takes, and the chart whose figures it gives.
API_FIGURES = {
    "attention": ("trends", "attention-by-year"),
    "change": ("trends", "then-and-now"),
    "shift": ("covid", "shift-by-era"),
    "period-change": ("covid", "change-by-period"),
    "compare": ("regions", "compare"),
    "meetings": ("meetings", None),
}
# Where the CSV of figures says title, filter, source and address: in every row, or not at all.
ABOUT_PARAM, ABOUT_PLACES = "about", ("rows", "none")


def _figure_table(name: str, request_view: RequestView) -> FigureTable:
    _page, chart = API_FIGURES[name]
    selected = request_view.view.selected
    if chart is None:
        return meetings_figure_table(selected)
    drawn = None if selected.empty else build_chart(chart, selected, request_view.values)
    return drawn or empty_figures(chart, selected)


def figures_to_json(figures: FigureTable, view: View) -> bytes:
    """Return figures as JSON: title, filter and source, and rows; unknown values are null."""
    rows = json.loads(figures.table.to_json(orient="records", double_precision=15))
    answer = describe_figures(figures, view) | {"rows": rows}
    return json.dumps(answer, ensure_ascii=False).encode("utf-8")


@with_dataset
def serve_figures(request: Request, dataset: Dataset) -> Response:
    """Answer with figures as CSV or JSON."""
    name, suffix = request.path_params["name"], request.path_params["suffix"]
    if name not in API_FIGURES or suffix not in ("csv", "json"):
        return not_found_response(request)
    extra = (ABOUT_PARAM,) if suffix == "csv" else ()
    requested = parse_request_strict(request, API_FIGURES[name][0], dataset, *extra)
    about = request.query_params.get(ABOUT_PARAM, ABOUT_PLACES[0])
    if about not in ABOUT_PLACES:
        raise BadRequestError([f"{ABOUT_PARAM}={truncate(about)}"])
    table, view = _figure_table(name, requested), requested.view
    if suffix == "json":
        return etag_response(request, figures_to_json(table, view), "application/json")
    body = to_csv(table, view, about_in_rows=about == ABOUT_PLACES[0])
    return etag_response(request, body, "text/csv", file_name(table.name, view, "csv"))


@with_dataset
def serve_openapi(request: Request, dataset: Dataset) -> Response:
    """Answer with the OpenAPI description of these addresses."""
    body = json.dumps(build_openapi(dataset), ensure_ascii=False, indent=1).encode("utf-8")
    return etag_response(request, body, "application/json")


def build_openapi(dataset: Dataset) -> dict[str, Any]:
    """Return the description of the addresses by OpenAPI 3.1 (https://spec.openapis.org/oas/)."""
    errors: dict[str, dict[str, Any]] = {
        "304": {"description": _(text.UNCHANGED_ANSWER)},
        "400": _json_answer(text.UNKNOWN_ANSWER, _ERROR_SCHEMA),
        "404": _json_answer(text.UNKNOWN_EDITION_ANSWER, _ERROR_SCHEMA),
        "503": _json_answer(text.INVALID_DATASET_ANSWER, _ERROR_SCHEMA),
    }
    answers: dict[str, dict[str, Any]] = {
        "csv": {
            "description": _(text.CSV_ANSWER),
            "content": {"text/csv": {"schema": {"type": "string"}}},
        },
        "json": _json_answer(text.JSON_ANSWER, _FIGURES_SCHEMA),
    }
    paths: dict[str, Any] = {
        f"/api/{name}.{suffix}": {
            "get": {
                "operationId": f"{name.replace('-', '_')}_{suffix}",
                "summary": _(text.API_SUMMARIES[name]),
                "parameters": _query_parameters(page, dataset, suffix),
                "responses": {"200": answer, **errors},
            }
        }
        for name, (page, _chart) in API_FIGURES.items()
        for suffix, answer in answers.items()
    }
    return {
        "openapi": "3.1.0",
        "info": _openapi_info(dataset),
        "paths": paths | _other_paths(errors),
    }


def _openapi_info(dataset: Dataset) -> dict[str, Any]:
    return {
        "title": _(text.API_TITLE, dataset=dataset.descriptor["title"]),
        "version": __version__,
        "description": _(text.API_DESCRIPTION),
        "license": {"name": dataset.licence},
    }


def _other_paths(errors: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the description of the addresses that give no figures."""
    search = {
        "operationId": "search",
        "summary": _(text.API_SUMMARIES["search"]),
        "parameters": search_parameters(),
        "responses": {"200": _json_answer(text.SEARCH_ANSWER, SEARCH_SCHEMA), **errors},
    }
    description = {
        "operationId": "openapi",
        "summary": _(text.API_SUMMARIES["openapi"]),
        "responses": {"200": _json_answer(text.OPENAPI_ANSWER, {"type": "object"})},
    }
    return {"/api/search.json": {"get": search}, "/api/openapi.json": {"get": description}}


def _query_parameters(page: str, dataset: Dataset, suffix: str) -> list[dict[str, Any]]:
    """Return the description of the parameters of a page: filter and options."""
    first, last = year_bounds(dataset)
    schemas: dict[str, dict[str, Any]] = {
        "years": _YEARS_SCHEMA,
        "reach": _enum_schema(list(REACHES)),
        "courses": _enum_schema(["yes", "no"]),
        "reading": _enum_schema([READ_IN_FULL]),
    }
    datasets = list(current_datasets())
    parameters = []
    if len(datasets) > 1:
        parameters.append(_filter_parameter("dataset", _enum_schema(datasets)))
    parameters.append(_filter_parameter("version", _TEXT_SCHEMA))
    parameters.append(_filter_parameter(LANGUAGE_PARAM, _enum_schema(list(LANGUAGES))))
    for name, labels in filter_choices(dataset).items():
        parameters.append(_repeated(_filter_parameter(name, _enum_schema(list(labels)))))
    parameters += [_filter_parameter(name, schema) for name, schema in schemas.items()]
    parameters[-len(schemas)]["example"] = f"{first}-{last}"
    selected = select(dataset, Selection())
    options = [_option_parameter(OPTIONS[name], selected) for name in options_on(page)]
    about = _parameter(ABOUT_PARAM, _(text.ABOUT_PARAMETER), _enum_schema(list(ABOUT_PLACES)))
    return [*parameters, *options, *([about] if suffix == "csv" else [])]


def _filter_parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return _parameter(name, _(text.PARAMETER_DESCRIPTIONS[name]), schema)


def _option_parameter(option: Option, selected: Selected) -> dict[str, Any]:
    """Return the description of an option of a page."""
    if option.kind == "day":
        first, last = date_limits(selected)
        label = _(text.DATE_PARAMETER, label=option.label, first=first, last=last)
        return _parameter(option.name, label, {"type": "string", "format": "date"})
    if option.kind == "years":
        return _parameter(option.name, option.label, _YEARS_SCHEMA)
    schema = _enum_schema(list(option_labels(option, selected)))
    if option.kind == "values":
        # Which ids it takes depends on another option.
        return _repeated(_parameter(option.name, _(text.VALUES_PARAMETER), _TEXT_SCHEMA))
    parameter = _parameter(option.name, option.label, schema)
    return _repeated(parameter) if option.repeatable else parameter


def _enum_schema(values: list[str]) -> dict[str, Any]:
    # An empty list would forbid every value, and is no valid description.
    return {"type": "string", "enum": values} if values else _TEXT_SCHEMA


def _parameter(name: str, label: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": label, "schema": schema}


def _repeated(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter that takes several values."""
    return parameter | {
        "description": _(text.REPEATABLE_PARAMETER, label=parameter["description"]),
        "schema": {"type": "array", "items": parameter["schema"]},
        "explode": True,
    }


def _json_answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": _(description), "content": {"application/json": {"schema": schema}}}


_TEXT_SCHEMA = {"type": "string", "minLength": 1}  # a parameter without a value is refused
_YEARS_SCHEMA = {"type": "string", "pattern": r"^\d{4}(-\d{4})?$"}
_TEXTS_SCHEMA = {"type": "array", "items": {"type": "string"}}
_FIGURES_SCHEMA = {
    "type": "object",
    "required": ["title", "filter", "source", "data_version", "address", "rows"],
    "properties": {
        "notes": _TEXTS_SCHEMA,
        "rows": {"type": "array", "items": {"type": "object"}},
    },
    "additionalProperties": {"type": "string"},
}
_ERROR_SCHEMA = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string"}, "problems": _TEXTS_SCHEMA},
}
