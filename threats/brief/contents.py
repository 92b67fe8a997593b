"""What a brief says, in its order, made from a selection."""

from threats import catalogue
from threats.brief import figures, sections, tables, words
from threats.brief.parts import (
    FEW_NAMES,
    FEW_PRECEDENTS,
    FEW_THEMES,
    Brief,
    Numbers,
    Section,
    Statement,
    cite,
    listed,
)
from threats.selection import Selected, in_words, meetings_in_words
from threats.views.base import Chart

MOST_LINES = 6


def brief(selected: Selected) -> Brief:
    """Return the brief on the themes of a selection for its regions."""
    numbers: Numbers = {}
    # The nearest precedents are the first sources.
    precedents = tables.precedent_table(selected, numbers, FEW_PRECEDENTS, evidence=False)
    front = _front(selected, numbers, precedents)
    annexes = _annexes(selected, numbers)
    told = f"{in_words(selected)}. {meetings_in_words(selected).capitalize()}."
    return Brief(
        title=words.title(selected),
        told=told,
        front=front,
        annexes=annexes,
        sources=listed(numbers, selected),
    )


def _front(selected: Selected, numbers: Numbers, precedents) -> tuple[Section, ...]:
    themes = sections.themes(selected, numbers, FEW_THEMES)
    parts = [
        Section(
            name="discussed-before",
            title="What was discussed before",
            statements=tuple(sections.precedent_statements(selected, numbers)),
            tables=(precedents,),
            charts=_charts(selected, "precedents-by-year"),
        ),
        Section(
            name="attention-moved",
            title="How attention moved",
            statements=tuple(sections.movement(selected, numbers, FEW_THEMES)),
        ),
        Section(
            name="missing-here",
            title="What has been missing",
            statements=tuple(sections.missing(selected, numbers, FEW_NAMES)),
        ),
        Section(
            name="responses-discussed",
            title="Responses",
            statements=tuple(sections.responses(selected, numbers, FEW_NAMES)),
        ),
        Section(
            name="whom-to-invite",
            title="Whom to invite",
            statements=tuple(sections.organizations(selected, numbers, FEW_NAMES)),
        ),
        Section(
            name="measured-here",
            title="What others measured",
            statements=tuple(sections.measures_known(selected, numbers, FEW_THEMES)),
        ),
    ]
    # Last, so that its numbers, which are many, run on from those of the rest.
    basis = Statement(words.basis(selected), cite(numbers, selected.meetings))
    start = Section(name="in-short", title="In short", statements=(basis, *themes))
    said = [text for part in (start, *parts) for text, _ in part.statements]
    care = Section(
        name="with-care",
        title="Read with care",
        statements=tuple(sections.care(selected, said)),
    )
    return (start, *parts, care)


def _annexes(selected: Selected, numbers: Numbers) -> tuple[Section, ...]:
    many = len(selected.threats) > MOST_LINES
    moved = "attention-by-year" if many else "attention-compared"
    return (
        Section(
            name="annex-a",
            title="Annex A: Precedents",
            statements=tuple(sections.ranking_rules()),
            tables=(tables.precedent_table(selected, numbers), tables.point_table(selected)),
        ),
        Section(
            name="annex-b",
            title="Annex B: Attention to the themes",
            statements=tuple(sections.movement(selected, numbers)),
            charts=_charts(selected, moved, "shift-by-era"),
            tables=(tables.theme_table(selected, numbers), *tables.year_tables(selected)),
        ),
        Section(
            name="annex-c",
            title="Annex C: What has been missing",
            statements=tuple(sections.missing(selected, numbers)),
            tables=(tables.missing_table(selected, numbers),),
        ),
        Section(
            name="annex-d",
            title="Annex D: Responses",
            statements=tuple(sections.responses(selected, numbers)),
            tables=(tables.response_table(selected, numbers),),
        ),
        Section(
            name="annex-e",
            title="Annex E: Organizations",
            statements=tuple(sections.organizations(selected, numbers, FEW_NAMES)),
            tables=(tables.organization_table(selected, numbers),),
        ),
        Section(
            name="annex-f",
            title="Annex F: What others measured",
            statements=tuple(sections.agreement(selected)),
            charts=_beside(selected),
            tables=(tables.measured_table(selected, numbers),),
        ),
        Section(
            name="annex-g",
            title="Annex G: How far to trust it",
            statements=tuple(sections.method(selected)),
        ),
    )


def _charts(selected: Selected, *names: str) -> tuple[Chart, ...]:
    """Return the charts of these names that have something to draw."""
    if selected.meetings.empty:
        return ()
    made = (catalogue.chart(name, selected, {}) for name in names)
    return tuple(chart for chart in made if chart)


def _beside(selected: Selected) -> tuple[Chart, ...]:
    """Return the chart of attention beside the measured figure of the first theme that has one."""
    if selected.meetings.empty:
        return ()
    for threat in selected.threats["threat_id"]:
        indicator = figures.indicator_of(selected, threat)
        if indicator:
            values = {"theme": threat, "indicator": indicator}
            chart = catalogue.chart("attention-beside-measured", selected, values)
            return (chart,) if chart else ()
    return ()
