"""The metadata with which a research archive takes a dataset: CFF, DataCite and CodeMeta."""

import json
from collections.abc import Mapping
from typing import Any

from threats import __version__
from threats.dataset.editions import release_date
from threats.dataset.model import Dataset
from threats.exports.citation import cite_dashboard, to_cff
from threats.text import exports as words
from threats.text.translate import _


def deposit_files(dataset: Dataset) -> dict[str, bytes]:
    """Return the files of metadata of a dataset by their names."""
    files = {
        "CITATION.cff": to_cff(cite_dashboard(dataset, "")),
        "datacite.json": _to_json(_datacite(dataset)),
        "codemeta.json": _to_json(_codemeta(dataset)),
    }
    return {name: text.encode("utf-8") for name, text in files.items()}


def _to_json(metadata: Mapping[str, Any]) -> str:
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"


def _datacite(dataset: Dataset) -> dict[str, Any]:
    """Return the metadata by the schema of DataCite, version 4 (https://schema.datacite.org)."""
    described = dataset.descriptor
    licence, creator = described["licenses"][0], described["contributors"][0]["title"]
    checksum = {"alternateIdentifier": dataset.checksum, "alternateIdentifierType": "SHA-256"}
    rights = {"rights": licence.get("title", licence["name"]), "rightsIdentifier": licence["name"]}
    metadata = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
        "titles": [{"title": described["title"]}],
        "creators": [{"name": creator, "nameType": "Organizational"}],
        "publisher": {"name": creator},
        "publicationYear": release_date(described)[:4],
        "dates": [{"date": release_date(described), "dateType": "Issued"}],
        "version": dataset.version,
        "language": "en",
        "subjects": [{"subject": _(word)} for word in words.KEYWORDS],
        "descriptions": [{"description": described["description"], "descriptionType": "Abstract"}],
        "rightsList": [rights | ({"rightsUri": licence["path"]} if "path" in licence else {})],
        "formats": ["text/csv"],
        "alternateIdentifiers": [checksum],
    }
    return ({"doi": dataset.doi} if dataset.doi else {}) | metadata


def _codemeta(dataset: Dataset) -> dict[str, Any]:
    """Return the metadata of the program that shows the data, by CodeMeta 3
    (https://codemeta.github.io)."""
    author = {"@type": "Organization", "name": dataset.descriptor["contributors"][0]["title"]}
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": "Threat Themes",
        "description": _(words.PROGRAM_DESCRIPTION),
        "version": __version__,
        "author": [author],
        "license": "https://spdx.org/licenses/MIT",
        "programmingLanguage": "Python",
        "runtimePlatform": "Python 3.11",
        "keywords": [_(word) for word in words.KEYWORDS],
        "supportingData": {
            "@type": "Dataset",
            "name": dataset.descriptor["title"],
            "version": dataset.version,
            "identifier": f"https://doi.org/{dataset.doi}"
            if dataset.doi
            else f"sha256:{dataset.checksum}",
        },
    }
