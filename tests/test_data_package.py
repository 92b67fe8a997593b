"""The dataset as programs for Data Packages read it."""

import json
import subprocess
import sys

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from threats.dataset.validation import validate_folder
from threats.server.routes import ROUTES


def validated(folder):
    """Return what the command of frictionless says of a folder."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    return json.loads(done.stdout)


@pytest.mark.slow
def test_frictionless_accepts_the_shipped_dataset(folder):
    report = validated(folder)
    assert report["valid"], report
    assert len(report["tasks"]) >= 18


@pytest.mark.slow
def test_frictionless_accepts_what_the_server_gives(tmp_path):
    client = TestClient(Starlette(routes=ROUTES))
    descriptor = client.get("/files/datapackage.json")
    (tmp_path / "datapackage.json").write_bytes(descriptor.content)
    for resource in descriptor.json()["resources"]:
        content = client.get(f"/files/{resource['path']}").content
        (tmp_path / resource["path"]).write_bytes(content)
    assert validated(tmp_path)["valid"]


@pytest.mark.slow
def test_frictionless_accepts_every_own_dataset_that_the_dashboard_does(own):
    assert validate_folder(own) == []
    assert validated(own)["valid"]
