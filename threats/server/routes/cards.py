"""The cards of charts, their figures as tables, and the meetings behind a mark."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from threats.cards import THEMES, card_json, card_meetings, card_table
from threats.content.registry import CHART_SPECS, chart_name
from threats.dataset.model import Dataset
from threats.server.routes.params import RequestView, parse_request
from threats.server.routes.responses import etag_response, not_found_response, with_session_dataset
from threats.stats.drilldown import Drilldown

_JSON = "application/json"
_PRIVATE = {"Cache-Control": "no-store"}


@with_session_dataset
def serve_card(request: Request, dataset: Dataset) -> Response:
    """Answer with the card of a chart; ``theme`` and ``narrow`` choose how it is drawn."""
    theme = request.query_params.get("theme", "")

    def build(name: str, found: RequestView) -> bytes:
        narrow = request.query_params.get("narrow") == "1"
        shown = theme if theme in THEMES else next(iter(THEMES))
        return card_json(name, found.view, found.values, shown, narrow)

    return _answer(request, dataset, build)


@with_session_dataset
def serve_card_table(request: Request, dataset: Dataset) -> Response:
    """Answer with the figures of a chart as a table."""
    return _answer(request, dataset, lambda name, found: card_table(name, found.view, found.values))


@with_session_dataset
def serve_card_meetings(request: Request, dataset: Dataset) -> Response:
    """Answer with the meetings behind a mark of a chart, or 404 if ``mark`` points at nothing."""
    drilldown = Drilldown.parse(request.query_params.getlist("mark"), dataset)
    if not drilldown:
        return not_found_response(request)
    return _answer(
        request,
        dataset,
        lambda name, found: card_meetings(name, found.view, found.values, drilldown),
    )


def _answer(
    request: Request, dataset: Dataset, build: Callable[[str, RequestView], bytes]
) -> Response:
    name = chart_name(request.path_params["name"])
    if name not in CHART_SPECS:
        return not_found_response(request)
    found = parse_request(request, CHART_SPECS[name].page, dataset)
    if dataset.own:  # for one reader: no cache may keep it
        return Response(build(name, found), media_type=_JSON, headers=_PRIVATE)
    return etag_response(request, build(name, found), _JSON)
