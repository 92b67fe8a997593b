"""Requests to other hosts by their rules: robots.txt, one request at a time and host, a delay
between two, and none for what has not changed.

No redirect leads to an inner address, into a loop or to what robots.txt excludes. A page has limits
of size and time.
"""

import threading
import time
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

import httpx

from threats.coding.extraction import MAX_FILE_BYTES
from threats.dataset.public_hosts import MAX_REDIRECTS, public_client
from threats.upkeep.page_cache import PageCache, StoredPage

REQUEST_TIMEOUT = 20.0  # seconds without any answer
PAGE_TIMEOUT = 60.0  # seconds for a whole page
HOST_DELAY = 2.0  # seconds between two requests to a host, unless its robots.txt asks for more
ROBOTS_MAX_AGE = 86_400.0  # seconds
MAX_RETRY_WAIT = 120.0  # seconds to wait if a host asks for time
# A host that fails so often in a row is not requested again in the run.
MAX_FAILED_REQUESTS = 5
_ROBOT_NAME = "threat-themes"
_READABLE = ("html", "xml", "pdf", "plain", "gzip")
_BUSY = (429, 503)


class _HostState:
    """What is known of a host in a run."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.last_request = 0.0
        self.failures = 0
        self.robots: Any = None


class PoliteClient:
    """Requests pages and stores them in the cache. ``delay`` is in seconds, ``limit`` the most
    requests of a run to one host."""

    def __init__(
        self, cache: PageCache, hosts: Collection[str], delay: float = HOST_DELAY, limit: int = 1000
    ) -> None:
        self.cache = cache
        self._client = public_client(REQUEST_TIMEOUT, hosts, "collect", follow_redirects=False)
        self._delay, self._limit = delay, limit
        self._hosts: dict[str, _HostState] = {}
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> "PoliteClient":
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def fetch(self, url: str, max_age: float) -> StoredPage:
        """Return a page from the cache if it was requested within ``max_age`` seconds, else
        requested now. What went wrong is in its ``problem``."""
        known = self.cache.get(url)
        if known and time.time() - known.requested_at < max_age:
            return known
        page = self._follow(url, known)
        if page.problem == "unchanged" and known:
            page = known._replace(requested_at=page.requested_at)
        elif page.problem == "limit":
            return page
        elif known and known.content and not page.content and page.status not in (404, 410):
            return known  # a failure for a time does not delete what was read
        self.cache.put(page)
        return page

    def _follow(self, url: str, known: StoredPage | None) -> StoredPage:
        """Request a page and the pages to which it redirects."""
        place = url
        for _hop in range(MAX_REDIRECTS + 1):
            if urlsplit(place).scheme not in ("http", "https"):
                return self._failed(url, "redirect")
            state = self._host(place)
            with state.lock:
                problem = self._excluded(state, place)
                if problem:
                    return self._failed(url, problem)
                page, further = self._request(state, place, known)
            if not further:
                return page._replace(url=url)
            place = further
        return self._failed(url, "redirect")

    @staticmethod
    def _failed(url: str, problem: str, status: int = 0) -> StoredPage:
        return StoredPage(url, url, status, problem, requested_at=time.time())

    def _host(self, url: str) -> _HostState:
        with self._lock:
            return self._hosts.setdefault(urlsplit(url).netloc, _HostState())

    def _excluded(self, state: _HostState, url: str) -> str:
        """Return the problem if the robots.txt of a host excludes a page, or cannot be read for the
        time being (RFC 9309); else an empty text."""
        from protego import Protego

        if state.robots is None:
            parts = urlsplit(url)
            address = f"{parts.scheme}://{parts.netloc}/robots.txt"
            page = self.cache.get(address)
            if not page or time.time() - page.requested_at >= ROBOTS_MAX_AGE or not page.status:
                page = self._request_robots(state, address)
            if not page.status or page.status >= 500:
                return page.problem
            state.robots = Protego.parse(page.content.decode("utf-8", "replace"))
        return "" if state.robots.can_fetch(url, _ROBOT_NAME) else "robots"

    def _request_robots(self, state: _HostState, address: str) -> StoredPage:
        page, further = self._request(state, address, None)
        for _hop in range(MAX_REDIRECTS):
            if further:
                page, further = self._request(state, further, None)
        if page.problem != "limit":
            self.cache.put(page._replace(url=address))
        return page

    def _request(
        self, state: _HostState, url: str, known: StoredPage | None
    ) -> tuple[StoredPage, str]:
        """Return a page, and the address to which it redirects, else an empty text."""
        page, further, wait = self._request_once(state, url, known)
        if wait is not None:
            time.sleep(wait)
            page, further, _wait = self._request_once(state, url, known)
        if page.problem in ("unreachable", "timeout", "server"):
            state.failures += 1
        elif page.problem != "limit":
            state.failures = 0
        return page, further

    def _request_once(
        self, state: _HostState, url: str, known: StoredPage | None
    ) -> tuple[StoredPage, str, float | None]:
        host = urlsplit(url).netloc
        if state.failures >= MAX_FAILED_REQUESTS or self._counts.get(host, 0) >= self._limit:
            return self._failed(url, "limit"), "", None
        asked = state.robots.crawl_delay(_ROBOT_NAME) if state.robots else None
        delay = max(self._delay, float(asked or 0))
        time.sleep(max(0.0, state.last_request + delay - time.monotonic()))
        self._counts[host] = self._counts.get(host, 0) + 1
        headers = {}
        if known and known.content and known.final_url == url:
            headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        try:
            with self._client.stream(
                "GET", url, headers={name: text for name, text in headers.items() if text}
            ) as answer:
                return self._read(url, answer)
        except (httpx.TimeoutException, TimeoutError):
            return self._failed(url, "timeout"), "", None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return self._failed(url, "unreachable"), "", None
        finally:
            state.last_request = time.monotonic()

    def _read(self, url: str, answer: httpx.Response) -> tuple[StoredPage, str, float | None]:
        """Return what a host answers: a page, an address to go to, or how long to wait."""
        status = answer.status_code
        if answer.next_request:
            return self._failed(url, "redirect", status), str(answer.next_request.url), None
        if status in _BUSY:
            return self._failed(url, "server", status), "", _retry_wait(answer, self._delay)
        if status == 304:
            return self._failed(url, "unchanged", status), "", None
        if status != 200:
            problem = "gone" if status in (404, 410) else "server" if status >= 500 else "refused"
            return self._failed(url, problem, status), "", None
        media_type = answer.headers.get("Content-Type", "text/html").partition(";")[0].lower()
        if not any(part in media_type for part in _READABLE):
            return self._failed(url, "media_type", status), "", None
        content, start = bytearray(), time.monotonic()
        for part in answer.iter_bytes():
            content += part
            if len(content) > MAX_FILE_BYTES:
                return self._failed(url, "too_large", status), "", None
            if time.monotonic() - start > PAGE_TIMEOUT:
                raise TimeoutError
        etag, changed = (answer.headers.get(name, "") for name in ("ETag", "Last-Modified"))
        page = StoredPage(
            url, url, status, "", media_type, etag, changed, time.time(), bytes(content)
        )
        return page, "", None


def _retry_wait(answer: httpx.Response, delay: float) -> float:
    """Return for how many seconds a busy host asks to wait, within limits."""
    text = answer.headers.get("Retry-After", "")
    return min(float(text), MAX_RETRY_WAIT) if text.isdecimal() else 2 * delay
