"""What the clients share: what they found, where their programs are, and how one is run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
# The environment of the set-up; one for the generator, which needs older libraries; the system.
PATH = os.pathsep.join(
    (
        str(Path(sys.executable).parent),
        str(ROOT / ".venv" / "generator" / "bin"),
        os.environ.get("PATH", ""),
    )
)


class Answer(NamedTuple):
    """What a client was asked, what it said, and whether that is good; None if a part of it is not
    installed."""

    what: str
    result: str
    good: bool | None


class MissingError(Exception):
    """A program is not installed; the message is the command that installs it."""


def found(program: str, install: str) -> str:
    """Return the path of a program. Raises MissingError with the command that installs it."""
    path = shutil.which(program, path=PATH)
    if path is None:
        raise MissingError(install)
    return path


def npx(package: str) -> list[str]:
    """Return the command that runs an npm package, with its exact version."""
    return [found("npx", "apt install nodejs npm"), "--yes", package]


def done(
    command: list[str], timeout: float = 600, **environment: str
) -> subprocess.CompletedProcess:
    """Return a program that has ended, with what it printed."""
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=timeout,
        env=os.environ | {"PATH": PATH} | environment,
        stdin=subprocess.DEVNULL,
    )


def tail(process: subprocess.CompletedProcess, letters: int = 300) -> str:
    """Return the end of what a program printed, in one line."""
    return " ".join((process.stdout + process.stderr).split())[-letters:]
