"""What the first reader would wait for, made before one comes."""

import gc

from threats.lazy_imports import IMPORT_LOCK


def warm_up() -> None:
    """Import all that pages and routes need, load the datasets and make the parts of every page as
    it opens, then take all that is there out of the collection of garbage, which has nothing to
    find in it and takes a quarter of a second to look. A broken dataset is left for the pages to
    tell."""
    # Imported here, so that the server answers before and meanwhile.
    with IMPORT_LOCK:
        from threats.content.builder import build_item, parse_page_options
        from threats.content.model import Chart, cached_figure
        from threats.content.pages import PAGES
        from threats.content.registry import SENTENCE_SPECS, items_on
        from threats.dataset.store import current_datasets
        from threats.server.routes import api, download, files, health, print, responses  # noqa: F401 (loads them)
        from threats.stats.selection import Selection, select_cached
    for data in current_datasets().values():
        selected = select_cached(data, Selection())
        for page in PAGES:
            values, _ = parse_page_options(page, {}, selected)
            sentences = [part for part in SENTENCE_SPECS.values() if part.page == page]
            for part in (*items_on(page), *sentences):
                made = build_item(part, selected, values)
                if isinstance(made, Chart):
                    cached_figure(made, False)
    gc.collect()
    gc.freeze()
