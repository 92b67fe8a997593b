"""A coded corpus as a dataset that the dashboard opens.

A row of ``meetings.csv`` is a text: of the series *Coded corpus*, of its date, for its region or,
where that is not known, the whole area. A threat that a text mentions counts as discussed, and as
*inferred*, which the codebook has for codes that rest on a bare word; so every page tells with each
figure that no person has read the texts. Sessions, organizations that took part and second readings
stay empty, as a corpus tells none. Vocabularies, milestones and measured indicators are those of
the dataset whose rules were used.
"""

import csv
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from threats.dataset.model import Dataset
from threats.dataset.schema import DESCRIPTOR_FILE
from threats.dataset.search import casefold_ascii

SERIES = "coded_corpus"
AREA = "osce_area"
MOST_TEXTS = 100_000  # beyond this the check of the tables takes minutes
_SHARED = (
    *("threat_categories", "responses", "organizations", "regions", "countries", "boilerplate"),
    *("milestones", "indicators", "indicator_values", "coder_scores"),
)
_EVIDENCE = "Names it, by the keyword rules; nobody has read the text."
_MOST_WORDS = 10  # of an id in a title
_ADDRESS = re.compile(r"https?://\S+")


def add_dataset(out: Path, dataset: Dataset) -> str:
    """Write the folder ``dataset`` beside the results of a run, unless it stands; return why not,
    or nothing."""
    folder = out / "dataset"
    if folder.is_dir():
        return ""
    texts = pq.read_table(out / "texts").to_pylist()
    if not texts:
        return "No dataset for the dashboard is made, as no text is left."
    if len(texts) > MOST_TEXTS:
        return f"A dataset for the dashboard is made of at most {MOST_TEXTS:,} texts."
    missing = sum(not _ADDRESS.fullmatch(text["source"]) for text in texts)
    if missing:
        return (
            f"No dataset for the dashboard is made, as {missing:,} of {len(texts):,} texts have no "
            "address (https://…) in a column source; each figure leads to its texts there."
        )
    begun = out / "dataset-begun"
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir()
    tables = _tables(texts, pq.read_table(out / "mentions").to_pylist())
    descriptor = _descriptor(dataset)
    for resource in descriptor["resources"]:
        name, path = resource["name"], resource["path"]
        if name in _SHARED:
            shutil.copy(dataset.folder / path, begun / path)
        elif name == "series":
            text = (dataset.folder / path).read_text(encoding="utf-8")
            about = "Coded corpus,Coded corpus,Texts of a corpus that were coded by keyword rules."
            (begun / path).write_text(f"{text}{SERIES},{about},\n", encoding="utf-8")
        else:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            _write(begun / path, columns, tables.get(name, ()))
    written = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    (begun / DESCRIPTOR_FILE).write_text(written, encoding="utf-8")
    shutil.copy(dataset.folder / "codebook.md", begun)
    begun.replace(folder)
    return ""


def _descriptor(dataset: Dataset) -> dict[str, Any]:
    """Return the descriptor with this dataset's own title, version and terms."""
    descriptor = json.loads((dataset.folder / DESCRIPTOR_FILE).read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["minRows"] = 0
    return descriptor | {
        "name": "coded-corpus",
        "title": "Coded corpus",
        "description": "Threats and responses that the texts of a corpus mention, coded by the "
        f"keyword rules of {dataset.descriptor['title']} {dataset.version}; nobody has read them.",
        "version": "1.0.0",
        "changes": [],
        "sources": [],
        "contributors": [{"title": "Whoever made the corpus", "roles": ["creator"]}],
        "licenses": [{"name": "not-stated", "title": "Terms are those of whoever made the corpus"}],
    }


def _tables(texts: list[dict], mentions: list[dict]) -> dict[str, list[dict[str, str]]]:
    names = _names(text["id"] for text in texts)
    meetings = [
        {
            "meeting_id": names[text["id"]],
            "series": SERIES,
            "title": " ".join(["Text", *text["id"].split()[:_MOST_WORDS]]),
            "start_date": text["date"],
            "scope": text["region"] or AREA,
            "kind": "other",
            "basis": "read",
            "reading": "whole",
            "found_by": "series_search",
            "source_url": text["source"],
            "note": "A text of a corpus, coded by keyword rules alone.",
        }
        for text in texts
    ]
    sources = {text["id"]: text["source"] for text in texts}
    made = defaultdict(list)
    for mention in mentions:
        meeting, kind, key = names[mention["id"]], mention["kind"], mention["code"]
        made[f"{kind}_mentions"].append(
            {
                "mention_id": f"{meeting}.{key}",
                "meeting_id": meeting,
                f"{kind}_id": key,
                "evidence": _EVIDENCE,
                "certainty": "inferred",
                "source_url": sources[mention["id"]],
            }
            | ({"role": "discussed"} if kind == "threat" else {})
        )
    for rows, key in (
        (meetings, "meeting_id"),
        *((rows, "mention_id") for rows in made.values()),
    ):
        rows.sort(key=lambda row: row[key])
    return {"meetings": meetings, **made}


def _names(ids: Iterable[str]) -> dict[str, str]:
    """Return a name of small letters, digits and hyphens for each id, no two alike."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(ids):
        plain = re.sub(r"[^a-z0-9]+", "-", casefold_ascii(key)).strip("-") or "text"
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name)
        names[key] = name
    return names


def _write(file: Path, columns: list[str], rows: Iterable[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
