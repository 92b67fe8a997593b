"""The search over everything, from threats and places to meetings and pages."""

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from threats.caching import cached
from threats.content.meeting_search import meeting_index
from threats.content.pages import PAGES
from threats.content.search_words import (
    SearchIndex,
    build_index,
    find_texts,
    name_form,
    normalise,
    parse_query,
    suggest_query,
)
from threats.content.vocabulary_words import vocabulary_words
from threats.dataset.dates import format_date_range
from threats.dataset.model import Dataset
from threats.stats.filters import filter_choices
from threats.text.search import meeting_label
from threats.text.subjects import threat_in_regions

MAX_RESULTS = 8
MAX_OF_KIND = 3  # unless there are fewer results of other kinds
_ANY_MEETING = {"courses": "yes", "reach": "all"}
# The view that shows a result of each kind: a page and its parameters. Of results that fit a query
# equally well, the kind that comes first here comes first.
RESULT_VIEWS: dict[str, tuple[str, dict[str, str]]] = {
    "threat": ("threat", {"threat": "{id}"}),
    "threat_region": ("threat", {"threat": "{id}", "region": "{region}"}),
    "region": ("trends", {"region": "{id}"}),
    "country": ("country", {"country": "{id}"}),
    "response": ("meetings", {"q": "{label}", **_ANY_MEETING}),
    "page": ("{id}", {}),
    "series": ("series", {"series": "{id}"}),
    "organization": ("meetings", {"q": "{label}", **_ANY_MEETING}),
    "meeting": ("meetings", {"meeting": "{id}"}),
}
_TABLES = {
    "threat": "threat_categories",
    "region": "regions",
    "country": "countries",
    "response": "responses",
    "series": "series",
    "organization": "organizations",
}
_KINDS = list(RESULT_VIEWS)


class Entry(NamedTuple):
    """What a search can find: its kind, id and label, and ``names``, which find it first, in the
    form of ``name_form``; of a threat in a region also the id of the region."""

    kind: str
    id: str
    label: str
    names: tuple[str, ...]
    region: str = ""


class Result(NamedTuple):
    """A result of a search, with the page and the parameters that show it."""

    kind: str
    id: str
    label: str
    page: str
    params: dict[str, list[str]]


class Found(NamedTuple):
    """The results of a search, the best first, and the query that they answer, which is another
    than the reader's if that one has typos."""

    results: list[Result]
    query: str


def search(dataset: Dataset, query: str) -> Found:
    """Return what a query finds, at most ``MAX_RESULTS``; nothing for one without a word."""
    entries, index = _site_index(dataset)
    if not parse_query(query):
        return Found([], query)
    places = find_texts(index, query).index
    if places.empty:
        query = suggest_query(index, query) or query
        places = find_texts(index, query).index
    found, name = _without_needless_pairs([entries[place] for place in places]), name_form(query)
    labels = pd.Series([normalise(entry.label) for entry in found], dtype="str")
    in_label = set(find_texts(index._replace(texts=labels), query).index)
    ranked = sorted(
        range(len(found)),
        key=lambda place: (
            _rank(found[place], name, place in in_label),
            _KINDS.index(found[place].kind),
            place,
        ),
    )
    best = _some_of_each_kind([found[place] for place in ranked])
    return Found([_result(dataset, entry) for entry in best], query)


def _without_needless_pairs(found: list[Entry]) -> list[Entry]:
    """Return entries without threats in a region where the query names no threat or no region."""
    kinds = {entry.kind for entry in found}
    if kinds.isdisjoint({"threat", "region"}):
        return found
    return [entry for entry in found if entry.kind != "threat_region"]


def _some_of_each_kind(ranked: list[Entry]) -> list[Entry]:
    """Return the best entries in their order; a kind with many of them leaves places to others."""
    of_kind = Counter[str]()
    later = []
    for place, entry in enumerate(ranked):
        of_kind[entry.kind] += 1
        later.append((of_kind[entry.kind] > MAX_OF_KIND, place))
    return [
        ranked[place] for place in sorted(place for _late, place in sorted(later)[:MAX_RESULTS])
    ]


def _rank(entry: Entry, name: str, in_label: bool) -> int:
    """Return how well an entry fits a query, 0 for best: the query is one of its names, starts its
    label, stands in its label, or stands elsewhere."""
    if name in entry.names:
        return 0
    if in_label:
        return 1 if name_form(entry.label).startswith(name) else 2
    return 3


def _result(dataset: Dataset, entry: Entry) -> Result:
    page, params = RESULT_VIEWS[entry.kind]
    parts = entry._asdict()
    shown = {name: [text.format(**parts)] for name, text in params.items()}
    page = page.format(**parts)
    return Result(entry.kind, entry.id, entry.label, page, dataset.params | shown)


@cached(8, words=True)
def _site_index(dataset: Dataset) -> tuple[list[Entry], SearchIndex]:
    """Return all entries, and the index of their texts by their places."""
    vocabulary = [*_named_entries(dataset)]
    named = [*vocabulary, *_threat_region_entries(vocabulary), *_page_entries()]
    names = build_index(pd.Series([" ".join(words) for _entry, words in named], dtype="str"))
    meetings = meeting_index(dataset)
    table = dataset["meetings"].sort_values("start_date", ascending=False, kind="stable")
    entries = [entry for entry, _words in named] + [
        Entry("meeting", row.meeting_id, meeting_label(row.title, date), names)
        for row in table.itertuples()
        for names in [_names(row.meeting_id, row.title, row.official_name)]
        for date in [format_date_range(row.start_date, row.end_date)]
    ]
    texts = pd.concat([names.texts, meetings.texts.reindex(table["meeting_id"])], ignore_index=True)
    # Words of names come before those of meetings when a typo is mended.
    words = tuple(dict.fromkeys((*names.words, *meetings.words)))
    return entries, SearchIndex(texts, words, names.compounds | meetings.compounds)


def _named_entries(dataset: Dataset) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Yield each entry of the vocabularies with all its words.

    A State is found as a country, not once more as an organization that takes part.
    """
    countries = set(dataset["countries"]["name"])
    for kind, table in _TABLES.items():
        labels = dataset.names(table)
        if kind != "series":  # whose short names say too little among the results
            labels |= filter_choices(dataset).get(kind, {})
        for key, words in vocabulary_words(dataset, table).items():
            label = labels[key]
            if kind == "organization" and words[0] in countries:
                continue
            yield Entry(kind, key, label, _names(key, label, *words)), (key, label, *words)


def _threat_region_entries(
    vocabulary: list[tuple[Entry, tuple[str, ...]]],
) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Yield each threat in each region, with the words of both."""
    threats, regions = (
        [one for one in vocabulary if one[0].kind == kind] for kind in ("threat", "region")
    )
    for (threat, words), (region, region_words) in itertools.product(threats, regions):
        label = threat_in_regions(threat.label, [region.label])
        entry = Entry("threat_region", threat.id, label, (name_form(label),), region.id)
        yield entry, words + region_words


def _page_entries() -> Iterator[tuple[Entry, tuple[str, ...]]]:
    for name, page in PAGES.items():
        names = _names(name, page.title, page.heading)
        yield (
            Entry("page", name, page.title, names),
            (name, page.title, page.heading, page.question),
        )


def _names(*texts: str) -> tuple[str, ...]:
    return tuple({name_form(text) for text in texts if text})
