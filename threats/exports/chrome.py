"""Images of figures by Kaleido, with one shared browser.

Kaleido's own server mixes up answers and does not survive its browser. This module runs one job at
a time, starts a new browser after a fault and closes it after a pause.
"""

import asyncio
import atexit
import contextlib
import functools
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

import kaleido
from choreographer.browsers.chromium import Chromium

from threats import logs
from threats.config import browser_search_paths
from threats.text import exports as words
from threats.text.translate import _

T = TypeVar("T")
Job = Callable[[kaleido.Kaleido], Coroutine[Any, Any, bytes]]

MAX_QUEUED_RENDERS = 24
RENDER_QUEUE_TIMEOUT = 60  # seconds; for the jobs before it
RENDER_TIMEOUT = 40  # seconds; includes the start of a browser
TIME_BUDGET_TIMEOUT = 100  # seconds; then no further job starts for the same answer
BROWSER_IDLE_TIMEOUT = 120  # seconds
BROWSER_CLOSE_TIMEOUT = 10  # seconds
MAX_RENDERS_PER_BROWSER = 200  # its memory grows with every image


class RenderError(RuntimeError):
    """An image cannot be generated: no browser, too many jobs, or a failed job."""


class RenderBusyError(RenderError):
    """Too many jobs are waiting, or those before this one took too long."""


def browser_available() -> bool:
    """Return whether this machine has a browser that can generate images."""
    path = _find_browser_path(*browser_search_paths())
    return path is not None and Path(path).is_file()


@functools.lru_cache(maxsize=8)
def _find_browser_path(*environment: str | None) -> str | None:
    # Cached by its environment: every chart calls it, and a search takes a millisecond.
    return Chromium.find_browser(skip_local=False)


@contextlib.contextmanager
def time_budget() -> Iterator[None]:
    """Limit the time of all jobs for one answer: after ``TIME_BUDGET_TIMEOUT`` the next one raises
    RenderBusyError. A repeated request finds finished images in the cache."""
    before = _deadline.set(time.monotonic() + TIME_BUDGET_TIMEOUT)
    try:
        yield
    finally:
        _deadline.reset(before)


def stop_browser() -> None:
    """Close the browser, if one is open."""
    SHARED_BROWSER.stop()


class _BrowserWorker:
    """Runs one job at a time in a browser, which it starts and closes as needed."""

    def __init__(self) -> None:
        self._waiting = threading.BoundedSemaphore(MAX_QUEUED_RENDERS)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kaleido: kaleido.Kaleido | None = None
        self._idle: threading.Timer | None = None
        self._renders = 0

    def run(self, job: Job) -> bytes:
        if not self._waiting.acquire(blocking=False):
            raise RenderBusyError(_(words.TOO_MANY_IMAGES_MESSAGE))
        try:
            timeout = min(RENDER_QUEUE_TIMEOUT, _deadline.get() - time.monotonic())
            if timeout <= 0 or not self._lock.acquire(timeout=timeout):
                raise RenderBusyError(_(words.IMAGE_QUEUE_MESSAGE))
            try:
                return self._run_twice(job)
            finally:
                self._lock.release()
        finally:
            self._waiting.release()

    def _run_twice(self, job: Job) -> bytes:
        until = time.monotonic() + RENDER_TIMEOUT
        for last in (False, True):
            try:
                self._renders += 1
                return self._run(job(self._start(until)), until)
            except Exception as error:
                # A second try of a slow job would be as slow, and others wait.
                last = last or isinstance(error, TimeoutError)
                # Only a new browser is sure to work after an error.
                logs.warn("picture failed", kind=type(error).__name__, again=not last)
                self._close()
                if last:
                    raise RenderError(words.image_failed_message(error)) from error
            finally:
                if self._renders >= MAX_RENDERS_PER_BROWSER:
                    self._close()
                self._schedule_shutdown()
        raise AssertionError

    def _start(self, deadline: float) -> kaleido.Kaleido:
        if self._kaleido:
            return self._kaleido
        if not browser_available():
            raise RenderError(_(words.NO_BROWSER_MESSAGE))
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=_run_loop, args=(self._loop,), daemon=True).start()

        async def open_browser() -> kaleido.Kaleido:
            # Without mathjax=False the page would load MathJax from another host.
            browser = kaleido.Kaleido(mathjax=False, timeout=RENDER_TIMEOUT - 10)
            await browser.open()
            return browser

        self._kaleido = self._run(open_browser(), deadline)
        return self._kaleido

    def _run(self, coroutine: Coroutine[Any, Any, T], deadline: float) -> T:
        assert self._loop
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result(deadline - time.monotonic())
        except TimeoutError:
            future.cancel()
            raise TimeoutError(_(words.IMAGE_TIMEOUT_MESSAGE)) from None

    def _close(self) -> Future[None] | None:
        """Release the browser; return a future that is done once it is closed. No job waits for
        it, as a dead browser does not close."""
        browser, loop = self._kaleido, self._loop
        self._kaleido = self._loop = None
        self._renders = 0
        return asyncio.run_coroutine_threadsafe(_close_browser(browser), loop) if loop else None

    def _schedule_shutdown(self) -> None:
        if self._idle:
            self._idle.cancel()
        self._idle = threading.Timer(BROWSER_IDLE_TIMEOUT, self.stop)
        self._idle.daemon = True
        self._idle.start()

    def stop(self) -> None:
        with self._lock:
            if self._idle:
                self._idle.cancel()
            closed = self._close()
        if closed:
            with contextlib.suppress(TimeoutError):
                closed.result(2 * BROWSER_CLOSE_TIMEOUT)


async def _close_browser(browser: kaleido.Kaleido | None) -> None:
    with contextlib.suppress(Exception):
        async with asyncio.timeout(BROWSER_CLOSE_TIMEOUT):
            if browser:
                await browser.close()
    asyncio.get_running_loop().call_soon(asyncio.get_running_loop().stop)


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=BROWSER_CLOSE_TIMEOUT))
    loop.close()


_deadline = ContextVar("until", default=float("inf"))
SHARED_BROWSER = _BrowserWorker()
atexit.register(stop_browser)
