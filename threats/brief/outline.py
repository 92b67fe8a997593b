"""The outline of a brief: its sections in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from threats.brief.attention_statements import (
    basis_statement,
    missing_threat_statements,
    more_threats_statements,
    title_of,
    trend_statements,
)
from threats.brief.figures import best_indicator
from threats.brief.model import (
    FRONT_PAGE_GUESTS,
    FRONT_PAGE_NAMES,
    FRONT_PAGE_PRECEDENTS,
    FRONT_PAGE_STATISTICS,
    FRONT_PAGE_THREATS,
    MAX_SUBTITLE_LENGTH,
    Brief,
    BriefTable,
    Section,
    SourceRef,
    Statement,
    list_sources,
    number_sources,
)
from threats.brief.statements import (
    caveat_statements,
    indicator_statements,
    method_statements,
    organization_statements,
    precedent_statements,
    rank_agreement_statements,
    ranking_rule_statements,
    response_statements,
    summary_text,
)
from threats.brief.tables import (
    brief_front_table,
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
from threats.content.options import emergency_dates
from threats.content.selection_text import describe, lens_sentence, meeting_count_phrase
from threats.format import truncate
from threats.stats.selection import Selected, assign_eras
from threats.text import brief_titles as titles
from threats.text.translate import _

BRIEF_MAX_CHART_LINES = 6


def brief_selection(selected: Selected) -> Selected:
    """Return a selection with training courses, which are evidence for the planner of a meeting."""
    return selected.with_filter(courses=True)


@cached(128, words=True)
def build_brief(selected: Selected) -> Brief:
    """Return the brief on the threats of a selection for its regions, with the pandemic period of
    the default preset."""
    front, selected = build_brief_front(selected), _counted(selected)
    annexes = _annex_sections(selected)
    # The front has the lowest numbers, whether or not there are annexes.
    numbers = number_sources(_refs_in_order(front.front, annexes))
    return replace(
        front,
        annexes=tuple(section.numbered(numbers) for section in annexes),
        sources=list_sources(numbers, selected),
    )


@cached(128, words=True)
def build_brief_front(selected: Selected) -> Brief:
    """Return the first two pages of a brief, without the annexes, which take longer."""
    selected = _counted(selected)
    front = _front_sections(selected)
    numbers = number_sources(_refs_in_order(front, ()))
    described = truncate(describe(selected), MAX_SUBTITLE_LENGTH)
    return Brief(
        title=title_of(selected),
        subtitle=f"{described}. {meeting_count_phrase(selected).capitalize()}.",
        summary=summary_text(selected),
        front=tuple(section.numbered(numbers) for section in front),
        annexes=(),
        sources=(),
    )


def _counted(selected: Selected) -> Selected:
    selected = brief_selection(selected)
    return assign_eras(selected, *emergency_dates({}, selected))


def _refs_in_order(front: Sequence[Section], annexes: Sequence[Section]) -> list[SourceRef]:
    """Return the pages in the order of their numbers: the reading order, except that the nearest
    precedents come first and the first sentence, which rests on every meeting, last of the front,
    so that the numbers of the others are low and near to each other."""
    basis, *statements = [one for section in front for one in section.statements]
    rows = [refs for section in front for table in section.tables for refs in table.refs]
    groups = [*rows, *(one.refs for one in statements), basis.refs]
    in_front = [ref for refs in groups for ref in refs]
    return in_front + [ref for section in annexes for ref in section.refs]


def _section(
    name: str,
    title: str,
    statements: Iterable[Statement],
    charts: tuple[Chart, ...] = (),
    tables: tuple[BriefTable, ...] = (),
) -> Section:
    return Section(
        name=name, title=_(title), statements=tuple(statements), charts=charts, tables=tables
    )


def _front_sections(selected: Selected) -> list[Section]:
    timeline = _build_charts(selected, "precedents-by-year")
    precedents = brief_precedent_table(selected, FRONT_PAGE_PRECEDENTS, evidence=False)
    basis, lens = basis_statement(selected), Statement(lens_sentence(selected))
    more = more_threats_statements(len(selected.threats) - FRONT_PAGE_THREATS)
    threats = brief_front_table(selected, FRONT_PAGE_THREATS)
    changes = trend_statements(selected, FRONT_PAGE_THREATS)
    missing = missing_threat_statements(selected, FRONT_PAGE_NAMES)
    responses = response_statements(selected, FRONT_PAGE_NAMES)
    organizations = organization_statements(selected, FRONT_PAGE_GUESTS)
    statistics = indicator_statements(selected, FRONT_PAGE_STATISTICS)
    past = precedent_statements(selected)
    sections = [
        _section("in-short", titles.IN_SHORT_TITLE, [basis, lens, *more], (), (threats,)),
        _section("discussed-before", titles.DISCUSSED_TITLE, past, timeline, (precedents,)),
        _section("attention-moved", titles.CHANGE_TITLE, changes),
        _section("missing-here", titles.MISSING_TITLE, missing),
        _section("responses-discussed", titles.RESPONSES_TITLE, responses),
        _section("whom-to-invite", titles.ORGANIZATIONS_TITLE, organizations),
        _section("measured-here", titles.STATISTICS_TITLE, statistics),
    ]
    said = [one.text for section in sections for one in section.statements]
    limits = caveat_statements(selected, said)
    return [*sections, _section("with-care", titles.LIMITS_TITLE, limits)]


def _annex_sections(selected: Selected) -> list[Section]:
    many = len(selected.threats) > BRIEF_MAX_CHART_LINES
    attention_chart = "attention-by-year" if many else "attention-compared"
    charts = _build_charts(selected, attention_chart, "shift-by-era")
    comparison = _indicator_comparison_charts(selected)
    precedents = brief_precedent_table(selected), brief_score_table(selected)
    threats = brief_threat_table(selected), *brief_year_tables(selected)
    missing, responses = brief_missing_table(selected), brief_response_table(selected)
    organizations, statistics = brief_organization_table(selected), brief_indicator_table(selected)
    rules, changes = ranking_rule_statements(), trend_statements(selected)
    gaps, discussed = missing_threat_statements(selected), response_statements(selected)
    participants = organization_statements(selected, FRONT_PAGE_GUESTS)
    agreement, method = rank_agreement_statements(selected), method_statements(selected)
    return [
        _section("annex-a", titles.ANNEX_PRECEDENTS_TITLE, rules, tables=precedents),
        _section("annex-b", titles.ANNEX_ATTENTION_TITLE, changes, charts, threats),
        _section("annex-c", titles.ANNEX_MISSING_TITLE, gaps, tables=(missing,)),
        _section("annex-d", titles.ANNEX_RESPONSES_TITLE, discussed, tables=(responses,)),
        _section("annex-e", titles.ANNEX_ORGANIZATIONS_TITLE, participants, (), (organizations,)),
        _section("annex-f", titles.ANNEX_STATISTICS_TITLE, agreement, comparison, (statistics,)),
        _section("annex-g", titles.ANNEX_METHOD_TITLE, method),
    ]


def _build_charts(selected: Selected, *names: str) -> tuple[Chart, ...]:
    """Return the charts of these names that have figures."""
    if selected.meetings.empty:
        return ()
    made = (build_chart(name, selected, {}) for name in names)
    return tuple(chart for chart in made if chart)


def _indicator_comparison_charts(selected: Selected) -> tuple[Chart, ...]:
    """Return the chart of attention beside the statistic of the first threat that has one."""
    if selected.meetings.empty:
        return ()
    for threat in selected.threats["threat_id"]:
        indicator = best_indicator(selected, threat)
        if indicator:
            values = {"theme": threat, "indicator": indicator}
            chart = build_chart("attention-beside-measured", selected, values)
            return (chart,) if chart else ()
    return ()
