"""What many tests share: the shipped dataset, and a copy of its folder to change."""

import shutil
from pathlib import Path

import pytest

import threats

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def data():
    """Return the shipped dataset."""
    return threats.load(DATA)


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the shipped dataset folder."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
