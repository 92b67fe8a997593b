"""The pages: title, heading, question, address, and what each of them has."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from threats.text.pages import PAGE_HEADINGS, PAGE_QUESTIONS, PAGE_TITLES
from threats.text.translate import _

HOME_PAGE = "overview"
# Other words for the addresses of pages, which redirect.
PAGE_ALIASES = {
    "start": HOME_PAGE,
    "overview": HOME_PAGE,
    "threats": "trends",
    "covid-19": "covid",
    "reality": "indicators",
    "analyse": "code",
    "method": "data",
}
# Smaller links below the others.
MINOR_PAGES = ("responses", "indicators", "code", "data")
# The pages on one thing, named after the parameter of the address that says which one.
SUBJECT_PAGES = ("threat", "country", "series")


@dataclass(frozen=True)
class Page:
    """A page: whether it shows meetings of the reader's filter, and whether it has anything to
    print or download."""

    name: str
    filtered: bool = True
    printable: bool = True

    @property
    def about_subject(self) -> bool:
        """Whether it is about one threat, country or series, and so not in the navigation."""
        return self.name in SUBJECT_PAGES

    @property
    def title(self) -> str:
        """The title in the navigation."""
        return _(PAGE_TITLES[self.name])

    @property
    def heading(self) -> str:
        """The heading on the page."""
        return _(PAGE_HEADINGS.get(self.name, PAGE_TITLES[self.name]))

    @property
    def question(self) -> str:
        """The question that the page answers."""
        return _(PAGE_QUESTIONS[self.name])


PAGES = {
    name: Page(name, filtered=name not in ("brief", "code", "series"), printable=name != "code")
    for name in PAGE_TITLES
}


def subject_address(
    kind: str, subject_id: str, params: Mapping[str, list[str]] = MappingProxyType({})
) -> str:
    """Return the address of the page of a threat, country or series, relative to the dashboard's,
    such as "threat?threat=corruption"; ``params`` are dataset and filter to keep. Raises
    ValueError for another kind."""
    if kind not in SUBJECT_PAGES:
        raise ValueError(kind)
    return f"{kind}?{urlencode({**params, kind: [subject_id]}, doseq=True)}"
