"""Software bill of materials (CycloneDX): every library the dashboard needs, with version, licence
and dependencies.

    python tests/sbom.py > sbom.json
"""

import json
import re
import sys
import uuid
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement

ROOT = "threats"
# SPDX id (https://spdx.org/licenses) of licences that metadata describe in other words; the first
# match counts.
_SPDX_PATTERNS = (
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
    """Return the normalized name of a library."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(root: str = ROOT) -> dict[str, list[str]]:
    """Return the installed dependencies of a library by name, itself first, each with its direct
    dependencies."""
    found: dict[str, list[str]] = {}
    extras: dict[str, set[str]] = {root: set()}
    todo = [root]
    while todo:
        name = todo.pop(0)
        active = extras[name] or {""}
        direct = [Requirement(text) for text in distribution(name).requires or ()]
        direct = [
            r
            for r in direct
            if not r.marker or any(r.marker.evaluate({"extra": e}) for e in active)
        ]
        found[name] = sorted({name_of(one.name) for one in direct})
        for one in direct:
            other = name_of(one.name)
            more = one.extras - extras.get(other, set())
            if other not in extras or more:
                extras[other] = extras.get(other, set()) | one.extras
                todo.append(other)
    return found


def licence_of(library: Distribution) -> str:
    """Return the licence of a library as an SPDX expression, or "" if none is recognized."""
    metadata = library.metadata
    if metadata.get("License-Expression"):
        return metadata["License-Expression"]
    classifiers = metadata.get_all("Classifier") or ()
    classifiers = [text for text in classifiers if text.startswith("License")]
    field = metadata.get("License") or ""
    if re.fullmatch(r"[\w.+-]+( (AND|OR) [\w.+-]+)+", field):
        return field
    for text in (" ".join(classifiers), field):
        for licence, pattern in _SPDX_PATTERNS:
            if re.search(pattern, text):
                return licence
    return ""


def bill() -> dict:
    """Return the bill of materials in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/)."""
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
