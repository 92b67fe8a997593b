"""Dependencies: exact versions, compatible licences, a software bill of materials."""

import json
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

from sbom import ROOT, bill, licence_of, name_of, needed

HERE = Path(__file__).parent
PINNED = dict(
    line.split("==")
    for line in (HERE.parent / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if "==" in line
)
PINNED = {name_of(name): version.split(";")[0].strip() for name, version in PINNED.items()}
# Licences compatible with code under MIT. MPL only requires open changes to its own files.
ALLOWED = {
    "0BSD",
    "AFL-2.1",
    "Apache-2.0",
    "Artistic-1.0-Perl",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
LIBRARIES = sorted(needed().keys() - {ROOT})


def test_every_library_has_a_licence_that_goes_with_ours():
    licences = {name: licence_of(distribution(name)) for name in LIBRARIES}
    atoms = {
        name: set(re.findall(r"[\w.+-]+", licence)) - {"AND", "OR", "WITH"}
        for name, licence in licences.items()
    }
    assert {name: licences[name] for name in atoms if not atoms[name]} == {}
    assert {name: found for name, found in atoms.items() if not found <= ALLOWED} == {}


def test_every_library_has_an_exact_version_that_is_the_one_tested():
    tested = {name: distribution(name).version for name in LIBRARIES}
    assert {name: PINNED.get(name) for name in LIBRARIES} == tested


def test_the_bill_of_materials_names_all_with_version_licence_and_who_needs_whom():
    command = [sys.executable, str(HERE / "sbom.py")]
    answer = json.loads(
        subprocess.run(command, capture_output=True, check=True, text=True, timeout=120).stdout
    )
    assert answer == bill()
    refs = {part["bom-ref"] for part in answer["components"]}
    assert {part["name"] for part in answer["components"]} == set(LIBRARIES)
    assert all(part["licenses"][0]["expression"] for part in answer["components"])
    named = {ref for one in answer["dependencies"] for ref in one["dependsOn"]}
    assert named == refs
    assert {"pandas", "plotly", "streamlit"} <= {part["name"] for part in answer["components"]}
