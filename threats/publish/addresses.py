"""Where the published pages are in each language, and where the live dashboard is."""

from typing import NamedTuple

from threats.content.pages import HOME_PAGE
from threats.exports.urls import build_url
from threats.language import DEFAULT_LANGUAGE, LANGUAGES, language_id, language_params


class Site(NamedTuple):
    """Where the files will be, and where the live dashboard is; both may be empty. The languages
    are ids, English first."""

    address: str = ""
    dashboard: str = ""
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)

    def page_address(self, page: str, query: str = "", anchor: str = "") -> str:
        """Return the address of a published page in the reader's language, without a host if the
        site has none."""
        name = "index" if page == HOME_PAGE else page
        base = f"{self.address}/{language_folder()}" if self.address else ""
        return f"{base}{name}.html{f'?{query}' if query else ''}{f'#{anchor}' if anchor else ''}"

    def live_address(self, page: str, **params: str) -> str:
        """Return the address of a page of the live dashboard in the reader's language; empty if
        there is none."""
        if not self.dashboard:
            return ""
        chosen = {name: [value] for name, value in params.items()}
        return build_url(self.dashboard, page, language_params() | chosen)

    def languages_of(self, name: str) -> list[tuple[str, str, str]]:
        """Return a page in each language: id and name of the language, and address relative to the
        page; empty if there is only one."""
        several = self.languages[1:] and self.languages
        root = root_address()
        return [
            (one, LANGUAGES[one], f"{root}{folder_of_language(one)}{name}.html") for one in several
        ]

    def alternates_of(self, name: str) -> list[tuple[str, str]]:
        """Return id and address of a page in each language, as the head of the page has them: with
        the host if the site has an address."""
        if not self.address:
            return [(one, address) for one, _label, address in self.languages_of(name)]
        folders = [(one, folder_of_language(one)) for one, *_rest in self.languages_of(name)]
        return [(one, f"{self.address}/{folder}{name}.html") for one, folder in folders]


def folder_of_language(language: str) -> str:
    """Return the folder of the pages in a language, with "/" at its end; "" for English, which is
    at the root."""
    return "" if language == DEFAULT_LANGUAGE else f"{language}/"


def language_folder() -> str:
    """Return the folder of the pages in the reader's language."""
    return folder_of_language(language_id())


def root_address() -> str:
    """Return the way from a page in the reader's language to the files that all languages share."""
    return "../" if language_folder() else ""
