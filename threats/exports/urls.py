"""Links to views of the dashboard, and the changes of the dataset since a link."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from threats.content.pages import HOME_PAGE
from threats.dataset.editions import edition_number, is_exact, release_date
from threats.dataset.model import Dataset
from threats.language import LANGUAGE_PARAM, LANGUAGES
from threats.stats.selection import Selected
from threats.text import exports as words
from threats.text.translate import _, translated_languages

# The program that a CSV file can be for, and the suffix of the file that it gets.
FOR_EXCEL, EXCEL_CSV = "excel", "excel.csv"


@dataclass(frozen=True, eq=False)
class View:
    """A page with a selection and options, as parameters of an address under a base address."""

    page: str
    selected: Selected
    params: Mapping[str, list[str]]
    base: str

    def address(self, anchor: str = "", versioned: bool = False) -> str:
        """Return the link to this view, with the data version if it is to be cited."""
        version = self.selected.dataset.version if versioned else ""
        return build_url(self.base, self.page, self.params, anchor, version)

    def beside(self, path: str, **query: str) -> str:
        """Return the address of another resource of the dataset, such as a file."""
        params = {name: [text] for name, text in query.items()}
        return build_url(self.base, path, self.selected.dataset.params | params)


def file_name(name: str, view: View, suffix: str) -> str:
    """Return a file name with chart and view: ``attention-by-year_central-asia_2018-2023.csv``."""
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
    query_params = {**params, **({"version": [version]} if version else {})}
    path = "" if page == HOME_PAGE else page
    query = f"?{urlencode(query_params, doseq=True)}" if query_params else ""
    return f"{base}/{path}{query}{f'#{anchor}' if anchor else ''}"


def base_url_from_page(url: str, page: str) -> str:
    """Return the base address of the dashboard from the address of one of its pages."""
    return url.rstrip("/").removesuffix(f"/{page}")


def language_links(view: View, path: str) -> list[tuple[str, str, str]]:
    """Return the same view in each language of the dashboard, as a plain page under ``path``: id
    and name of the language, and address. Empty if there is only one."""
    languages = translated_languages()
    return [
        (one, LANGUAGES[one], build_url(view.base, path, {**view.params, LANGUAGE_PARAM: [one]}))
        for one in languages
        if len(languages) > 1
    ]


class EditionNotice(NamedTuple):
    """What a reader of an archived edition must know: which one it is, and the addresses of the
    same view today and of a comparison of both."""

    text: str
    today: str
    comparison: str


def edition_notice(view: View) -> EditionNotice | None:
    """Return what the reader of a view of an archived edition must know; None for today's."""
    shown, today = view.selected.dataset, view.selected.dataset.today
    if today is None:
        return None
    number, date = shown.descriptor["version"], release_date(shown.descriptor)
    text = words.archived_edition_text(number, date, today.descriptor["version"])
    params = {name: texts for name, texts in view.params.items() if name != "version"}
    return EditionNotice(
        text,
        build_url(view.base, view.page, params),
        build_url(view.base, f"compare/{view.page}", view.params),
    )


def changes_since(dataset: Dataset, version: str) -> list[str]:
    """Return what has changed in the dataset since a version."""
    if is_exact(dataset, version):
        return []
    number, now = edition_number(version), dataset.descriptor["version"]
    changes = dataset.descriptor.get("changes", [])
    numbers = [change["version"] for change in changes]
    if number == now:
        return [words.edited_tables_text(now)]
    if number not in numbers:
        return [_(words.UNKNOWN_VERSION_TEXT)]
    return [
        words.release_text(change["version"], change["date"], change["description"])
        for change in changes[numbers.index(number) + 1 :]
    ]
