"""Finding meetings by words, without regard to case and accents."""

import unicodedata

import pandas as pd

from threats.dataset.model import Dataset


def casefold_ascii(text: str) -> str:
    """Return a text without case and accents, so that "Türkiye" is found by "turkiye"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    # Letters that have no accent to take off but are written without their stroke.
    return plain.translate(str.maketrans("øđłıħ", "odlih"))


def build_search_index(dataset: Dataset) -> pd.Series:
    """Return for each ``meeting_id`` all words to search: title, place, series, topics, evidence,
    threats, responses, organizations and note, folded."""
    meetings = dataset["meetings"].set_index("meeting_id", drop=False)
    countries, series = dataset.names("countries"), dataset.names("series")
    own = [
        " ".join(
            [
                row.meeting_id,
                row.title,
                row.official_name,
                row.city,
                countries.get(row.country, ""),
                series[row.series],
                row.date,
                row.note,
            ]
        )
        for row in meetings.itertuples()
    ]
    words = pd.Series(own, meetings.index)
    threats = _threat_words(dataset)
    responses, organizations = dataset.names("responses"), dataset.names("organizations")
    sources = [
        ("regional_sessions", lambda row: row.topic),
        ("threat_mentions", lambda row: f"{row.evidence} {threats[row.threat_id]}"),
        ("response_mentions", lambda row: f"{row.evidence} {responses[row.response_id]}"),
        (
            "participation",
            lambda row: f"{row.organization_id} {organizations[row.organization_id]}",
        ),
    ]
    for table, to_text in sources:
        rows = dataset[table]
        texts = pd.Series(
            [to_text(row) for row in rows.itertuples()], rows["meeting_id"], dtype="str"
        )
        joined = texts.groupby(level=0).agg(" ".join)
        words = words + " " + joined.reindex(words.index, fill_value="")
    return words.map(casefold_ascii)


def _threat_words(dataset: Dataset) -> dict[str, str]:
    """Return the name of each threat with its synonyms."""
    table = dataset["threat_categories"]
    words = table["name"] + " " + table["synonyms"].str.replace(";", " ")
    return dict(zip(table["threat_id"], words, strict=True))


def search_meetings(index: pd.Series, query: str) -> list[str]:
    """Return the ids of the meetings that have every word of the query; all for an empty one."""
    found = pd.Series(True, index.index)
    for word in casefold_ascii(query).split():
        found &= index.str.contains(word, regex=False)
    return index.index[found].tolist()
