"""Links to views of the dashboard, and what has changed since one was made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from threats.content.pages import HOME_PAGE
from threats.dataset.model import Dataset
from threats.stats.selection import Selected


@dataclass(frozen=True, eq=False)
class View:
    """What a reader looks at: a page with a selection and options, as they stand in an address
    under a base address."""

    page: str
    selected: Selected
    params: Mapping[str, list[str]]
    base: str

    def address(self, anchor: str = "", versioned: bool = False) -> str:
        """Return the link that opens this view again, with the data version if it is to be
        cited."""
        version = self.selected.dataset.version if versioned else ""
        return build_url(self.base, self.page, self.params, anchor, version)

    def beside(self, path: str, **query: str) -> str:
        """Return the address of something else of the same dataset, such as a file of it."""
        params = {name: [text] for name, text in query.items()}
        return build_url(self.base, path, self.selected.dataset.params | params)


def file_name(name: str, view: View, suffix: str) -> str:
    """Return a file name that tells chart and view, such as
    ``attention-by-year_central-asia_2018-2023.csv``."""
    plain = {"yes", "no"}
    parts = [key if set(texts) <= plain else "-".join(texts) for key, texts in view.params.items()]
    # A header holds no other letters than these.
    words = "_".join(re.sub(r"[^a-zA-Z0-9]", "-", part) for part in parts)
    return f"{name}_{words[:100] or 'all'}.{suffix}"


def build_url(
    base: str, page: str, params: Mapping[str, list[str]], anchor: str = "", version: str = ""
) -> str:
    """Return the address of a page with these parameters under a base address; ``anchor`` names a
    chart on it, ``version`` the data version that the reader saw."""
    wanted = {**params, **({"version": [version]} if version else {})}
    path = "" if page == HOME_PAGE else page
    query = f"?{urlencode(wanted, doseq=True)}" if wanted else ""
    return f"{base}/{path}{query}{f'#{anchor}' if anchor else ''}"


def base_url_from_page(url: str, page: str) -> str:
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
