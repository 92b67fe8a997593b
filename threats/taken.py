"""The files that can be taken along. Each has an address that holds all that it is made of, so that
it is made when asked for and no session has to keep it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from threats import catalogue
from threats.brief import documents
from threats.export import FILES, XLSX, View, to_csv, to_xlsx, to_zip
from threats.links import link
from threats.pages import PAGES
from threats.selection import in_words, nothing_in_words
from threats.views import record
from threats.views.base import Chart, Figures
from threats.views.behind import cell, to_mark

Values = Mapping[str, Any]


class NothingError(ValueError):
    """A view has nothing to take along; the words say why."""


@dataclass(frozen=True)
class Taken:
    """A kind of file of a chart or a page: ``build`` returns its bytes from a view and the values
    of its options. Raises NothingError or ``images.ImagesError``."""

    label: str
    mime: str
    told: str
    build: Callable[[View, Values], bytes]


def files_of(name: str) -> dict[str, Taken]:
    """Return the files of a chart or a page by their endings; none of a name that is neither."""
    if name in catalogue.CHARTS:
        return {
            file.suffix: Taken(file.label, file.mime, file.told, partial(_chart, name, file.build))
            for file in FILES.values()
        }
    if name == "meetings":
        told = "Every meeting of this selection, with themes and source"
        return {
            "csv": Taken("CSV", "text/csv", told, partial(_meetings, to_csv)),
            "xlsx": Taken("XLSX", XLSX, told, partial(_meetings, to_xlsx)),
        }
    if name not in PAGES or not PAGES[name].printable:
        return {}
    told = "Pictures, figures, sources and citation of every chart here"
    files = {"zip": Taken("All charts as ZIP", "application/zip", told, _page)}
    if name == "brief":
        for form, kind in documents.FORMS.items():
            files[form] = Taken(kind.label, kind.mime, kind.told, partial(_brief, form))
    return files


def page_of(name: str) -> str:
    """Return the page whose options the files of a chart or a page are made by."""
    return catalogue.CHARTS[name].page if name in catalogue.CHARTS else name


def address(view: View, name: str, suffix: str) -> str:
    """Return the address of a file of a chart or a page."""
    return link(view.base, f"take/{name}.{suffix}", view.params)


def _of_view(view: View, name: str, values: Values) -> Chart | None:
    """Return a chart of a view, the cell framed that the reader points at; None if there is none.
    Raises NothingError where nothing fits the selection."""
    if view.selected.empty:
        raise NothingError(nothing_in_words(view.selected))
    selected, more = view.selected, {}
    if catalogue.CHARTS[name].marked:
        more["mark"] = cell(to_mark(view.params.get("mark", ()), selected.dataset), selected)
    return catalogue.chart(name, selected, values, **more)


def _chart(name: str, build: Callable, view: View, values: Values) -> bytes:
    made = _of_view(view, name, values)
    if made is None:
        raise NothingError(catalogue.CHARTS[name].instead)
    return build(made, view)


def _meetings(build: Callable[[Figures, View], bytes], view: View, values: Values) -> bytes:
    return build(record.figures(view.selected), view)


def _page(view: View, values: Values) -> bytes:
    names = [part.name for part in catalogue.parts_of(view.page) if part.name in catalogue.CHARTS]
    charts = [chart for chart in (_of_view(view, name, values) for name in names) if chart]
    title = f"{PAGES[view.page].heading} ({in_words(view.selected)})"
    return to_zip(charts, view, view.page, title)


def _brief(form: str, view: View, values: Values) -> bytes:
    if view.selected.threats.empty:
        raise NothingError(nothing_in_words(view.selected))
    return documents.build(form, view)
