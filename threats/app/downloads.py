"""Files, link and citation of a chart, a page or a record."""

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from threats.app.state import DownloadMenu, PageState
from threats.brief.writers import BRIEF_FORMATS
from threats.content.selection_text import describe
from threats.content.subjects import page_name
from threats.downloads import download_url, formats_for
from threats.exports.citation import CITATION_FORMATS, Reference, render_citations
from threats.exports.urls import View, build_url, file_name
from threats.text import app as text
from threats.text.translate import _

DOWNLOAD_ICON = ":material/download:"


def download_menu(page: PageState, label: str, key: str) -> None:
    """Draw the button that opens the downloads of a page.

    ``render_downloads`` fills the menu once the page is complete, because only then does the
    address have every option.
    """
    opened = st.popover(label, icon=DOWNLOAD_ICON, key=key, on_change="rerun")
    if opened.open:
        page.menus.append(DownloadMenu(opened, page.name))


def print_button(page: PageState) -> None:
    """Reserve the place of the button that opens the page as plain HTML to print."""
    page.print_place = st.container()


def render_downloads(page: PageState) -> None:
    """Fill the open menus of downloads, and draw the button to print."""
    view = page.view
    if page.print_place:
        page.print_place.link_button(
            _(text.PRINT_LABEL),
            build_url(view.base, f"print/{view.page}", view.params),
            icon=":material/print:",
            help=_(text.PRINT_HELP),
        )
    for menu in page.menus:
        with menu.place:
            _page_downloads(menu.page, view, page.values)


def _page_downloads(name: str, view: View, values: Mapping[str, Any]) -> None:
    with st.container(horizontal=True):
        # The page of the brief links its documents once they are ready.
        for suffix in (s for s in formats_for(name) if s not in BRIEF_FORMATS):
            file_link(name, suffix, view)
    _link_box(view.address())
    title = f"{page_name(name, view.selected, values)} ({describe(view.selected)})"
    _citation_box(render_citations(view, "", title), file_name(name, view, ""), "page")


def file_link(
    name: str,
    suffix: str,
    view: View,
    label: str = "",
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """Draw a link to a file of a chart or a page as a button.

    ``st.download_button`` is no alternative for a file generated on click: the file is lost if
    another reader's page completes before the browser fetches it.
    """
    file = formats_for(name)[suffix]
    address = download_url(view, name, suffix)
    st.link_button(
        label or _(file.label), address, icon=DOWNLOAD_ICON, help=_(file.description), type=kind
    )


def record_citation_panel(reference: Reference, address: str, name: str) -> None:
    """Show link and citation of a record."""
    _link_box(address)
    citations = {suffix: write(reference) for suffix, (_label, write) in CITATION_FORMATS.items()}
    _citation_box(citations, f"{name}.", name)


def _code_box(title: str, content: str) -> None:
    st.markdown(f"**{title}**")
    st.code(content, language=None, wrap_lines=True)


def _link_box(address: str) -> None:
    _code_box(_(text.LINK_TITLE), address)


def _citation_box(citations: dict[str, str], stem: str, key: str) -> None:
    _code_box(_(text.CITE_TITLE), citations["txt"].strip())
    with st.container(horizontal=True):
        for suffix in ("bib", "ris", "cff"):
            # Generated before the click, because a file generated on click can be lost.
            st.download_button(
                CITATION_FORMATS[suffix][0],
                citations[suffix].encode("utf-8"),
                icon=DOWNLOAD_ICON,
                file_name=f"{stem}{suffix}",
                mime="text/plain",
                key=f"{key}_cite_{suffix}",
                on_click="ignore",
                help=_(text.CITATION_FILE_HELP),
            )
