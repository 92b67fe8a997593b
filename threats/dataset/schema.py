"""The form of a folder's own ``datapackage.json``, by what the dashboard reads of it.

Title, version, licence, contributors and changes are the folder's own; columns, types, keys and
names of files are those of the shipped descriptor.
"""

import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from threats.text import problems
from threats.text.problems import ProblemText, problem_text
from threats.text.translate import _

CODEBOOK_FILE = "codebook.md"
EDITIONS_FOLDER = "editions"  # archived editions in a dataset folder


def shipped_folder() -> Path:
    """Return the folder of the dataset that comes with the package."""
    inside = Path(__file__).parents[1] / "data"  # where a built wheel puts it
    return inside if inside.is_dir() else Path(__file__).parents[2] / "data"


def shipped_descriptor() -> dict:
    """Return the Data Package descriptor that every dataset folder has to follow."""
    return json.loads((shipped_folder() / DESCRIPTOR_FILE).read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=1)
def cached_descriptor() -> dict:
    """Return the shipped descriptor, read once; do not change it."""
    return shipped_descriptor()


def table_resource(name: str) -> dict:
    """Return the description of a table in the shipped descriptor."""
    return next(one for one in cached_descriptor()["resources"] if one["name"] == name)


DESCRIPTOR_FILE = "datapackage.json"
# Required keys, with the keys of each object in a list.
_TEXT_KEYS = ("name", "title", "description", "version", "created")
_LIST_KEYS = {
    "licenses": ("name",),
    "contributors": ("title",),
    "changes": ("version", "date", "description"),
}
_OPTIONAL_KEYS = ("changes",)
_VERSION_PATTERN = r"[0-9A-Za-z][0-9A-Za-z.-]{0,30}"
_MAX_TEXT_LENGTH = 2_000


def schema_problems(folder: Any, shipped: Mapping) -> Iterator[ProblemText]:
    """Yield what is wrong with a descriptor beside the shipped one, and what is expected."""
    if not isinstance(folder, dict):
        yield problem_text(problems.NOT_AN_OBJECT)
        return
    for key in _TEXT_KEYS:
        yield from _text_key_problems(folder, key)
    if isinstance(folder.get("version"), str) and not re.fullmatch(
        _VERSION_PATTERN, folder["version"]
    ):
        yield problem_text(problems.VERSION_FORM)
    for key, parts in _LIST_KEYS.items():
        yield from _list_key_problems(folder, key, parts)
    licences = folder.get("licenses")
    if isinstance(licences, list) and licences and isinstance(licences[0], dict):
        for key in {"title", "path"} & licences[0].keys():
            yield from _text_key_problems(licences[0], key, "licenses")
        path = licences[0].get("path")
        if isinstance(path, str) and not re.fullmatch(r'https?://[^\s<>"]+', path):
            yield problem_text(problems.LICENCE_PATH)
    yield from _resource_problems(folder, shipped)


def _text_key_problems(holder: Mapping, key: str, list_key: str = "") -> Iterator[ProblemText]:
    text = holder.get(key)
    name = _(problems.KEY_IN_LIST, key=repr(key), list=repr(list_key)) if list_key else repr(key)
    if text is None or text == "":
        yield problem_text(problems.MISSING_KEY, key=name)
    elif not isinstance(text, str) or len(text) > _MAX_TEXT_LENGTH or not text.isprintable():
        yield problem_text(problems.KEY_NOT_TEXT, key=name, limit=_MAX_TEXT_LENGTH)


def _list_key_problems(folder: Mapping, key: str, parts: tuple[str, ...]) -> Iterator[ProblemText]:
    listed = folder.get(key)
    if listed is None and key in _OPTIONAL_KEYS:
        return
    if not isinstance(listed, list) or not (listed or key in _OPTIONAL_KEYS):
        problem = problems.MISSING_LIST if listed is None else problems.KEY_NOT_LIST
        yield problem_text(problem, key=repr(key), parts=", ".join(parts))
        return
    for one in listed:
        if not isinstance(one, dict):
            yield problem_text(problems.ITEM_NOT_OBJECT, key=repr(key), parts=", ".join(parts))
            return
        for part in parts:
            yield from _text_key_problems(one, part, key)


def _resource_problems(folder: Mapping, shipped: Mapping) -> Iterator[ProblemText]:
    listed = folder.get("resources")
    if not isinstance(listed, list) or not all(
        isinstance(one, dict) and isinstance(one.get("name"), str) for one in listed
    ):
        yield problem_text(problems.RESOURCES_NOT_LIST)
        return
    named = {one["name"]: one for one in listed}
    if len(named) < len(listed):
        yield problem_text(problems.REPEATED_TABLE)
    for name in named.keys() - {resource["name"] for resource in shipped["resources"]}:
        yield problem_text(problems.UNKNOWN_TABLE, name=repr(name[:60]))
    for resource in shipped["resources"]:
        name, own = resource["name"], named.get(resource["name"])
        if own is None or own.get("schema") != resource["schema"]:
            yield problem_text(problems.OTHER_SCHEMA, name=name)
        elif own.get("path") != resource["path"]:
            yield problem_text(problems.OTHER_PATH, name=name, path=resource["path"])
        floor = 0 if own is None else own.get("minRows", 0)
        if not isinstance(floor, int) or isinstance(floor, bool) or floor < 0:
            yield problem_text(problems.ROW_FLOOR, name=name)
