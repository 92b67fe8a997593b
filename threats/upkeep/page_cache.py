"""The private cache of pages that were requested, in one SQLite file.

It holds the texts of others and is never published. What was requested is stored at once, so an
interrupted run resumes where it stopped.
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from threats.config import cache_folder

_BUSY_TIMEOUT = 60.0  # seconds to wait for another process
_TABLES = """
CREATE TABLE IF NOT EXISTS pages (
  url TEXT PRIMARY KEY, final_url TEXT, status INTEGER, problem TEXT, media_type TEXT, etag TEXT,
  last_modified TEXT, requested_at REAL, content BLOB);
CREATE TABLE IF NOT EXISTS complete (source_id TEXT PRIMARY KEY, read_at REAL);
CREATE TABLE IF NOT EXISTS entries (source_id TEXT, url TEXT, PRIMARY KEY (source_id, url));
"""


class StoredPage(NamedTuple):
    """A page as it was last requested.

    ``status`` is the HTTP status, 0 without an answer; ``problem`` is a key of ``PAGE_PROBLEMS``
    for a page without content. ``requested_at`` is in seconds since 1970.
    """

    url: str
    final_url: str = ""
    status: int = 0
    problem: str = ""
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""
    requested_at: float = 0.0
    content: bytes = b""


class PageCache:
    """The pages in a folder; several threads and processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = folder / "pages.sqlite"
        self._lock = threading.Lock()
        with self._connect() as database:
            database.executescript(_TABLES)
        self._file.chmod(0o600)

    @contextlib.contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        with (
            self._lock,
            contextlib.closing(sqlite3.connect(self._file, timeout=_BUSY_TIMEOUT)) as database,
            database,
        ):
            yield database

    def get(self, url: str) -> StoredPage | None:
        """Return a page, or None if it was never requested."""
        columns = ", ".join(StoredPage._fields)
        with self._connect() as database:
            query = f"SELECT {columns} FROM pages WHERE url = ?"
            found = database.execute(query, (url,)).fetchone()
        return StoredPage(*found) if found else None

    def put(self, page: StoredPage) -> None:
        """Store a page."""
        places = ", ".join("?" * len(page))
        with self._connect() as database:
            database.execute(f"INSERT OR REPLACE INTO pages VALUES ({places})", page)

    def is_complete(self, source_id: str) -> bool:
        """Return whether a source was once read to its end."""
        with self._connect() as database:
            query = "SELECT 1 FROM complete WHERE source_id = ?"
            return database.execute(query, (source_id,)).fetchone() is not None

    def set_complete(self, source_id: str) -> None:
        """Remember that a source was read to its end."""
        with self._connect() as database:
            row = (source_id, time.time())
            database.execute("INSERT OR REPLACE INTO complete VALUES (?, ?)", row)

    def add_entries(self, source_id: str, urls: Iterable[str]) -> None:
        """Remember to which pages a source leads."""
        with self._connect() as database:
            rows = [(source_id, url) for url in urls]
            database.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?)", rows)

    def entries(self, source_id: str) -> list[str]:
        """Return the pages to which a source was found to lead, in that order."""
        with self._connect() as database:
            query = "SELECT url FROM entries WHERE source_id = ? ORDER BY rowid"
            return [url for (url,) in database.execute(query, (source_id,))]


def default_cache_folder() -> Path:
    """Return the folder of the private cache, outside any dataset folder."""
    return cache_folder() / "pages"
