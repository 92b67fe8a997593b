"""Files, link and citation of a chart, a page or a record."""

import html
from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from threats.app.state import DownloadMenu, PageState
from threats.brief.writers import BRIEF_FORMATS
from threats.content.builder import view_params
from threats.content.model import Chart
from threats.content.pages import PAGES
from threats.content.registry import CHART_SPECS
from threats.content.selection_text import describe
from threats.downloads import download_url, formats_for
from threats.exports.chrome import browser_available
from threats.exports.citation import CITATION_FORMATS, Reference, render_citations
from threats.exports.formats import IMAGE_FORMATS
from threats.exports.urls import View, build_url, file_name
from threats.text import app as text
from threats.text.exports import NO_BROWSER_MESSAGE
from threats.text.translate import _

DOWNLOAD_ICON = ":material/download:"


def download_menu(
    page: PageState,
    label: str,
    key: str,
    target: Chart | str,
    options: Mapping[str, Any] | None = None,
) -> None:
    """Draw the button that opens the downloads of a page, by its name, or of a chart.

    ``options`` are further options of the chart. ``render_downloads`` fills the
    menu once the page is complete, because only then does the address have every option.
    """
    opened = st.popover(label, icon=DOWNLOAD_ICON, key=key, on_change="rerun")
    if opened.open:
        page.menus.append(DownloadMenu(opened, target, dict(options or {}), key))


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
            if isinstance(menu.target, Chart):
                view_of_chart = _chart_view(page, menu.target.name, menu.options)
                _chart_downloads(menu.target, view_of_chart, menu.key)
            else:
                _page_downloads(menu.target, view)


def _chart_view(page: PageState, name: str, options: Mapping[str, Any]) -> View:
    """Return the view of the page that a chart belongs to, which may not be the page it is on."""
    view, spec = page.view, CHART_SPECS[name]
    if spec.page == view.page:
        return view
    values = {option: options[key] for key, option in spec.options.items() if key in options}
    params = view_params(spec.page, values, page.selected)
    return View(spec.page, page.selected, params, view.base)


def _chart_downloads(chart: Chart, view: View, key: str) -> None:
    images = {file.suffix for file in IMAGE_FORMATS.values()}
    with st.container(horizontal=True):
        for suffix in formats_for(chart.name):
            if browser_available() or suffix not in images:
                file_link(chart.name, suffix, view)
    if not browser_available():
        st.caption(f"{_(NO_BROWSER_MESSAGE)} {_(text.CAMERA_HINT)}")
    _link_box(view.address(chart.name))
    _embed_code(chart, view)
    title = f"{chart.title} ({chart.subtitle})"
    _citation_box(render_citations(view, chart.name, title), file_name(chart.name, view, ""), key)


def _page_downloads(name: str, view: View) -> None:
    with st.container(horizontal=True):
        # The page of the brief links its documents once they are ready.
        for suffix in (s for s in formats_for(name) if s not in BRIEF_FORMATS):
            file_link(name, suffix, view)
    _link_box(view.address())
    title = f"{PAGES[name].heading} ({describe(view.selected)})"
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


def _embed_code(chart: Chart, view: View) -> None:
    address = html.escape(build_url(view.base, f"embed/{chart.name}", view.params))
    title = html.escape(chart.title)
    code = f'<iframe src="{address}" title="{title}" width="100%" height="700"></iframe>'
    _code_box(_(text.EMBED_TITLE), code)


def _citation_box(citations: dict[str, str], stem: str, key: str) -> None:
    _code_box(_(text.CITE_TITLE), citations["txt"].strip())
    with st.container(horizontal=True):
        for suffix in ("bib", "ris"):
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
