"""Whether the public pages that the data cite as sources can still be reached.

Hosts are requested only when ``threats sources`` runs, in parallel, and the pages of one host one
after the other with a pause.
"""

import csv
import os
import threading
import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from threats.dataset.cell_checks import is_storable_url
from threats.dataset.public_hosts import public_client
from threats.format import utc_today

LINK_CHECKS_FILE = "source_checks.csv"
ARCHIVE_URL = "https://archive.org"
LINK_TIMEOUT, HOST_PAUSE = 15.0, 0.5  # seconds
MAX_PARALLEL_HOSTS = 8
# A host or archive that fails so often in a row is skipped.
MAX_FAILURES = 3
LAST_HTTP_CODE = 599
_CONNECTION_ERRORS = (httpx.ConnectError, httpx.ConnectTimeout)


class NoNetworkError(Exception):
    """No host answered at all."""


class LinkCheck(NamedTuple):
    """A row of ``source_checks.csv``; see the data dictionary."""

    source_url: str
    status: str
    http_code: int | None = None
    moved_to: str = ""
    archived_url: str = ""
    checked_on: str = ""


def check_links(
    addresses: Iterable[str],
    on_progress: Callable[[], None] = lambda: None,
    timeout: float = LINK_TIMEOUT,
    pause: float = HOST_PAUSE,
) -> list[LinkCheck]:
    """Return a check of each address, in their order; ``on_progress`` is called after each.

    Raises NoNetworkError where no host answered.
    """
    addresses = list(addresses)
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)
    lock, stop, found = threading.Lock(), threading.Event(), {}

    def host(pages: list[str]) -> None:
        failed = 0
        for page in pages:
            if stop.is_set():
                return
            found[page] = LinkCheck(page, "unreachable")
            if failed < MAX_FAILURES:
                found[page], connected = check_link(client, page)
                failed = 0 if connected else failed + 1
                time.sleep(pause if connected else 0)
            with lock:
                on_progress()

    with _client(timeout, hosts) as client, ThreadPoolExecutor(MAX_PARALLEL_HOSTS) as pool:
        try:
            list(pool.map(host, hosts.values()))
        except BaseException:
            stop.set()
            raise
    if not any(check.http_code for check in found.values()):
        raise NoNetworkError
    day = utc_today().isoformat()
    return [found[address]._replace(checked_on=day) for address in addresses]


def _client(timeout: float, hosts: Collection[str]) -> httpx.Client:
    return public_client(timeout, hosts, "link-check")


def check_link(client: httpx.Client, address: str) -> tuple[LinkCheck, bool]:
    """Return how an address was found, without a date, and whether its host could be reached."""
    try:
        answer = _request_head(client, address)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return LinkCheck(address, "unreachable"), not isinstance(error, _CONNECTION_ERRORS)
    code, place = answer.status_code, str(answer.url)
    if code > LAST_HTTP_CODE:  # which some hosts make up
        return LinkCheck(address, "refused"), True
    if code in (404, 410):
        return LinkCheck(address, "gone", code), True
    if code >= 300:
        return LinkCheck(address, "refused", code), True
    if place == str(httpx.URL(address)):
        return LinkCheck(address, "reachable", code), True
    return LinkCheck(address, "moved", code, place if is_storable_url(place) else ""), True


def _request_head(client: httpx.Client, address: str) -> httpx.Response:
    """Return the head of a page, by GET where the host does not answer HEAD as it should."""
    try:
        answer = client.head(address)
        if answer.status_code < 300:
            return answer
    except _CONNECTION_ERRORS:
        raise
    except httpx.HTTPError:
        pass
    with client.stream("GET", address) as answer:
        return answer


def add_archive_urls(
    checks: Iterable[LinkCheck],
    archive: str = ARCHIVE_URL,
    on_progress: Callable[[], None] = lambda: None,
    timeout: float = LINK_TIMEOUT,
    pause: float = HOST_PAUSE,
) -> list[LinkCheck]:
    """Return the checks with the address of the copy that the Wayback Machine has of each page, by
    its availability API (https://archive.org/help/wayback_api.php) under ``archive``."""
    done, failed = [], 0
    with _client(timeout, [urlsplit(archive).netloc]) as client:
        for check in checks:
            copy = ""
            if failed < MAX_FAILURES:
                try:
                    copy = _find_archive_url(client, archive, check.source_url)
                    failed = 0
                except (httpx.HTTPError, ValueError):
                    failed += 1
                time.sleep(pause)
            done.append(check._replace(archived_url=copy))
            on_progress()
    return done


def _find_archive_url(client: httpx.Client, archive: str, address: str) -> str:
    answer = client.get(f"{archive.rstrip('/')}/wayback/available", params={"url": address})
    value = answer.raise_for_status().json()
    for key in ("archived_snapshots", "closest", "url"):
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) and is_storable_url(value) else ""


def write_link_checks(folder: Path, checks: Iterable[LinkCheck]) -> Path:
    """Write the checks into a dataset folder, all or nothing; return the file."""
    path = folder / LINK_CHECKS_FILE
    part = path.with_suffix(".part")
    try:
        with open(part, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(LinkCheck._fields)
            writer.writerows(sorted(checks))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path
