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
from threats.stats.selection import Selected, filter_choices
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
    total, known = len(selected.meetings), selected.known
    sentence = sentences.meetings_found_sentence(total, known, place, years)
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
            place = sentences.regions_phrase([], False)
            share = sentences.meeting_share_sentence(name, place, *counts)
            mentions = attention_mentions(everywhere, row.threat_id)
            statements.append(Statement(share, row_refs(mentions)))
    return statements + _more_threats(len(table) - limit)


def attention_here_text(selected: Selected, row: Any, name: str) -> str:
    """Return how often a threat, a row of ``threat_figures``, was on the agenda here, and when."""
    place, counts = regions_of(selected, again=True), (row.on_agenda, row.meetings)
    if row.meetings < MIN_MEETINGS:
        return _note_few(sentences.few_meetings_sentence(name, place, *counts), row.meetings)
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


def _note_few(sentence: str, meetings: int) -> str:
    """Return a sentence on meetings, with a note if they are too few."""
    few = 0 < meetings < MIN_MEETINGS
    return f"{sentence} {_(sentences.TOO_FEW_NOTE)}" if few else sentence


def recent_change_text(selected: Selected, row: Any, name: str) -> str:
    """Return attention to a threat in the last years and in those before, without a judgement
    whether the two differ."""
    counts, earlier = (row.recent_on, row.recent_meetings), (row.earlier_on, row.earlier_meetings)
    period = recent_period_label(selected)
    recent_sentence = sentences.recent_sentence(capital_name(name), period, *counts)
    earlier_sentence = sentences.earlier_sentence(*earlier)
    return f"{_note_few(recent_sentence, counts[1])} {_note_few(earlier_sentence, earlier[1])}"


def missing_threat_statements(selected: Selected, limit: int = NO_LIMIT) -> list[Statement]:
    """Return what has not been on the agenda for long or ever, though it was elsewhere."""
    place, known = regions_of(selected, again=True), selected.known
    if not selected.selection.region:
        return [Statement(_(sentences.NO_REGION_TEXT))]
    if known < MIN_MEETINGS:
        return [Statement(sentences.gaps_unknown_sentence(place, known))]
    found, names = missing_threats(selected), threat_labels(selected)
    found = found.assign(name=[lower_name(names[key]) for key in found["threat_id"]])
    columns = ["name", "elsewhere", "last_elsewhere"]
    statements = []
    never, absent = found[found["last"].isna()], found[found["last"].notna()]
    if len(never):
        labels = [sentences.never_label(*row) for row in never[columns].values.tolist()]
        threats = sentences.join_limited(labels, limit)
        sentence = sentences.never_here_sentence(place, known, threats)
        statements.append(Statement(sentence, _elsewhere_refs(selected, never.head(limit))))
    if len(absent):
        columns.insert(1, "last")
        labels = [sentences.absent_label(*row) for row in absent[columns].values.tolist()]
        threats = sentences.join_limited(labels, limit)
        sentence = sentences.absent_sentence(place, RECENT_YEARS, threats)
        sentence = f"{sentence} {_recent_agendas_text(selected)}"
        statements.append(Statement(sentence, _elsewhere_refs(selected, absent.head(limit))))
    return statements or [Statement(sentences.no_gap_sentence(place, RECENT_YEARS))]


def _recent_agendas_text(selected: Selected) -> str:
    meetings = selected.meetings[selected.meetings["known"]]
    agendas = int((meetings["year"] >= recent_period(selected)[0]).sum())
    sentence = sentences.recent_agendas_sentence(recent_period_label(selected), agendas)
    return _note_few(sentence, agendas)


def _elsewhere_refs(selected: Selected, missing: pd.DataFrame) -> tuple[SourceRef, ...]:
    everywhere = selected.all_threats.without_regions()
    rows = [mentions_since(everywhere, row.threat_id, row.last) for row in missing.itertuples()]
    return row_refs(pd.concat(rows))
