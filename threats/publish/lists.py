"""The threats, regions, countries and series that have a published page."""

from typing import NamedTuple

from threats.caching import cached
from threats.content.country import chaired_table, hosted_table, took_part_table
from threats.content.subjects import subject_names
from threats.content.vocabulary_words import vocabulary_words
from threats.dataset.casefold import casefold_ascii
from threats.dataset.model import Dataset
from threats.stats.filters import Selection, filter_choices
from threats.stats.selection import select
from threats.text.search import RESULT_KIND_LABELS
from threats.text.translate import _

_TABLES = {
    "threat": "threat_categories",
    "region": "regions",
    "country": "countries",
    "series": "series",
}


class Listed(NamedTuple):
    """A page in a list: its address, its name, and the words by which a search finds it,
    separated by "|"."""

    address: str
    name: str
    words: str


def names_of(dataset: Dataset, kind: str) -> dict[str, str]:
    """Return the threats, regions, countries or series that have a page, by their ids."""
    if kind == "region":
        return filter_choices(dataset)["region"]
    names = subject_names(dataset, kind)
    if kind == "country":
        names = {key: names[key] for key in _countries_with_meetings(dataset)}
    if kind == "threat":
        return names
    return dict(sorted(names.items(), key=lambda item: casefold_ascii(item[1])))


@cached(8)
def _countries_with_meetings(dataset: Dataset) -> tuple[str, ...]:
    """Return the countries that hosted, chaired or took part in a meeting."""
    selected = select(dataset, Selection())
    tables = (hosted_table, chaired_table, took_part_table)
    return tuple(
        key
        for key in dataset.names("countries")
        if not all(table(selected, key).empty for table in tables)
    )


def subject_lists(dataset: Dataset) -> list[tuple[str, list[Listed]]]:
    """Return the links to the pages on threats, regions, countries and series, under their
    headings."""
    return [
        (
            _(RESULT_KIND_LABELS[kind]),
            [
                Listed(f"{kind}-{key}.html", name, "|".join([name, *known[key]]))
                for key, name in names_of(dataset, kind).items()
            ],
        )
        for kind, table in _TABLES.items()
        for known in [vocabulary_words(dataset, table)]
    ]
