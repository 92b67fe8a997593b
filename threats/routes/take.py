"""The files that can be taken along, each made when its address is asked for."""

from starlette.requests import Request
from starlette.responses import Response

from threats import images
from threats.dataset import Dataset
from threats.export import file_name
from threats.refusals import refused
from threats.routes.answers import BadRequestError, asked, cached, not_found, route
from threats.taken import NothingError, files_of, page_of
from threats.views.behind import to_mark

# Seconds after which to ask again for what has waited too long.
AGAIN = 30


@route
def take(request: Request, dataset: Dataset) -> Response:
    """Answer with a file of a chart or a page; with status 404 where there is nothing to take, 503
    where too many are being made, and 500 where it cannot be made."""
    name, _, suffix = request.path_params["file"].partition(".")
    file = files_of(name).get(suffix)
    if file is None:
        return not_found(request)
    found = asked(request, page_of(name), dataset, "mark", "q")
    marks = [text for text in request.query_params.getlist("mark") if text]
    strange = [f"mark={text[:40]}" for text in marks if not any(to_mark([text], dataset))]
    if found.problems or strange:
        raise BadRequestError([*found.problems, *strange])
    found.view.params.update({"mark": marks} if marks else {})
    path = request.url.path
    try:
        body = file.build(found.view, found.values)
    except NothingError as nothing:
        return refused(path, 404, str(nothing))
    except images.BusyError as busy:
        return refused(path, 503, str(busy), AGAIN)
    except images.ImagesError as error:
        return refused(path, 500, str(error))
    return cached(request, body, file.mime, file_name(name, found.view, suffix))
