"""The files that a brief can be taken along as, each built step by step.

Nothing is written to disk, and of what was made only the pictures are kept for the next who asks.
"""

from collections.abc import Callable
from dataclasses import dataclass

from threats.brief.docx_writer import write_docx
from threats.brief.html_writer import write_html
from threats.brief.markdown_writer import write_markdown
from threats.brief.model import Brief
from threats.brief.outline import build_brief
from threats.exports.chrome import RenderBusyError, RenderError, browser_available
from threats.exports.citation import render_citations, source_line
from threats.exports.images import to_image
from threats.exports.pdf import html_to_pdf
from threats.exports.urls import View

# Called before each step with the share that is done and what comes next.
ProgressCallback = Callable[[float, str], object]
BRIEF_NO_BROWSER_TEXT = (
    "No picture, as the machine that made this brief has no Chrome or Chromium. The figures stand "
    "in the tables."
)


@dataclass(frozen=True)
class BriefFormat:
    """A kind of file: its name, MIME type, and whether it needs a browser on this machine."""

    label: str
    mime: str
    told: str
    browser: bool = False


BRIEF_FORMATS = {
    "docx": BriefFormat(
        "Word (DOCX)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "To edit and send, with headings, contents, captions and tables",
    ),
    "pdf": BriefFormat("PDF", "application/pdf", "To print and send as it is", browser=True),
    "html": BriefFormat("HTML", "text/html", "One page that works without a network"),
    "md": BriefFormat("Markdown", "text/markdown", "Plain text with tables, without pictures"),
}


def write_brief(
    suffix: str, view: View, progress: ProgressCallback = lambda share, what: None
) -> bytes:
    """Return the brief of a view in a form of ``FORMS``; what ``progress`` raises ends the work.
    Raises ``images.ImagesError`` where a form needs a browser and there is none, and
    ``images.BusyError`` where pictures take too long."""
    if BRIEF_FORMATS[suffix].browser and not browser_available():
        raise RenderError("This machine has no Chrome or Chromium, which makes the PDF.")
    pictures, why = render_brief_images(suffix, view, progress)
    made = build_brief(view.selected)
    return _WRITERS[suffix](made, pictures, why, colophon(made, view), view)


def render_brief_images(
    suffix: str, view: View, progress: ProgressCallback = lambda share, what: None
) -> tuple[dict[str, bytes | str], str]:
    """Return the pictures that a form of the brief needs by the names of their charts, and why some
    are missing where some are. They take the most time of all, and are kept. Raises
    ``images.BusyError``."""
    progress(0, "What the brief says")
    made = build_brief(view.selected)
    charts = made.charts if suffix != "md" and browser_available() else []
    pictures, why = {}, BRIEF_NO_BROWSER_TEXT
    for number, chart in enumerate(charts, start=1):
        progress(number / (len(charts) + 2), f"Picture {number} of {len(charts)}")
        try:
            picture = to_image(chart, "png" if suffix == "docx" else "svg")
        except RenderBusyError:
            raise  # who asks again has a brief with pictures
        except RenderError as error:
            why = f"No picture: {error} The figures stand in the tables."
            break
        pictures[chart.name] = picture if suffix == "docx" else picture.decode("utf-8")
    progress(1 - 1 / (len(charts) + 2), f"The file ({BRIEF_FORMATS[suffix].label})")
    return pictures, why


def colophon(brief: Brief, view: View) -> list[str]:
    """Return the lines at the end of a brief: where its figures come from, and how to cite it."""
    return [source_line(view), render_citations(view, "", brief.title)["txt"].strip()]


def _docx_bytes(
    brief: Brief, pictures: dict, reason: str, closing_lines: list[str], view: View
) -> bytes:
    return write_docx(brief, pictures, reason, closing_lines)


def _html_bytes(
    brief: Brief, pictures: dict, reason: str, closing_lines: list[str], view: View
) -> bytes:
    return write_html(brief, pictures, reason, closing_lines, view.address()).encode("utf-8")


def _pdf_bytes(*parts) -> bytes:
    return html_to_pdf(_html_bytes(*parts).decode("utf-8"))


def _markdown_bytes(
    brief: Brief, pictures: dict, reason: str, closing_lines: list[str], view: View
) -> bytes:
    return write_markdown(brief, closing_lines).encode("utf-8")


_WRITERS = {"docx": _docx_bytes, "pdf": _pdf_bytes, "html": _html_bytes, "md": _markdown_bytes}
