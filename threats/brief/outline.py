"""What a brief says, in its order, made from a selection."""

from threats.brief.figures import best_indicator
from threats.brief.model import (
    FRONT_PAGE_NAMES,
    FRONT_PAGE_PRECEDENTS,
    FRONT_PAGE_THREATS,
    Brief,
    Section,
    SourceNumbers,
    Statement,
    cite_rows,
    list_sources,
)
from threats.brief.sentences import brief_title, meeting_count_sentence
from threats.brief.statements import (
    caveat_statements,
    indicator_statements,
    method_statements,
    missing_threat_statements,
    organization_statements,
    precedent_statements,
    rank_agreement_statements,
    ranking_rule_statements,
    response_statements,
    threat_statements,
    trend_statements,
)
from threats.brief.tables import (
    brief_indicator_table,
    brief_missing_table,
    brief_organization_table,
    brief_precedent_table,
    brief_response_table,
    brief_score_table,
    brief_threat_table,
    brief_year_tables,
)
from threats.caching import cached
from threats.content.builder import build_chart
from threats.content.model import Chart
from threats.content.selection_text import describe, meeting_count_phrase
from threats.stats.selection import Selected

BRIEF_MAX_CHART_LINES = 6


@cached(128)
def build_brief(selected: Selected) -> Brief:
    """Return the brief on the themes of a selection for its regions."""
    numbers: SourceNumbers = {}
    # The nearest precedents are the first sources.
    precedents = brief_precedent_table(selected, numbers, FRONT_PAGE_PRECEDENTS, evidence=False)
    front = _front_sections(selected, numbers, precedents)
    annexes = _annex_sections(selected, numbers)
    told = f"{describe(selected)}. {meeting_count_phrase(selected).capitalize()}."
    return Brief(
        title=brief_title(selected),
        told=told,
        front=front,
        annexes=annexes,
        sources=list_sources(numbers, selected),
    )


def _front_sections(selected: Selected, numbers: SourceNumbers, precedents) -> tuple[Section, ...]:
    themes = threat_statements(selected, numbers, FRONT_PAGE_THREATS)
    parts = [
        Section(
            name="discussed-before",
            title="What was discussed before",
            statements=tuple(precedent_statements(selected, numbers)),
            tables=(precedents,),
            charts=_build_charts(selected, "precedents-by-year"),
        ),
        Section(
            name="attention-moved",
            title="How attention moved",
            statements=tuple(trend_statements(selected, numbers, FRONT_PAGE_THREATS)),
        ),
        Section(
            name="missing-here",
            title="What has been missing",
            statements=tuple(missing_threat_statements(selected, numbers, FRONT_PAGE_NAMES)),
        ),
        Section(
            name="responses-discussed",
            title="Responses",
            statements=tuple(response_statements(selected, numbers, FRONT_PAGE_NAMES)),
        ),
        Section(
            name="whom-to-invite",
            title="Whom to invite",
            statements=tuple(organization_statements(selected, numbers, FRONT_PAGE_NAMES)),
        ),
        Section(
            name="measured-here",
            title="What others measured",
            statements=tuple(indicator_statements(selected, numbers, FRONT_PAGE_THREATS)),
        ),
    ]
    # Last, so that its numbers, which are many, run on from those of the rest.
    basis = Statement(meeting_count_sentence(selected), cite_rows(numbers, selected.meetings))
    start = Section(name="in-short", title="In short", statements=(basis, *themes))
    said = [text for part in (start, *parts) for text, _ in part.statements]
    care = Section(
        name="with-care",
        title="Read with care",
        statements=tuple(caveat_statements(selected, said)),
    )
    return (start, *parts, care)


def _annex_sections(selected: Selected, numbers: SourceNumbers) -> tuple[Section, ...]:
    many = len(selected.threats) > BRIEF_MAX_CHART_LINES
    moved = "attention-by-year" if many else "attention-compared"
    return (
        Section(
            name="annex-a",
            title="Annex A: Precedents",
            statements=tuple(ranking_rule_statements()),
            tables=(brief_precedent_table(selected, numbers), brief_score_table(selected)),
        ),
        Section(
            name="annex-b",
            title="Annex B: Attention to the themes",
            statements=tuple(trend_statements(selected, numbers)),
            charts=_build_charts(selected, moved, "shift-by-era"),
            tables=(brief_threat_table(selected, numbers), *brief_year_tables(selected)),
        ),
        Section(
            name="annex-c",
            title="Annex C: What has been missing",
            statements=tuple(missing_threat_statements(selected, numbers)),
            tables=(brief_missing_table(selected, numbers),),
        ),
        Section(
            name="annex-d",
            title="Annex D: Responses",
            statements=tuple(response_statements(selected, numbers)),
            tables=(brief_response_table(selected, numbers),),
        ),
        Section(
            name="annex-e",
            title="Annex E: Organizations",
            statements=tuple(organization_statements(selected, numbers, FRONT_PAGE_NAMES)),
            tables=(brief_organization_table(selected, numbers),),
        ),
        Section(
            name="annex-f",
            title="Annex F: What others measured",
            statements=tuple(rank_agreement_statements(selected)),
            charts=_indicator_comparison_charts(selected),
            tables=(brief_indicator_table(selected, numbers),),
        ),
        Section(
            name="annex-g",
            title="Annex G: How far to trust it",
            statements=tuple(method_statements(selected)),
        ),
    )


def _build_charts(selected: Selected, *names: str) -> tuple[Chart, ...]:
    """Return the charts of these names that have something to draw."""
    if selected.meetings.empty:
        return ()
    made = (build_chart(name, selected, {}) for name in names)
    return tuple(chart for chart in made if chart)


def _indicator_comparison_charts(selected: Selected) -> tuple[Chart, ...]:
    """Return the chart of attention beside the measured figure of the first theme that has one."""
    if selected.meetings.empty:
        return ()
    for threat in selected.threats["threat_id"]:
        indicator = best_indicator(selected, threat)
        if indicator:
            values = {"theme": threat, "indicator": indicator}
            chart = build_chart("attention-beside-measured", selected, values)
            return (chart,) if chart else ()
    return ()
