"""Whether the public pages that the data name as their sources can still be reached.

The one part that asks other hosts, and only when ``threats sources`` runs. Hosts are asked side by
side, the pages of a host one after the other with a pause between.
"""

import csv
import datetime as dt
import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from threats import __version__

FILE = "source_checks.csv"
ARCHIVE = "https://archive.org"
TIMEOUT, PAUSE = 15.0, 0.5  # seconds
MOST_REDIRECTS, HOSTS_AT_ONCE = 5, 8
# A host or archive that fails so often in a row is not asked again.
GIVE_UP = 3
_AGENT = f"threat-themes/{__version__} (check of cited sources)"
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_NO_CONNECTION = (httpx.ConnectError, httpx.ConnectTimeout)


class NoNetworkError(Exception):
    """No host answered at all."""


class Check(NamedTuple):
    """A row of ``source_checks.csv``; see the data dictionary."""

    source_url: str
    status: str
    http_code: int | None = None
    moved_to: str = ""
    archived_url: str = ""
    checked_on: str = ""


def check_sources(
    addresses: Iterable[str],
    tell: Callable[[], None] = lambda: None,
    timeout: float = TIMEOUT,
    pause: float = PAUSE,
) -> list[Check]:
    """Return a check of each address, in their order; ``tell`` is called after each.

    Raises NoNetworkError where no host answered.
    """
    addresses = list(addresses)
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)
    told, stop, found = threading.Lock(), threading.Event(), {}

    def host(pages: list[str]) -> None:
        failed = 0
        for page in pages:
            if stop.is_set():
                return
            found[page] = Check(page, "unreachable")
            if failed < GIVE_UP:
                found[page], connected = check_source(client, page)
                failed = 0 if connected else failed + 1
                time.sleep(pause if connected else 0)
            with told:
                tell()

    with _client(timeout) as client, ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        try:
            list(pool.map(host, hosts.values()))
        except BaseException:
            stop.set()
            raise
    if not any(check.http_code for check in found.values()):
        raise NoNetworkError
    today = dt.date.today().isoformat()
    return [found[address]._replace(checked_on=today) for address in addresses]


def _client(timeout: float) -> httpx.Client:
    return httpx.Client(
        timeout=timeout,
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
        headers={"User-Agent": _AGENT},
    )


def check_source(client: httpx.Client, address: str) -> tuple[Check, bool]:
    """Return how an address was found, without a date, and whether its host could be reached."""
    try:
        answer = _ask(client, address)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Check(address, "unreachable"), not isinstance(error, _NO_CONNECTION)
    code, place = answer.status_code, str(answer.url)
    if code in (404, 410):
        return Check(address, "gone", code), True
    if code >= 300:
        return Check(address, "refused", code), True
    moved = place != str(httpx.URL(address)) and _ADDRESS.fullmatch(place)
    return Check(address, *(("moved", code, place) if moved else ("reachable", code))), True


def _ask(client: httpx.Client, address: str) -> httpx.Response:
    """Return the head of a page, by GET where the host does not answer HEAD as it should."""
    try:
        answer = client.head(address)
        if answer.status_code < 300:
            return answer
    except _NO_CONNECTION:
        raise
    except httpx.HTTPError:
        pass
    with client.stream("GET", address) as answer:
        return answer


def with_archived(
    checks: Iterable[Check],
    archive: str = ARCHIVE,
    tell: Callable[[], None] = lambda: None,
    timeout: float = TIMEOUT,
    pause: float = PAUSE,
) -> list[Check]:
    """Return the checks with the address of the copy that the Wayback Machine has of each page, by
    its availability API (https://archive.org/help/wayback_api.php) under ``archive``."""
    done, failed = [], 0
    with _client(timeout) as client:
        for check in checks:
            copy = ""
            if failed < GIVE_UP:
                try:
                    copy = _archived(client, archive, check.source_url)
                    failed = 0
                except (httpx.HTTPError, ValueError):
                    failed += 1
                time.sleep(pause)
            done.append(check._replace(archived_url=copy))
            tell()
    return done


def _archived(client: httpx.Client, archive: str, address: str) -> str:
    answer = client.get(f"{archive.rstrip('/')}/wayback/available", params={"url": address})
    told = answer.raise_for_status().json()
    for key in ("archived_snapshots", "closest", "url"):
        told = told.get(key) if isinstance(told, dict) else None
    return told if isinstance(told, str) and _ADDRESS.fullmatch(told) else ""


def write(folder: Path, checks: Iterable[Check]) -> Path:
    """Write the checks into a dataset folder, all or nothing; return the file."""
    path = folder / FILE
    part = path.with_suffix(".part")
    try:
        with open(part, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(Check._fields)
            writer.writerows(sorted(checks))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path
