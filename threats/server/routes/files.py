"""The dataset as files at an address."""

import functools

from starlette.requests import Request
from starlette.responses import Response

from threats.dataset.dictionary import dictionary_markdown
from threats.dataset.model import Dataset
from threats.exports.archive import zip_bytes
from threats.server.routes.params import BadRequestError, unknown_dataset_problems
from threats.server.routes.responses import etag_response, not_found_response, with_dataset

DATASET_ZIP = "threat-themes.zip"
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "txt": "text/plain",
}


@functools.lru_cache(maxsize=8)
def files_of_dataset(dataset: Dataset) -> dict[str, bytes]:
    """Return every file of the dataset by its name: tables, descriptor, dictionary, licence."""
    files = {**dataset.files, "README.md": dictionary_markdown(dataset.descriptor).encode("utf-8")}
    files["LICENSE.txt"] = (
        f"{dataset.descriptor['title']}, version {dataset.version}, by "
        f"{dataset.descriptor['contributors'][0]['title']}.\n"
        f"{dataset.licence}\n"
        "Values of indicators: under the terms of their publishers, named in indicators.csv.\n"
    ).encode()
    return files


@with_dataset
def serve_file(request: Request, dataset: Dataset) -> Response:
    """Answer with a file of the dataset, or with all of them as a zip."""
    if unknown_dataset_problems(request):
        raise BadRequestError(unknown_dataset_problems(request))
    name, files = request.path_params["name"], files_of_dataset(dataset)
    if name == DATASET_ZIP:
        return etag_response(request, zip_bytes(files), "application/zip", DATASET_ZIP)
    if name not in files:
        return not_found_response(request)
    return etag_response(request, files[name], MEDIA_TYPES[name.rsplit(".", 1)[1]], name)
