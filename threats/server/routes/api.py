"""Figures at an address, as CSV and JSON, with their description by OpenAPI 3.1."""

import json

from starlette.requests import Request
from starlette.responses import Response

from threats import __version__
from threats.content.builder import build_chart, empty_figures
from threats.content.meetings import meetings_figure_table
from threats.content.model import FigureTable
from threats.content.options import OPTIONS, date_limits, option_labels
from threats.content.registry import options_on
from threats.dataset.model import Dataset
from threats.dataset.store import current_datasets
from threats.exports.citation import source_line
from threats.exports.tables import to_csv
from threats.exports.urls import View, file_name
from threats.server.routes.params import RequestView, parse_request_strict
from threats.server.routes.responses import etag_response, not_found_response, with_dataset
from threats.stats.selection import (
    READ_IN_FULL,
    Selection,
    filter_choices,
    select,
    year_bounds,
)

# What each address gives: the page whose parameters it takes, and the chart whose figures.
API_FIGURES = {
    "attention": ("trends", "attention-by-year", "Attention to each threat in each year"),
    "shift": ("covid", "shift-by-era", "Attention before, during and after the emergency"),
    "meetings": ("meetings", None, "The meetings, with the threats on their agendas"),
}


def _figure_table(name: str, request_view: RequestView) -> FigureTable:
    _, chart, _ = API_FIGURES[name]
    selected = request_view.view.selected
    if chart is None:
        return meetings_figure_table(selected)
    drawn = None if selected.empty else build_chart(chart, selected, request_view.values)
    return drawn or empty_figures(chart, selected)


def figures_to_json(figures: FigureTable, view: View) -> bytes:
    """Return figures as JSON: what they are, and a list of rows; an unknown is null."""
    rows = json.loads(figures.table.to_json(orient="records", double_precision=15))
    told = {
        "title": figures.title,
        "filter": figures.subtitle,
        "notes": list(figures.all_notes),
        "source": source_line(view),
        "dataset": view.selected.dataset.id,
        "data_version": view.selected.dataset.version,
        "address": view.address(figures.name),
        "rows": rows,
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8")


@with_dataset
def serve_figures(request: Request, dataset: Dataset) -> Response:
    """Answer with figures as CSV or JSON."""
    name, suffix = request.path_params["name"], request.path_params["suffix"]
    if name not in API_FIGURES or suffix not in ("csv", "json"):
        return not_found_response(request)
    asked = parse_request_strict(request, API_FIGURES[name][0], dataset)
    table = _figure_table(name, asked)
    if suffix == "json":
        return etag_response(request, figures_to_json(table, asked.view), "application/json")
    body = to_csv(table, asked.view)
    return etag_response(request, body, "text/csv", file_name(table.name, asked.view, "csv"))


@with_dataset
def serve_openapi(request: Request, dataset: Dataset) -> Response:
    """Answer with the description of these addresses by OpenAPI."""
    body = json.dumps(build_openapi(dataset), ensure_ascii=False, indent=1).encode("utf-8")
    return etag_response(request, body, "application/json")


def build_openapi(dataset: Dataset) -> dict:
    """Return the description of the addresses by OpenAPI 3.1 (https://spec.openapis.org/oas/)."""
    paths = {}
    for name, (page, _, summary) in API_FIGURES.items():
        for suffix, content in (("csv", _CSV_RESPONSE), ("json", _JSON_RESPONSE)):
            paths[f"/api/{name}.{suffix}"] = {
                "get": {
                    "operationId": f"{name}_{suffix}",
                    "summary": summary,
                    "parameters": _query_parameters(page, dataset),
                    "responses": {"200": content, **_ERROR_RESPONSES},
                }
            }
    for name, content in (("openapi", {"type": "object"}),):
        paths[f"/api/{name}.json"] = {
            "get": {
                "operationId": name,
                "summary": "This description",
                "responses": {
                    "200": {
                        "description": "OpenAPI",
                        "content": {"application/json": {"schema": content}},
                    }
                },
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{dataset.descriptor['title']}: figures",
            "version": __version__,
            "description": "The figures of the pages by the same parameters. Ids are explained in "
            "the data dictionary, /files/README.md. A change holds by p_adjusted, which is over "
            "all threats, whichever are chosen.",
            "license": {"name": dataset.licence},
        },
        "paths": paths,
    }


def _query_parameters(page: str, dataset: Dataset) -> list[dict]:
    selected = select(dataset, Selection())
    known = filter_choices(dataset)
    texts = {
        "region": "Region",
        "series": "Series of meetings",
        "group": "Threat group",
        "certainty": "How certain a code has to be to count",
    }
    first, last = year_bounds(dataset)
    several = list(current_datasets())
    found = (
        [_single_parameter("dataset", "Dataset, else the first", _enum_schema(several))]
        if several[1:]
        else []
    )
    found += [
        _repeated_parameter(name, texts.get(name, "Threat"), list(ids))
        for name, ids in known.items()
    ]
    found.append(
        {
            **_single_parameter("years", "First and last year, or one", {"type": "string"}),
            "example": f"{first}-{last}",
        }
    )
    found[-1]["schema"]["pattern"] = r"^\d{4}(-\d{4})?$"
    found.append(
        _single_parameter("courses", "Training courses included", _enum_schema(["yes", "no"]))
    )
    found.append(
        _single_parameter(
            "reading", "Only meetings whose page was read whole", _enum_schema([READ_IN_FULL])
        )
    )
    for name in options_on(page):
        option = OPTIONS[name]
        if option.kind == "threats":
            found.append(
                _repeated_parameter(name, option.label, list(option_labels(option, selected)))
            )
        elif option.kind == "day":
            start, end = date_limits(selected)
            told = f"{option.label}; from {start} to {end}"
            found.append(_single_parameter(name, told, {"type": "string", "format": "date"}))
        else:
            found.append(
                _single_parameter(
                    name, option.label, _enum_schema(list(option_labels(option, selected)))
                )
            )
    return found


def _enum_schema(values: list[str]) -> dict:
    return {"type": "string", "enum": values}


def _single_parameter(name: str, text: str, schema: dict) -> dict:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _repeated_parameter(name: str, text: str, values: list[str]) -> dict:
    schema = {"type": "array", "items": _enum_schema(values)}
    return _single_parameter(name, f"{text}; repeated for several", schema) | {"explode": True}


_CSV_RESPONSE = {
    "description": "The figures, with what they are beside every row",
    "content": {"text/csv": {"schema": {"type": "string"}}},
}
_JSON_RESPONSE = {
    "description": "The figures with what they are; an unknown is null",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["title", "filter", "source", "data_version", "address", "rows"],
                "properties": {
                    "notes": {"type": "array", "items": {"type": "string"}},
                    "rows": {"type": "array", "items": {"type": "object"}},
                },
                "additionalProperties": {"type": "string"},
            }
        }
    },
}
_ERROR_CONTENT = {
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error"],
                "properties": {
                    "error": {"type": "string"},
                    "problems": {"type": "array", "items": {"type": "string"}},
                },
            }
        }
    }
}
_ERROR_RESPONSES = {
    "304": {"description": "Not changed since the ETag that was sent"},
    "400": {
        "description": "A parameter or value is not known; the answer names it",
        **_ERROR_CONTENT,
    },
    "503": {"description": "The dataset has problems", **_ERROR_CONTENT},
}
