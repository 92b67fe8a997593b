"""The statements of a brief on attention: how often, since when, what changed, what is missing."""

from typing import Any

import pandas as pd

from threats.brief.figures import (
    RECENT_YEARS,
    attention_mentions,
    mentions_since,
    missing_threats,
    recent_period,
    recent_period_label,
    threat_figures,
    threat_labels,
)
from threats.brief.model import (
    NO_LIMIT,
    SourceRef,
    Statement,
    row_refs,
)
from threats.content.findings import era_change_findings, era_findings
from threats.dataset.model import OSCE_WIDE
from threats.format import capital_name, lower_name
from threats.stats.filters import filter_choices
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text import brief as sentences
from threats.text.brief_titles import brief_title
from threats.text.translate import _


def regions_of(selected: Selected, again: bool = False) -> str:
    """Return the regions chosen as they follow "for"; ``again`` where they were named before."""
    names, chosen = filter_choices(selected.dataset)["region"], selected.selection.region
    labels = [names[key] for key in chosen if key != OSCE_WIDE]
    phrase = sentences.these_regions_phrase if again else sentences.regions_phrase
    return phrase(labels, OSCE_WIDE in chosen)


def title_of(selected: Selected) -> str:
    """Return the title of the brief on a selection."""
    threats = selected.threats
    groups = threats["group_name"].unique()
    group = groups[0] if selected.selection.group and len(groups) == 1 else ""
    total = len(selected.dataset["threat_categories"])
    return brief_title(threats["short_name"].tolist(), group, total, regions_of(selected))


def threats_phrase(selected: Selected) -> str:
    """Return the threats of a brief where one of them is enough."""
    return sentences.any_threat_phrase(len(selected.threats))


def basis_statement(selected: Selected) -> Statement:
    """Return how many meetings the brief rests on, and how many agendas."""
    first, last = selected.years
    years = f"{first}–{last}" if first < last else f"{first}"
    place = regions_of(selected, again=True)
    sentence = sentences.meetings_found_sentence(
        len(selected.meetings), selected.known, place, years
    )
    return Statement(sentence, row_refs(selected.meetings))


def threat_statements(selected: Selected, limit: int = NO_LIMIT) -> list[Statement]:
    """Return how often each threat was on the agenda, here and in all regions."""
    everywhere, names = selected.without_regions(), threat_labels(selected)
    table, statements = threat_figures(selected), []
    for row in table.head(limit).itertuples():
        name = capital_name(names[row.threat_id])
        mentions = attention_mentions(selected, row.threat_id)
        statements.append(Statement(attention_here_text(selected, row, name), row_refs(mentions)))
        if selected.selection.region:
            counts = row.whole_on, row.whole_meetings, row.whole_low, row.whole_high
            share = sentences.meeting_share_sentence(
                name, sentences.regions_phrase([], False), *counts
            )
            mentions = attention_mentions(everywhere, row.threat_id)
            statements.append(Statement(share, row_refs(mentions)))
    return statements + _more_threats(len(table) - limit)


def attention_here_text(selected: Selected, row: Any, name: str) -> str:
    """Return how often a threat, a row of ``threat_figures``, was on the agenda here, and when."""
    place, counts = regions_of(selected, again=True), (row.on_agenda, row.meetings)
    if row.meetings < MIN_MEETINGS:
        few = sentences.few_meetings_sentence(name, place, *counts)
        return f"{few} {_(sentences.TOO_FEW_NOTE)}" if row.meetings else few
    parts = [sentences.meeting_share_sentence(name, place, *counts, row.low, row.high)]
    if row.on_agenda and not pd.isna(row.first):
        parts.append(sentences.years_sentence(row.on_agenda, row.first, row.last))
    if row.undated:
        parts.append(sentences.undated_sentence(row.undated))
    return " ".join(parts)


def _more_threats(number: int) -> list[Statement]:
    return [Statement(sentences.more_threats_sentence(number))] if number > 0 else []


def trend_statements(selected: Selected, limit: int = NO_LIMIT) -> list[Statement]:
    """Return attention in the last years and before, and what changed since COVID-19."""
    if selected.meetings.empty:
        return [Statement(_(sentences.NO_TREND_SENTENCE, place=regions_of(selected, again=True)))]
    names, table = threat_labels(selected), threat_figures(selected)
    mentions = {key: attention_mentions(selected, key) for key in table["threat_id"]}
    statements = [
        Statement(recent_change_text(selected, row, names[row.threat_id]), row_refs(own))
        for row, own in zip(table.head(limit).itertuples(), mentions.values(), strict=False)
        if recent_period(selected)[0] > selected.years[0]
    ]
    findings = era_change_findings(selected) if limit < NO_LIMIT else era_findings(selected)
    every = row_refs(pd.concat(mentions.values()))
    changes = [Statement(finding, every) for finding in findings]
    return statements + _more_threats(len(table) - limit) + changes


def recent_change_text(selected: Selected, row: Any, name: str) -> str:
    """Return attention to a threat in the last years and in those before, without a judgement
    whether the two differ."""
    spans = (
        (
            sentences.recent_sentence(
                capital_name(name),
                recent_period_label(selected),
                row.recent_on,
                row.recent_meetings,
            ),
            row.recent_meetings,
        ),
        (sentences.earlier_sentence(row.earlier_on, row.earlier_meetings), row.earlier_meetings),
    )
    return " ".join(
        f"{sentence} {_(sentences.TOO_FEW_NOTE)}" if 0 < total < MIN_MEETINGS else sentence
        for sentence, total in spans
    )


def missing_threat_statements(selected: Selected, limit: int = NO_LIMIT) -> list[Statement]:
    """Return what has not been on the agenda for long or ever, though it was elsewhere."""
    place, known = regions_of(selected, again=True), selected.known
    if not selected.selection.region:
        return [Statement(_(sentences.NO_REGION_TEXT))]
    if known < MIN_MEETINGS:
        return [Statement(sentences.gaps_unknown_sentence(place, known))]
    found, names = missing_threats(selected), threat_labels(selected)
    statements = []
    never, absent = found[found["last"].isna()], found[found["last"].notna()]
    if len(never):
        labels = [
            sentences.never_label(
                lower_name(names[row.threat_id]), row.elsewhere, row.last_elsewhere
            )
            for row in never.itertuples()
        ]
        sentence = sentences.never_here_sentence(
            place, known, sentences.join_limited(labels, limit)
        )
        statements.append(Statement(sentence, _elsewhere_refs(selected, never.head(limit))))
    if len(absent):
        labels = [
            sentences.absent_label(
                lower_name(names[row.threat_id]), row.last, row.elsewhere, row.last_elsewhere
            )
            for row in absent.itertuples()
        ]
        sentence = sentences.absent_sentence(
            place, RECENT_YEARS, sentences.join_limited(labels, limit)
        )
        sentence = f"{sentence} {_recent_agendas_text(selected)}"
        statements.append(Statement(sentence, _elsewhere_refs(selected, absent.head(limit))))
    return statements or [Statement(sentences.no_gap_sentence(place, RECENT_YEARS))]


def _recent_agendas_text(selected: Selected) -> str:
    meetings = selected.meetings[selected.meetings["known"]]
    agendas = int((meetings["year"] >= recent_period(selected)[0]).sum())
    sentence = sentences.recent_agendas_sentence(recent_period_label(selected), agendas)
    return f"{sentence} {_(sentences.TOO_FEW_NOTE)}" if agendas < MIN_MEETINGS else sentence


def _elsewhere_refs(selected: Selected, missing: pd.DataFrame) -> tuple[SourceRef, ...]:
    everywhere = selected.all_threats.without_regions()
    rows = [mentions_since(everywhere, row.threat_id, row.last) for row in missing.itertuples()]
    return row_refs(pd.concat(rows))
