"""The text of a collected page: title, main text and the day on which it was published."""

import datetime as dt
import hashlib
import re
from typing import Any, NamedTuple

from threats.coding.boilerplate import BoilerplatePatterns
from threats.coding.document import parse_document
from threats.coding.encodings import decode_text
from threats.coding.extraction import FileError, extract_text
from threats.coding.file_text import MAX_TEXT_CHARACTERS, UnreadableFileError
from threats.coding.meeting_dates import DAY_PATTERN, MONTH_PATTERN, YEAR_PATTERN
from threats.format import utc_today
from threats.upkeep.links import plain_url
from threats.upkeep.page_cache import PageCache, StoredPage

_MIN_TEXT = 200  # characters; a shorter main text is probably not the whole one
MAX_PASSAGE_SENTENCES = 3
_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\s*\n)")
_DATED = re.compile(rf"\b{DAY_PATTERN}\b.{{0,40}}?{MONTH_PATTERN},? {YEAR_PATTERN}", re.IGNORECASE)


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


def read_page_text(page: StoredPage) -> PageText | None:
    """Return the text of a page, or None if there is none that can be read."""
    if not page.content:
        return None
    if page.content.startswith(b"%PDF") or "pdf" in page.media_type:
        return _read_file(page, "page.pdf")
    if page.media_type == "text/plain":
        return _read_file(page, "page.txt")
    return _read_html(page) or _read_file(page, "page.html")


def cached_text(pages: PageCache, url: str) -> str:
    """Return the text of a page in the cache; empty if there is none."""
    page = pages.get(url) or pages.get(plain_url(url))
    read = read_page_text(page) if page else None
    return read.text if read else ""


def _read_file(page: StoredPage, name: str) -> PageText | None:
    try:
        text = extract_text(name, page.content)
    except FileError:
        return None
    return PageText(page.url, text.partition("\n")[0].strip(), text, "")


def _read_html(page: StoredPage) -> PageText | None:
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
        date_extraction_params={"original_date": True, "max_date": utc_today().isoformat()},
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


def passages(text: PageText, patterns: BoilerplatePatterns) -> list[PageText]:
    """Return the passages of a report that may be about one meeting each: a sentence with a date
    and those after it, up to ``MAX_PASSAGE_SENTENCES`` or the next date."""
    # Lines are broken to the width of a page, not at the ends of sentences.
    flat = _LINE_BREAK.sub(" ", text.text)
    found: list[list[str]] = []
    for start, end in parse_document(flat, patterns).sentences:
        sentence = flat[start:end].strip()
        if _DATED.search(sentence):
            found.append([sentence])
        elif found and len(found[-1]) < MAX_PASSAGE_SENTENCES:
            found[-1].append(sentence)
    return [text._replace(text=" ".join(sentences)) for sentences in found]
