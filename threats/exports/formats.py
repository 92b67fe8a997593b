"""The file formats of a chart."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from threats.content.model import Chart
from threats.exports.archive import to_zip
from threats.exports.html import to_html
from threats.exports.images import SQUARE_SIZE, to_poster
from threats.exports.tables import XLSX_MIME, to_csv, to_xlsx
from threats.exports.urls import View


@dataclass(frozen=True)
class Format:
    """A kind of file made from a chart: ``build`` returns its bytes."""

    label: str
    suffix: str
    mime: str
    build: Callable[[Chart, View], bytes]
    told: str


IMAGE_FORMATS = {
    "png": Format(
        "PNG slide", "png", "image/png", to_poster, "1600 × 900 pixels, with title and source"
    ),
    "png-square": Format(
        "PNG square",
        "square.png",
        "image/png",
        partial(to_poster, size=SQUARE_SIZE),
        "1200 × 1200 pixels, with title and source",
    ),
    "svg": Format(
        "SVG", "svg", "image/svg+xml", partial(to_poster, kind="svg"), "Sharp at any size"
    ),
    "pdf": Format("PDF", "pdf", "application/pdf", partial(to_poster, kind="pdf"), "One page"),
}
CHART_FORMATS = {
    **IMAGE_FORMATS,
    "html": Format("HTML", "html", "text/html", to_html, "One page that works without a network"),
    "csv": Format("CSV", "csv", "text/csv", to_csv, "The plotted figures, with filter and source"),
    "xlsx": Format(
        "XLSX", "xlsx", XLSX_MIME, to_xlsx, "The plotted figures, and a sheet about them"
    ),
    "zip": Format(
        "All as ZIP",
        "zip",
        "application/zip",
        lambda chart, view: to_zip([chart], view),
        "PNG in two sizes, SVG, CSV, source pages and citation",
    ),
}
