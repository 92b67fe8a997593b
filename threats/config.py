"""Environment variables and limits."""

import os


def configured_folders() -> list[str]:
    """Return the folders that ``THREATS_DATA`` names, parted as those of PATH are; an empty text
    alone, for the one that comes with the package, where it names none."""
    return [name for name in os.environ.get("THREATS_DATA", "").split(os.pathsep) if name] or [""]
