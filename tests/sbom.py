"""What the dashboard is built on: every library that it needs, with version, licence and who needs
whom, as a CycloneDX bill of materials.

    python tests/sbom.py > sbom.json
"""

import json
import re
import sys
import uuid
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement

ROOT = "threats"
# What a library says of its licence in words of its own, in the words of https://spdx.org/licenses;
# the first that fits.
_WORDS = (
    ("MPL-2.0", r"MPL.2\.0|Mozilla Public License 2\.0"),
    ("Apache-2.0", r"Apache"),
    ("PSF-2.0", r"PSF|Python Software Foundation|matplotlib versions"),
    ("ISC", r"ISC"),
    ("Artistic-1.0-Perl", r"Artistic License"),
    ("MIT", r"MIT"),
    ("BSD-2-Clause", r"2-clause BSD|BSD.2.Clause"),
    ("BSD-3-Clause", r"BSD|Kiwi licensing|Redistribution and use in source and binary forms"),
)


def name_of(name: str) -> str:
    """Return the name of a library as registries write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(root: str = ROOT) -> dict[str, list[str]]:
    """Return the names of all libraries that one needs, itself first, each with those that it needs
    itself, on this machine."""
    found: dict[str, list[str]] = {}
    extras: dict[str, set[str]] = {root: set()}
    todo = [root]
    while todo:
        name = todo.pop(0)
        wanted = extras[name] or {""}
        own = [Requirement(text) for text in distribution(name).requires or ()]
        own = [
            r for r in own if not r.marker or any(r.marker.evaluate({"extra": e}) for e in wanted)
        ]
        found[name] = sorted({name_of(one.name) for one in own})
        for one in own:
            other = name_of(one.name)
            more = one.extras - extras.get(other, set())
            if other not in extras or more:
                extras[other] = extras.get(other, set()) | one.extras
                todo.append(other)
    return found


def licence_of(library: Distribution) -> str:
    """Return the licence of a library as an expression of SPDX; empty where it says none that is
    known."""
    told = library.metadata
    if told.get("License-Expression"):
        return told["License-Expression"]
    classifiers = [text for text in told.get_all("Classifier") or () if text.startswith("License")]
    field = told.get("License") or ""
    if re.fullmatch(r"[\w.+-]+( (AND|OR) [\w.+-]+)+", field):
        return field
    for text in (" ".join(classifiers), field):
        for licence, words in _WORDS:
            if re.search(words, text):
                return licence
    return ""


def bill() -> dict:
    """Return the bill of materials by CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/)."""
    tree = needed()
    libraries = {name: distribution(name) for name in tree}
    refs = {name: f"pkg:pypi/{name}@{one.version}" for name, one in libraries.items()}
    parts = [
        {
            "type": "application" if name == ROOT else "library",
            "bom-ref": refs[name],
            "name": name,
            "version": one.version,
            "purl": refs[name],
            "licenses": [{"expression": licence_of(one)}],
        }
        for name, one in libraries.items()
    ]
    whole = " ".join(refs.values())
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, whole)}",
        "version": 1,
        "metadata": {"component": parts[0]},
        "components": parts[1:],
        "dependencies": [
            {"ref": refs[name], "dependsOn": [refs[other] for other in others]}
            for name, others in tree.items()
        ],
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
    print()
