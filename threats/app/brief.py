"""The page of the brief: a preview and its files.

Rendering the images of a file takes longest. The page does it with a progress bar that the reader
can cancel. The route of downloads then generates the file; nothing is stored on disk.
"""

import functools
from typing import Any

import pandas as pd
import streamlit as st

from threats.app.chart_card import chart_card
from threats.app.downloads import file_link
from threats.app.markdown import escape_markdown, lazy_expander, show_table, web_link
from threats.app.state import BriefFile, PageState, reader_state
from threats.brief.model import ANNEX_SOURCE_RUNS, FRONT_PAGE_SOURCE_RUNS, Brief, Section
from threats.brief.outline import brief_selection
from threats.brief.writers import (
    ANNEX_FORMATS,
    ANNEXES_NAME,
    BRIEF_FORMATS,
    dated_brief,
    render_brief_images,
)
from threats.content.model import Chart
from threats.downloads import formats_for
from threats.exports.chrome import browser_available
from threats.exports.formats import Format
from threats.exports.urls import View
from threats.text import app as text
from threats.text.brief_titles import SOURCES_TITLE
from threats.text.exports import NO_BROWSER_MESSAGE
from threats.text.translate import _

SOURCE_COLUMN = "Source"  # its addresses are shown as links


def brief_page(page: PageState) -> None:
    """Show the brief on the regions and threats of the filter, with buttons for its files."""
    brief = dated_brief(_brief_view(page))
    address = _brief_view(page).address(versioned=True)
    st.caption(_(text.BRIEF_HELP))
    st.header(escape_markdown(brief.title), anchor="brief")
    st.caption(escape_markdown(brief.dated))
    st.markdown(escape_markdown(brief.subtitle))
    st.markdown(f"**{escape_markdown(brief.summary)}**")
    with st.container(horizontal=True):
        for name, suffix, kind in _files():
            st.button(
                _(text.GENERATE_LABEL, file=_(kind.label)),
                icon=":material/description:",
                key=f"{name}_{suffix}",
                help=_(kind.description),
                disabled=kind.needs_browser and not browser_available(),
                on_click=functools.partial(_request_file, BriefFile(name, suffix, address)),
            )
    if not browser_available():
        st.caption(_(NO_BROWSER_MESSAGE))
    page.brief_place = st.empty()
    _show_preview(page, brief)


def _files() -> list[tuple[str, str, Format]]:
    """Return name, suffix and format of each file of a brief."""
    groups = (("brief", BRIEF_FORMATS), (ANNEXES_NAME, ANNEX_FORMATS))
    return [(name, suffix, kind) for name, kinds in groups for suffix, kind in kinds.items()]


def _brief_view(page: PageState) -> View:
    """Return the view of the filter alone, without the drilldown."""
    return View("brief", page.selected, page.selected.params, page.view.base)


def _request_file(file: BriefFile | None) -> None:
    """Request a file, or with None cancel the request."""
    reader = reader_state()
    reader.brief_file, reader.brief_cancelled = file, file is None


def brief_file(page: PageState) -> None:
    """Render the images of the requested file and link to it.

    This runs once the page is complete, so that it can be read meanwhile. Another selection ends
    the request.
    """
    reader, place, view = page.reader, page.brief_place, _brief_view(page)
    if place is None:
        return
    file = reader.brief_file
    if file and file.address != view.address(versioned=True):
        file = reader.brief_file = None
    if file and not file.ready:
        with place.container():
            bar = st.progress(0.0, _(text.GENERATING_LABEL))
            st.button(
                _(text.CANCEL_LABEL),
                icon=":material/close:",
                key="brief_cancel",
                on_click=functools.partial(_request_file, None),
            )
        render_brief_images(
            file.suffix,
            view,
            lambda share, step: bar.progress(share, step),
            file.name == ANNEXES_NAME,
        )
        file.ready = True
    if file:
        kind = formats_for(file.name)[file.suffix]
        with place:
            label = _(text.DOWNLOAD_LABEL, file=_(kind.label))
            file_link(file.name, file.suffix, view, label, "primary")
    elif reader.brief_cancelled:
        place.info(_(text.CANCELLED_MESSAGE))
    reader.brief_cancelled = False


def _show_preview(page: PageState, brief: Brief) -> None:
    """Show the two front pages of a brief in full and its annexes folded."""
    for section in brief.front:
        st.subheader(escape_markdown(section.title), anchor=section.name)
        _show_section(page, section, FRONT_PAGE_SOURCE_RUNS)
    st.header(_(text.ANNEXES_TITLE), anchor="annexes")
    for section in brief.annexes:
        folded = lazy_expander(section.title, f"{section.name}_open", ":material/article:")
        if folded.open:
            with folded:
                _show_section(page, section, ANNEX_SOURCE_RUNS)
    title = f"{_(SOURCES_TITLE)} ({len(brief.sources)})"
    folded = lazy_expander(title, "sources_open", ":material/link:")
    if folded.open:
        sources = pd.DataFrame(brief.sources)
        folded.markdown(
            "\n".join(
                f"{row.number}. {escape_markdown(row.title)}. {web_link(row.address, row.address)}"
                for row in sources.itertuples()
            )
        )


def _show_section(page: PageState, section: Section, limit: int) -> None:
    lines = (f"- {escape_markdown(line.cited(limit))}" for line in section.statements)
    st.markdown("\n".join(lines))
    for chart in section.charts:
        chart_card(page, chart.name, brief_selection(page.selected), **_chart_options(chart))
    for table in section.tables:
        if len(table.frame):
            st.markdown(f"**{escape_markdown(table.title)}**")
            links = {SOURCE_COLUMN: list(table.links)} if table.links else {}
            show_table(table.frame.assign(**links), page.selected.dataset)


def _chart_options(chart: Chart) -> dict[str, Any]:
    """Return the threat and indicator of a chart, by which it differs from others of its name."""
    if "indicator_id" not in chart.table:
        return {}
    first = chart.table.iloc[0]
    return {"threat": first["threat_id"], "indicator": first["indicator_id"]}
