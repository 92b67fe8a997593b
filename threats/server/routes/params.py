"""What routes share: what a request asks for, and answers that can be cached."""

from typing import Any, NamedTuple

from starlette.requests import Request

from threats.content.builder import parse_page_options, view_params
from threats.content.registry import options_on
from threats.dataset.model import Dataset
from threats.dataset.store import current_datasets, open_dataset
from threats.exports.urls import View
from threats.stats.selection import from_params, select

FILTER_PARAMS = ("region", "years", "series", "group", "threat", "certainty", "courses", "reading")
SINGLE_VALUE_PARAMS = ("dataset", "years", "courses", "reading")


class BadRequestError(ValueError):
    """A request asks for something that is not known; ``problems`` names each."""

    def __init__(self, problems: list[str]):
        super().__init__("; ".join(problems))
        self.problems = problems


class RequestView(NamedTuple):
    """What a request asks for: a view, the values of its options, and what of it is not known."""

    view: View
    values: dict[str, Any]
    problems: list[str]


def request_base_url(request: Request) -> str:
    """Return the address under which the dashboard was asked for."""
    return str(request.base_url).rstrip("/")


def parse_request(request: Request, page: str, dataset: Dataset, *extra_params: str) -> RequestView:
    """Return what a request asks for on a page; ``more`` are further parameters it may have."""
    params = {name: request.query_params.getlist(name) for name in request.query_params}
    selection, problems = from_params(params, dataset)
    selected = select(dataset, selection)
    values, wrong = parse_page_options(page, params, selected)
    problems += unknown_dataset_problems(request)
    known = ("dataset", *FILTER_PARAMS, *options_on(page), *extra_params)
    strange = [f"parameter {name[:40]}" for name in params if name not in known]
    shown = view_params(page, values, selected)
    return RequestView(
        View(page, selected, shown, request_base_url(request)),
        values,
        [*problems, *wrong, *strange],
    )


def parse_request_strict(request: Request, page: str, dataset: Dataset) -> RequestView:
    """Return what a request asks for. Raises BadRequestError if anything in it is not known, or if
    what can be said once is said twice."""
    found = parse_request(request, page, dataset)
    once = [*SINGLE_VALUE_PARAMS, *(n for n in options_on(page) if n != "compare")]
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


def unknown_dataset_problems(request: Request) -> list[str]:
    """Return in words the dataset that a request asks for, if there is none of that id."""
    wanted = request.query_params.getlist("dataset")
    return [f"dataset={name[:40]}" for name in wanted if name not in current_datasets()]


def requested_dataset(request: Request) -> Dataset:
    """Return the dataset that a request asks for, the first one if there is none of that id."""
    wanted = request.query_params.getlist("dataset")
    return open_dataset("" if unknown_dataset_problems(request) else next(iter(wanted), ""))
