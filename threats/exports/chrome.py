"""Pictures of figures by Kaleido, with one browser that stays for the next picture.

Kaleido's own server gives answers to whoever waits first and does not outlive its browser, so the
browser is kept here: one job at a time, a fresh browser after a fault, none after a pause.
"""

import asyncio
import atexit
import contextlib
import functools
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextvars import ContextVar
from pathlib import Path

import kaleido
from choreographer.browsers.chromium import Chromium

from threats import logs
from threats.config import browser_search_paths
from threats.text import exports as words
from threats.text.translate import _

MAX_QUEUED_RENDERS = 24
RENDER_QUEUE_TIMEOUT = 60  # for those before it
RENDER_TIMEOUT = 40  # from its turn on, with a browser to start if need be
TIME_BUDGET_TIMEOUT = 100  # until no further one is begun for the same answer
BROWSER_IDLE_TIMEOUT = 120
BROWSER_CLOSE_TIMEOUT = 10
MAX_RENDERS_PER_BROWSER = 200  # it grows with every picture


class RenderError(RuntimeError):
    """No picture can be made: no browser on this machine, too many jobs, or a job that failed."""


class RenderBusyError(RenderError):
    """Too many pictures are waiting, or those before this one took too long."""


def browser_available() -> bool:
    """Return whether this machine has a browser that can draw pictures."""
    path = _find_browser_path(*browser_search_paths())
    return bool(path) and Path(path).is_file()


@functools.lru_cache(maxsize=8)
def _find_browser_path(*environment: str | None) -> str | None:
    # Every chart on a page asks, and to look through all folders takes a millisecond.
    return Chromium.find_browser(skip_local=False)


@contextlib.contextmanager
def time_budget() -> Iterator[None]:
    """Bound the time of all pictures that are made within, those for one answer: after
    ``SECONDS_TOGETHER`` the next raises BusyError. Who asks again finds those that were made."""
    before = _deadline.set(time.monotonic() + TIME_BUDGET_TIMEOUT)
    try:
        yield
    finally:
        _deadline.reset(before)


def stop_browser() -> None:
    """Close the browser, if one is open."""
    SHARED_BROWSER.stop()


class _BrowserWorker:
    def __init__(self) -> None:
        self._waiting = threading.BoundedSemaphore(MAX_QUEUED_RENDERS)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kaleido: kaleido.Kaleido | None = None
        self._idle: threading.Timer | None = None
        self._made = 0

    def run(self, job: Callable[[kaleido.Kaleido], Awaitable[bytes]]) -> bytes:
        if not self._waiting.acquire(blocking=False):
            raise RenderBusyError(_(words.TOO_MANY_IMAGES_MESSAGE))
        try:
            left = min(RENDER_QUEUE_TIMEOUT, _deadline.get() - time.monotonic())
            if left <= 0 or not self._lock.acquire(timeout=left):
                raise RenderBusyError(_(words.IMAGE_QUEUE_MESSAGE))
            try:
                return self._run_twice(job)
            finally:
                self._lock.release()
        finally:
            self._waiting.release()

    def _run_twice(self, job: Callable[[kaleido.Kaleido], Awaitable[bytes]]) -> bytes:
        until = time.monotonic() + RENDER_TIMEOUT
        for last in (False, True):
            try:
                self._start(until)
                self._made += 1
                return self._run(job(self._kaleido), until)
            except Exception as error:
                # What took too long once does so again, while others wait.
                last = last or isinstance(error, TimeoutError)
                # Whatever went wrong, only a fresh browser is sure to be sound.
                logs.warn("picture failed", kind=type(error).__name__, again=not last)
                self._close()
                if last:
                    raise RenderError(words.image_failed_message(error)) from error
            finally:
                if self._made >= MAX_RENDERS_PER_BROWSER:
                    self._close()
                self._rest()
        raise AssertionError

    def _start(self, deadline: float) -> None:
        if self._kaleido:
            return
        if not browser_available():
            raise RenderError(_(words.NO_BROWSER_MESSAGE))
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=_run_loop, args=(self._loop,), daemon=True).start()

        async def opened() -> kaleido.Kaleido:
            # Without this the page would ask another host for MathJax.
            browser = kaleido.Kaleido(mathjax=False, timeout=RENDER_TIMEOUT - 10)
            await browser.open()
            return browser

        self._kaleido = self._run(opened(), deadline)

    def _run(self, coroutine, deadline: float):
        future: Future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result(deadline - time.monotonic())
        except TimeoutError:
            future.cancel()
            raise TimeoutError(_(words.IMAGE_TIMEOUT_MESSAGE)) from None

    def _close(self) -> Future | None:
        """Let the browser go; return what is done once it is closed. A dead one cannot be, so
        nobody who wants a picture waits for that."""
        browser, loop = self._kaleido, self._loop
        self._kaleido = self._loop = None
        self._made = 0
        return asyncio.run_coroutine_threadsafe(_close_browser(browser), loop) if loop else None

    def _rest(self) -> None:
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
            await browser.close()
    asyncio.get_running_loop().call_soon(asyncio.get_running_loop().stop)


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=BROWSER_CLOSE_TIMEOUT))
    loop.close()


_deadline = ContextVar("until", default=float("inf"))
SHARED_BROWSER = _BrowserWorker()
atexit.register(stop_browser)
