"""Links to views of the dashboard, and what has changed since one was made."""

from collections.abc import Mapping
from urllib.parse import urlencode

from threats.dataset import Dataset
from threats.pages import HOME


def link(
    base: str, page: str, params: Mapping[str, list[str]], anchor: str = "", version: str = ""
) -> str:
    """Return the address of a page with these parameters under a base address; ``anchor`` names a
    chart on it, ``version`` the data version that the reader saw."""
    wanted = {**params, **({"version": [version]} if version else {})}
    path = "" if page == HOME else page
    query = f"?{urlencode(wanted, doseq=True)}" if wanted else ""
    return f"{base}/{path}{query}{f'#{anchor}' if anchor else ''}"


def base_of(url: str, page: str) -> str:
    """Return the base address of the dashboard from the address of one of its pages."""
    return url.rstrip("/").removesuffix(f"/{page}")


def changes_since(dataset: Dataset, version: str) -> list[str]:
    """Return in words what has changed in the data since a version; nothing if it is the same."""
    if version == dataset.version:
        return []
    number, now = version.split("+")[0], dataset.descriptor["version"]
    changes = dataset.descriptor.get("changes", [])
    numbers = [change["version"] for change in changes]
    if number == now:
        return [f"The tables were edited since; the version is still called {now}."]
    if number not in numbers:
        return ["That version is not in the list of changes of these data."]
    return [
        f"{change['version']} ({change['date']}): {change['description']}"
        for change in changes[numbers.index(number) + 1 :]
    ]
