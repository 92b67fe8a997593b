"""The log of the dashboard and of the libraries that serve it."""

import io
import json
import logging
import subprocess
import sys

import pytest

from threats import logs

TEXT = "a filter or a text of a reader"


@pytest.fixture
def written(monkeypatch):
    """Return a function that gives the lines written since, with a logger of a library."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonFormatter())
    monkeypatch.setattr(logging.getLogger("threats"), "handlers", [handler])
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def library(name):
    logger = logging.Logger(name)
    logs.adopt(logger)
    return logger


def test_a_library_logs_its_warnings_without_the_values_in_them(written):
    logger = library("streamlit.web.server")
    logger.info("nothing")
    logger.warning("Rejected: origin=%s", TEXT)
    [line] = written()
    assert (line["level"], line["event"]) == (
        "warning",
        "streamlit.web.server: Rejected: origin=%s",
    )


def test_an_error_is_one_line_with_its_kind_and_places(written):
    try:
        raise ValueError(TEXT)
    except ValueError:
        library("asyncio").exception(f"Task exception was never retrieved\nfuture: {TEXT}")
    [line] = written()
    assert line["kind"] == "ValueError"
    assert line["places"].startswith("test_logs.py:")
    assert TEXT not in json.dumps(line)


def test_what_the_provider_answered_is_kept_cut_and_without_control_characters(written):
    name = "streamlit.web.server.starlette.starlette_auth_routes"
    library(name).error("Error during authentication: %s", "\x1b[31mRED\x9b " + "x" * 5_000)
    [line] = written()
    assert "\x1b[31mRED" in line["event"]
    assert len(line["event"]) == 300


def test_control_characters_are_escaped_in_every_line(capsys, monkeypatch):
    record = logging.LogRecord("threats", 30, "", 0, "data \x1b[31m\x9b\u2028\nrefused", (), None)
    record.facts = {"first": "\x00\x07\x7f"}
    line = logs.JsonFormatter().format(record)
    assert line.isascii()
    assert all(char.isprintable() for char in line.replace("\x7f", ""))


PICTURE_ERROR = """
from choreographer.channels import pipe
from threats.server import application

application._configure_logs()
try:
    raise ValueError("a filter or a text of a reader")
except ValueError:
    pipe._logger.exception("JSONError decoding message. Ignoring")
"""


def test_the_browser_of_pictures_logs_an_error_as_one_line():
    command = [sys.executable, "-c", PICTURE_ERROR]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    [line] = map(json.loads, told.splitlines())
    assert line["event"].startswith("choreographer.")
    assert line["kind"] == "ValueError"
    assert TEXT not in told
