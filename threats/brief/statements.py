"""The statements of a brief on all but attention: each a sentence with its sources."""

from collections.abc import Mapping

import pandas as pd

from threats.brief.attention_statements import regions_of, threats_phrase
from threats.brief.figures import (
    best_indicator,
    guest_counts,
    meeting_ids_on_threats,
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
    SourceRef,
    Statement,
    row_refs,
)
from threats.content.indicator_sentences import (
    format_indicator_value,
    indicator_region_phrase,
    indicator_row,
    rank_agreement_sentence,
)
from threats.content.method_coverage import coverage_summary
from threats.content.notes import reliability_note, reliability_notes, selection_cautions
from threats.dataset.dates import format_date_range
from threats.dataset.model import PANDEMIC
from threats.format import lower_name, truncate
from threats.stats.coverage import count_by_reading
from threats.stats.indicators import observations
from threats.stats.precedents import PRECEDENT_WEIGHTS, RECENCY_YEARS, rank_precedents
from threats.stats.selection import Selected
from threats.stats.trends import MIN_MEETINGS
from threats.text import brief as sentences
from threats.text import brief_sections as sections
from threats.text.indicators import countries_label
from threats.text.notes import ATTENTION_NOTE
from threats.text.precedents import CRITERION_LABELS, precedent_rules
from threats.text.translate import _

SUMMARY_TITLE_LENGTH = 110  # characters


def summary_text(selected: Selected) -> str:
    """Return what follows for the planner: whether the threats are new here, and from which meeting
    to start."""
    table, place = rank_precedents(selected), regions_of(selected, again=True)
    threats = threats_phrase(selected)
    if table.empty:
        return _(sections.NOTHING_TO_BUILD_ON, threats=threats)
    meetings = selected.dataset["meetings"].set_index("meeting_id")
    first = meetings.loc[table["meeting_id"].iloc[0]]
    nearest = _(
        sections.NEAREST_MEETING,
        title=truncate(first["title"], SUMMARY_TITLE_LENGTH),
        date=format_date_range(first["start_date"], first["end_date"]),
    )
    here = table[table["here"]] if selected.selection.region else table
    last = meetings.loc[here["meeting_id"], "year"].max()
    if here.empty:
        said = sections.new_here_summary(place, threats, selected.known, len(table))
    elif pd.isna(last):
        said = sections.precedents_here_sentence(len(here), place)
    else:
        recent = bool(last >= recent_period(selected)[0])
        said = sections.discussed_summary(place, threats, len(here), last, recent)
    return f"{said} {nearest}"


def precedent_statements(selected: Selected) -> list[Statement]:
    """Return how many precedents there are, and where."""
    table, threats = rank_precedents(selected), threats_phrase(selected)
    if table.empty:
        return [Statement(_(sections.NO_PRECEDENT_SENTENCE, threats=threats))]
    total = len(table)
    parts = [sections.precedents_sentence(total, threats)]
    if selected.selection.region:
        here, place = int(table["here"].sum()), regions_of(selected, again=True)
        parts.append(sections.precedents_here_sentence(here, place))
    if total > FRONT_PAGE_PRECEDENTS:
        parts.append(sections.shown_precedents_sentence(FRONT_PAGE_PRECEDENTS))
    return [Statement(" ".join(parts), row_refs(precedent_mentions(selected)))]


def ranking_rule_statements() -> list[Statement]:
    """Return how precedents are ranked, with the weight of each criterion."""
    points = _(sections.MAX_POINTS_SENTENCE, points=sum(PRECEDENT_WEIGHTS.values()))
    rules = precedent_rules(RECENCY_YEARS)
    criteria = [
        _(
            sections.CRITERION_SENTENCE,
            label=_(CRITERION_LABELS[name]),
            points=weight,
            rule=rules[name],
        )
        for name, weight in PRECEDENT_WEIGHTS.items()
    ]
    ties = _(sections.PRECEDENTS_RULE_NOTE)
    return [Statement(sentence) for sentence in (f"{points} {ties}", *criteria)]


def response_statements(selected: Selected, limit: int = NO_LIMIT) -> list[Statement]:
    """Return which responses were discussed here, and which only elsewhere."""
    labels, table = selected.dataset.names("responses", "label"), response_counts(selected)
    names = {key: lower_name(label) for key, label in labels.items()}
    n_here, n_all = int(table["here_meetings"].iloc[0]), int(table["whole_meetings"].iloc[0])
    place, threats = regions_of(selected, again=True), threats_phrase(selected)
    if not n_all:
        return [Statement(_(sections.NO_THREAT_NO_RESPONSE_SENTENCE, threats=threats))]
    here, other = _here_and_elsewhere(table, "response_id")
    if here.empty:
        statements = [Statement(sections.no_response_here_sentence(place, n_here, threats))]
    else:
        listed = _listed(here, names, limit)
        sentence = sections.responses_here_sentence(place, n_here, threats, listed)
        statements = [Statement(sentence, _refs_of(response_mentions(selected), here, limit))]
    if selected.selection.region and len(other):
        listed = _listed(other, names, limit)
        sentence = sections.responses_elsewhere_sentence(place, n_all, threats, listed)
        everywhere = response_mentions(selected.without_regions())
        statements.append(Statement(sentence, _refs_of(everywhere, other, limit)))
        if 0 < n_here < MIN_MEETINGS:
            statements.append(Statement(sections.few_for_gap_sentence(n_here)))
    return statements


def organization_statements(selected: Selected, limit: int = NO_LIMIT) -> list[Statement]:
    """Return which guests took part in meetings on the threats, here and only elsewhere."""
    names, table = selected.dataset.names("organizations"), guest_counts(selected)
    place, threats = regions_of(selected, again=True), threats_phrase(selected)
    if table.empty:
        return [Statement(_(sections.NO_ORGANIZATION_SENTENCE, threats=threats))]
    here, other = _here_and_elsewhere(table, "organization_id")
    if here.empty:
        sentence = _(sections.NO_ORGANIZATION_HERE_SENTENCE, place=place, threats=threats)
    else:
        meetings, listed = len(meeting_ids_on_threats(selected)), _listed(here, names, limit)
        sentence = sections.organizations_here_sentence(place, meetings, threats, listed)
    statements = [Statement(sentence, _refs_of(participation(selected), here, limit))]
    if selected.selection.region and len(other):
        limit = min(limit, FRONT_PAGE_NAMES)
        values = dict(threats=threats, organizations=_listed(other, names, limit))
        sentence = _(sections.ORGANIZATIONS_ELSEWHERE_SENTENCE, **values)
        everywhere = participation(selected.without_regions())
        statements.append(Statement(sentence, _refs_of(everywhere, other, limit)))
    return statements


def _here_and_elsewhere(table: pd.DataFrame, key: str) -> tuple[pd.Series, pd.Series]:
    """Return the meetings here by id, and in all regions of the ids that have none here."""
    table = table.set_index(key)
    other = table[(table["here"] == 0) & (table["whole"] > 0)]
    return table["here"][table["here"] > 0], other["whole"]


def _listed(counts: pd.Series, names: Mapping[str, str], limit: int) -> str:
    labels = [names[key] for key in counts.index]
    return sentences.labelled_counts(labels, counts.tolist(), limit)


def _refs_of(rows: pd.DataFrame, counts: pd.Series, limit: int) -> tuple[SourceRef, ...]:
    return row_refs(rows[rows[counts.index.name].isin(counts.index[:limit])])


def indicator_statements(selected: Selected, limit: int = NO_LIMIT) -> list[Statement]:
    """Return the latest value of the statistic related to each threat, and the first."""
    names, statements, without = threat_labels(selected), [], []
    for threat in threat_figures(selected)["threat_id"]:
        name, key = lower_name(names[threat]), best_indicator(selected, threat)
        if key:
            statements.append(_indicator_statement(selected, name, key))
        else:
            without.append(name)
    rest, statements = len(statements) - limit, statements[:limit]
    if rest > 0:
        statements.append(Statement(sections.more_statistics_sentence(rest)))
    if without:
        shown = FRONT_PAGE_NAMES if limit < NO_LIMIT else NO_LIMIT
        threats = sentences.join_limited(without, shown)
        region = indicator_region_phrase(selected)
        statements.append(
            Statement(_(sections.NO_STATISTIC_SENTENCE, threats=threats, region=region))
        )
    return statements


def _indicator_statement(selected: Selected, threat: str, key: str) -> Statement:
    row, values = indicator_row(selected, key), observations(selected, key)
    first, last = (
        {
            "value": format_indicator_value(one["value"]),
            "period": one["period"],
            "countries": countries_label(int(one["n_countries"])),
        }
        for one in (values.iloc[0], values.iloc[-1])
    )
    names = {name: row[name] for name in ("name", "publisher", "unit")}
    region = indicator_region_phrase(selected)
    sentence = _(sections.STATISTIC_SENTENCE, threat=threat, region=region, **names, **last)
    if len(values) > 1:
        sentence += " " + _(sections.FIRST_VALUE_SENTENCE, **first)
    return Statement(sentence, ((key, row["source_url"]),))


def rank_agreement_statements(selected: Selected) -> list[Statement]:
    """Return how attention and the statistic related to each threat rank the same years."""
    threats = selected.threats["threat_id"].tolist()
    found = [(threat, key) for threat in threats if (key := best_indicator(selected, threat))]
    agreements = [rank_agreement_sentence(selected, *pair) for pair in found]
    return [Statement(sentence) for sentence in (*agreements, _(sections.STATISTICS_CAUSE_NOTE))]


def caveat_statements(selected: Selected, earlier_texts: list[str]) -> list[Statement]:
    """Return the limits of the figures; ``earlier_texts`` are the sentences before."""
    notes = [f"{caution}." for caution in selection_cautions(selected)]
    if selected.meetings.empty:
        notes = [_(sections.NO_MATCH_CAVEAT)]
    everywhere, table = selected.without_regions().meetings, threat_figures(selected)
    searched = int((everywhere["found_by"] == "pandemic_search").sum())
    if searched and PANDEMIC in set(table["threat_id"]):
        notes.append(sections.pandemic_search_caveat(searched))
    names, uncertain = threat_labels(selected), table[table["doubtful"] > 0]
    if len(uncertain):
        labels = [
            _(
                sections.UNCERTAIN_LABEL,
                threat=lower_name(names[row.threat_id]),
                uncertain=row.doubtful,
                meetings=row.on_agenda,
            )
            for row in uncertain.itertuples()
        ]
        threats = sentences.join_limited(labels, FRONT_PAGE_NAMES)
        notes.append(_(sections.UNCERTAIN_CODES_CAVEAT, threats=threats))
    return [
        Statement(note) for note in (*notes, _(ATTENTION_NOTE), *reliability_notes(earlier_texts))
    ]


def method_statements(selected: Selected) -> list[Statement]:
    """Return what was read, and how the figures are counted."""
    counts = count_by_reading(selected.meetings)
    pages = _(sections.PAGES_READ_SENTENCE, **counts)
    notes = (
        _(sections.COUNTING_NOTE, min_meetings=MIN_MEETINGS),
        *coverage_summary(selected),
        reliability_note(),
    )
    return [Statement(note) for note in (pages, *notes)]
