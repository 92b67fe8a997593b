"""The files that can be taken along. Each has an address that holds all that it is made of, so that
it is made when asked for and no session has to keep it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from threats.brief.writers import BRIEF_FORMATS, write_brief
from threats.content.builder import build_chart
from threats.content.drilldown import heatmap_cell
from threats.content.meetings import meetings_figure_table
from threats.content.model import Chart, FigureTable
from threats.content.pages import PAGES
from threats.content.registry import CHART_SPECS, items_on
from threats.content.selection_text import describe, empty_reason
from threats.exports.archive import to_zip
from threats.exports.formats import CHART_FORMATS
from threats.exports.tables import XLSX_MIME, to_csv, to_xlsx
from threats.exports.urls import View, build_url
from threats.stats.drilldown import Drilldown

OptionValues = Mapping[str, Any]


class EmptyExportError(ValueError):
    """A view has nothing to take along; the words say why."""


@dataclass(frozen=True)
class Download:
    """A kind of file of a chart or a page: ``build`` returns its bytes from a view and the values
    of its options. Raises NothingError or ``images.ImagesError``."""

    label: str
    mime: str
    told: str
    build: Callable[[View, OptionValues], bytes]


def formats_for(name: str) -> dict[str, Download]:
    """Return the files of a chart or a page by their endings; none of a name that is neither."""
    if name in CHART_SPECS:
        return {
            file.suffix: Download(
                file.label, file.mime, file.told, partial(_chart_bytes, name, file.build)
            )
            for file in CHART_FORMATS.values()
        }
    if name == "meetings":
        told = "Every meeting of this selection, with themes and source"
        return {
            "csv": Download("CSV", "text/csv", told, partial(_meetings_bytes, to_csv)),
            "xlsx": Download("XLSX", XLSX_MIME, told, partial(_meetings_bytes, to_xlsx)),
        }
    if name not in PAGES or not PAGES[name].printable:
        return {}
    told = "Pictures, figures, sources and citation of every chart here"
    files = {"zip": Download("All charts as ZIP", "application/zip", told, _page_zip)}
    if name == "brief":
        for form, kind in BRIEF_FORMATS.items():
            files[form] = Download(kind.label, kind.mime, kind.told, partial(_brief_bytes, form))
    return files


def options_page(name: str) -> str:
    """Return the page whose options the files of a chart or a page are made by."""
    return CHART_SPECS[name].page if name in CHART_SPECS else name


def download_url(view: View, name: str, suffix: str) -> str:
    """Return the address of a file of a chart or a page."""
    return build_url(view.base, f"download/{name}.{suffix}", view.params)


def _build_chart(view: View, name: str, values: OptionValues) -> Chart | None:
    """Return a chart of a view, the cell framed that the reader points at; None if there is none.
    Raises NothingError where nothing fits the selection."""
    if view.selected.empty:
        raise EmptyExportError(empty_reason(view.selected))
    selected, more = view.selected, {}
    if CHART_SPECS[name].marked:
        more["mark"] = heatmap_cell(
            Drilldown.parse(view.params.get("mark", ()), selected.dataset), selected
        )
    return build_chart(name, selected, values, **more)


def _chart_bytes(name: str, build: Callable, view: View, values: OptionValues) -> bytes:
    made = _build_chart(view, name, values)
    if made is None:
        raise EmptyExportError(CHART_SPECS[name].instead)
    return build(made, view)


def _meetings_bytes(
    build: Callable[[FigureTable, View], bytes], view: View, values: OptionValues
) -> bytes:
    return build(meetings_figure_table(view.selected), view)


def _page_zip(view: View, values: OptionValues) -> bytes:
    names = [part.name for part in items_on(view.page) if part.name in CHART_SPECS]
    charts = [chart for chart in (_build_chart(view, name, values) for name in names) if chart]
    title = f"{PAGES[view.page].heading} ({describe(view.selected)})"
    return to_zip(charts, view, view.page, title)


def _brief_bytes(suffix: str, view: View, values: OptionValues) -> bytes:
    if view.selected.threats.empty:
        raise EmptyExportError(empty_reason(view.selected))
    return write_brief(suffix, view)
