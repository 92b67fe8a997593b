"""The addresses of further pages in pages, feeds and sitemaps.

Trafilatura's readers of feeds and sitemaps request pages themselves, without our delays, and leave
out addresses by rules for news. So they are read here, by lxml.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from threats.coding.encodings import decode_text
from threats.coding.extraction import MAX_FILE_BYTES
from threats.coding.file_text import UnreadableFileError
from threats.upkeep.page_cache import StoredPage

MAX_LINKS = 5_000  # of one page
_MENUS = ("nav", "header", "footer", "aside")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid", re.IGNORECASE)
_AGENDA_LINK = re.compile(
    r"\b(?:agenda|programme|program|timetable|schedule|concept note)\b", re.IGNORECASE
)


def plain_url(url: str) -> str:
    """Return an address in one form: host in small letters, no fragment, no tracking."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "") + (f":{parts.port}" if parts.port not in (None, 80, 443) else "")
    query = parts.query
    if any(_TRACKING.fullmatch(name) for name, _value in parse_qsl(query)):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([pair for pair in pairs if not _TRACKING.fullmatch(pair[0])])
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def same_page_key(url: str) -> str:
    """Return what two addresses of one page share, whatever their scheme and ``www``."""
    return plain_url(url).partition("://")[2].removeprefix("www.").rstrip("/")


def site_of(url: str) -> str:
    """Return the host of an address, without ``www``."""
    return urlsplit(url).netloc.lower().removeprefix("www.")


def content_links(page: StoredPage) -> list[str]:
    """Return the addresses of the same site to which a page leads, without those of menus."""
    found = (href for href, _words in _anchors(page))
    return _unique(page, (url for url in found if plain_url(url) != plain_url(page.url)))


def agenda_links(page: StoredPage) -> list[str]:
    """Return the addresses of the same site that a page names as agenda or programme."""
    return _unique(
        page,
        (
            url
            for url, words in _anchors(page)
            if _AGENDA_LINK.search(re.sub(r"[-_/]", " ", f"{words} {urlsplit(url).path}"))
        ),
    )


def feed_links(page: StoredPage) -> list[str]:
    """Return the addresses of the entries of an RSS or Atom feed."""
    return _unique(page, (url for name, url in _xml_links(page) if name in ("item", "entry")))


def sitemap_links(page: StoredPage) -> tuple[list[str], list[str]]:
    """Return the addresses of the pages in a sitemap, and those of further sitemaps."""
    links = list(_xml_links(page))
    pages = (url for name, url in links if name == "url")
    further = (url for name, url in links if name == "sitemap")
    return _unique(page, pages), _unique(page, further)


def _unique(page: StoredPage, urls: Iterable[str]) -> list[str]:
    """Return addresses of the same site, each once."""
    found: dict[str, None] = {}
    for url in urls:
        try:
            inside = site_of(url) == site_of(page.final_url or page.url)
            if inside and url.startswith(("http://", "https://")):
                found[plain_url(url)] = None
        except ValueError:  # a port that is none
            continue
    return list(found)[:MAX_LINKS]


def _anchors(page: StoredPage) -> Iterator[tuple[str, str]]:
    """Yield the address and the words of each link of a page outside menus."""
    import lxml.html

    try:
        text, _notices = decode_text(page.content, is_html=True)
        tree = lxml.html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (UnreadableFileError, ValueError, lxml.etree.LxmlError):
        return
    base = page.final_url or page.url
    for element in list(tree.iter(*_MENUS)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter("a"):
        href = element.get("href", "").strip()
        if href and not href.startswith(("#", "mailto:", "javascript:", "tel:")):
            yield _joined(base, href), element.text_content()


def _xml_links(page: StoredPage) -> Iterator[tuple[str, str]]:
    """Yield the addresses in a feed or sitemap, each with the name of the element around it."""
    import lxml.etree

    content = _unpacked(page.content)
    # A feed may have errors; what it names outside of itself is never read.
    parser = lxml.etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        tree = lxml.etree.fromstring(content.strip(), parser)
    except (lxml.etree.LxmlError, ValueError):
        return
    for element in tree.iter("{*}loc", "{*}link") if tree is not None else ():
        around = element.getparent()
        if around is None or element.get("rel", "alternate") != "alternate":
            continue
        url = (element.get("href") or element.text or "").strip()
        if url:
            yield _name(around), _joined(page.final_url or page.url, url)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return ""


def _unpacked(content: bytes) -> bytes:
    """Return content that may be packed by gzip, up to the limit of a page."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return zlib.decompressobj(wbits=31).decompress(content, MAX_FILE_BYTES)
    except zlib.error:
        return b""
