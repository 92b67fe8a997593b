"""Take away: files, link and citation of a chart, a page or a record."""

import functools
import html
from collections.abc import Callable

import streamlit as st

from threats import catalogue, images
from threats.citation import FORMS, Reference
from threats.export import (
    FILES,
    PICTURES,
    XLSX,
    View,
    citations,
    file_name,
    to_csv,
    to_xlsx,
    to_zip,
)
from threats.links import link
from threats.pages import PAGES
from threats.selection import Selected, in_words
from threats.ui.address import view_of
from threats.views import record
from threats.views.base import Chart

NO_BROWSER = (
    "This server has no Chrome or Chromium, so it draws no PNG, SVG and PDF. The camera at the "
    "chart's corner saves the bare chart, as PNG or SVG."
)
ICON = ":material/download:"


def take_button(label: str, key: str, what: Chart | str) -> None:
    """Draw a button that opens what can be taken along of a chart, or of a page by its name.

    What it opens is drawn by ``draw_taken`` once the page is complete, as only then the address
    has every option.
    """
    opened = st.popover(label, icon=ICON, key=key, on_change="rerun")
    if opened.open:
        st.session_state["taken"].append((opened, what, key))


def draw_taken(selected: Selected) -> None:
    """Draw files, link and citation where the reader opened them."""
    for opened, what, key in st.session_state["taken"]:
        with opened:
            if isinstance(what, Chart):
                _take_chart(what, selected, key)
            else:
                _take_page(what, selected)


def _take_chart(chart: Chart, selected: Selected, key: str) -> None:
    view, drawn = view_of(selected), images.available()
    files = {kind: file for kind, file in FILES.items() if drawn or kind not in PICTURES}
    with st.container(horizontal=True):
        for kind, file in files.items():
            _file(
                file.label,
                functools.partial(file.build, chart, view),
                file_name(chart.name, view, file.suffix),
                file.mime,
                f"{key}_{kind}",
                file.told,
            )
    if not drawn:
        st.caption(NO_BROWSER)
    _link(view.address(chart.name))
    _embedding(chart, view)
    title = f"{chart.title} ({chart.subtitle})"
    _citation(citations(view, chart.name, title), file_name(chart.name, view, ""), key)


def _take_page(page: str, selected: Selected) -> None:
    view, files = view_of(selected), st.container(horizontal=True)
    title = f"{PAGES[page].heading} ({in_words(selected)})"
    with files:
        if page == "meetings":
            figures = record.figures(selected)
            for kind, mime, build in (("csv", "text/csv", to_csv), ("xlsx", XLSX, to_xlsx)):
                _file(
                    kind.upper(),
                    functools.partial(build, figures, view),
                    file_name(page, view, kind),
                    mime,
                    f"page_{kind}",
                    "Every meeting of this selection, with themes and source",
                )
        else:
            values = dict(st.session_state["values"])
            _file(
                "All charts as ZIP",
                lambda: to_zip(_charts(page, selected, values), view, page, title),
                file_name(page, view, "zip"),
                "application/zip",
                "page_zip",
                "Pictures, figures, sources and citation of every chart here",
            )
    printed = link(view.base, f"print/{page}", view.params)
    st.markdown(f"[This page to print, also without JavaScript](<{printed}>)")
    _link(view.address())
    _citation(citations(view, "", title), file_name(page, view, ""), "page")


def take_record(reference: Reference, address: str, name: str) -> None:
    """Show link and citation of a record."""
    _link(address)
    _citation({suffix: form(reference) for suffix, (_, form) in FORMS.items()}, f"{name}.", name)


def _charts(page: str, selected: Selected, values: dict) -> list[Chart]:
    names = [part.name for part in catalogue.parts_of(page) if part.name in catalogue.CHARTS]
    made = (catalogue.chart(name, selected, values) for name in names)
    return [chart for chart in made if chart]


def _file(
    label: str, build: Callable[[], bytes], name: str, mime: str, key: str, told: str
) -> None:
    st.download_button(
        label,
        build,
        icon=ICON,
        file_name=name,
        mime=mime,
        key=key,
        on_click="ignore",
        help=told,
    )


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
            _file(
                FORMS[suffix][0],
                lambda suffix=suffix: texts[suffix].encode("utf-8"),
                f"{stem}{suffix}",
                "text/plain",
                f"{key}_cite_{suffix}",
                "For a reference manager",
            )
