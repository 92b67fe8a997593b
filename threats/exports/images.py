"""Charts as images: posters with title and source, and plain drawings."""

from threats.caching import cached
from threats.charts.poster import COMPLETE, SLIDE, make_poster
from threats.content.model import Chart, cached_figure
from threats.exports.chrome import SHARED_BROWSER
from threats.exports.citation import source_line
from threats.exports.pdf import expand_svg_patterns, svg_to_pdf
from threats.exports.urls import View
from threats.text.phrases import first_sentence

SLIDE_SIZE, SMALL_SLIDE_SIZE, SQUARE_SIZE = (1600, 900), (1200, 675), (1200, 1200)


def to_poster(
    chart: Chart, view: View, kind: str = "png", size: tuple[int, int] = SLIDE_SIZE
) -> bytes:
    """Return the chart as an image of a size in pixels, with title, filter, n, notes, source and
    address. A PNG, for slides, has the finding as its title and one note. Raise
    ``chrome.RenderError``."""
    return _render_poster(chart, f"{source_line(view)}, {view.address(chart.name)}", kind, size)


# An image takes 0.05 to 0.6 MB and a third of a second (measured), in which all others wait.
@cached(128)
def _render_poster(chart: Chart, source: str, kind: str, size: tuple[int, int]) -> bytes:
    title, subtitle, notes, style = chart.title, chart.subtitle, [*chart.all_notes], COMPLETE
    if kind == "png":
        title, subtitle = first_sentence(chart.alt), f"{chart.title}: {chart.subtitle}"
        notes, style = notes[:1], SLIDE
    told = title, subtitle, [*notes, source]
    figure, zoom = make_poster(cached_figure(chart), *told, size, style)
    layout = figure.layout
    if kind == "pdf":
        svg = render_figure(figure.to_dict(), "svg", layout.width, layout.height)
        return svg_to_pdf(expand_svg_patterns(svg.decode("utf-8")), layout.width, layout.height)
    # Slightly more than the zoom, as a size slightly under a whole pixel would lose it.
    scale = zoom * (1 + 1e-6) if kind == "png" else 1
    return render_figure(figure.to_dict(), kind, layout.width, layout.height, scale)


@cached(64)
def to_slide_picture(chart: Chart, size: tuple[int, int]) -> bytes:
    """Return the chart alone as PNG of a size in pixels, of 120 an inch, with letters for a slide.
    Raise ``chrome.RenderError``."""
    style = SLIDE._replace(short_side=min(size))
    figure, zoom = make_poster(cached_figure(chart), "", "", [], size, style)
    layout = figure.layout
    return render_figure(figure.to_dict(), "png", layout.width, layout.height, 2 * zoom)


# A drawing takes 0.1 to 0.3 MB (measured).
@cached(128)
def to_image(chart: Chart, kind: str = "svg") -> bytes:
    """Return the chart alone for print: an SVG element 1,000 pixels wide, or a PNG 2,000 pixels
    wide. Raise ``chrome.RenderError``."""
    figure = cached_figure(chart)
    scale = 2 if kind == "png" else 1
    return render_figure(figure.to_dict(), kind, 1000, figure.layout.height or 450, scale)


@cached(128)
def to_print_image(chart: Chart, kind: str = "svg") -> bytes:
    """Return the chart alone for a page of A4: an SVG element 700 pixels wide, or a PNG of three
    times that. On paper its labels have 9 points. Raise ``chrome.RenderError``."""
    figure = cached_figure(chart)
    scale = 3 if kind == "png" else 1
    return render_figure(figure.to_dict(), kind, 700, figure.layout.height or 450, scale)


def render_figure(figure: dict, kind: str, width: int, height: int, scale: float = 1) -> bytes:
    """Return a figure as PNG or SVG; sizes are in pixels before ``scale``. Raise
    ``chrome.RenderError``."""
    options = dict(format=kind, width=width, height=height, scale=scale)
    return SHARED_BROWSER.run(lambda browser: browser.calc_fig(figure, opts=options))
