"""The pages: title, heading, question, and what each of them has."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Page:
    """A page: whether it shows meetings of the reader's filter, and whether it has anything to
    print or download."""

    name: str
    filtered: bool = True
    printable: bool = True

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
    name: Page(name, filtered=name not in ("brief", "code"), printable=name != "code")
    for name in PAGE_TITLES
}
