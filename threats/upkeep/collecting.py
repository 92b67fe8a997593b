"""Collect the pages to which the sources of a dataset lead, politely and resumably."""

import math
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

from threats.coding.expressions import compile_pattern
from threats.upkeep.links import content_links, feed_links, plain_url, site_of, sitemap_links
from threats.upkeep.page_cache import PageCache, StoredPage
from threats.upkeep.polite_client import PoliteClient

LIST_MAX_AGE = 43_200.0  # seconds for which a list, feed or sitemap is not requested again
MAX_SITEMAPS = 50
# Problems that another request would not change.
_LASTING = ("gone", "media_type", "too_large", "refused")
_Source = Mapping[str, str]


class CollectedPage(NamedTuple):
    """A page in the cache, with the source that led to it."""

    source_id: str
    is_report: bool
    url: str


def collect_pages(
    sources: list[_Source],
    client: PoliteClient,
    list_max_age: float = LIST_MAX_AGE,
    on_page: Callable[[StoredPage], None] = lambda page: None,
) -> list[CollectedPage]:
    """Return every page to which sources lead, each address once, site by site.

    Hosts are requested in parallel, the pages of one host one after the other. ``list_max_age`` is
    in seconds. Pages already in the cache are not requested again.
    """
    by_site: dict[str, list[_Source]] = {}
    for source in sources:
        by_site.setdefault(site_of(source["url"]), []).append(source)
    stop, lock = threading.Event(), threading.Lock()

    def collect_site(own: list[_Source]) -> list[CollectedPage]:
        found: dict[str, CollectedPage] = {}
        for source in own:
            for url in _entries(source, client, list_max_age):
                if stop.is_set():
                    break
                if url not in found:
                    is_report = source["kind"] == "report"
                    found[url] = CollectedPage(source["source_id"], is_report, url)
                    page = fetch_once(client, url)
                    with lock:
                        on_page(page)
        return list(found.values())

    with ThreadPoolExecutor(max(1, len(by_site))) as pool:
        try:
            return [one for pages in pool.map(collect_site, by_site.values()) for one in pages]
        except BaseException:
            stop.set()
            raise


def fetch_once(client: PoliteClient, url: str) -> StoredPage:
    """Return a page from the cache, else requested now; also if only a passing problem kept it from
    being read before."""
    return client.fetch(url, math.inf if _is_settled(client.cache.get(url)) else 0.0)


def _is_settled(page: StoredPage | None) -> bool:
    return page is not None and (bool(page.content) or page.problem in _LASTING)


def _entries(source: _Source, client: PoliteClient, max_age: float) -> Iterator[str]:
    """Yield the addresses of the pages to which a source leads, each once."""
    if source["kind"] in ("page", "report"):
        yield plain_url(source["url"])
        return
    cache, source_id, complete = client.cache, source["source_id"], True
    seen: set[str] = set()
    for links, problem in _link_pages(source, client, max_age):
        complete = complete and problem in ("", "gone")
        fresh = [url for url in links if url not in seen and _is_entry(url, source)]
        cache.add_entries(source_id, fresh)
        if source["kind"] == "list":
            if not fresh:
                break  # the end, or a list that begins again
            # Lists are newest first: after a page without news all is known.
            if cache.is_complete(source_id) and not _has_news(cache, fresh):
                break
        seen.update(fresh)
        yield from fresh
    yield from (url for url in cache.entries(source_id) if url not in seen)
    if complete and not _has_news(cache, cache.entries(source_id)):
        cache.set_complete(source_id)


def _is_entry(url: str, source: _Source) -> bool:
    """Return whether a link leads to a page to read, not to a further page of its list."""
    if source["links"]:
        return compile_pattern(source["links"]).search(url) is not None
    return urlsplit(url).path != urlsplit(source["url"]).path


def _has_news(cache: PageCache, urls: Iterable[str]) -> bool:
    """Return whether a page was not yet requested, or could not be read for the time being."""
    pages = map(cache.get, urls)
    return any(
        not _is_settled(page) and (page is None or page.problem != "robots") for page in pages
    )


def _link_pages(
    source: _Source, client: PoliteClient, max_age: float
) -> Iterator[tuple[list[str], str]]:
    """Yield the links of each page of a list, feed or sitemap, and its problem if it has one."""
    if source["kind"] == "sitemap":
        yield from _sitemaps(source["url"], client, max_age)
        return
    read = feed_links if source["kind"] == "feed" else content_links
    first = int(source["first_page"] or 0)
    for number in range(first, first + int(source["max_pages"] or 1)):
        page = client.fetch(source["url"].replace("{page}", str(number)), max_age)
        yield read(page), page.problem


def _sitemaps(url: str, client: PoliteClient, max_age: float) -> Iterator[tuple[list[str], str]]:
    """Yield the links of a sitemap and of those to which it leads, each once."""
    seen, todo = {plain_url(url)}, [url]
    while todo and len(seen) <= MAX_SITEMAPS:
        page = client.fetch(todo.pop(0), max_age)
        links, further = sitemap_links(page)
        todo += [one for one in further if one not in seen]
        seen.update(further)
        yield links, page.problem


def source_rows(table: list[dict[str, object]]) -> list[_Source]:
    """Return rows of ``sources`` with all cells as text."""
    return [
        {name: "" if cell is None or cell != cell else str(cell) for name, cell in row.items()}
        for row in table
    ]
