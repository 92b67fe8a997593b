"""The sections of a brief by subject: each returns its sentences, with the sources numbered as they
come."""

import pandas as pd

from threats.brief.figures import (
    attention_mentions,
    best_indicator,
    meeting_ids_on_threats,
    mentions_since,
    missing_threats,
    organization_counts,
    participation,
    precedent_mentions,
    recent_period,
    response_counts,
    response_mentions,
    threat_figures,
    threat_labels,
)
from threats.brief.model import (
    FRONT_PAGE_NAMES,
    FRONT_PAGE_PRECEDENTS,
    NO_LIMIT,
    SourceNumbers,
    Statement,
    cite_rows,
    number_sources,
)
from threats.brief.sentences import (
    join_limited,
    missing_threat_sentences,
    one_threat_phrase,
    organization_sentences,
    place_phrase,
    recent_attention_sentence,
    response_sentences,
    threat_all_regions_sentence,
    threat_here_sentence,
)
from threats.content.brief_charts import PRECEDENT_RULES, SCORE_LABELS
from threats.content.findings import era_change_findings, era_findings
from threats.content.indicator_sentences import (
    countries_phrase,
    format_indicator_value,
    indicator_region_phrase,
    indicator_row,
    rank_agreement_sentence,
)
from threats.content.method_coverage import coverage_summary
from threats.content.notes import (
    ATTENTION_NOTE,
    RELIABILITY_NOTE,
    reliability_notes,
    selection_cautions,
)
from threats.dataset.model import PANDEMIC
from threats.format import lower_name
from threats.stats.coverage import count_by_reading
from threats.stats.indicators import observations
from threats.stats.precedents import PRECEDENT_WEIGHTS, rank_precedents
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text.quantities import quantity


def threat_statements(
    selected: Selected, numbers: SourceNumbers, limit: int = NO_LIMIT
) -> list[Statement]:
    """Return how often each theme was on the agenda, here and over all regions."""
    everywhere, names = selected.without_regions(), threat_labels(selected)
    table = threat_figures(selected)
    told = []
    for row in table.head(limit).itertuples():
        name = names[row.threat_id]
        here = cite_rows(numbers, attention_mentions(selected, row.threat_id))
        told.append(Statement(threat_here_sentence(selected, row, name), here))
        if selected.selection.region:
            rows = cite_rows(numbers, attention_mentions(everywhere, row.threat_id))
            told.append(Statement(threat_all_regions_sentence(row, name), rows))
    return told + _remainder_statement(len(table) - limit)


def _remainder_statement(remaining: int) -> list[Statement]:
    verb = "stands" if remaining == 1 else "stand"
    more = quantity(remaining, "more theme")
    return [Statement(f"{more} {verb} in annex B.")] if remaining > 0 else []


def precedent_statements(selected: Selected, numbers: SourceNumbers) -> list[Statement]:
    """Return how many precedents there are, and where."""
    table = rank_precedents(selected)
    if table.empty:
        return [
            Statement(
                f"No meeting known of, in any region, had {one_threat_phrase(selected)} on its agenda."
            )
        ]
    total, here = len(table), int(table["here"].sum())
    verb = "has" if total == 1 else "have"
    told = (
        f"{quantity(total, 'meeting')} with a known agenda {verb} had "
        f"{one_threat_phrase(selected)} on it"
    )
    if selected.selection.region:
        told += f", {here or 'none'} of them for {place_phrase(selected)}"
    shown = min(FRONT_PAGE_PRECEDENTS, total)
    rest = f" The nearest {shown} follow, more in annex A." if total > shown else ""
    return [Statement(f"{told}.{rest}", cite_rows(numbers, precedent_mentions(selected)))]


def ranking_rule_statements() -> list[Statement]:
    """Return how precedents are ranked, with the weight of each part."""
    whole = sum(PRECEDENT_WEIGHTS.values())
    told = [
        f"A meeting gets up to {whole} points; the more, the nearer. Of those with the same points "
        "the newer comes first."
    ]
    for name, most in PRECEDENT_WEIGHTS.items():
        told.append(f"{SCORE_LABELS[name]}, up to {most} points: {PRECEDENT_RULES[name]}.")
    return [Statement(text) for text in told]


def trend_statements(
    selected: Selected, numbers: SourceNumbers, limit: int = NO_LIMIT
) -> list[Statement]:
    """Return attention in the last years beside those before, and what changed since COVID-19."""
    names, table, told = threat_labels(selected), threat_figures(selected), []
    for row in table.head(limit).itertuples():
        text = recent_attention_sentence(selected, row, names[row.threat_id])
        if text:
            told.append(
                Statement(text, cite_rows(numbers, attention_mentions(selected, row.threat_id)))
            )
    told += _remainder_statement(len(table) - limit)
    if selected.meetings.empty:
        return [
            Statement(
                f"No meeting for {place_phrase(selected)} is known of, so how attention moved there "
                "cannot be told."
            )
        ]
    eras = selected
    behind = pd.concat([attention_mentions(selected, row.threat_id) for row in table.itertuples()])
    every = cite_rows(numbers, behind)
    era_told = era_change_findings(eras) if limit < NO_LIMIT else era_findings(eras)
    return told + [Statement(text, every) for text in era_told]


def missing_threat_statements(
    selected: Selected, numbers: SourceNumbers, limit: int = NO_LIMIT
) -> list[Statement]:
    """Return what has not been on the agenda for long or ever, though it was elsewhere."""
    found = missing_threats(selected)
    meetings = selected.meetings[selected.meetings["known"]]
    late = int((meetings["year"] >= recent_period(selected)[0]).sum())
    last = dict(zip(found["threat_id"], found["last"], strict=True))
    everywhere = selected.all_threats.without_regions()
    told = []
    for text, threats in missing_threat_sentences(
        found, late, selected, threat_labels(selected), limit
    ):
        rows = [mentions_since(everywhere, threat, last[threat]) for threat in threats]
        told.append(Statement(text, cite_rows(numbers, pd.concat(rows)) if rows else ()))
    return told


def response_statements(
    selected: Selected, numbers: SourceNumbers, limit: int = NO_LIMIT
) -> list[Statement]:
    """Return which responses were dealt with here, and which only elsewhere."""
    names = selected.dataset.names("responses", "label")
    told = response_sentences(response_counts(selected), selected, names, limit)
    rows = (
        response_mentions(selected),
        response_mentions(selected.without_regions()),
    )
    return [_cite_ids(numbers, text, ids, "response_id", *rows) for text, ids in told]


def _cite_ids(
    numbers: SourceNumbers,
    text: str,
    ids: list[str],
    column: str,
    here_rows: pd.DataFrame,
    all_rows: pd.DataFrame,
) -> Statement:
    """Return a sentence with the sources of the rows of some ids: the own rows, else the whole."""
    rows = here_rows[here_rows[column].isin(ids)]
    return Statement(
        text, cite_rows(numbers, rows if len(rows) else all_rows[all_rows[column].isin(ids)])
    )


def organization_statements(
    selected: Selected, numbers: SourceNumbers, limit: int = NO_LIMIT
) -> list[Statement]:
    """Return who took part in meetings on the themes."""
    names = selected.dataset.names("organizations")
    table, total = organization_counts(selected), len(meeting_ids_on_threats(selected))
    told = organization_sentences(table, total, selected, names, limit)
    rows = (
        participation(selected),
        participation(selected.without_regions()),
    )
    return [_cite_ids(numbers, text, ids, "organization_id", *rows) for text, ids in told]


def indicator_statements(
    selected: Selected, numbers: SourceNumbers, limit: int = NO_LIMIT
) -> list[Statement]:
    """Return the latest measured figure beside each theme, and the earliest."""
    names, where = threat_labels(selected), indicator_region_phrase(selected)
    told, without = [], []
    for threat in threat_figures(selected)["threat_id"]:
        key = best_indicator(selected, threat)
        if not key:
            without.append(lower_name(names[threat]))
            continue
        row, values = indicator_row(selected, key), observations(selected, key)
        first, last = values.iloc[0], values.iloc[-1]
        text = (
            f"Beside {lower_name(names[threat])} stands “{row['name']}” ({where}), by "
            f"{row['publisher']}: {format_indicator_value(last['value'])} {row['unit']} in "
            f"{last['period']} ({countries_phrase(int(last['n_countries']))})"
        )
        if len(values) > 1:
            text += (
                f", after {format_indicator_value(first['value'])} in {first['period']} "
                f"({countries_phrase(int(first['n_countries']))})"
            )
        sources = number_sources(numbers, [(key, row["source_url"])])
        told.append(Statement(text + ".", sources))
    left, told = len(told) - limit, told[:limit]
    if left > 0:
        told.append(Statement(f"{quantity(left, 'more figure').capitalize()} in annex F."))
    if without:
        of = join_limited(without, FRONT_PAGE_NAMES if limit < NO_LIMIT else NO_LIMIT)
        told.append(Statement(f"No openly licensed figure is known here beside {of} ({where})."))
    return told


def rank_agreement_statements(selected: Selected) -> list[Statement]:
    """Return how attention and the measured figure of each theme rank the same years."""
    found = [
        (threat, best_indicator(selected, threat))
        for threat in selected.threats["threat_id"].tolist()
    ]
    return [
        Statement(rank_agreement_sentence(selected, threat, key)) for threat, key in found if key
    ] + [Statement("A measured figure says nothing of what meetings caused, or what caused them.")]


def caveat_statements(selected: Selected, earlier_texts: list[str]) -> list[Statement]:
    """Return what has to be minded of the figures; ``told`` is what the brief says before."""
    notes = [f"{text}." for text in selection_cautions(selected)]
    if selected.meetings.empty:
        notes = ["No meeting fits this choice, so all that is said is of elsewhere."]
    far, themes = selected.without_regions().meetings, threat_figures(selected)
    searched = int((far["found_by"] == "pandemic_search").sum())
    if searched and PANDEMIC in set(themes["threat_id"]):
        notes.append(
            "Attention to the pandemic itself leaves out "
            f"{quantity(searched, 'meeting')} found only by looking for pandemic words; "
            "precedents, responses and organizations do not."
        )
    names = threat_labels(selected)
    doubtful = [
        f"{lower_name(names[row.threat_id])} ({row.doubtful} of {row.on_agenda})"
        for row in themes[themes["doubtful"] > 0].itertuples()
    ]
    if doubtful:
        among = join_limited(doubtful, FRONT_PAGE_NAMES)
        notes.append(f"Meetings that rest on codes which are not sure: {among}.")
    return [Statement(text) for text in (*notes, ATTENTION_NOTE, *reliability_notes(earlier_texts))]


def method_statements(selected: Selected) -> list[Statement]:
    """Return what was gathered, and how the figures come about."""
    counts = count_by_reading(selected.meetings)
    own = (
        f"Of the meetings of this brief {counts['whole']} were read whole, {counts['part']} in "
        f"part and {counts['none']} not at all."
    )
    how = (
        "Meetings for a region are those held for it, and of others the sessions and items tied to "
        "it. A meeting counts once however often it names a theme. Out of the meetings whose "
        f"agenda is known, under {MIN_MEETINGS} are too few to tell. Intervals are of 95%."
    )
    return [Statement(text) for text in (own, how, *coverage_summary(selected), RELIABILITY_NOTE)]
