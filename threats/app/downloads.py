"""Take away: files, link and citation of a chart, a page or a record."""

import html
from collections.abc import Mapping
from typing import Any

import streamlit as st

from threats.app.url_state import current_view
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
from threats.stats.selection import Selected
from threats.text.exports import NO_BROWSER_MESSAGE
from threats.text.translate import _

CAMERA_HINT = "The camera at the chart's corner saves the bare chart, as PNG or SVG."
DOWNLOAD_ICON = ":material/download:"


def download_menu(
    label: str, key: str, target: Chart | str, options: Mapping[str, Any] | None = None
) -> None:
    """Draw a button that opens what can be taken along of a page by its name, or of a chart, made
    by ``more`` arguments than the options of the page.

    What it opens is drawn by ``draw_taken`` once the page is complete, as only then the address
    has every option.
    """
    opened = st.popover(label, icon=DOWNLOAD_ICON, key=key, on_change="rerun")
    if opened.open:
        st.session_state["taken"].append((opened, target, options or {}, key))


def print_button() -> None:
    """Keep the place of the button that opens the page as plain HTML to print, which
    ``draw_taken`` draws there."""
    st.session_state["print_place"] = st.container()


def render_downloads(selected: Selected) -> None:
    """Draw files, link and citation where the reader opened them, and the button to print."""
    place = st.session_state["print_place"]
    if place:
        view = current_view(selected)
        place.link_button(
            "Print",
            build_url(view.base, f"print/{view.page}", view.params),
            icon=":material/print:",
            help="The page with drawings, tables and sources, also without JavaScript",
        )
    for opened, what, more, key in st.session_state["taken"]:
        with opened:
            if isinstance(what, Chart):
                _chart_downloads(what, _chart_view(what.name, selected, more), key)
            else:
                _page_downloads(what, selected)


def _chart_view(name: str, selected: Selected, options: Mapping[str, Any]) -> View:
    """Return the view of the page that a chart belongs to, which is not always the one it is on."""
    view, part = current_view(selected), CHART_SPECS[name]
    if part.page == view.page:
        return view
    values = {option: options[key] for key, option in part.options.items() if key in options}
    params = view_params(part.page, values, selected)
    return View(part.page, selected, params, view.base)


def _chart_downloads(chart: Chart, view: View, key: str) -> None:
    drawn = browser_available()
    pictures = {file.suffix for file in IMAGE_FORMATS.values()}
    with st.container(horizontal=True):
        for suffix in formats_for(chart.name):
            if drawn or suffix not in pictures:
                file_link(chart.name, suffix, view)
    if not drawn:
        st.caption(f"{_(NO_BROWSER_MESSAGE)} {CAMERA_HINT}")
    _address_box(view.address(chart.name))
    _embed_code(chart, view)
    title = f"{chart.title} ({chart.subtitle})"
    _citation_box(render_citations(view, chart.name, title), file_name(chart.name, view, ""), key)


def _page_downloads(page: str, selected: Selected) -> None:
    view = current_view(selected)
    with st.container(horizontal=True):
        # A document of the brief is linked on its page once it is ready.
        for suffix in (s for s in formats_for(page) if s not in BRIEF_FORMATS):
            file_link(page, suffix, view)
    _address_box(view.address())
    title = f"{PAGES[page].heading} ({describe(selected)})"
    _citation_box(render_citations(view, "", title), file_name(page, view, ""), "page")


def file_link(name: str, suffix: str, view: View, label: str = "", kind: str = "secondary") -> None:
    """Draw a link to a file of a chart or a page, which looks like a button.

    A file of ``st.download_button`` that is made on a click is lost when another reader's page is
    complete before the browser has fetched it.
    """
    file = formats_for(name)[suffix]
    address = download_url(view, name, suffix)
    st.link_button(
        label or _(file.label), address, icon=DOWNLOAD_ICON, help=_(file.description), type=kind
    )


def record_citation_panel(reference: Reference, address: str, name: str) -> None:
    """Show link and citation of a record."""
    _address_box(address)
    _citation_box(
        {suffix: form(reference) for suffix, (_, form) in CITATION_FORMATS.items()},
        f"{name}.",
        name,
    )


def _address_box(address: str) -> None:
    st.markdown("**Link to this view**")
    st.code(address, language=None, wrap_lines=True)


def _embed_code(chart: Chart, view: View) -> None:
    address = html.escape(build_url(view.base, f"embed/{chart.name}", view.params))
    st.markdown("**Embed this chart**")
    st.code(
        f'<iframe src="{address}" title="{html.escape(chart.title)}" width="100%" height="700">'
        "</iframe>",
        language=None,
        wrap_lines=True,
    )


def _citation_box(texts: dict[str, str], stem: str, key: str) -> None:
    st.markdown("**Cite**")
    st.code(texts["txt"].strip(), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        for suffix in ("bib", "ris"):
            # Ready before the click, as what is made on it can be lost.
            st.download_button(
                CITATION_FORMATS[suffix][0],
                texts[suffix].encode("utf-8"),
                icon=DOWNLOAD_ICON,
                file_name=f"{stem}{suffix}",
                mime="text/plain",
                key=f"{key}_cite_{suffix}",
                on_click="ignore",
                help="For a reference manager",
            )
