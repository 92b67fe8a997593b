"""The dataset as files at an address."""

import functools

from starlette.requests import Request
from starlette.responses import Response

from threats.dataset import Dataset
from threats.dictionary import markdown
from threats.export import zipped
from threats.routes.answers import BadRequestError, cached, not_found, route, unknown_dataset

ZIP = "threat-themes.zip"
TYPES = {"csv": "text/csv", "json": "application/json", "md": "text/markdown", "txt": "text/plain"}


@functools.lru_cache(maxsize=8)
def contents(dataset: Dataset) -> dict[str, bytes]:
    """Return every file of the dataset by its name: tables, descriptor, dictionary, licence."""
    files = {**dataset.files, "README.md": markdown(dataset.descriptor).encode("utf-8")}
    files["LICENSE.txt"] = (
        f"{dataset.descriptor['title']}, version {dataset.version}, by "
        f"{dataset.descriptor['contributors'][0]['title']}.\n"
        f"{dataset.licence}\n"
        "Values of indicators: under the terms of their publishers, named in indicators.csv.\n"
    ).encode()
    return files


@route
def file(request: Request, dataset: Dataset) -> Response:
    """Answer with a file of the dataset, or with all of them as a zip."""
    if unknown_dataset(request):
        raise BadRequestError(unknown_dataset(request))
    name, files = request.path_params["name"], contents(dataset)
    if name == ZIP:
        return cached(request, zipped(files), "application/zip", ZIP)
    if name not in files:
        return not_found(request)
    return cached(request, files[name], TYPES[name.rsplit(".", 1)[1]], name)
