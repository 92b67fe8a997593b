"""Prepare what the first reader would otherwise wait for."""

import gc
import time

from threats.lazy_imports import load_module

_ROUTE_MODULES = ("api", "cards", "download", "files", "health", "print", "responses", "search")
# Each look at the other threads takes so many seconds; those that use less of it are at rest.
_LOOK, _AT_REST = 0.02, 0.004
_MAX_WAIT = 2.0  # seconds before a step


def warm_up() -> None:
    """Import all modules, load the datasets and build every page in its initial state.

    The first page comes first, and then readers: only one thread computes at a time.
    ``gc.freeze`` then exempts these long-lived objects from further scans, which would take a
    quarter of a second. Pages report a broken dataset themselves.
    """
    for name in ("builder", "model", "pages", "registry"):
        load_module(f"threats.content.{name}")
    from threats.content.builder import build_item, parse_page_options
    from threats.content.model import Chart, cached_figure
    from threats.content.pages import PAGES
    from threats.content.registry import SENTENCE_SPECS, items_on
    from threats.dataset.store import current_datasets
    from threats.stats.filters import Selection
    from threats.stats.selection import select

    for data in current_datasets().values():
        selected = select(data, Selection())
        for page in PAGES:
            values, _ = parse_page_options(page, {}, selected)
            sentences = [spec for spec in SENTENCE_SPECS.values() if spec.page == page]
            for spec in (*items_on(page), *sentences):
                _wait_for_readers()
                item = build_item(spec, selected, values)
                if isinstance(item, Chart):
                    cached_figure(item)
    for name in _ROUTE_MODULES:
        _wait_for_readers()
        load_module(f"threats.server.routes.{name}")
    gc.collect()
    gc.freeze()


def _wait_for_readers() -> None:
    """Return when no other thread computes, or some seconds have passed."""
    until = time.monotonic() + _MAX_WAIT
    while time.monotonic() < until:
        before = time.process_time()
        time.sleep(_LOOK)
        if time.process_time() - before < _AT_REST:
            return
