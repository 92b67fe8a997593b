"""One immutable dataset read from a folder of CSV files, with the joined agenda table."""

import datetime as dt
import functools
import hashlib
import io
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from threats.caching import keep_result, kept_result
from threats.config import configured_folders
from threats.dataset.categories import as_categories, positions
from threats.dataset.coder_agreement import UNRELIABLE_MARK, unreliable_codes
from threats.dataset.csv_files import Problem, read_dataset_files
from threats.dataset.dates import ERA_MILESTONES, era_of, format_date_range
from threats.dataset.schema import DESCRIPTOR_FILE, shipped_descriptor, shipped_folder
from threats.dataset.validation import validate_files
from threats.language import DEFAULT_LANGUAGE, language_id, language_params
from threats.text.vocabulary import LABEL_COLUMNS, country_name, translate_label

MEETING_TABLES = ("threat_mentions", "response_mentions", "participation", "regional_sessions")
_DOI_PATTERN = r"https://doi\.org/(10\.\d{4,9}/[-._;()/:A-Za-z0-9]+)"
AGENDA_COLUMNS = ("year", "start_date", "era", "scope", "found_by")


class DatasetError(Exception):
    """A dataset folder is invalid; ``problems`` lists everything that is wrong with it."""

    def __init__(self, folder: Path, problems: list[Problem]):
        super().__init__("\n".join(map(str, problems)))
        self.folder = folder
        self.problems = tuple(problems)


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of a dataset folder and the agenda joined from them; nothing in it can be changed.

    ``folder`` is where it was read, ``files`` what was read there by the names of the files,
    ``descriptor`` its Data Package descriptor and ``checksum`` the SHA-256 over all its tables, one
    after the other, in 64 hexadecimal digits. ``first`` is false for those of several that an
    address has to name. ``today`` is the current edition if this is an archived one, else None.
    ``own`` says that the tables have meetings that one reader alone counts.
    """

    folder: Path
    files: Mapping[str, bytes]
    descriptor: Mapping
    checksum: str
    _tables: Mapping[str, pd.DataFrame]
    first: bool = True
    today: "Dataset | None" = None
    own: bool = False

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table by its name in the data dictionary, or ``agenda``.

        What the caller does to it stays with the caller: pandas copies on write.
        ``meetings`` has these derived columns: ``year`` (Int64), ``date`` (words), ``era`` and
        ``family``, that of its series.
        ``threat_categories`` and ``responses`` have a ``label``: the short name, with a mark where
        two readings agreed too little on the code.
        ``agenda`` has one row per meeting, session and threat: the columns of ``threat_mentions``
        and, of its meeting, ``AGENDA_COLUMNS``. In these tables and those of ``MEETING_TABLES``
        text is kept as categories. Raises KeyError for an unknown name.
        """
        return self._tables[name].copy(deep=False)

    @property
    def id(self) -> str:
        """The name in the descriptor, which identifies the dataset in an address."""
        return self.descriptor["name"]

    @property
    def params(self) -> dict[str, list[str]]:
        """The address parameters that ask for this dataset in the reader's language; none for the
        first in English, today's edition, so that links from before there were several work."""
        if self.today:
            return self.today.params | {"version": [self.descriptor["version"]]}
        return ({} if self.first else {"dataset": [self.id]}) | language_params()

    @property
    def digest(self) -> str:
        """The first twelve hexadecimal digits of the checksum."""
        return self.checksum[:12]

    @property
    def version(self) -> str:
        """The version in words: the number in the descriptor and the digest of the tables."""
        return f"{self.descriptor['version']}+{self.digest}"

    @property
    def doi(self) -> str:
        """The DOI in the ``id`` of the descriptor, such as 10.5281/zenodo.1; empty if it has
        none."""
        found = re.fullmatch(_DOI_PATTERN, str(self.descriptor.get("id", "")))
        return found[1] if found else ""

    @property
    def licence(self) -> str:
        """The licence in words: title, short name and, where the descriptor has one, address."""
        licence = self.descriptor["licenses"][0]
        text = f"{licence.get('title', licence['name'])} ({licence['name']})"
        return f"{text}: {licence['path']}" if "path" in licence else text

    def names(self, table: str, column: str = "name") -> dict[str, str]:
        """Return the label of each id of a vocabulary table in the reader's language, in order."""
        return _cached_labels(self, table, column, language_id()).copy()

    def sources(self) -> list[str]:
        """Return the distinct addresses of the pages that rows of any table name as their source,
        in the order of the alphabet."""
        tables = [t for name, t in self._tables.items() if name != "source_checks"]
        columns = [t["source_url"] for t in tables if "source_url" in t]
        return sorted({url for column in columns for url in column if url})

    def era_bounds(self) -> tuple[dt.date, dt.date]:
        """Return the first and the last day of WHO's emergency, which bound the eras."""
        return _cached_era_bounds(self)


@functools.lru_cache(maxsize=1024)
def _cached_labels(dataset: Dataset, table: str, label: str, language: str) -> dict[str, str]:
    frame = dataset._tables[table]
    labels = dict(zip(frame.iloc[:, 0], frame[label], strict=True))
    if language == DEFAULT_LANGUAGE:
        return labels
    if table == "countries" and label == "name":
        return {key: country_name(key, text) for key, text in labels.items()}
    if label == "label":
        return {key: _translated_with_mark(text) for key, text in labels.items()}
    if label in LABEL_COLUMNS.get(table, ()):
        return {key: translate_label(text) for key, text in labels.items()}
    return labels


def _translated_with_mark(label: str) -> str:
    text = label.removesuffix(UNRELIABLE_MARK)
    return translate_label(text) + label[len(text) :]


@functools.lru_cache(maxsize=8)
def _cached_era_bounds(dataset: Dataset) -> tuple[dt.date, dt.date]:
    return _parse_era_bounds(dataset._tables["milestones"])


def load(folder: str | os.PathLike | None = None) -> Dataset:
    """Return the dataset in ``folder``, else in the first folder named by the environment variable
    ``THREATS_DATA``, else the one that comes with the package.

    Raises DatasetError with every problem if the folder does not follow the data dictionary.
    """
    path = data_folder(folder)
    files = _checked_files(path)
    descriptor = json.loads(files[DESCRIPTOR_FILE].decode("utf-8"))
    descriptor["resources"] = shipped_descriptor()["resources"]
    return build_dataset(path, files, descriptor, files)


def build_dataset(
    folder: Path,
    files: Mapping[str, bytes],
    descriptor: dict,
    readable: Mapping[str, bytes],
    today: Dataset | None = None,
) -> Dataset:
    """Return the dataset of files that were read in a folder; ``readable`` has its tables with the
    columns of today, ``today`` is the current edition if this is an archived one."""
    checksum = hashlib.sha256()
    for resource in descriptor["resources"]:
        if resource.get("versioned", True):
            checksum.update(files[resource["path"]])
    tables = {
        resource["name"]: _read_table(readable[resource["path"]], resource["schema"]["fields"])
        for resource in shipped_descriptor()["resources"]
    }
    tables["meetings"] = _with_derived_columns(tables)
    tables |= _add_labels(tables)
    return Dataset(
        folder,
        MappingProxyType(dict(files)),
        MappingProxyType(descriptor),
        checksum.hexdigest(),
        MappingProxyType(join_agenda(tables)),
        today is None or today.first,
        today,
    )


def with_own_meetings(base: Dataset, files: Mapping[str, bytes]) -> Dataset:
    """Return a dataset with other tables of meetings, for one reader alone. Its files, version and
    checksum stay those of ``base``, so that addresses and citations mean what others see."""
    tables = dict(base._tables)
    for resource in shipped_descriptor()["resources"]:
        if resource["name"] in ("meetings", *MEETING_TABLES):
            content = files[resource["path"]]
            tables[resource["name"]] = _read_table(content, resource["schema"]["fields"])
    tables["meetings"] = _with_derived_columns(tables)
    return replace(base, _tables=MappingProxyType(join_agenda(tables)), own=True)


def _with_derived_columns(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the meetings with the columns that are derived from others."""
    start, end = _parse_era_bounds(tables["milestones"])
    return tables["meetings"].assign(
        year=lambda t: pd.to_numeric(t["start_date"].str[:4], errors="coerce").astype("Int64"),
        date=lambda t: [
            format_date_range(*row) for row in zip(t["start_date"], t["end_date"], strict=True)
        ],
        era=lambda t: [era_of(day, start, end) for day in t["start_date"]],
        family=lambda t: t["series"].map(tables["series"].set_index("series_id")["family"]),
    )


def _checked_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a dataset, checked now or, byte by byte the same, at an earlier start.

    Raises DatasetError with every problem.
    """
    # Read once, so that what was checked is what is taken over, whatever happens to the folder.
    read = read_dataset_files(folder)
    files = {name: raw for name, raw in read.items() if isinstance(raw, bytes)}
    # The checks depend on the shipped schema, too.
    checked = {**files, "schema": json.dumps(shipped_descriptor()["resources"]).encode()}
    if len(files) == len(read) and kept_result("checked", checked):
        return files
    if problems := validate_files(folder, read):
        raise DatasetError(folder, problems)
    keep_result("checked", checked, True)
    return files


def data_folder(folder: str | os.PathLike | None = None) -> Path:
    """Return the folder that ``load`` would read."""
    return Path(folder or configured_folders()[0] or shipped_folder()).resolve()


def _read_table(content: bytes, fields: list[dict]) -> pd.DataFrame:
    """Return a table: text as text (unknown: empty), whole numbers as Int64, others as float."""
    numbers = {"integer": "Int64", "number": "float64"}
    types = {field["name"]: numbers.get(field["type"], "str") for field in fields}
    text = [name for name, kind in types.items() if kind == "str"]
    frame = pd.read_csv(
        io.BytesIO(content),
        dtype=types,
        encoding="utf-8",
        keep_default_na=False,
        na_values={name: [""] for name in types if name not in text},
    )
    return frame


def _parse_era_bounds(milestones: pd.DataFrame) -> tuple[dt.date, dt.date]:
    dates = milestones.set_index("milestone_id")["date"]
    start, end = (dt.date.fromisoformat(dates[name]) for name in ERA_MILESTONES)
    return start, end


def _add_labels(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the vocabularies of threats and responses with ``label``."""
    threats, responses = tables["threat_categories"], tables["responses"]
    codes = {"threat": threats["threat_id"].tolist(), "response": responses["response_id"].tolist()}
    weak = unreliable_codes(tables["double_readings"], codes)
    return {
        name: table.assign(
            label=[
                text + UNRELIABLE_MARK * (code in weak)
                for code, text in zip(table.iloc[:, 0], table[text], strict=True)
            ]
        )
        for name, table, text in (
            ("threat_categories", threats, "short_name"),
            ("responses", responses, "name"),
        )
    }


def join_agenda(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of a dataset with ``agenda``, those that grow with the number of meetings
    with their text as categories, and the ids of meetings as the same ones in all of them."""
    meetings = as_categories(tables["meetings"])
    ids = {"meeting_id": meetings["meeting_id"].dtype}
    changed = {name: as_categories(tables[name].astype(ids)) for name in MEETING_TABLES}
    mentions = changed["threat_mentions"]
    row = positions(mentions["meeting_id"], meetings["meeting_id"])
    own = meetings[list(AGENDA_COLUMNS)].iloc[row].reset_index(drop=True)
    agenda = pd.concat([mentions, own], axis=1)
    return {**tables, "meetings": meetings, **changed, "agenda": agenda}


PANDEMIC = "pandemic"

OSCE_WIDE = "osce_area"
