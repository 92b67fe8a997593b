"""What a reader sees, as files that say where they come from."""

from threats.caching import cached
from threats.charts.poster import make_poster
from threats.content.model import Chart, cached_figure
from threats.exports.chrome import SHARED_BROWSER
from threats.exports.citation import source_line
from threats.exports.pdf import expand_svg_patterns, svg_to_pdf
from threats.exports.urls import View

SLIDE_SIZE, SMALL_SLIDE_SIZE, SQUARE_SIZE = (1600, 900), (1200, 675), (1200, 1200)


def to_poster(
    chart: Chart, view: View, kind: str = "png", size: tuple[int, int] = SLIDE_SIZE
) -> bytes:
    """Return the chart as a picture of this size in pixels, with title, filter, n, notes, source
    and address on it. Raises ``images.ImagesError`` where none can be made."""
    return _render_poster(chart, f"{source_line(view)}, {view.address(chart.name)}", kind, size)


# By measuring, a picture takes 0.05 to 0.6 MB, and a third of a second in which all others wait.
@cached(128)
def _render_poster(chart: Chart, source: str, kind: str, size: tuple[int, int]) -> bytes:
    notes = [*chart.all_notes, source]
    figure, zoom = make_poster(cached_figure(chart), chart.title, chart.subtitle, notes, size)
    layout = figure.layout
    if kind == "pdf":
        svg = render_figure(figure.to_dict(), "svg", layout.width, layout.height)
        return svg_to_pdf(expand_svg_patterns(svg.decode("utf-8")), layout.width, layout.height)
    # A hair more than the zoom: a size a hair under a whole pixel would lose it.
    scale = zoom * (1 + 1e-6) if kind == "png" else 1
    return render_figure(figure.to_dict(), kind, layout.width, layout.height, scale)


# By measuring, a drawing takes 0.1 to 0.3 MB.
@cached(128)
def to_image(chart: Chart, kind: str = "svg") -> bytes:
    """Return the chart alone as a picture 1,000 pixels wide, for print: an SVG element, or a PNG of
    twice as many. Raises ``images.ImagesError``."""
    figure = cached_figure(chart)
    scale = 2 if kind == "png" else 1
    return render_figure(figure.to_dict(), kind, 1000, figure.layout.height or 450, scale)


def render_figure(figure: dict, kind: str, width: int, height: int, scale: float = 1) -> bytes:
    """Return a figure as a picture: ``kind`` is png, svg or pdf, sizes are in pixels before
    ``scale``. Raises ImagesError."""
    options = dict(format=kind, width=width, height=height, scale=scale)
    return SHARED_BROWSER.run(lambda browser: browser.calc_fig(figure, opts=options))
