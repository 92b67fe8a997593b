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
from click.testing import CliRunner
from websockets import http11

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


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def serve(monkeypatch, tmp_path):
    """Return a function that runs the command in an empty folder and returns what it says, how it
    starts the server, and the settings of Streamlit."""
    settings, started = {}, {}
    monkeypatch.setattr("uvicorn.run", lambda app, **options: started.update(options))
    monkeypatch.setattr("streamlit.config.set_option", settings.__setitem__)
    monkeypatch.setattr("streamlit.config.is_manually_set", lambda name: name == "theme.paddingTop")
    monkeypatch.chdir(tmp_path)

    def run(*options):
        if "--port" not in options:  # the usual one may be taken
            options = (*options, "--port", str(free_port()))
        done = CliRunner().invoke(main, ["serve", *options], catch_exceptions=False)
        return done.output, started, settings

    return run


def test_shipped_settings_apply_unless_the_user_sets_them(serve, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_MAX_UPLOAD_SIZE", "3")
    monkeypatch.setenv("STREAMLIT_SERVER_ENABLE_WEBSOCKET_COMPRESSION", "true")
    monkeypatch.setenv("STREAMLIT_SERVER_ALLOWED_HOSTS", "one.example two.example")
    _, _, settings = serve()
    assert settings["theme.light.primaryColor"] == SETTINGS["theme"]["light"]["primaryColor"]
    assert settings["browser.gatherUsageStats"] is False
    assert settings["server.maxMessageSize"] == SETTINGS["server"]["maxMessageSize"]
    assert settings["server.maxUploadSize"] == 3
    assert settings["server.enableWebsocketCompression"] is True
    assert settings["server.allowedHosts"] == ["one.example", "two.example"]
    assert "theme.paddingTop" not in settings


def test_it_listens_on_this_machine_alone_by_default_and_says_how_to_open_it(serve):
    said, started, _ = serve("--port", "8765")
    assert (started["host"], started["port"]) == ("localhost", 8765)
    assert "http://localhost:8765" in said
    assert SETTINGS["server"]["address"] == "localhost"


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_a_taken_port_is_told_in_one_sentence_with_what_to_do(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as other:
        try:
            other.bind((address, 0))
        except OSError:
            pytest.skip("no such address on this machine")
        other.listen()
        port = other.getsockname()[1]
        done = CliRunner().invoke(main, ["serve", "--address", address, "--port", str(port)])
    assert done.exit_code == 1
    assert f"Port {port} is taken" in done.output
    assert "threats serve --port " in done.output
    assert "Traceback" not in done.output
    assert "Open http" not in done.output


def test_an_address_of_ipv6_is_told_as_a_browser_reads_it(serve):
    port = free_port()
    said, started, _ = serve("--address", "::1", "--port", str(port))
    assert (started["host"], started["port"]) == ("::1", port)
    assert f"http://[::1]:{port} " in said


def test_an_address_of_all_networks_is_opened_by_a_name(serve):
    said, started, _ = serve("--address", "0.0.0.0")
    assert started["host"] == "0.0.0.0"
    assert f"http://localhost:{started['port']} " in said


def test_what_a_page_sends_is_bounded_and_long_cookies_fit(serve):
    _, started, _ = serve()
    assert started["ws_max_size"] <= 1_000_000 * SETTINGS["server"]["maxWidgetStateSize"]
    assert started["h11_max_incomplete_event_size"] >= 33_000 + 8_000
    assert http11.MAX_LINE_LENGTH >= 33_000


def test_a_wheel_has_the_dataset_without_the_code_that_makes_it(installed):
    inside = installed / "threats" / "data"
    assert (inside / "indicator_values.csv").is_file()
    assert not (inside / "sources").exists()
    assert [path for path in inside.rglob("*") if path.suffix == ".py"] == []


def test_the_server_starts_without_what_pages_and_other_commands_need():
    program = (
        "import sys, threats.cli.main, threats.cli.serve, threats.server.application\n"
        "print({'pandas', 'scipy', 'kaleido', 'frictionless', 'docx'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "set()", done.stderr


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
