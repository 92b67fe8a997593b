"""The formats of a brief, each built step by step; nothing is written to disk."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from threats.brief.docx_writer import write_docx
from threats.brief.html_writer import write_html
from threats.brief.markdown_writer import write_markdown
from threats.brief.model import Brief
from threats.brief.outline import build_brief, build_brief_front
from threats.exports.chrome import RenderBusyError, RenderError, browser_available
from threats.exports.citation import brief_date_line, render_citations, source_line
from threats.exports.formats import Format
from threats.exports.images import to_print_image
from threats.exports.pdf import html_to_pdf
from threats.exports.urls import View, build_url
from threats.text import exports as words
from threats.text.translate import _

# Called before each step with the share that is done and the name of the step.
ProgressCallback = Callable[[float, str], object]
Images = Mapping[str, bytes]
ANNEXES_NAME = "brief-annexes"  # in addresses and file names
DOCX_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_brief(
    suffix: str,
    view: View,
    progress: ProgressCallback = lambda share, step: None,
    annexes: bool = False,
) -> bytes:
    """Return the brief of a view in a format of ``BRIEF_FORMATS``, or its ``annexes`` in one of
    ``ANNEX_FORMATS``; what ``progress`` raises ends the work. Raise ``chrome.RenderError`` if the
    format needs a browser and there is none, and ``chrome.RenderBusyError`` if images take too
    long."""
    if BRIEF_FORMATS[suffix].needs_browser and not browser_available():
        raise RenderError(_(words.NO_BROWSER_MESSAGE))
    images, reason = render_brief_images(suffix, view, progress, annexes)
    return BRIEF_FORMATS[suffix].build(_part(suffix, view, annexes), images, reason, view)


def dated_brief(view: View) -> Brief:
    """Return the brief of a view with the line on its date."""
    return replace(build_brief(view.selected), dated=brief_date_line(view))


def _part(suffix: str, view: View, annexes: bool) -> Brief:
    """Return what a file holds of the brief: DOCX and PDF have two pages, and the annexes are a
    file of their own; the other formats have all."""
    if annexes:
        brief = dated_brief(view)
        return replace(brief, title=words.annexes_title(brief.title), summary="", front=())
    if suffix not in ANNEX_FORMATS:
        return dated_brief(view)
    return replace(build_brief_front(view.selected), dated=brief_date_line(view))


def render_brief_images(
    suffix: str,
    view: View,
    progress: ProgressCallback = lambda share, step: None,
    annexes: bool = False,
) -> tuple[dict[str, bytes], str]:
    """Return the images that a format of the brief needs by the names of their charts, and why some
    are missing. They take most of the time, and are cached. Raise ``chrome.RenderBusyError``."""
    progress(0, _(words.BRIEF_TEXT_PROGRESS))
    brief = _part(suffix, view, annexes)
    charts = brief.charts if suffix != "md" and browser_available() else []
    images, reason = {}, _(words.NO_BROWSER_MESSAGE)
    for number, chart in enumerate(charts, start=1):
        progress(number / (len(charts) + 2), words.image_progress(number, len(charts)))
        try:
            images[chart.name] = to_print_image(chart, "png" if suffix == "docx" else "svg")
        except RenderBusyError:
            raise  # a repeated request gets a brief with images
        except RenderError as error:
            reason = str(error)
            break
    label = _(BRIEF_FORMATS[suffix].label)
    progress(1 - 1 / (len(charts) + 2), words.file_progress(label))
    return images, f"{reason} {_(words.FIGURES_IN_TABLES_NOTE)}"


def colophon(brief: Brief, view: View) -> list[str]:
    """Return the lines at the end of a brief: the source of its figures, or where its annexes are
    if they are not in it, and how to cite it."""
    address = build_url(view.base, f"download/{ANNEXES_NAME}.docx", view.params)
    first = source_line(view) if brief.annexes else words.annexes_line(address)
    return [first, render_citations(view, "", brief.title)["txt"].strip()]


def _docx_bytes(brief: Brief, images: Images, reason: str, view: View) -> bytes:
    return write_docx(brief, images, reason, colophon(brief, view))


def _html(brief: Brief, images: Images, reason: str, view: View) -> str:
    drawings = {name: image.decode("utf-8") for name, image in images.items()}
    return write_html(brief, drawings, reason, colophon(brief, view), view.address())


def _html_bytes(brief: Brief, images: Images, reason: str, view: View) -> bytes:
    return _html(brief, images, reason, view).encode("utf-8")


def _pdf_bytes(brief: Brief, images: Images, reason: str, view: View) -> bytes:
    return html_to_pdf(_html(brief, images, reason, view))


def _markdown_bytes(brief: Brief, images: Images, reason: str, view: View) -> bytes:
    return write_markdown(brief, colophon(brief, view)).encode("utf-8")


# By suffix; ``build`` takes a brief, its images, why some are missing, and the view.
BRIEF_FORMATS = {
    kind.suffix: kind
    for kind in (
        Format(words.DOCX_LABEL, "docx", DOCX_MIME, _docx_bytes, words.DOCX_DESCRIPTION),
        Format(
            "PDF",
            "pdf",
            "application/pdf",
            _pdf_bytes,
            words.BRIEF_PDF_DESCRIPTION,
            needs_browser=True,
        ),
        Format("HTML", "html", "text/html", _html_bytes, words.HTML_DESCRIPTION),
        Format("Markdown", "md", "text/markdown", _markdown_bytes, words.MARKDOWN_DESCRIPTION),
    )
}
ANNEX_FORMATS = {
    suffix: replace(BRIEF_FORMATS[suffix], label=label, description=words.ANNEXES_DESCRIPTION)
    for suffix, label in (("docx", words.ANNEXES_DOCX_LABEL), ("pdf", words.ANNEXES_PDF_LABEL))
}
