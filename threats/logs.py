"""The log: one line of JSON for each event on standard error.

It has nothing of any reader: no address, no query, no text. The libraries that serve the pages log
the same way, and of their messages only the fixed part.
"""

import json
import logging
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_LOGGER = logging.getLogger("threats")
# What the identity provider answered is needed to correct a configuration, and warnings of Python
# have nothing of readers.
_WITH_VALUES = ("streamlit.web.server.starlette.starlette_auth_routes", "py.warnings")
_MAX_VALUES_LENGTH = 300


class JsonFormatter(logging.Formatter):
    """A record as a line of JSON; control characters are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as JSON: ``time`` (UTC), ``level``, ``event`` and its facts."""
        line = {"time": self.formatTime(record), "level": record.levelname.lower()}
        line |= {"event": _fixed_message(record), **getattr(record, "facts", {})}
        if record.exc_info and record.exc_info[0]:
            line |= _error_facts(record)
        return json.dumps(line)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """Return when a record was made, by ISO 8601."""
        when = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        return f"{when}.{int(record.msecs):03d}Z"


def _fixed_message(record: logging.LogRecord) -> str:
    """Return the message of a record, of a library without the values in it."""
    if record.name == _LOGGER.name:
        return record.getMessage()
    if record.name in _WITH_VALUES:
        return record.getMessage()[:_MAX_VALUES_LENGTH]
    return f"{record.name}: {str(record.msg).strip().splitlines()[0]}"


def _error_facts(record: logging.LogRecord) -> dict[str, str]:
    """Return the type of an error and the places that it came through, without its data."""
    assert record.exc_info
    kind, error, trace = record.exc_info
    assert kind
    facts = {"kind": kind.__name__, "places": " < ".join(_places(trace))}
    if record.name in _WITH_VALUES:
        facts["why"] = str(error)[:_MAX_VALUES_LENGTH]
    return facts


def _places(trace: TracebackType | None) -> Iterator[str]:
    for frame in reversed(traceback.extract_tb(trace)[-6:]):
        yield f"{Path(frame.filename).name}:{frame.lineno}"


def info(event: str, **facts: str | int | float) -> None:
    """Log that something happened as it should."""
    _LOGGER.info(event, extra={"facts": facts})


def warn(event: str, **facts: str | int | float) -> None:
    """Log that something went wrong that the dashboard can live with."""
    _LOGGER.warning(event, extra={"facts": facts})


def configure() -> None:
    """Write the log of a dashboard to standard error; without this only warnings are written, as
    Python does for libraries."""
    if not _LOGGER.handlers:
        lines = logging.StreamHandler()
        lines.setFormatter(JsonFormatter())
        _LOGGER.addHandler(lines)
        _LOGGER.setLevel(logging.INFO)
        _LOGGER.propagate = False


def adopt(logger: logging.Logger) -> None:
    """Have a library that serves the pages log its warnings as the dashboard does."""
    logger.handlers = [*_LOGGER.handlers]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
