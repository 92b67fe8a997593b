"""The text of a collected page: title, main text and the day on which it was published."""

import datetime as dt
import hashlib
import re
from typing import Any, NamedTuple

from threats.coding.encodings import decode_text
from threats.coding.extraction import FileError, extract_text
from threats.coding.file_text import MAX_TEXT_CHARACTERS, UnreadableFileError
from threats.upkeep.page_cache import Page

_MIN_TEXT = 200  # characters; a shorter main text is probably not the whole one
_BLANK_LINES = re.compile(r"\n\s*\n")


class PageText(NamedTuple):
    """What is read from a page. ``published_on`` is a day such as 2026-11-30, or empty."""

    url: str
    title: str
    text: str
    published_on: str

    @property
    def digest(self) -> str:
        """The first sixteen hexadecimal digits of a SHA-256 over address and text."""
        return hashlib.sha256(f"{self.url}\n{self.text}".encode()).hexdigest()[:16]


def read_page_text(page: Page) -> PageText | None:
    """Return the text of a page, or None if there is none that can be read."""
    if not page.content:
        return None
    if page.content.startswith(b"%PDF") or "pdf" in page.media_type:
        return _read_file(page, "page.pdf")
    if page.media_type == "text/plain":
        return _read_file(page, "page.txt")
    return _read_html(page) or _read_file(page, "page.html")


def _read_file(page: Page, name: str) -> PageText | None:
    try:
        text = extract_text(name, page.content)
    except FileError:
        return None
    return PageText(page.url, text.partition("\n")[0].strip(), text, "")


def _read_html(page: Page) -> PageText | None:
    """Return the main text of an HTML page, without menus and comments."""
    from trafilatura import bare_extraction

    try:
        source, _notices = decode_text(page.content, is_html=True)
    except UnreadableFileError:
        return None
    document: Any = bare_extraction(
        re.sub(r"^\s*<\?xml[^>]*\?>", "", source),
        url=page.final_url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "max_date": dt.date.today().isoformat()},
    )
    if document is None or len(document.text or "") < _MIN_TEXT:
        return None
    title = (document.title or "").strip()
    # One line is one paragraph.
    body = document.text.strip().removeprefix(title).strip().replace("\n", "\n\n")
    text = "\n\n".join(filter(None, (title, _dated(body, document.date or ""))))
    return PageText(page.url, title, text[:MAX_TEXT_CHARACTERS], document.date or "")


def _dated(text: str, published_on: str) -> str:
    """Return a text that begins with the day of its page, if it does not name it itself: a release
    often says "today"."""
    try:
        day = dt.date.fromisoformat(published_on)
    except ValueError:
        return text
    words = f"{day.day} {day:%B} {day.year}"
    return text if words in text else f"{words} – {text}"


def passages(text: PageText) -> list[PageText]:
    """Return the paragraphs of a report, each as a text of its own."""
    return [
        text._replace(text=part.strip()) for part in _BLANK_LINES.split(text.text) if part.strip()
    ]
