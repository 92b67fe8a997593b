"""The lines of HTML that embed a chart in another page."""

import math
import re
from html import escape

from threats.content.model import Chart, cached_figure
from threats.exports.urls import View, build_url

# Widths of the place in pixels from which a height applies.
EMBED_WIDTHS = (320, 600, 1000)
_DRAWING_WIDTH, _MAX_WIDTH = 1000, 1120  # pixels; of ``to_image`` and of the page
_LETTER, _LINE, _TITLE_LETTER, _TITLE_LINE = 7.6, 24, 9.8, 24  # pixels
_FIXED_HEIGHT = 330  # pixels; margins, folded table and notes, and the source


def embed_html(chart: Chart, view: View) -> str:
    """Return HTML that shows the chart in another page. The script sets the height that the chart
    needs; without it the styles do by the width, and without those the attribute does."""
    name = re.sub(r"[^a-z0-9-]", "", chart.name)
    frame = f"threat-themes-{name}"
    first, *wider = ((width, embed_height(chart, width)) for width in EMBED_WIDTHS)
    styles = f"#{frame}{{width:100%;border:0;height:{first[1]}px}}"
    styles += "".join(
        f"@media(min-width:{width}px){{#{frame}{{height:{height}px}}}}" for width, height in wider
    )
    source = escape(build_url(view.base, f"embed/{chart.name}", view.params))
    script = escape(f"{view.base}/reader/embed.js")
    return (
        f"<style>{styles}</style>\n"
        f'<iframe id="{frame}" src="{source}" title="{escape(chart.title)}" width="100%" '
        f'height="{wider[0][1]}" loading="lazy"></iframe>\n'
        f'<script src="{script}" async></script>'
    )


def embed_height(chart: Chart, width: int) -> int:
    """Return the height in pixels that an embedded chart needs at a width, rounded up to 10."""
    inside = min(width - 32, _MAX_WIDTH)
    drawing = (cached_figure(chart).layout.height or 450) * inside / _DRAWING_WIDTH
    title = math.ceil(len(chart.title) * _TITLE_LETTER / inside) * _TITLE_LINE
    texts = (chart.subtitle, chart.alt, ". ".join(chart.cautions))
    lines = sum(math.ceil(len(text) * _LETTER / inside) for text in texts)
    return math.ceil((drawing + title + lines * _LINE + _FIXED_HEIGHT) / 10) * 10
