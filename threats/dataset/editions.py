"""The released editions of a dataset, kept in its folder as they were."""

import csv
import functools
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from threats import logs
from threats.dataset.addresses import trim
from threats.dataset.csv_files import MAX_TEXT_BYTES, ReadError, read_dataset_file
from threats.dataset.model import Dataset, build_dataset
from threats.dataset.schema import DESCRIPTOR_FILE, EDITIONS_FOLDER, shipped_descriptor

# As ``sha256sum --check`` reads it.
CHECKSUMS_FILE = "SHA256SUMS"
MAX_TABLES_BYTES = 200_000_000
_MAX_OPEN_EDITIONS = 4


class Edition(NamedTuple):
    """An archived edition: version, day of its release, its ZIP file and the SHA-256 of this."""

    number: str
    date: str
    path: Path
    checksum: str


def archived_editions(dataset: Dataset) -> dict[str, Edition]:
    """Return the archived editions of a dataset by their version, the oldest first.

    An archive that cannot be read or differs from its checksum is left out, and the log says so.
    """
    folder = (dataset.today or dataset).folder / EDITIONS_FOLDER
    found = (_read_edition(path, _stamp(path)) for path in sorted(folder.glob("*.zip")))
    known = [edition for edition in found if edition]
    return {edition.number: edition for edition in sorted(known, key=_release_order)}


def open_edition(current: Dataset, version: str) -> Dataset:
    """Return the edition of a dataset with this version: the current one, also for an empty text,
    or an archived one. Raises KeyError if there is none."""
    number = edition_number(version)
    if number in ("", current.descriptor["version"]):
        return current
    edition = archived_editions(current)[number]
    try:
        return _load_edition(current, edition)
    except (ValueError, LookupError, csv.Error):
        _log_left_out(edition.path)
        raise KeyError(number) from None


def edition_number(version: str) -> str:
    """Return the number of a version in words, which may have the digest of its tables."""
    return _mended(version).partition("+")[0]


def is_exact(dataset: Dataset, version: str) -> bool:
    """Return whether a version names this edition, and no other state of its tables."""
    return _mended(version) in (dataset.descriptor["version"], dataset.version)


def _mended(version: str) -> str:
    # An unescaped plus sign in an address is a blank.
    return trim(version).replace(" ", "+")


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP file whose bytes depend on the files alone."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return file.getvalue()


def edition_path(folder: Path, number: str) -> Path:
    """Return the ZIP file of an edition of a dataset folder."""
    return folder / EDITIONS_FOLDER / f"{number}.zip"


def keep_edition(folder: Path, number: str, archive: bytes) -> Path:
    """Write an edition as a ZIP file and its checksum into a dataset folder; return its path.

    Raises FileExistsError if another archive has this version.
    """
    path = edition_path(folder, number)
    if path.exists():
        if path.read_bytes() == archive:
            return path
        raise FileExistsError(path)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(archive)
    sums = path.parent / CHECKSUMS_FILE
    lines = sums.read_text(encoding="utf-8").splitlines() if sums.exists() else []
    lines.append(f"{hashlib.sha256(archive).hexdigest()}  {path.name}")
    sums.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def release_date(descriptor: Mapping) -> str:
    """Return the day on which the version of a descriptor was released, as YYYY-MM-DD."""
    changes = {change["version"]: change["date"] for change in descriptor.get("changes", [])}
    return changes.get(descriptor["version"], descriptor["created"][:10])


def _release_order(edition: Edition) -> tuple[str, str]:
    return edition.date, edition.number


def _stamp(path: Path) -> int:
    """Return the time of the last change of a file, in nanoseconds; 0 if there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@functools.lru_cache(maxsize=64)
def _read_edition(path: Path, stamp: int) -> Edition | None:
    """Return an edition; ``stamp`` is the time of the last change of its file."""
    try:
        archive = _read_inside(path, MAX_TABLES_BYTES)
        checksum = hashlib.sha256(archive).hexdigest()
        lines = _read_inside(path.parent / CHECKSUMS_FILE, MAX_TEXT_BYTES).decode("utf-8").split()
        if dict(zip(lines[1::2], lines[::2], strict=False)).get(path.name) != checksum:
            raise ValueError(path)
        descriptor = json.loads(_unpack(archive)[DESCRIPTOR_FILE])
        return Edition(path.stem, release_date(descriptor), path, checksum)
    except (ValueError, LookupError, TypeError, AttributeError):
        _log_left_out(path)
        return None


def _log_left_out(path: Path) -> None:
    logs.warn("edition left out: unreadable or not as in its checksum", file=path.name)


def read_archive(path: Path) -> dict[str, bytes]:
    """Return the files in the archive of an edition. Raises ValueError if it cannot be read, is no
    file inside the dataset folder or holds too much."""
    return _unpack(_read_inside(path, MAX_TABLES_BYTES))


def _read_inside(path: Path, limit: int) -> bytes:
    """Return what is in a file of the folder of editions, read like each file of a dataset. Raises
    ValueError if it cannot be read."""
    found = read_dataset_file(path.parent.parent, f"{EDITIONS_FOLDER}/{path.name}", limit)
    if isinstance(found, ReadError):
        raise ValueError(found.what)
    return found


def _unpack(archive: bytes) -> dict[str, bytes]:
    """Return the files in a ZIP file. Raises ValueError if it is none or holds too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = opened.infolist()
            if sum(one.file_size for one in entries) > MAX_TABLES_BYTES:
                raise ValueError(MAX_TABLES_BYTES)
            return {one.filename: opened.read(one) for one in entries}
    # Broken, encrypted, or packed by a method that is unknown.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise ValueError(str(error)) from None


@functools.lru_cache(maxsize=_MAX_OPEN_EDITIONS)
def _load_edition(current: Dataset, edition: Edition) -> Dataset:
    archive = _read_inside(edition.path, MAX_TABLES_BYTES)
    if hashlib.sha256(archive).hexdigest() != edition.checksum:  # replaced meanwhile
        raise ValueError(edition.path)
    files = _unpack(archive)
    descriptor = json.loads(files[DESCRIPTOR_FILE])
    return build_dataset(edition.path.parent, files, descriptor, _completed(files), current)


def _completed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the tables of an earlier edition with the columns of today: those that it does not
    have yet are empty, as are tables that it does not have."""
    completed = {}
    for resource in shipped_descriptor()["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        text = files.get(resource["path"], b"").decode("utf-8")
        table = io.StringIO()
        writer = csv.DictWriter(
            table, columns, restval="", extrasaction="ignore", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(csv.DictReader(io.StringIO(text, newline="")))
        completed[resource["path"]] = table.getvalue().encode("utf-8")
    return completed
