"""The log: one line of JSON for each event on standard error.

It has nothing of any reader: no address, no query, no text.
"""

import json
import logging
import time

_LOGGER = logging.getLogger("threats")


class JsonFormatter(logging.Formatter):
    """A record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as JSON: ``time`` (UTC), ``level``, ``event`` and its facts."""
        line = {"time": self.formatTime(record), "level": record.levelname.lower()}
        line |= {"event": record.getMessage(), **getattr(record, "facts", {})}
        return json.dumps(line, ensure_ascii=False)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """Return when a record was made, by ISO 8601."""
        when = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        return f"{when}.{int(record.msecs):03d}Z"


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
