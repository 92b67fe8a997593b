"""A ZIP file of figures, images, sources and citation."""

from collections.abc import Iterable

from threats.content.model import Chart
from threats.dataset.editions import zip_bytes
from threats.dataset.harmless_csv import harmless_csv
from threats.exports.chrome import browser_available
from threats.exports.citation import render_citations
from threats.exports.images import SLIDE_SIZE, SMALL_SLIDE_SIZE, to_poster
from threats.exports.tables import list_source_pages, to_about, to_csv
from threats.exports.urls import View, file_name


def to_zip(charts: Iterable[Chart], view: View, name: str = "", title: str = "") -> bytes:
    """Return a ZIP file of charts: each as PNG in two sizes, SVG and CSV, with what the CSV holds,
    the source pages and the citation in each format. Images are left out without a browser."""
    charts = list(charts)
    name, title = name or charts[0].name, title or f"{charts[0].title} ({charts[0].subtitle})"
    files = {}
    for chart in charts:
        files[file_name(chart.name, view, "csv")] = to_csv(chart, view)
        files[file_name(chart.name, view, "json")] = to_about(chart, view)
        if browser_available():
            for width, height in (SLIDE_SIZE, SMALL_SLIDE_SIZE):
                image = to_poster(chart, view, "png", (width, height))
                files[file_name(chart.name, view, f"{width}x{height}.png")] = image
            files[file_name(chart.name, view, "svg")] = to_poster(chart, view, "svg")
    files["sources.csv"] = harmless_csv(list_source_pages(view.selected))
    for suffix, text in render_citations(view, name, title).items():
        files[f"citation.{suffix}"] = text.encode("utf-8")
    return zip_bytes(files)
