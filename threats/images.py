"""Pictures of figures by Kaleido, with one browser that stays for the next picture.

Kaleido's own server gives answers to whoever waits first and does not outlive its browser, so the
browser is kept here: one job at a time, a fresh browser after a fault, none after a pause.
"""

import asyncio
import atexit
import base64
import contextlib
import functools
import os
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextvars import ContextVar
from pathlib import Path

import kaleido
from choreographer.browsers.chromium import Chromium

from threats import log

MOST_WAITING = 24
SECONDS_WAITING = 60  # for those before it
SECONDS_A_PICTURE = 40  # from its turn on, with a browser to start if need be
SECONDS_TOGETHER = 100  # until no further one is begun for the same answer
SECONDS_IDLE = 120
SECONDS_TO_CLOSE = 10
PICTURES_A_BROWSER = 200  # it grows with every picture
# A4 in inches; the foot is drawn by the browser, in fonts of its own.
_PAPER = dict(
    paperWidth=8.27,
    paperHeight=11.69,
    **dict.fromkeys(("marginTop", "marginLeft", "marginRight"), 0.6),
    marginBottom=0.75,
    printBackground=True,
    generateTaggedPDF=True,
    generateDocumentOutline=True,
    displayHeaderFooter=True,
    headerTemplate="<span></span>",
    footerTemplate='<div style="font:8px Arial,sans-serif;width:100%;margin:0 15mm;display:flex;'
    'justify-content:space-between;color:#52606D"><span class="title"></span><span>'
    '<span class="pageNumber"></span> of <span class="totalPages"></span></span></div>',
)
_SHEET = dict(printBackground=True, preferCSSPageSize=True, pageRanges="1", generateTaggedPDF=False)


class ImagesError(RuntimeError):
    """No picture can be made: no browser on this machine, too many jobs, or a job that failed."""


class BusyError(ImagesError):
    """Too many pictures are waiting, or those before this one took too long."""


def available() -> bool:
    """Return whether this machine has a browser that can draw pictures."""
    path = _browser_path(os.environ.get("BROWSER_PATH"), os.environ.get("PATH"))
    return bool(path) and Path(path).is_file()


@functools.lru_cache(maxsize=8)
def _browser_path(*environment: str | None) -> str | None:
    # Every chart on a page asks, and to look through all folders takes a millisecond.
    return Chromium.find_browser(skip_local=False)


def render(figure: dict, kind: str, width: int, height: int, scale: float = 1) -> bytes:
    """Return a figure as a picture: ``kind`` is png, svg or pdf, sizes are in pixels before
    ``scale``. Raises ImagesError."""
    options = dict(format=kind, width=width, height=height, scale=scale)
    return _browser.run(lambda browser: browser.calc_fig(figure, opts=options))


def printed(page: str) -> bytes:
    """Return an HTML page that needs nothing from elsewhere as a tagged PDF on A4, with an outline
    and page numbers. Nothing of it is written to disk. Raises ImagesError."""
    return _browser.run(lambda browser: _print(browser, page, _PAPER))


def sheet(svg: str, width: int, height: int) -> bytes:
    """Return an SVG of this size in pixels as a PDF of one page that size. Raises ImagesError."""
    look = f"@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}"
    page = f"<!doctype html><style>{look} svg {{ display: block }}</style>{svg}"
    return _browser.run(lambda browser: _print(browser, page, _SHEET))


async def _print(browser: kaleido.Kaleido, page: str, paper: dict) -> bytes:
    tab = await browser.create_tab("about:blank")
    try:
        await _ask(tab, "Emulation.setScriptExecutionDisabled", value=True)
        tree = await _ask(tab, "Page.getFrameTree")
        frame = tree["frameTree"]["frame"]["id"]
        await _ask(tab, "Page.setDocumentContent", frameId=frame, html=page)
        answer = await _ask(tab, "Page.printToPDF", **paper)
        return base64.b64decode(answer["data"])
    finally:
        await tab.close()


async def _ask(tab, command: str, **params) -> dict:
    answer = await tab.send_command(command, params=params)
    if "error" in answer:
        raise RuntimeError(answer["error"].get("message", command))
    return answer["result"]


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Bound the time of all pictures that are made within, those for one answer: after
    ``SECONDS_TOGETHER`` the next raises BusyError. Who asks again finds those that were made."""
    before = _until.set(time.monotonic() + SECONDS_TOGETHER)
    try:
        yield
    finally:
        _until.reset(before)


def stop() -> None:
    """Close the browser, if one is open."""
    _browser.stop()


class _Browser:
    def __init__(self) -> None:
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kaleido: kaleido.Kaleido | None = None
        self._idle: threading.Timer | None = None
        self._made = 0

    def run(self, job: Callable[[kaleido.Kaleido], Awaitable[bytes]]) -> bytes:
        if not self._waiting.acquire(blocking=False):
            raise BusyError("Too many pictures are being made; try again in a minute.")
        try:
            left = min(SECONDS_WAITING, _until.get() - time.monotonic())
            if left <= 0 or not self._lock.acquire(timeout=left):
                raise BusyError("Other pictures take too long; try again in a minute.")
            try:
                return self._run_twice(job)
            finally:
                self._lock.release()
        finally:
            self._waiting.release()

    def _run_twice(self, job: Callable[[kaleido.Kaleido], Awaitable[bytes]]) -> bytes:
        until = time.monotonic() + SECONDS_A_PICTURE
        for last in (False, True):
            try:
                self._start(until)
                self._made += 1
                return self._run(job(self._kaleido), until)
            except Exception as error:
                # What took too long once does so again, while others wait.
                last = last or isinstance(error, TimeoutError)
                # Whatever went wrong, only a fresh browser is sure to be sound.
                log.warn("picture failed", kind=type(error).__name__, again=not last)
                self._close()
                if last:
                    raise ImagesError(f"The picture could not be made: {error}") from error
            finally:
                if self._made >= PICTURES_A_BROWSER:
                    self._close()
                self._rest()
        raise AssertionError

    def _start(self, until: float) -> None:
        if self._kaleido:
            return
        if not available():
            raise ImagesError("This machine has no Chrome or Chromium.")
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=_run_until_stopped, args=(self._loop,), daemon=True).start()

        async def opened() -> kaleido.Kaleido:
            # Without this the page would ask another host for MathJax.
            browser = kaleido.Kaleido(mathjax=False, timeout=SECONDS_A_PICTURE - 10)
            await browser.open()
            return browser

        self._kaleido = self._run(opened(), until)

    def _run(self, coroutine, until: float):
        future: Future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result(until - time.monotonic())
        except TimeoutError:
            future.cancel()
            raise TimeoutError("it took too long") from None

    def _close(self) -> Future | None:
        """Let the browser go; return what is done once it is closed. A dead one cannot be, so
        nobody who wants a picture waits for that."""
        browser, loop = self._kaleido, self._loop
        self._kaleido = self._loop = None
        self._made = 0
        return asyncio.run_coroutine_threadsafe(_ended(browser), loop) if loop else None

    def _rest(self) -> None:
        if self._idle:
            self._idle.cancel()
        self._idle = threading.Timer(SECONDS_IDLE, self.stop)
        self._idle.daemon = True
        self._idle.start()

    def stop(self) -> None:
        with self._lock:
            if self._idle:
                self._idle.cancel()
            closed = self._close()
        if closed:
            with contextlib.suppress(TimeoutError):
                closed.result(2 * SECONDS_TO_CLOSE)


async def _ended(browser: kaleido.Kaleido | None) -> None:
    with contextlib.suppress(Exception):
        async with asyncio.timeout(SECONDS_TO_CLOSE):
            await browser.close()
    asyncio.get_running_loop().call_soon(asyncio.get_running_loop().stop)


def _run_until_stopped(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=SECONDS_TO_CLOSE))
    loop.close()


_until = ContextVar("until", default=float("inf"))
_browser = _Browser()
atexit.register(stop)
