"""What routes share: what a request asks for, and answers that can be cached."""

import functools
import hashlib
import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from threats import cache, catalogue, fresh, images
from threats.dataset import Dataset, DatasetError
from threats.export import View
from threats.refusals import refused
from threats.selection import from_params

FILTER = ("region", "years", "series", "group", "threat", "certainty", "courses", "reading")
SINGLE = ("dataset", "years", "courses", "reading")


class BadRequestError(ValueError):
    """A request asks for something that is not known; ``problems`` names each."""

    def __init__(self, problems: list[str]):
        super().__init__("; ".join(problems))
        self.problems = problems


class Asked(NamedTuple):
    """What a request asks for: a view, the values of its options, and what of it is not known."""

    view: View
    values: dict[str, Any]
    problems: list[str]


def base_of(request: Request) -> str:
    """Return the address under which the dashboard was asked for."""
    return str(request.base_url).rstrip("/")


def asked(request: Request, page: str, dataset: Dataset, *more: str) -> Asked:
    """Return what a request asks for on a page; ``more`` are further parameters it may have."""
    params = {name: request.query_params.getlist(name) for name in request.query_params}
    selection, problems = from_params(params, dataset)
    selected = cache.narrowed(dataset, selection)
    values, wrong = catalogue.read_options(page, params, selected)
    problems += unknown_dataset(request)
    known = ("dataset", *FILTER, *catalogue.options_of(page), *more)
    strange = [f"parameter {name[:40]}" for name in params if name not in known]
    shown = catalogue.view_params(page, values, selected)
    return Asked(
        View(page, selected, shown, base_of(request)), values, [*problems, *wrong, *strange]
    )


def strictly_asked(request: Request, page: str, dataset: Dataset) -> Asked:
    """Return what a request asks for. Raises BadRequestError if anything in it is not known, or if
    what can be said once is said twice."""
    found = asked(request, page, dataset)
    once = [*SINGLE, *(n for n in catalogue.options_of(page) if n != "compare")]
    twice = [f"{n} given twice" for n in once if len(request.query_params.getlist(n)) > 1]
    reversed_ = (
        ["era_end is before era_start"]
        if "era_start" in found.values and found.values["era_end"] < found.values["era_start"]
        else []
    )
    blank = [f"{n}=" for n in request.query_params if "" in request.query_params.getlist(n)]
    problems = list(dict.fromkeys([*found.problems, *twice, *reversed_, *blank]))
    if problems:
        raise BadRequestError(problems)
    return found


def unknown_dataset(request: Request) -> list[str]:
    """Return in words the dataset that a request asks for, if there is none of that id."""
    wanted = request.query_params.getlist("dataset")
    return [f"dataset={name[:40]}" for name in wanted if name not in fresh.datasets()]


def _dataset(request: Request) -> Dataset:
    """Return the dataset that a request asks for, the first one if there is none of that id."""
    wanted = request.query_params.getlist("dataset")
    return cache.dataset("" if unknown_dataset(request) else next(iter(wanted), ""))


def route(function: Callable) -> Callable:
    """Return an endpoint that gives ``function`` the dataset, and answers errors in words."""

    @functools.wraps(function)
    def endpoint(request: Request) -> Response:
        try:
            with images.together():
                return function(request, _dataset(request))
        except DatasetError as error:
            told = f"The dataset has {len(error.problems)} problems; run threats check."
            return refused(request.url.path, 503, told)
        except BadRequestError as error:
            told = "Not known here: " + "; ".join(error.problems)
            return refused(request.url.path, 400, told, problems=error.problems)

    endpoint.__signature__ = inspect.signature(endpoint, follow_wrapped=False)
    return endpoint


def cached(request: Request, body: bytes, media_type: str, file_name: str = "") -> Response:
    """Return an answer with an ETag, or 304 where the asker has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if tag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=304, headers=headers)
    if file_name:
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return Response(body, media_type=media_type, headers=headers)


def not_found(request: Request) -> Response:
    """Return that there is nothing at this address."""
    told = "Nothing is here; /api/openapi.json lists what there is."
    return refused(request.url.path, 404, told)
