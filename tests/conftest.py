"""What many tests share: the shipped dataset, and a copy of its folder to change."""

import os
import shutil
from pathlib import Path

import pytest

import threats
from threats import images

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def data():
    """Return the shipped dataset."""
    return threats.load(DATA)


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the shipped dataset folder."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture(scope="session")
def chromium():
    """Make sure that there is a browser; without one, skip here and fail in CI."""
    if not images.available():
        reason = "no Chrome or Chromium on this machine"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    yield
    images.stop()
