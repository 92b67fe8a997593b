"""The statements of a brief on attention: on what it rests, what changed, what is missing."""

import pandas as pd

from threats.brief.figures import (
    RECENT_YEARS,
    attention_mentions,
    mentions_since,
    missing_threats,
    recent_period,
    recent_period_label,
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
from threats.format import lower_name
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
    if 0 < selected.known < MIN_MEETINGS:
        sentence += f" {_(sentences.TOO_FEW_NOTE)}"
    return Statement(sentence, row_refs(selected.meetings))


def more_threats_statements(number: int) -> list[Statement]:
    """Return where the threats are that the table of the two pages has no place for."""
    return [Statement(sentences.more_threats_sentence(number))] if number > 0 else []


def trend_statements(selected: Selected, limit: int = NO_LIMIT) -> list[Statement]:
    """Return what changed since COVID-19."""
    if selected.meetings.empty:
        return [Statement(_(sentences.NO_TREND_SENTENCE, place=regions_of(selected, again=True)))]
    mentions = [attention_mentions(selected, key) for key in selected.threats["threat_id"]]
    findings = era_change_findings(selected) if limit < NO_LIMIT else era_findings(selected)
    every = row_refs(pd.concat(mentions))
    return [Statement(finding, every) for finding in findings]


def missing_threat_statements(selected: Selected, limit: int = NO_LIMIT) -> list[Statement]:
    """Return which of the threats chosen have not been on the agenda for long or ever, though they
    were elsewhere."""
    place, known = regions_of(selected, again=True), selected.known
    if not selected.selection.region:
        return [Statement(_(sentences.NO_REGION_TEXT))]
    if known < MIN_MEETINGS:
        return [Statement(sentences.gaps_unknown_sentence(place, known))]
    found, names = missing_threats(selected), threat_labels(selected)
    found, statements = found[found["chosen"]], []
    never, absent = found[found["last"].isna()], found[found["last"].notna()]
    if len(never):
        labels = [
            sentences.never_label(
                lower_name(names[row.threat_id]), int(row.elsewhere), int(row.last_elsewhere)
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
                lower_name(names[row.threat_id]),
                int(row.last),
                int(row.elsewhere),
                int(row.last_elsewhere),
            )
            for row in absent.itertuples()
        ]
        sentence = sentences.absent_sentence(
            place, RECENT_YEARS, sentences.join_limited(labels, limit)
        )
        sentence = f"{sentence} {_recent_agendas_text(selected)}"
        statements.append(Statement(sentence, _elsewhere_refs(selected, absent.head(limit))))
    none = sentences.no_gap_sentence(place, len(selected.threats), RECENT_YEARS)
    return statements or [Statement(none)]


def _recent_agendas_text(selected: Selected) -> str:
    meetings = selected.meetings[selected.meetings["known"]]
    agendas = int((meetings["year"] >= recent_period(selected)[0]).sum())
    sentence = sentences.recent_agendas_sentence(recent_period_label(selected), agendas)
    return f"{sentence} {_(sentences.TOO_FEW_NOTE)}" if agendas < MIN_MEETINGS else sentence


def _elsewhere_refs(selected: Selected, missing: pd.DataFrame) -> tuple[SourceRef, ...]:
    everywhere = selected.all_threats.without_regions()
    rows = [mentions_since(everywhere, row.threat_id, row.last) for row in missing.itertuples()]
    return row_refs(pd.concat(rows))
