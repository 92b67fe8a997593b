"""The files that a brief can be taken along as, each built step by step.

Nothing is written to disk, and of what was made only the pictures are kept for the next who asks.
"""

from collections.abc import Callable
from dataclasses import dataclass

from threats import cache, images
from threats.brief import docx, html, markdown
from threats.brief.contents import brief
from threats.brief.parts import Brief
from threats.export import View, citations, source_line, to_drawing

# Called before each step with the share that is done and what comes next.
Progress = Callable[[float, str], object]
NO_BROWSER = (
    "No picture, as the machine that made this brief has no Chrome or Chromium. The figures stand "
    "in the tables."
)


@dataclass(frozen=True)
class Form:
    """A kind of file: its name, MIME type, and whether it needs a browser on this machine."""

    label: str
    mime: str
    told: str
    browser: bool = False


FORMS = {
    "docx": Form(
        "Word (DOCX)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "To edit and send, with headings, contents, captions and tables",
    ),
    "pdf": Form("PDF", "application/pdf", "To print and send as it is", browser=True),
    "html": Form("HTML", "text/html", "One page that works without a network"),
    "md": Form("Markdown", "text/markdown", "Plain text with tables, without pictures"),
}


def build(form: str, view: View, progress: Progress = lambda share, what: None) -> bytes:
    """Return the brief of a view in a form of ``FORMS``; what ``progress`` raises ends the work.
    Raises ``images.ImagesError`` where a form needs a browser and there is none, and
    ``images.BusyError`` where pictures take too long."""
    if FORMS[form].browser and not images.available():
        raise images.ImagesError("This machine has no Chrome or Chromium, which makes the PDF.")
    pictures, why = drawn(form, view, progress)
    made = cache.view(brief, view.selected)
    return _WRITERS[form](made, pictures, why, foot_of(made, view), view)


def drawn(
    form: str, view: View, progress: Progress = lambda share, what: None
) -> tuple[dict[str, bytes | str], str]:
    """Return the pictures that a form of the brief needs by the names of their charts, and why some
    are missing where some are. They take the most time of all, and are kept. Raises
    ``images.BusyError``."""
    progress(0, "What the brief says")
    made = cache.view(brief, view.selected)
    charts = made.charts if form != "md" and images.available() else []
    pictures, why = {}, NO_BROWSER
    for number, chart in enumerate(charts, start=1):
        progress(number / (len(charts) + 2), f"Picture {number} of {len(charts)}")
        try:
            picture = to_drawing(chart, "png" if form == "docx" else "svg")
        except images.BusyError:
            raise  # who asks again has a brief with pictures
        except images.ImagesError as error:
            why = f"No picture: {error} The figures stand in the tables."
            break
        pictures[chart.name] = picture if form == "docx" else picture.decode("utf-8")
    progress(1 - 1 / (len(charts) + 2), f"The file ({FORMS[form].label})")
    return pictures, why


def foot_of(made: Brief, view: View) -> list[str]:
    """Return the lines at the end of a brief: where its figures come from, and how to cite it."""
    return [source_line(view), citations(view, "", made.title)["txt"].strip()]


def _docx(made: Brief, pictures: dict, why: str, foot: list[str], view: View) -> bytes:
    return docx.document(made, pictures, why, foot)


def _html(made: Brief, pictures: dict, why: str, foot: list[str], view: View) -> bytes:
    return html.document(made, pictures, why, foot, view.address()).encode("utf-8")


def _pdf(*parts) -> bytes:
    return images.printed(_html(*parts).decode("utf-8"))


def _markdown(made: Brief, pictures: dict, why: str, foot: list[str], view: View) -> bytes:
    return markdown.document(made, foot).encode("utf-8")


_WRITERS = {"docx": _docx, "pdf": _pdf, "html": _html, "md": _markdown}
