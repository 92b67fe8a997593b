"""Files of charts and pages, generated on request."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from threats.content.registry import chart_name
from threats.dataset.model import Dataset
from threats.downloads import EmptyExportError, formats_for, options_page
from threats.exports.chrome import RenderBusyError, RenderError
from threats.exports.urls import EXCEL_CSV, file_name
from threats.format import truncate
from threats.language import PROGRAM_PARAM
from threats.server.errors import error_response
from threats.server.routes.params import BadRequestError, parse_request, program_format
from threats.server.routes.responses import etag_response, not_found_response, with_dataset
from threats.stats.drilldown import Drilldown

# Seconds after which to try again.
DOWNLOAD_RETRY_AFTER = 30


@with_dataset
def serve_download(request: Request, dataset: Dataset) -> Response:
    """Answer with a file of a chart or a page.

    Status 404: there is no such file, or it would be empty. 503: too many files are being
    generated. 500: the file cannot be generated.
    """
    name, _, suffix = request.path_params["file"].partition(".")
    name = chart_name(name)
    wanted, strange = program_format(request, suffix)
    file = formats_for(name).get(wanted)
    if file is None or suffix == EXCEL_CSV:
        return not_found_response(request)
    found = parse_request(request, options_page(name), dataset, "mark", "q", PROGRAM_PARAM)
    marks = [text for text in request.query_params.getlist("mark") if text]
    unknown = [f"mark={truncate(text)}" for text in marks if not Drilldown.parse([text], dataset)]
    if found.problems or unknown or strange:
        raise BadRequestError([*found.problems, *unknown, *strange])
    view = replace(found.view, params={**found.view.params, **({"mark": marks} if marks else {})})
    path = request.url.path
    try:
        body = file.build(view, found.values)
    except EmptyExportError as nothing:
        return error_response(path, 404, str(nothing))
    except RenderBusyError as busy:
        return error_response(path, 503, str(busy), DOWNLOAD_RETRY_AFTER)
    except RenderError as error:
        return error_response(path, 500, str(error))
    return etag_response(request, body, file.mime, file_name(name, view, wanted))
