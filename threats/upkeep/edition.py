"""A new edition of a dataset: what changed, its version, the list of changes, and the archive."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from threats.dataset.editions import edition_path, keep_edition, read_archive, zip_bytes
from threats.dataset.folder_writer import Files, edit_folder
from threats.dataset.row_changes import file_rows, row_id_of
from threats.dataset.schema import DESCRIPTOR_FILE, cached_descriptor
from threats.text import release as text

# Tables whose ids are in links of readers, or in cells of other tables.
_TABLES_OF_IDS = (
    "meetings",
    "families",
    "series",
    "threat_categories",
    "responses",
    "organizations",
    "regions",
    "indicators",
)


class TableChange(NamedTuple):
    """The rows of a table that an edition adds, drops and changes, by their keys."""

    table: str
    title: str
    added: list[str]
    dropped: list[str]
    changed: list[str]


class Release(NamedTuple):
    """A released edition. ``changes`` is empty for the first one and for one without changes;
    ``is_new`` says whether an archive was written."""

    version: str
    archive: Path
    changes: list[TableChange]
    is_new: bool


def release_edition(folder: Path) -> Release:
    """Check a dataset folder, give what changed since the last edition a version, and archive it in
    the folder.

    Without an archive of the version of the folder, that version is archived as it is. Raises
    DatasetError with every problem, and OSError if a folder cannot be written.
    """
    changes: list[TableChange] = []
    kept: Files = {}

    def edit(files: Files) -> Files:
        kept.update(files)
        descriptor = json.loads(files[DESCRIPTOR_FILE])
        before = edition_path(folder, descriptor["version"])
        if not before.exists():
            return {}
        earlier = read_archive(before)
        changes.extend(table_changes(earlier, files))
        other = [name for name in files if files[name] != earlier.get(name)]
        if not other:
            return {}
        version = next_version(descriptor["version"], changes, is_schema_changed(earlier, files))
        new = _new_descriptor(descriptor, version, text.changes_sentences(changes))
        return {DESCRIPTOR_FILE: new}

    kept.update(edit_folder(folder, edit))
    version = json.loads(kept[DESCRIPTOR_FILE])["version"]
    path = edition_path(folder, version)
    is_new = not path.exists()
    if is_new:
        keep_edition(folder, version, zip_bytes(kept))
    return Release(version, path, changes, is_new)


def table_changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[TableChange]:
    """Return what differs between the tables of two editions, by the order of the dictionary;
    tables that describe the work on the data are left out."""
    found = []
    for resource in cached_descriptor()["resources"]:
        name, file = resource["name"], resource["path"]
        if resource.get("versioned", True):
            old, new = (
                {row_id_of(name, row): row for row in file_rows(files[file])}
                if file in files
                else {}
                for files in (before, after)
            )
            changed = [key for key in old if key in new and old[key] != new[key]]
            added = [key for key in new if key not in old]
            dropped = [key for key in old if key not in new]
            if added or dropped or changed:
                found.append(TableChange(name, resource["title"], added, dropped, changed))
    return found


def is_schema_changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> bool:
    """Return whether a table or a column of an earlier edition is no longer there."""
    old, new = (_columns(files) for files in (before, after))
    return not old <= new


def _columns(files: Mapping[str, bytes]) -> set[tuple[str, str]]:
    return {
        (resource["name"], field["name"])
        for resource in json.loads(files[DESCRIPTOR_FILE])["resources"]
        for field in resource["schema"]["fields"]
    }


def next_version(version: str, changes: list[TableChange], schema_changed: bool) -> str:
    """Return the version after one.

    The first number rises if ids, columns or tables are dropped, on which others may rely; the
    second if there are other new or dropped rows; the third if cells alone changed.
    """
    parts = [int(part) if part.isdecimal() else 0 for part in version.split(".")[:3]]
    major, minor, patch = [*parts, 0, 0, 0][:3]
    if schema_changed or any(one.dropped and one.table in _TABLES_OF_IDS for one in changes):
        return f"{major + 1}.0.0"
    if any(one.added or one.dropped for one in changes):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def _new_descriptor(descriptor: dict, version: str, description: str) -> bytes:
    now = dt.datetime.now(dt.UTC)
    entry = {"version": version, "date": now.date().isoformat(), "description": description}
    descriptor["changes"] = [*descriptor.get("changes", []), entry]
    descriptor |= {"version": version, "created": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
    return (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
