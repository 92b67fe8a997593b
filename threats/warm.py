"""What the first reader would wait for, made before one comes."""

import gc

from threats.later import IMPORTING


def up() -> None:
    """Import all that pages and routes need, load the datasets and make the parts of every page as
    it opens, then take all that is there out of the collection of garbage, which has nothing to
    find in it and takes a quarter of a second to look. A broken dataset is left for the pages to
    tell."""
    # Imported here, so that the server answers before and meanwhile.
    with IMPORTING:
        from threats import cache, catalogue, fresh
        from threats.pages import PAGES
        from threats.routes import api, files, plain, take  # noqa: F401
        from threats.selection import Selection
        from threats.views.base import Chart
    for data in fresh.datasets().values():
        selected = cache.narrowed(data, Selection())
        for page in PAGES:
            values, _ = catalogue.read_options(page, {}, selected)
            sentences = [part for part in catalogue.SENTENCES.values() if part.page == page]
            for part in (*catalogue.parts_of(page), *sentences):
                made = catalogue.make(part, selected, values)
                if isinstance(made, Chart):
                    cache.figure(made, False)
    gc.collect()
    gc.freeze()
