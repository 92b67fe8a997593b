"""Prepare what the first reader would otherwise wait for."""

import gc

from threats.lazy_imports import load_module

_ROUTE_MODULES = ("api", "cards", "download", "files", "health", "print", "responses")


def warm_up() -> None:
    """Import all modules, load the datasets and build every page in its initial state.

    ``gc.freeze`` then exempts these long-lived objects from further scans, which would take a
    quarter of a second. Pages report a broken dataset themselves.
    """
    for name in _ROUTE_MODULES:
        load_module(f"threats.server.routes.{name}")
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
                item = build_item(spec, selected, values)
                if isinstance(item, Chart):
                    cached_figure(item)
    gc.collect()
    gc.freeze()
