"""What a reader sees, as files that say where they come from."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader

from threats import cache, citation, images
from threats.charts.frame import framed
from threats.hatching import drawn_out
from threats.links import link
from threats.once import once
from threats.selection import Selected
from threats.views.base import Chart, Figures, doubt_notes
from threats.views.behind import newest_first

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals["doubt_notes"] = doubt_notes
SLIDE, SMALL_SLIDE, SQUARE = (1600, 900), (1200, 675), (1200, 1200)


@dataclass(frozen=True, eq=False)
class View:
    """What a reader looks at: a page with a selection and options, as they stand in an address
    under a base address."""

    page: str
    selected: Selected
    params: Mapping[str, list[str]]
    base: str

    def address(self, anchor: str = "", versioned: bool = False) -> str:
        """Return the link that opens this view again, with the data version if it is to be
        cited."""
        version = self.selected.dataset.version if versioned else ""
        return link(self.base, self.page, self.params, anchor, version)

    def beside(self, path: str, **more: str) -> str:
        """Return the address of something else of the same dataset, such as a file of it."""
        params = {name: [text] for name, text in more.items()}
        return link(self.base, path, self.selected.dataset.params | params)


@dataclass(frozen=True)
class File:
    """A kind of file made from a chart: ``build`` returns its bytes."""

    label: str
    suffix: str
    mime: str
    build: Callable[[Chart, View], bytes]
    told: str


def file_name(name: str, view: View, suffix: str) -> str:
    """Return a file name that tells chart and view, such as
    ``attention-by-year_central-asia_2018-2023.csv``."""
    plain = {"yes", "no"}
    parts = [key if set(texts) <= plain else "-".join(texts) for key, texts in view.params.items()]
    # A header holds no other letters than these.
    words = "_".join(re.sub(r"[^a-zA-Z0-9]", "-", part) for part in parts)
    return f"{name}_{words[:100] or 'all'}.{suffix}"


def source_line(view: View) -> str:
    """Return where figures come from: title and version of the data, licence, the day."""
    dataset = view.selected.dataset
    title, licence = dataset.descriptor["title"], dataset.descriptor["licenses"][0]["name"]
    return f"Source: {title}, data version {dataset.version}, {licence}, {dt.date.today()}"


def to_csv(figures: Figures, view: View) -> bytes:
    """Return figures as CSV, with what they are beside every row, so that the file opens without
    help in any program. Texts that a spreadsheet would run stay texts."""
    told = [figures.subtitle, *(figures.cautions or ())]
    table = figures.table.assign(
        measure=figures.title,
        filter=" · ".join(told),
        source=source_line(view),
        address=view.address(figures.name),
    )
    return _harmless(table).to_csv(index=False, lineterminator="\n").encode("utf-8")


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before texts that start like a formula
    (OWASP, CSV injection)."""
    table = table.copy()
    for name in table.select_dtypes(include=["str", "object", "category"]):
        text = table[name].astype("str")
        table[name] = text.where(~text.str.match(r"^[=+\-@\t\r]"), "'" + text)
    return table


def to_xlsx(figures: Figures, view: View) -> bytes:
    """Return a workbook: the sheet Figures holds the figures, the sheet About says what they are.
    No text becomes a formula or a link."""
    about = {
        "Title": figures.title,
        "Filter": figures.subtitle,
        **({"What it shows": figures.alt} if isinstance(figures, Chart) else {}),
        **{f"Note {n}": note for n, note in enumerate(figures.all_notes, start=1)},
        "Source": source_line(view),
        "Address": view.address(figures.name),
    }
    # In memory, as a full disk must not keep a table from its reader.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    file = io.BytesIO()
    with pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
        figures.table.to_excel(book, sheet_name="Figures", index=False, freeze_panes=(1, 0))
        pd.Series(about).to_excel(book, sheet_name="About", header=False)
        for sheet in book.sheets.values():
            sheet.autofit(max_width=400)
    return file.getvalue()


def to_html(chart: Chart, view: View) -> bytes:
    """Return the chart as one HTML page that needs no network: drawing, figures, notes, source."""
    drawing = cache.figure(chart, False).to_html(
        full_html=False,
        include_plotlyjs=True,
        config={"displaylogo": False, "responsive": True, "displayModeBar": False},
    )
    page = TEMPLATES.get_template("chart.html").render(
        chart=chart,
        view=view,
        drawing=drawing,
        source=source_line(view),
        address=view.address(chart.name),
    )
    return page.encode("utf-8")


def to_picture(chart: Chart, view: View, kind: str = "png", size: tuple[int, int] = SLIDE) -> bytes:
    """Return the chart as a picture of this size in pixels, with title, filter, n, notes, source
    and address on it. Raises ``images.ImagesError`` where none can be made."""
    return _picture(chart, f"{source_line(view)}, {view.address(chart.name)}", kind, size)


# By measuring, a picture takes 0.05 to 0.6 MB, and a third of a second in which all others wait.
@once(128, own=images.BusyError)
def _picture(chart: Chart, source: str, kind: str, size: tuple[int, int]) -> bytes:
    notes = [*chart.all_notes, source]
    figure, zoom = framed(cache.figure(chart, False), chart.title, chart.subtitle, notes, size)
    layout = figure.layout
    if kind == "pdf":
        svg = images.render(figure.to_dict(), "svg", layout.width, layout.height)
        return images.sheet(drawn_out(svg.decode("utf-8")), layout.width, layout.height)
    # A hair more than the zoom: a size a hair under a whole pixel would lose it.
    scale = zoom * (1 + 1e-6) if kind == "png" else 1
    return images.render(figure.to_dict(), kind, layout.width, layout.height, scale)


# By measuring, a drawing takes 0.1 to 0.3 MB.
@once(128, own=images.BusyError)
def to_drawing(chart: Chart, kind: str = "svg") -> bytes:
    """Return the chart alone as a picture 1,000 pixels wide, for print: an SVG element, or a PNG of
    twice as many. Raises ``images.ImagesError``."""
    figure = cache.figure(chart, False)
    scale = 2 if kind == "png" else 1
    return images.render(figure.to_dict(), kind, 1000, figure.layout.height or 450, scale)


def sources(selected: Selected) -> pd.DataFrame:
    """Return the pages that the meetings of a selection were coded from: ``meeting_id``,
    ``start_date``, ``title``, ``source_url``, newest first."""
    columns = ["meeting_id", "start_date", "title", "source_url"]
    return newest_first(selected.meetings)[columns].reset_index(drop=True)


def citations(view: View, name: str, title: str) -> dict[str, str]:
    """Return the reference to a view in each form, by the suffix of its file."""
    address = view.address(name, versioned=True)
    reference = citation.to_view(view.selected.dataset, name, title, address)
    return {suffix: form(reference) for suffix, (_, form) in citation.FORMS.items()}


def to_zip(charts: Iterable[Chart], view: View, name: str = "", title: str = "") -> bytes:
    """Return a zip of charts: for each PNG in two sizes, SVG and CSV; and the pages that the
    figures were coded from and the reference in each form. Where there is no browser the pictures
    are missing."""
    charts = list(charts)
    name, title = name or charts[0].name, title or f"{charts[0].title} ({charts[0].subtitle})"
    files = {}
    for chart in charts:
        files[file_name(chart.name, view, "csv")] = to_csv(chart, view)
        if images.available():
            for width, height in (SLIDE, SMALL_SLIDE):
                picture = to_picture(chart, view, "png", (width, height))
                files[file_name(chart.name, view, f"{width}x{height}.png")] = picture
            files[file_name(chart.name, view, "svg")] = to_picture(chart, view, "svg")
    table = _harmless(sources(view.selected))
    files["sources.csv"] = table.to_csv(index=False, lineterminator="\n").encode("utf-8")
    for suffix, text in citations(view, name, title).items():
        files[f"citation.{suffix}"] = text.encode("utf-8")
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip that is the same whenever the files are."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return file.getvalue()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = {
    "png": File(
        "PNG slide", "png", "image/png", to_picture, "1600 × 900 pixels, with title and source"
    ),
    "png-square": File(
        "PNG square",
        "square.png",
        "image/png",
        partial(to_picture, size=SQUARE),
        "1200 × 1200 pixels, with title and source",
    ),
    "svg": File(
        "SVG", "svg", "image/svg+xml", partial(to_picture, kind="svg"), "Sharp at any size"
    ),
    "pdf": File("PDF", "pdf", "application/pdf", partial(to_picture, kind="pdf"), "One page"),
}
FILES = {
    **PICTURES,
    "html": File("HTML", "html", "text/html", to_html, "One page that works without a network"),
    "csv": File("CSV", "csv", "text/csv", to_csv, "The plotted figures, with filter and source"),
    "xlsx": File("XLSX", "xlsx", XLSX, to_xlsx, "The plotted figures, and a sheet about them"),
    "zip": File(
        "All as ZIP",
        "zip",
        "application/zip",
        lambda chart, view: to_zip([chart], view),
        "PNG in two sizes, SVG, CSV, source pages and citation",
    ),
}
