"""Take away: files, link and citation of a chart, a page or a record."""

import html
from collections.abc import Mapping
from typing import Any

import streamlit as st

from threats import catalogue, images, taken
from threats.brief.documents import FORMS as DOCUMENTS
from threats.citation import FORMS, Reference
from threats.export import PICTURES, View, citations, file_name
from threats.links import link
from threats.pages import PAGES
from threats.selection import Selected, in_words
from threats.ui.address import view_of
from threats.views.base import Chart

NO_BROWSER = (
    "This server has no Chrome or Chromium, so it draws no PNG, SVG and PDF. The camera at the "
    "chart's corner saves the bare chart, as PNG or SVG."
)
ICON = ":material/download:"


def take_button(
    label: str, key: str, what: Chart | str, more: Mapping[str, Any] | None = None
) -> None:
    """Draw a button that opens what can be taken along of a page by its name, or of a chart, made
    by ``more`` arguments than the options of the page.

    What it opens is drawn by ``draw_taken`` once the page is complete, as only then the address
    has every option.
    """
    opened = st.popover(label, icon=ICON, key=key, on_change="rerun")
    if opened.open:
        st.session_state["taken"].append((opened, what, more or {}, key))


def print_button() -> None:
    """Keep the place of the button that opens the page as plain HTML to print, which
    ``draw_taken`` draws there."""
    st.session_state["print_place"] = st.container()


def draw_taken(selected: Selected) -> None:
    """Draw files, link and citation where the reader opened them, and the button to print."""
    place = st.session_state["print_place"]
    if place:
        view = view_of(selected)
        place.link_button(
            "Print",
            link(view.base, f"print/{view.page}", view.params),
            icon=":material/print:",
            help="The page with drawings, tables and sources, also without JavaScript",
        )
    for opened, what, more, key in st.session_state["taken"]:
        with opened:
            if isinstance(what, Chart):
                _take_chart(what, _view_of_chart(what.name, selected, more), key)
            else:
                _take_page(what, selected)


def _view_of_chart(name: str, selected: Selected, more: Mapping[str, Any]) -> View:
    """Return the view of the page that a chart belongs to, which is not always the one it is on."""
    view, part = view_of(selected), catalogue.CHARTS[name]
    if part.page == view.page:
        return view
    values = {option: more[key] for key, option in part.options.items() if key in more}
    params = catalogue.view_params(part.page, values, selected)
    return View(part.page, selected, params, view.base)


def _take_chart(chart: Chart, view: View, key: str) -> None:
    drawn = images.available()
    pictures = {file.suffix for file in PICTURES.values()}
    with st.container(horizontal=True):
        for suffix in taken.files_of(chart.name):
            if drawn or suffix not in pictures:
                file_link(chart.name, suffix, view)
    if not drawn:
        st.caption(NO_BROWSER)
    _link(view.address(chart.name))
    _embedding(chart, view)
    title = f"{chart.title} ({chart.subtitle})"
    _citation(citations(view, chart.name, title), file_name(chart.name, view, ""), key)


def _take_page(page: str, selected: Selected) -> None:
    view = view_of(selected)
    with st.container(horizontal=True):
        # A document of the brief is linked on its page once it is ready.
        for suffix in (s for s in taken.files_of(page) if s not in DOCUMENTS):
            file_link(page, suffix, view)
    _link(view.address())
    title = f"{PAGES[page].heading} ({in_words(selected)})"
    _citation(citations(view, "", title), file_name(page, view, ""), "page")


def file_link(name: str, suffix: str, view: View, label: str = "", kind: str = "secondary") -> None:
    """Draw a link to a file of a chart or a page, which looks like a button.

    A file of ``st.download_button`` that is made on a click is lost when another reader's page is
    complete before the browser has fetched it.
    """
    file = taken.files_of(name)[suffix]
    address = taken.address(view, name, suffix)
    st.link_button(label or file.label, address, icon=ICON, help=file.told, type=kind)


def take_record(reference: Reference, address: str, name: str) -> None:
    """Show link and citation of a record."""
    _link(address)
    _citation({suffix: form(reference) for suffix, (_, form) in FORMS.items()}, f"{name}.", name)


def _link(address: str) -> None:
    st.markdown("**Link to this view**")
    st.code(address, language=None, wrap_lines=True)


def _embedding(chart: Chart, view: View) -> None:
    address = html.escape(link(view.base, f"embed/{chart.name}", view.params))
    st.markdown("**Embed this chart**")
    st.code(
        f'<iframe src="{address}" title="{html.escape(chart.title)}" width="100%" height="700">'
        "</iframe>",
        language=None,
        wrap_lines=True,
    )


def _citation(texts: dict[str, str], stem: str, key: str) -> None:
    st.markdown("**Cite**")
    st.code(texts["txt"].strip(), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        for suffix in ("bib", "ris"):
            # Ready before the click, as what is made on it can be lost.
            st.download_button(
                FORMS[suffix][0],
                texts[suffix].encode("utf-8"),
                icon=ICON,
                file_name=f"{stem}{suffix}",
                mime="text/plain",
                key=f"{key}_cite_{suffix}",
                on_click="ignore",
                help="For a reference manager",
            )
