"""Figures at an address, as CSV and JSON, with their description by OpenAPI 3.1."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from threats import __version__, cache, catalogue, fresh, images
from threats.dataset import Dataset
from threats.export import View, file_name, source_line, to_csv
from threats.options import OPTIONS, days, labels
from threats.routes.answers import Asked, cached, not_found, route, strictly_asked
from threats.selection import WHOLE, Selection, options, year_bounds
from threats.views import record
from threats.views.base import Figures

# What each address gives: the page whose parameters it takes, and the chart whose figures.
FIGURES = {
    "attention": ("trends", "attention-by-year", "Attention to each threat in each year"),
    "shift": ("covid", "shift-by-era", "Attention before, during and after the emergency"),
    "meetings": ("meetings", None, "The meetings, with the threats on their agendas"),
}


def _figures(name: str, asked: Asked) -> Figures:
    _, chart, _ = FIGURES[name]
    selected = asked.view.selected
    if chart is None:
        return record.figures(selected)
    drawn = None if selected.empty else catalogue.chart(chart, selected, asked.values)
    return drawn or catalogue.empty(chart, selected)


def to_json(figures: Figures, view: View) -> bytes:
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


@route
def figures(request: Request, dataset: Dataset) -> Response:
    """Answer with figures as CSV or JSON."""
    name, suffix = request.path_params["name"], request.path_params["suffix"]
    if name not in FIGURES or suffix not in ("csv", "json"):
        return not_found(request)
    asked = strictly_asked(request, FIGURES[name][0], dataset)
    table = _figures(name, asked)
    if suffix == "json":
        return cached(request, to_json(table, asked.view), "application/json")
    body = to_csv(table, asked.view)
    return cached(request, body, "text/csv", file_name(table.name, asked.view, "csv"))


def health(request: Request) -> Response:
    """Answer whether the dashboard can serve: the data version, whether the folder of the data has
    changed into something wrong since, and whether pictures can be drawn; of several datasets the
    state of each, and as a whole that of the first which is not well. Only where none can be shown
    the status is 503. Who is not signed in where that is asked for learns no more than the state.
    """
    states = [_state(state) for state in fresh.states()]
    told = states[0]
    if len(states) > 1:
        worst = next((state["status"] for state in states if state["status"] != "ok"), "ok")
        told = {"status": worst, "datasets": states}
    served = any("data_version" in state for state in states)
    if served:
        told["pictures"] = images.available()
    if request.scope.get("stranger"):
        told = {"status": told["status"]}
    return JSONResponse(told, 200 if served else 503, headers=_NOW)


def _state(state: fresh.State) -> dict[str, str | int]:
    told = {"problems": len(state.error.problems)} if state.error else {}
    if state.good is None:
        return {"status": "data in error", **told}
    status = "serving the last good data" if state.error else "ok"
    return {"status": status, "dataset": state.good.id, "data_version": state.good.version, **told}


_NOW = {"Cache-Control": "no-store"}


@route
def description(request: Request, dataset: Dataset) -> Response:
    """Answer with the description of these addresses by OpenAPI."""
    body = json.dumps(openapi(dataset), ensure_ascii=False, indent=1).encode("utf-8")
    return cached(request, body, "application/json")


def openapi(dataset: Dataset) -> dict:
    """Return the description of the addresses by OpenAPI 3.1 (https://spec.openapis.org/oas/)."""
    paths = {}
    for name, (page, _, summary) in FIGURES.items():
        for suffix, content in (("csv", _CSV), ("json", _JSON)):
            paths[f"/api/{name}.{suffix}"] = {
                "get": {
                    "operationId": f"{name}_{suffix}",
                    "summary": summary,
                    "parameters": _parameters(page, dataset),
                    "responses": {"200": content, **_ERRORS},
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


def _parameters(page: str, dataset: Dataset) -> list[dict]:
    selected = cache.narrowed(dataset, Selection())
    known = options(dataset)
    texts = {
        "region": "Region",
        "series": "Series of meetings",
        "group": "Threat group",
        "certainty": "How certain a code has to be to count",
    }
    first, last = year_bounds(dataset)
    several = list(fresh.datasets())
    found = [_single("dataset", "Dataset, else the first", _one_of(several))] if several[1:] else []
    found += [_several(name, texts.get(name, "Threat"), list(ids)) for name, ids in known.items()]
    found.append(
        {
            **_single("years", "First and last year, or one", {"type": "string"}),
            "example": f"{first}-{last}",
        }
    )
    found[-1]["schema"]["pattern"] = r"^\d{4}(-\d{4})?$"
    found.append(_single("courses", "Training courses included", _one_of(["yes", "no"])))
    found.append(_single("reading", "Only meetings whose page was read whole", _one_of([WHOLE])))
    for name in catalogue.options_of(page):
        option = OPTIONS[name]
        if option.kind == "threats":
            found.append(_several(name, option.label, list(labels(option, selected))))
        elif option.kind == "day":
            start, end = days(selected)
            told = f"{option.label}; from {start} to {end}"
            found.append(_single(name, told, {"type": "string", "format": "date"}))
        else:
            found.append(_single(name, option.label, _one_of(list(labels(option, selected)))))
    return found


def _one_of(values: list[str]) -> dict:
    return {"type": "string", "enum": values}


def _single(name: str, told: str, schema: dict) -> dict:
    return {"name": name, "in": "query", "description": told, "schema": schema}


def _several(name: str, told: str, values: list[str]) -> dict:
    schema = {"type": "array", "items": _one_of(values)}
    return _single(name, f"{told}; repeated for several", schema) | {"explode": True}


_CSV = {
    "description": "The figures, with what they are beside every row",
    "content": {"text/csv": {"schema": {"type": "string"}}},
}
_JSON = {
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
_ERROR = {
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
_ERRORS = {
    "304": {"description": "Not changed since the ETag that was sent"},
    "400": {"description": "A parameter or value is not known; the answer names it", **_ERROR},
    "503": {"description": "The dataset has problems", **_ERROR},
}
