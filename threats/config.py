"""The environment variables that configure the dashboard."""

import os
from pathlib import Path

DATA_VARIABLE = "THREATS_DATA"
EDIT_VARIABLE = "THREATS_EDIT"
EDITORS_VARIABLE = "THREATS_EDITORS"
PROPOSALS_VARIABLE = "THREATS_PROPOSALS"
RATE_LIMIT_VARIABLE = "THREATS_REQUESTS_A_MINUTE"
BROWSER_VARIABLE = "BROWSER_PATH"
CACHE_VARIABLE = "XDG_CACHE_HOME"
REQUESTS_PER_MINUTE = 600  # unless configured


def configured_folders() -> list[str]:
    """Return the dataset folders, separated in the variable like those of ``PATH``; one empty text
    for the shipped dataset if there are none."""
    folders = os.environ.get(DATA_VARIABLE, "").split(os.pathsep)
    return [folder for folder in folders if folder] or [""]


def editable_folder() -> str:
    """Return the dataset folder that may be changed; empty if none may."""
    return os.environ.get(EDIT_VARIABLE, "")


def named_editors() -> set[str]:
    """Return the email addresses of the signed-in users who may change the dataset, in small
    letters; in the variable they are separated by blanks or commas."""
    return set(os.environ.get(EDITORS_VARIABLE, "").replace(",", " ").casefold().split())


def proposals_folder() -> Path:
    """Return the folder of the proposals that the review desk shows."""
    return Path(os.environ.get(PROPOSALS_VARIABLE) or "proposals")


def configured_requests_per_minute() -> int:
    """Return how many requests a client may make in a minute; 0 for no limit."""
    return int(os.environ.get(RATE_LIMIT_VARIABLE) or REQUESTS_PER_MINUTE)


def browser_search_paths() -> tuple[str | None, str | None]:
    """Return the configured browser and the folders in which the system finds one."""
    return os.environ.get(BROWSER_VARIABLE), os.environ.get("PATH")


def cache_folder() -> Path:
    """Return the folder of the dashboard among the caches of the user, which may not exist."""
    return Path(os.environ.get(CACHE_VARIABLE) or "~/.cache").expanduser() / "threat-themes"
