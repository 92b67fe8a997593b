"""What the first reader would wait for, made before one comes."""

import gc

from threats import cache, catalogue
from threats.dataset import DatasetError
from threats.selection import Selection
from threats.views.base import Chart


def up() -> None:
    """Load the dataset and make the parts of every page as it opens, then take all that is there
    out of the collection of garbage, which has nothing to find in it and takes a quarter of a
    second to look. A broken dataset is left for the pages to tell."""
    try:
        selected = cache.narrowed(cache.dataset(), Selection())
    except DatasetError:
        return
    for page in catalogue.PAGES:
        values, _ = catalogue.read_options(page, {}, selected)
        sentences = [part for part in catalogue.SENTENCES.values() if part.page == page]
        for part in (*catalogue.parts_of(page), *sentences):
            made = catalogue.make(part, selected, values)
            if isinstance(made, Chart):
                cache.figure(made, False)
    gc.collect()
    gc.freeze()
