"""A coded corpus as a dataset that the dashboard opens.

A row of ``meetings.csv`` is a text: of the series *Coded corpus*, for its region or, if that is
unknown, the whole area. A threat that a text mentions counts as discussed and *inferred*,
the codebook's word for codes that rest on a bare word; so every page says with each figure that no
person has read the texts. Sessions, organizations and second readings stay empty. Vocabularies,
milestones and indicators are those of the dataset whose rules were used.
"""

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.dataset as ds

from threats.dataset.casefold import casefold_ascii
from threats.dataset.harmless_csv import harmless_csv
from threats.dataset.model import OSCE_WIDE, Dataset
from threats.dataset.schema import DESCRIPTOR_FILE
from threats.text import corpus as messages
from threats.text.translate import _

MAX_TEXTS = 100_000  # beyond this the check of the tables takes minutes
SERIES = "coded_corpus"
_SHARED = (
    *("threat_categories", "responses", "organizations", "regions", "countries", "boilerplate"),
    *("families", "milestones", "indicators", "indicator_values", "published", "coder_scores"),
    "renamed_ids",
)
_MEETING = {
    "series": SERIES,
    "reach": "regional",
    "kind": "other",
    "basis": "read",
    "reading": "whole",
    "found_by": "series_search",
    "note": _(messages.CORPUS_NOTE),
}
_MENTION = {
    "evidence": _(messages.CORPUS_EVIDENCE),
    "certainty": "inferred",
    "role": "discussed",
}
_TITLE_WORDS = 10  # of an id
_ADDRESS = re.compile(r"https?://\S+")


def add_dataset(out: Path, dataset: Dataset) -> str:
    """Write the folder ``dataset`` beside the results of a run, unless it exists.

    Returns
    -------
    str
        Why no dataset was written; empty if there is one.
    """
    folder, begun = out / "dataset", out / "dataset-begun"
    if folder.is_dir():
        return ""
    rows = ds.dataset(out / "texts")
    number = rows.count_rows()
    if not number:
        return _(messages.NO_TEXTS_MESSAGE)
    if number > MAX_TEXTS:
        return _(messages.TOO_MANY_TEXTS_MESSAGE, limit=MAX_TEXTS)
    texts = rows.to_table().to_pandas().sort_values("id")
    missing = sum(not _ADDRESS.fullmatch(source) for source in texts["source"])
    if missing:
        return messages.missing_addresses_message(missing, number)
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir()
    _write(begun, _tables(texts, ds.dataset(out / "mentions").to_table().to_pandas()), dataset)
    begun.replace(folder)
    return ""


def _write(folder: Path, tables: dict[str, pd.DataFrame], dataset: Dataset) -> None:
    descriptor = _descriptor(dataset)
    for resource in descriptor["resources"]:
        name, file = resource["name"], folder / resource["path"]
        if name in _SHARED:
            shutil.copy(dataset.folder / file.name, file)
        elif name == "series":
            text = (dataset.folder / file.name).read_text(encoding="utf-8")
            name = _(messages.CORPUS_SERIES)
            cells = dict.fromkeys(text.split("\n", 1)[0].split(","), "")
            cells |= {"series_id": SERIES, "name": name, "short_name": name, "agenda": "free"}
            cells |= {"description": _(messages.CORPUS_SERIES_DESCRIPTION)}
            cells |= {"family": "security_dialogue"}
            file.write_text(f"{text}{','.join(cells.values())}\n", encoding="utf-8")
        else:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            table = tables.get(name, pd.DataFrame()).reindex(columns=columns)
            file.write_bytes(harmless_csv(table.sort_values(columns[0])))
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    (folder / DESCRIPTOR_FILE).write_text(text, encoding="utf-8")
    shutil.copy(dataset.folder / "codebook.md", folder)


def _descriptor(dataset: Dataset) -> dict[str, Any]:
    """Return the dataset's descriptor with title, version and terms of the corpus."""
    descriptor = json.loads((dataset.folder / DESCRIPTOR_FILE).read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["minRows"] = 0
    return descriptor | {
        "name": "coded-corpus",
        "title": _(messages.CORPUS_SERIES),
        "description": _(
            messages.CORPUS_DESCRIPTION, rules=f"{dataset.descriptor['title']} {dataset.version}"
        ),
        "version": "1.0.0",
        "changes": [],
        "sources": [],
        "contributors": [{"title": _(messages.CORPUS_CREATOR), "roles": ["creator"]}],
        "licenses": [{"name": "not-stated", "title": _(messages.CORPUS_LICENCE)}],
    }


def _tables(texts: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables of meetings and mentions."""
    meetings = pd.DataFrame(
        {
            "id": texts["id"],
            "meeting_id": list(_names(texts["id"])),
            "title": [
                _(messages.CORPUS_TEXT_TITLE, name=" ".join(key.split()[:_TITLE_WORDS]))
                for key in texts["id"]
            ],
            "start_date": texts["date"],
            "scope": texts["region"].where(texts["region"] != "", OSCE_WIDE),
            "source_url": texts["source"],
        }
    ).assign(**_MEETING)
    rows = mentions[["id", "kind", "code"]].merge(meetings[["id", "meeting_id", "source_url"]])
    rows = rows.assign(mention_id=rows["meeting_id"] + "." + rows["code"], **_MENTION)
    by_kind = {
        f"{kind}_mentions": rows[rows["kind"] == kind].rename(columns={"code": f"{kind}_id"})
        for kind in ("threat", "response")
    }
    return by_kind | {"meetings": meetings}


def _names(ids: Iterable[str]) -> Iterable[str]:
    """Yield a name of small letters, digits and hyphens for each id, no two alike."""
    taken: set[str] = set()
    for key in ids:
        plain = re.sub(r"[^a-z0-9]+", "-", casefold_ascii(key)).strip("-") or "text"
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name)
        yield name
