"""The search for meetings by the words of their records."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from threats.caching import cached
from threats.content.search_words import (
    SearchIndex,
    build_index,
    find_texts,
    suggest_query,
)
from threats.content.vocabulary_words import vocabulary_words
from threats.dataset.model import Dataset
from threats.format import ordinal
from threats.text.vocabulary import translate_label


@cached(8, words=True)
def meeting_index(dataset: Dataset) -> SearchIndex:
    """Return the index of meetings by ``meeting_id``: title, place, edition, series, regions,
    topics, evidence, threats with their synonyms, responses, organizations and note."""
    meetings = dataset["meetings"].set_index("meeting_id", drop=False)
    countries = {
        key: " ".join(names) for key, names in vocabulary_words(dataset, "countries").items()
    }
    series, regions = dataset.names("series"), dataset.names("regions")
    own = [
        " ".join(
            [
                row.meeting_id,
                row.title,
                row.official_name,
                row.city,
                countries.get(row.country, ""),
                series[row.series],
                "" if pd.isna(row.edition) else ordinal(int(row.edition)),
                *(regions[key] for key in row.scope.split(";")),
                # In one piece, so that a day is not taken for the number of a meeting.
                row.start_date.replace("-", ""),
                row.note,
            ]
        )
        for row in meetings.itertuples()
    ]
    texts = pd.Series(own, meetings.index, dtype="str")
    for table, text_of in _sources(dataset):
        rows = dataset[table]
        parts = pd.Series(map(text_of, rows.itertuples()), rows["meeting_id"], dtype="str")
        joined = parts.groupby(level=0, observed=True).agg(" ".join)
        texts = texts + " " + joined.reindex(texts.index, fill_value="")
    return build_index(texts)


def _sources(dataset: Dataset) -> list[tuple[str, Callable[[Any], str]]]:
    """Return the tables with further words of a meeting, and which words of a row."""
    table = dataset["threat_categories"]
    words = table["name"] + " " + table["synonyms"].str.replace(";", " ")
    words += " " + table["name"].map(translate_label)
    words += " " + table["synonyms"].map(translate_label).str.replace(";", " ")
    threats = dict(zip(table["threat_id"], words, strict=True))
    responses, organizations = dataset.names("responses"), dataset.names("organizations")
    return [
        ("regional_sessions", lambda row: row.topic),
        ("threat_mentions", lambda row: f"{row.evidence} {threats[row.threat_id]}"),
        ("response_mentions", lambda row: f"{row.evidence} {responses[row.response_id]}"),
        (
            "participation",
            lambda row: f"{row.organization_id} {organizations[row.organization_id]}",
        ),
    ]


def search_meetings(dataset: Dataset, query: str) -> list[str]:
    """Return the ids of the meetings that a query finds; all for one without a word."""
    return find_texts(meeting_index(dataset), query).index.tolist()


def suggest_meeting_query(dataset: Dataset, query: str) -> str:
    """Return what a query that finds no meeting may have meant; empty if nothing is near."""
    return suggest_query(meeting_index(dataset), query)
