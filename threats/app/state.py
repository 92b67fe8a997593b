"""The state of a reader's pages: of one run of the script, and between runs."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from threats.content.pages import HOME_PAGE
from threats.exports.urls import View, base_url_from_page
from threats.stats.drilldown import Drilldown
from threats.stats.selection import Selected

Params = dict[str, list[str]]
SEARCH_KEY = "search"
CODE_TEXT_KEY = "code_text"
CODE_UPLOAD_KEY = "code_upload"
_READER_KEY = "reader_state"
_PAGE_KEY = "page_state"


def filter_key(name: str) -> str:
    """Return the key of the widget for a part of the filter."""
    return f"filter_{name}"


def option_key(name: str) -> str:
    """Return the key of the widget for an option of a page."""
    return f"option_{name}"


@dataclass
class BriefFile:
    """A file of a brief: its name ("brief" or that of the annexes) and format, the address of its
    view, and whether it can be downloaded."""

    name: str
    suffix: str
    address: str
    ready: bool = False


@dataclass
class ReaderState:
    """State that lasts between runs, except the values of widgets.

    ``address`` holds the parameters in the browser after the last run. ``pending`` are those of
    earlier runs, which may still be there at the next click. ``requested`` are those of the last
    link opened. ``problems`` are the unknown parts of this link, or of the filter after a change
    of the data (``restricted``). ``version`` is the data version of the last link, and ``edition``
    the same until the reader changes the dataset. ``drilldown`` is the chosen mark, and
    ``mark_card`` its chart. ``language`` is the one that an address last named. ``proposal_id`` is
    the proposal in review, and ``desk_notice`` the outcome of the last of ``desk_step`` decisions:
    success or error, and Markdown.
    ``draft_session`` names this session to the browser that keeps its text, and ``restored_draft``
    is the text with its rows that the last of ``restored_drafts`` clicks restored.
    ``own_meetings`` are the rows of texts that this session counts in the dataset ``own_dataset``,
    whose charts the browser fetches by ``own_token``.
    """

    page: str | None = None
    address: Params | None = None
    pending: list[Params] = field(default_factory=list)
    requested: Params = field(default_factory=dict)
    widgets: dict[str, Any] = field(default_factory=dict)
    data_version: tuple[str, str] | None = None
    year_bounds: tuple[int, int] | None = None
    problems: list[str] = field(default_factory=list)
    restricted: bool = False
    dataset: str | None = None
    version: str = ""
    edition: str = ""
    changes: list[str] = field(default_factory=list)
    role: str = "agenda"
    meeting: str | None = None
    drilldown: Drilldown = field(default_factory=Drilldown)
    mark_card: str = ""
    brief_file: BriefFile | None = None
    brief_cancelled: bool = False
    upload_problem: str = ""
    upload_notices: tuple[str, ...] = ()
    upload_margins: str = ""
    draft_session: str = ""
    restored_draft: tuple[str, dict[str, Any]] | None = None
    restored_drafts: int = 0
    language: str = ""
    is_reviewing: bool = False
    proposal_id: str = ""
    desk_notice: tuple[str, str] | None = None
    desk_step: int = 0
    own_meetings: list[dict[str, list[dict[str, str]]]] = field(default_factory=list)
    own_dataset: str = ""
    own_token: str = ""


@dataclass
class DownloadMenu:
    """An open menu of downloads of a page: where it is, and the page."""

    place: DeltaGenerator
    page: str


@dataclass
class PageState:
    """State of one run of the script, created by ``url_state.read_address``.

    ``values`` holds the values of the page's options, ``params`` their texts in the address, and
    ``param_names`` the parameters that the page reads. ``is_new_link`` says that the reader opened
    a link, and ``reads_address`` that options come from the address and not from their widgets.
    """

    name: str
    reader: ReaderState
    is_new_link: bool
    reads_address: bool
    values: dict[str, Any] = field(default_factory=dict)
    params: Params = field(default_factory=dict)
    param_names: set[str] = field(default_factory=set)
    menus: list[DownloadMenu] = field(default_factory=list)
    print_place: DeltaGenerator | None = None
    brief_place: DeltaGenerator | None = None
    in_section: bool = False
    selected: Selected = field(init=False, repr=False)

    @property
    def view(self) -> View:
        """The reader's view; it has every option once the page is complete."""
        base = base_url_from_page(st.context.url or "", self.name)
        return View(self.name, self.selected, self.selected.params | self.params, base)


def reader_state() -> ReaderState:
    """Return the state of this reader."""
    return st.session_state.setdefault(_READER_KEY, ReaderState())


def current_page() -> PageState:
    """Return the state of the current run, or in a callback of the last one."""
    return st.session_state[_PAGE_KEY]


def start_page(url_path: str, is_new_link: bool) -> PageState:
    """Create the state of a run."""
    page = PageState(url_path or HOME_PAGE, reader_state(), is_new_link, is_new_link)
    st.session_state[_PAGE_KEY] = page
    return page
