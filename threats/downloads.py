"""The files of charts and pages. The address of each holds all that it is built from, so that it is
built on request and no session keeps it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from threats.brief.writers import ANNEX_FORMATS, ANNEXES_NAME, BRIEF_FORMATS, write_brief
from threats.content.builder import build_chart
from threats.content.drilldown import heatmap_cell
from threats.content.meetings import meetings_figure_table
from threats.content.model import Chart, FigureTable
from threats.content.pages import PAGES
from threats.content.registry import CHART_SPECS, items_on
from threats.content.selection_text import describe, empty_reason
from threats.content.subjects import page_name
from threats.exports.archive import to_zip
from threats.exports.formats import CHART_FORMATS, EXCEL_CSV_FORMAT, Format
from threats.exports.urls import EXCEL_CSV, FOR_EXCEL, View, build_url
from threats.language import PROGRAM_PARAM
from threats.stats.drilldown import Drilldown
from threats.text import exports as words
from threats.text.translate import _

OptionValues = Mapping[str, Any]
# What most readers need stands first among tables.
_OFFERED = {
    name: kind
    for each, own in CHART_FORMATS.items()
    for name, kind in [*([(EXCEL_CSV, EXCEL_CSV_FORMAT)] if each == "csv" else []), (each, own)]
}


class EmptyExportError(ValueError):
    """A view has nothing to export; the message says why."""


def formats_for(name: str) -> dict[str, Format]:
    """Return the formats of a chart or a page by their suffixes; none for any other name. Their
    ``build`` takes a view and the values of its options, and raises EmptyExportError or
    ``chrome.RenderError``."""
    formats: list[Format] = []
    if name in CHART_SPECS:
        formats = [
            replace(kind, build=partial(_chart_bytes, name, kind.build))
            for kind in _OFFERED.values()
        ]
    elif name == "meetings":
        formats = [
            replace(
                _OFFERED[suffix],
                build=partial(_meetings_bytes, _OFFERED[suffix].build),
                description=words.MEETINGS_FILE_DESCRIPTION,
            )
            for suffix in ("xlsx", EXCEL_CSV, "csv", "json")
        ]
    elif name in PAGES and PAGES[name].printable:
        label, description = words.PAGE_ZIP_LABEL, words.PAGE_ZIP_DESCRIPTION
        formats = [Format(label, "zip", CHART_FORMATS["zip"].mime, _page_zip, description)]
    if name == "brief":
        formats += [
            replace(kind, build=partial(_brief_bytes, suffix))
            for suffix, kind in BRIEF_FORMATS.items()
        ]
    if name == ANNEXES_NAME:
        formats = [
            replace(kind, build=partial(_brief_bytes, suffix, annexes=True))
            for suffix, kind in ANNEX_FORMATS.items()
        ]
    return {kind.suffix: kind for kind in formats}


def options_page(name: str) -> str:
    """Return the page that has the options of a chart or a page."""
    if name == ANNEXES_NAME:
        return "brief"
    return CHART_SPECS[name].page if name in CHART_SPECS else name


def download_url(view: View, name: str, suffix: str) -> str:
    """Return the address of a file of a chart or a page."""
    if suffix == EXCEL_CSV:
        params = {**view.params, PROGRAM_PARAM: [FOR_EXCEL]}
        return build_url(view.base, f"download/{name}.csv", params)
    return build_url(view.base, f"download/{name}.{suffix}", view.params)


def table_files(view: View, name: str) -> list[tuple[str, str, str]]:
    """Return label, description and address of each file of a chart or a page that is a table."""
    formats = formats_for(name)
    return [
        (_(formats[suffix].label), _(formats[suffix].description), download_url(view, name, suffix))
        for suffix in ("xlsx", EXCEL_CSV, "csv")
        if suffix in formats
    ]


def _build_chart(view: View, name: str, values: OptionValues) -> Chart | None:
    """Return a chart of a view with the reader's cell outlined, or None if it has no figures."""
    selected = view.selected
    if selected.empty:
        raise EmptyExportError(empty_reason(selected))
    highlight = {}
    if CHART_SPECS[name].marked:
        drilldown = Drilldown.parse(view.params.get("mark", ()), selected.dataset)
        highlight["mark"] = heatmap_cell(drilldown, selected)
    return build_chart(name, selected, values, **highlight)


def _chart_bytes(
    name: str, build: Callable[[Chart, View], bytes], view: View, values: OptionValues
) -> bytes:
    chart = _build_chart(view, name, values)
    if chart is None:
        raise EmptyExportError(CHART_SPECS[name].instead)
    return build(chart, view)


def _meetings_bytes(
    build: Callable[[FigureTable, View], bytes], view: View, values: OptionValues
) -> bytes:
    return build(meetings_figure_table(view.selected), view)


def _page_zip(view: View, values: OptionValues) -> bytes:
    names = [part.name for part in items_on(view.page) if part.name in CHART_SPECS]
    charts = [chart for chart in (_build_chart(view, name, values) for name in names) if chart]
    title = f"{page_name(view.page, view.selected, values)} ({describe(view.selected)})"
    return to_zip(charts, view, view.page, title)


def _brief_bytes(suffix: str, view: View, values: OptionValues, annexes: bool = False) -> bytes:
    if view.selected.threats.empty:
        raise EmptyExportError(empty_reason(view.selected))
    return write_brief(suffix, view, annexes=annexes)
