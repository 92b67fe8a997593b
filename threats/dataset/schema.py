"""The form of a folder's own ``datapackage.json``, by what the dashboard reads of it.

Title, version, licence, contributors and changes are the folder's own; columns, types, keys and
names of files are those of the shipped descriptor.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CODEBOOK_FILE = "codebook.md"


def shipped_folder() -> Path:
    """Return the folder of the dataset that comes with the package."""
    inside = Path(__file__).parents[1] / "data"  # where a built wheel puts it
    return inside if inside.is_dir() else Path(__file__).parents[2] / "data"


def shipped_descriptor() -> dict:
    """Return the Data Package descriptor that every dataset folder has to follow."""
    return json.loads((shipped_folder() / DESCRIPTOR_FILE).read_text(encoding="utf-8"))


DESCRIPTOR_FILE = "datapackage.json"
# What stands in it, with what is to stand in each of a list.
_TEXT_KEYS = ("name", "title", "description", "version")
_LIST_KEYS = {
    "licenses": ("name",),
    "contributors": ("title",),
    "changes": ("version", "date", "description"),
}
_OPTIONAL_KEYS = ("changes",)
_VERSION_PATTERN = r"[0-9A-Za-z][0-9A-Za-z.-]{0,30}"
_MAX_TEXT_LENGTH = 2_000


def schema_problems(folder: Any, shipped: Mapping) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a descriptor beside the shipped one, and what is expected."""
    if not isinstance(folder, dict):
        yield "wrong structure", "an object"
        return
    for key in _TEXT_KEYS:
        yield from _text_key_problems(folder, key)
    if isinstance(folder.get("version"), str) and not re.fullmatch(
        _VERSION_PATTERN, folder["version"]
    ):
        yield "the version is odd", "letters, digits, dots and hyphens, such as 1.0.0"
    for key, parts in _LIST_KEYS.items():
        yield from _list_key_problems(folder, key, parts)
    licences = folder.get("licenses")
    if isinstance(licences, list) and licences and isinstance(licences[0], dict):
        for key in {"title", "path"} & licences[0].keys():
            yield from _text_key_problems(licences[0], key, " in 'licenses'")
        path = licences[0].get("path")
        if isinstance(path, str) and not re.fullmatch(r'https?://[^\s<>"]+', path):
            yield "the path of the licence is no address", "http:// or https:// and a host"
    yield from _resource_problems(folder, shipped)


def _text_key_problems(holder: Mapping, key: str, where: str = "") -> Iterator[tuple[str, str]]:
    text = holder.get(key)
    if text is None or text == "":
        yield f"{key!r}{where} is missing", "a text"
    elif not isinstance(text, str) or len(text) > _MAX_TEXT_LENGTH or not text.isprintable():
        yield f"{key!r}{where} is no text", f"at most {_MAX_TEXT_LENGTH:,} characters on one line"


def _list_key_problems(
    folder: Mapping, key: str, parts: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    listed = folder.get(key)
    if listed is None and key in _OPTIONAL_KEYS:
        return
    if not isinstance(listed, list) or not (listed or key in _OPTIONAL_KEYS):
        what = "is missing" if listed is None else "is no list with something in it"
        yield f"{key!r} {what}", "a list of objects with " + ", ".join(parts)
        return
    for one in listed:
        if not isinstance(one, dict):
            yield f"{key!r} holds something else than objects", "objects with " + ", ".join(parts)
            return
        for part in parts:
            yield from _text_key_problems(one, part, f" in {key!r}")


def _resource_problems(folder: Mapping, shipped: Mapping) -> Iterator[tuple[str, str]]:
    listed = folder.get("resources")
    if not isinstance(listed, list) or not all(
        isinstance(one, dict) and isinstance(one.get("name"), str) for one in listed
    ):
        yield "'resources' is missing or no list of tables", "the tables of the shipped descriptor"
        return
    named = {one["name"]: one for one in listed}
    if len(named) < len(listed):
        yield "a table stands twice in 'resources'", "each table once"
    for name in named.keys() - {resource["name"] for resource in shipped["resources"]}:
        yield f"the table {name[:60]!r} is not known", "the tables of the shipped descriptor"
    for resource in shipped["resources"]:
        name, own = resource["name"], named.get(resource["name"])
        if own is None or own.get("schema") != resource["schema"]:
            what = f"the schema of {name} differs from the shipped one"
            yield what, "the same columns, types and keys"
        elif own.get("path") != resource["path"]:
            yield f"the path of {name} is not {resource['path']}", "the shipped path"
        floor = 0 if own is None else own.get("minRows", 0)
        if not isinstance(floor, int) or isinstance(floor, bool) or floor < 0:
            yield f"'minRows' of {name} is no number of rows", "a whole number from 0 on"
