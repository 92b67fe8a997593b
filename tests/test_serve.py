"""``threats serve`` from a checkout and from a wheel, in any working directory."""

import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest
import streamlit as st
from click.testing import CliRunner

from threats.cli.main import main

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.fixture
def installed(tmp_path):
    """Return a folder with the contents of a wheel, as pyproject.toml describes them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    folder = tmp_path / "site"
    for source in wheel["only-include"]:
        first, *rest = Path(source).parts
        target = folder.joinpath(wheel["sources"].get(first, first), *rest)
        target.parent.mkdir(exist_ok=True, parents=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target)
        else:
            shutil.copy(ROOT / source, target)
    for excluded in wheel["exclude"]:
        first, *rest = Path(excluded).parts
        shutil.rmtree(folder.joinpath(wheel["sources"].get(first, first), *rest))
    return folder


@pytest.fixture
def configured(monkeypatch, tmp_path):
    """Return the settings with which the command starts Streamlit, in an empty folder."""
    started = {}
    monkeypatch.setattr(st.App, "run", lambda app, config: started.update(config))
    monkeypatch.setattr("streamlit.config.set_option", lambda name, value: None)
    monkeypatch.setattr("streamlit.config.is_manually_set", lambda name: name == "theme.paddingTop")
    monkeypatch.chdir(tmp_path)
    assert (
        CliRunner().invoke(main, ["serve", "--port", "8765"], catch_exceptions=False).output == ""
    )
    return started


def test_shipped_settings_apply_unless_the_user_sets_them(configured):
    assert configured["theme.light.primaryColor"] == SETTINGS["theme"]["light"]["primaryColor"]
    assert configured["browser.gatherUsageStats"] is False
    assert configured["server.maxUploadSize"] == SETTINGS["server"]["maxUploadSize"]
    assert "theme.paddingTop" not in configured


def test_it_listens_on_this_machine_alone_by_default(configured):
    assert (configured["server.address"], configured["server.port"]) == ("localhost", 8765)


def test_a_wheel_has_the_dataset_without_the_code_that_makes_it(installed):
    inside = installed / "threats" / "data"
    assert (inside / "indicator_values.csv").is_file()
    assert not (inside / "sources").exists()
    assert [path for path in inside.rglob("*") if path.suffix == ".py"] == []


@pytest.mark.slow
def test_an_installed_wheel_serves_from_another_folder(installed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    program += "from threats.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", program, str(installed), "serve", "--port", str(port)],
        cwd=tmp_path,
        env={"PATH": "/usr/bin", "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        for address in ("healthz", "print/trends"):
            assert _body(process, f"http://127.0.0.1:{port}/{address}")
    finally:
        process.terminate()
        output, _ = process.communicate(timeout=30)
    assert "restart" not in output
    assert "Traceback" not in output


def _body(process, address):
    """Return what is at an address once the server listens."""
    until = time.monotonic() + 90
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.read()
        except ConnectionError as error:
            reason = error
        except urllib.error.URLError as error:
            reason = error.reason
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < until, reason
        time.sleep(0.3)
