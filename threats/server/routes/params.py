"""The parameters of a request: strict for the API, lenient for pages."""

import contextlib
from typing import Any, NamedTuple

from starlette.requests import Request

from threats.content.builder import parse_page_options, view_params
from threats.content.options import OPTIONS
from threats.content.registry import options_on
from threats.dataset.addresses import asked_language, mend_value
from threats.dataset.editions import is_exact, open_edition
from threats.dataset.model import Dataset
from threats.dataset.own_meetings import own_dataset
from threats.dataset.store import current_datasets, open_dataset
from threats.exports.urls import EXCEL_CSV, FOR_EXCEL, View
from threats.format import truncate
from threats.language import LANGUAGE_PARAM, PROGRAM_PARAM
from threats.stats.filters import FILTER_PARAMS, from_params
from threats.stats.selection import select
from threats.text.server import GIVEN_TWICE, REVERSED_DATES, UNKNOWN_PARAMETER
from threats.text.translate import _

SINGLE_VALUE_PARAMS = ("dataset", "version", LANGUAGE_PARAM, "years", "reach", "courses", "reading")


class BadRequestError(ValueError):
    """A request has unknown parameters or values; ``problems`` names each."""

    def __init__(self, problems: list[str]):
        super().__init__("; ".join(problems))
        self.problems = problems


class UnknownEditionError(LookupError):
    """A request asks for an edition of the data that is not archived."""

    def __init__(self, version: str, dataset: Dataset):
        super().__init__(version)
        self.version = version
        self.dataset = dataset


class RequestView(NamedTuple):
    """The view that a request asks for, the values of its options, and unknown parts of it."""

    view: View
    values: dict[str, Any]
    problems: list[str]


def request_base_url(request: Request) -> str:
    """Return the address of the dashboard in a request."""
    return str(request.base_url).rstrip("/")


def parse_request(request: Request, page: str, dataset: Dataset, *extra_params: str) -> RequestView:
    """Parse a request for a page; ``extra_params`` are further valid parameters."""
    params = {name: request.query_params.getlist(name) for name in request.query_params}
    selection, problems = from_params(params, dataset)
    selected = select(dataset, selection)
    values, wrong = parse_page_options(page, params, selected)
    problems += [*unknown_dataset_problems(request), *unknown_language_problems(request)]
    known = ("dataset", "version", LANGUAGE_PARAM, *FILTER_PARAMS, *options_on(page), *extra_params)
    strange = [_(UNKNOWN_PARAMETER, name=truncate(name)) for name in params if name not in known]
    shown = view_params(page, values, selected)
    return RequestView(
        View(page, selected, shown, request_base_url(request)),
        values,
        [*problems, *wrong, *strange],
    )


def parse_request_strict(
    request: Request, page: str, dataset: Dataset, *extra_params: str
) -> RequestView:
    """Parse a request for a page; raise BadRequestError for anything unknown, empty or repeated.
    ``extra_params`` are further valid parameters."""
    found = parse_request(request, page, dataset, *extra_params)
    once = [
        *SINGLE_VALUE_PARAMS,
        *extra_params,
        *(n for n in options_on(page) if not OPTIONS[n].repeatable),
    ]
    twice = [_(GIVEN_TWICE, name=n) for n in once if len(request.query_params.getlist(n)) > 1]
    reversed_ = (
        [_(REVERSED_DATES)]
        if "era_start" in found.values and found.values["era_end"] < found.values["era_start"]
        else []
    )
    blank = [f"{n}=" for n in request.query_params if "" in request.query_params.getlist(n)]
    problems = list(dict.fromkeys([*found.problems, *twice, *reversed_, *blank]))
    if problems:
        raise BadRequestError(problems)
    return found


def program_format(request: Request, suffix: str) -> tuple[str, list[str]]:
    """Return the suffix of the format that a request for a file wants, with the program that the
    file is for, and what of it is unknown: only CSV has a form for Excel."""
    programs = request.query_params.getlist(PROGRAM_PARAM)
    if not programs:
        return suffix, []
    if programs == [FOR_EXCEL] and suffix == "csv":
        return EXCEL_CSV, []
    return suffix, [f"{PROGRAM_PARAM}={truncate(one)}" for one in programs]


def unknown_dataset_problems(request: Request) -> list[str]:
    """Return the unknown dataset ids of a request."""
    ids = request.query_params.getlist("dataset")
    known = current_datasets()
    return [f"dataset={truncate(name)}" for name in ids if mend_value(name, known) not in known]


def unknown_language_problems(request: Request) -> list[str]:
    """Return the unknown languages of a request."""
    ids = request.query_params.getlist(LANGUAGE_PARAM)
    return [f"{LANGUAGE_PARAM}={truncate(one)}" for one in ids if not asked_language(one)]


def requested_dataset(request: Request) -> Dataset:
    """Return the dataset of a request, by default the first, in the edition that it asks for.

    Raises UnknownEditionError if this edition is not archived with the same tables.
    """
    current, version = _requested_current(request), request.query_params.get("version", "")
    try:
        found = open_edition(current, version)
    except KeyError:
        raise UnknownEditionError(version, current) from None
    if version and not is_exact(found, version):
        raise UnknownEditionError(version, current)
    return found


def session_dataset(request: Request) -> Dataset:
    """Return the dataset of the session that a request names, else the one that it asks for.

    Raises UnknownSessionError if this session has ended, and UnknownEditionError.
    """
    token = request.query_params.get("session")
    return requested_dataset(request) if token is None else own_dataset(token).dataset


def nearest_dataset(request: Request) -> Dataset:
    """Return the dataset of a request in the edition with the number that it asks for, else in
    the current one."""
    current = _requested_current(request)
    with contextlib.suppress(KeyError):
        return open_edition(current, request.query_params.get("version", ""))
    return current


def _requested_current(request: Request) -> Dataset:
    ids = request.query_params.getlist("dataset")
    asked = "" if unknown_dataset_problems(request) else next(iter(ids), "")
    return open_dataset(mend_value(asked, current_datasets()))
