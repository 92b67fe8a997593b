"""Content of the page on one threat; each part is empty if the filter has none or several."""

from typing import Any

import pandas as pd

from threats.content.covid import link_evidence_table
from threats.content.drilldown import meetings_for
from threats.content.indicators import indicator_address
from threats.content.pages import subject_address
from threats.content.pooled_change import default_change_caption
from threats.content.reader_tables import reader_table, rows_of
from threats.content.share_captions import most_frequent_summary
from threats.content.subjects import single_filter
from threats.dataset.categories import as_text, is_in
from threats.dataset.coder_agreement import agreement_by_code
from threats.language import language_id
from threats.stats.attention import attention, first_and_last_year
from threats.stats.drilldown import Drilldown
from threats.stats.filters import filter_choices
from threats.stats.mentions import join_meetings, mentions_of, response_rows, threat_mentions
from threats.stats.regions import attention_by_region
from threats.stats.selection import Selected
from threats.text import subjects as words
from threats.text.labels import RELIABILITY_BANDS, ROLE_PHRASES
from threats.text.phrases import first_sentence, join_sentences
from threats.text.published import published_date_label, statement_label
from threats.text.translate import _
from threats.text.vocabulary import translate_label

MAX_ROWS = 6
MAX_MEETINGS = 6
MAX_QUOTED = 4


def threat_summary(selected: Selected) -> list[str]:
    """Return what is known of the threat in short: its change, how often it was on the agenda, and
    how sure that is."""
    threat = single_filter(selected, "threat")
    if not threat or selected.empty:
        return []
    table = attention(selected)
    names = selected.dataset.names("threat_categories", "label")
    named = table.assign(threat=table["threat_id"].map(names))
    years = next(rows_of(first_and_last_year(selected)))
    counted = int(table["on_agenda"].iloc[0])
    share = most_frequent_summary(named, _(ROLE_PHRASES[selected.role]))
    seen = (
        words.first_and_last_sentence(years.first, years.last, years.years) if years.years else ""
    )
    doubt = words.sure_sentence(int(table["doubtful"].iloc[0]), counted)
    found = [
        first_sentence(default_change_caption(selected, [threat])),
        join_sentences(share, seen),
        join_sentences(doubt if counted else "", _agreement(selected, threat)),
    ]
    return [text for text in found if text]


def _agreement(selected: Selected, threat: str) -> str:
    """Return how well two coders agreed on a threat."""
    table = agreement_by_code(
        selected.dataset["double_readings"], {"threat": [threat], "response": []}
    )
    row = next(rows_of(table[table["kind"] == "threat"]), None)
    if row is None:
        return ""
    if row.band == "too_few":
        return words.too_few_pages_sentence(row.pages)
    return words.two_coders_sentence(row.alpha, _(RELIABILITY_BANDS[row.band]), row.pages)


def threat_terms_table(selected: Selected) -> pd.DataFrame:
    """Return the terms of other bodies for the threat as a reader's table, and those of documents
    in the reader's language."""
    threat = single_filter(selected, "threat")
    if not threat:
        return pd.DataFrame()
    row = selected.dataset["threat_categories"].set_index("threat_id").loc[threat]
    rows = [
        (body, row[column], row[address])
        for column, (body, address) in words.BODIES.items()
        if row[column]
    ]
    terms = selected.dataset["terms"]
    spoken = terms[(terms["threat_id"] == threat) & (terms["language"] == language_id())]
    rows += spoken[["document", "term", "source_url"]].itertuples(index=False, name=None)
    return reader_table(
        pd.DataFrame(rows, columns=list(words.THREAT_TERM_COLUMNS)), words.THREAT_TERM_COLUMNS
    )


def threat_regions_table(selected: Selected) -> pd.DataFrame:
    """Return attention to the threat in each region as a reader's table; ``View`` is the address
    of the page on the threat there."""
    threat = single_filter(selected, "threat")
    if not threat:
        return pd.DataFrame()
    names = filter_choices(selected.dataset)["region"]
    table = attention_by_region(selected)
    table = table[table["meetings"] > 0]
    shown = table.assign(
        figure=list(map(words.share_cell, table["on_agenda"], table["meetings"])),
        last=[_last_year(selected, threat, region) for region in table["region"]],
        view=[
            subject_address("threat", threat, selected.params | {"region": [region]})
            for region in table["region"]
        ],
        region=table["region"].map(names),
    )
    return reader_table(shown, words.THREAT_REGION_COLUMNS)


def _last_year(selected: Selected, threat: str, region: str) -> str:
    years = mentions_of(selected.with_filter(region=(region,)), threat)["year"]
    return _(words.NO_YEAR_CELL) if years.isna().all() else str(int(years.max()))


def _with_threat(selected: Selected) -> Any:
    """Return the ids of the meetings that count for the threat."""
    return mentions_of(selected, single_filter(selected, "threat"))["meeting_id"].unique()


def threat_responses_table(selected: Selected) -> pd.DataFrame:
    """Return the responses that sources name for the threat as a reader's table, those of most
    meetings first."""
    threat = single_filter(selected, "threat")
    if not threat:
        return pd.DataFrame()
    rows = response_rows(selected)
    rows = rows[rows["threat_id"] == threat]
    names = selected.dataset.names("responses", "label")
    return _ranked_table(rows, "response_id", names, words.THREAT_RESPONSE_COLUMNS)


def threat_organizations_table(selected: Selected) -> pd.DataFrame:
    """Return who took part in the meetings on the threat as a reader's table, those of most
    meetings first."""
    if not single_filter(selected, "threat"):
        return pd.DataFrame()
    rows = selected.dataset["participation"]
    rows = rows[is_in(rows["meeting_id"], _with_threat(selected))]
    rows = join_meetings(rows, selected, ["year"])
    names = selected.dataset.names("organizations")
    return _ranked_table(rows, "organization_id", names, words.THREAT_ORGANIZATION_COLUMNS)


def _ranked_table(
    rows: pd.DataFrame, key: str, names: dict[str, str], headings: dict[str, str]
) -> pd.DataFrame:
    """Return the ids with most meetings, with their number of meetings and last year."""
    counts = as_text(rows[[key, "meeting_id", "year"]]).groupby(key)
    table = counts.agg(meetings=("meeting_id", "nunique"), year=("year", "max")).reset_index()
    table = table.sort_values(["meetings", "year", key], ascending=[False, False, True])
    table = table.head(MAX_ROWS)
    label = next(iter(headings))
    shown = table.assign(
        **{label: table[key].map(names)},
        last=[_(words.NO_YEAR_CELL) if pd.isna(year) else str(year) for year in table["year"]],
    )
    return reader_table(shown, headings)


def threat_related_table(selected: Selected) -> pd.DataFrame:
    """Return the other threats in the meetings on the threat as a reader's table, those in most of
    them first, each with its share there and in all meetings."""
    threat = single_filter(selected, "threat")
    if not threat:
        return pd.DataFrame()
    everything, ids = selected.all_threats, _with_threat(selected)
    names = selected.dataset.names("threat_categories", "label")
    rows = as_text(threat_mentions(everything)[["threat_id", "meeting_id"]])
    rows = rows[rows["meeting_id"].isin(set(ids)) & (rows["threat_id"] != threat)]
    together = rows.drop_duplicates()["threat_id"].value_counts()
    top = sorted(together.items(), key=lambda pair: (-pair[1], list(names).index(pair[0])))
    whole = attention(everything).set_index("threat_id")
    cells = [
        {
            "threat": names[key],
            "threat_id": key,
            "together": words.share_cell(number, len(ids)),
            "whole": words.share_cell(*whole.loc[key, ["on_agenda", "meetings"]].astype(int)),
        }
        for key, number in top[:MAX_ROWS]
    ]
    return reader_table(
        pd.DataFrame(cells, columns=list(words.RELATED_THREAT_COLUMNS)),
        words.RELATED_THREAT_COLUMNS,
    )


def threat_ties_table(selected: Selected) -> pd.DataFrame:
    """Return what sources say of the threat and the pandemic as a reader's table."""
    if not single_filter(selected, "threat"):
        return pd.DataFrame()
    table = link_evidence_table(selected)
    return table.iloc[:MAX_QUOTED, 2:]  # without the threat and its id


def threat_published_table(selected: Selected) -> pd.DataFrame:
    """Return what other bodies published on the threat in the pandemic years as a reader's table,
    the latest first."""
    threat = single_filter(selected, "threat")
    if not threat:
        return pd.DataFrame()
    table = selected.dataset["published"]
    table = table[table["threat_id"] == threat].sort_values("published_on", ascending=False)
    table = table.head(MAX_QUOTED)
    shown = table.assign(
        statement=[statement_label(row) for row in rows_of(table)],
        publisher=[published_date_label(row.publisher, row.published_on) for row in rows_of(table)],
    )
    return reader_table(shown, words.THREAT_PUBLISHED_COLUMNS)


def threat_indicators_table(selected: Selected) -> pd.DataFrame:
    """Return the statistics of other publishers on the threat as a reader's table; ``View`` is the
    address of the page that shows each next to attention."""
    threat = single_filter(selected, "threat")
    if not threat:
        return pd.DataFrame()
    table = selected.dataset["indicators"]
    table = table[table["threat_id"] == threat]
    addresses = [indicator_address(selected, threat, key) for key in table["indicator_id"]]
    names = table["name"].map(translate_label)
    return reader_table(table.assign(name=names, view=addresses), words.THREAT_INDICATOR_COLUMNS)


def threat_meetings_table(selected: Selected) -> pd.DataFrame:
    """Return the latest meetings on the threat as a reader's table, with what their source says."""
    threat = single_filter(selected, "threat")
    if not threat:
        return pd.DataFrame()
    table = meetings_for(selected, Drilldown(threat=threat))
    table = table.drop_duplicates("meeting_id").head(MAX_MEETINGS)
    return table.drop(columns=["Role", "Certainty"])
