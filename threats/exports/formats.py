"""The file formats of a chart."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from threats.content.model import Chart
from threats.exports.archive import to_zip
from threats.exports.html import to_html
from threats.exports.images import SQUARE_SIZE, to_poster
from threats.exports.tables import XLSX_MIME, to_about, to_csv, to_excel_csv, to_xlsx
from threats.exports.urls import EXCEL_CSV, View
from threats.lazy_imports import load_module
from threats.text import exports as words

PPTX_MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class Format:
    """A file format: ``build`` returns the bytes of a file; label and description are messages."""

    label: str
    suffix: str
    mime: str
    build: Callable[..., bytes]
    description: str
    needs_browser: bool = False


def _pptx(chart: Chart, view: View) -> bytes:
    # python-pptx takes a quarter of a second to import, which no reader of a page waits for.
    return load_module("threats.exports.slides").to_pptx(chart, view)


def _chart_zip(chart: Chart, view: View) -> bytes:
    return to_zip([chart], view)


_PNG, _SVG, _PDF = (partial(to_poster, kind=kind) for kind in ("png", "svg", "pdf"))
_SQUARE = partial(to_poster, size=SQUARE_SIZE)
# By the names in the command; ``build`` takes a chart and its view.
IMAGE_FORMATS = {
    name: Format(label, suffix, mime, build, description, needs_browser=True)
    for name, label, suffix, mime, build, description in (
        ("png", words.SLIDE_LABEL, "png", "image/png", _PNG, words.SLIDE_DESCRIPTION),
        (
            *("png-square", words.SQUARE_LABEL, "square.png", "image/png"),
            *(_SQUARE, words.SQUARE_DESCRIPTION),
        ),
        ("svg", "SVG", "svg", "image/svg+xml", _SVG, words.SVG_DESCRIPTION),
        ("pdf", "PDF", "pdf", "application/pdf", _PDF, words.CHART_PDF_DESCRIPTION),
    )
}
CHART_FORMATS = {
    **IMAGE_FORMATS,
    "pptx": Format(words.PPTX_LABEL, "pptx", PPTX_MIME, _pptx, words.PPTX_DESCRIPTION),
    "html": Format("HTML", "html", "text/html", to_html, words.HTML_DESCRIPTION),
    "xlsx": Format("XLSX", "xlsx", XLSX_MIME, to_xlsx, words.FIGURES_XLSX_DESCRIPTION),
    "csv": Format("CSV", "csv", "text/csv", to_csv, words.FIGURES_CSV_DESCRIPTION),
    "json": Format(
        words.ABOUT_LABEL, "json", "application/json", to_about, words.ABOUT_DESCRIPTION
    ),
    "zip": Format(words.ZIP_LABEL, "zip", "application/zip", _chart_zip, words.ZIP_DESCRIPTION),
}
# Offered beside the CSV of a table; its address is that of the CSV with the parameter ``for``.
EXCEL_CSV_FORMAT = Format(
    words.EXCEL_CSV_LABEL, EXCEL_CSV, "text/csv", to_excel_csv, words.EXCEL_CSV_DESCRIPTION
)
