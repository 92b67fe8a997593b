"""The files of the dataset."""

import functools

from starlette.requests import Request
from starlette.responses import Response

from threats.dataset.dictionary import dictionary_markdown
from threats.dataset.editions import zip_bytes
from threats.dataset.model import Dataset
from threats.exports.deposit import deposit_files
from threats.server.routes.params import BadRequestError, unknown_dataset_problems
from threats.server.routes.responses import etag_response, not_found_response, with_dataset
from threats.text.server import LICENCE_FILE
from threats.text.translate import _

DATASET_ZIP = "threat-themes.zip"
MEDIA_TYPES = {
    "cff": "text/yaml",
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "txt": "text/plain",
}


@functools.lru_cache(maxsize=8)
def files_of_dataset(dataset: Dataset) -> dict[str, bytes]:
    """Return the files of the dataset by name: tables, descriptor, dictionary, licence, and the
    metadata with which an archive takes all of them."""
    files = {**dataset.files, "README.md": dictionary_markdown(dataset.descriptor).encode("utf-8")}
    licence = _(
        LICENCE_FILE,
        title=dataset.descriptor["title"],
        version=dataset.version,
        publisher=dataset.descriptor["contributors"][0]["title"],
        licence=dataset.licence,
    )
    files["LICENSE.txt"] = licence.encode("utf-8")
    return files | deposit_files(dataset)


@with_dataset
def serve_file(request: Request, dataset: Dataset) -> Response:
    """Answer with a file of the dataset, or with all as ZIP."""
    if unknown_dataset_problems(request):
        raise BadRequestError(unknown_dataset_problems(request))
    name, files = request.path_params["name"], files_of_dataset(dataset)
    if name == DATASET_ZIP:
        return etag_response(request, zip_bytes(files), "application/zip", DATASET_ZIP)
    if name not in files:
        return not_found_response(request)
    return etag_response(request, files[name], MEDIA_TYPES[name.rsplit(".", 1)[1]], name)
