"""The command of the Data Package standard, on the dataset folder and on the package as served."""

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import kit

NAME = "frictionless"


def ask(site: str, _published: Path | None) -> Iterator[kit.Answer]:
    """Give whether both are valid."""
    program = kit.found("frictionless", "make .venv/clients")
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "served.zip"
        archive.write_bytes(httpx.get(f"{site}/files/threat-themes.zip", timeout=120).content)
        served = Path(folder) / "served"
        zipfile.ZipFile(archive).extractall(served)
        for what, package in (("data/", kit.ROOT / "data"), ("threat-themes.zip", served)):
            process = kit.done([program, "validate", str(package / "datapackage.json")])
            valid = process.stdout.count("VALID") - process.stdout.count("INVALID")
            good = process.returncode == 0
            yield kit.Answer(what, f"{valid} valid tables" if good else kit.tail(process), good)
