"""What is on each page: charts, tables and sentences, and the options of each.

Pages, routes, print pages and commands find a chart here by its name, so they show the same
figures.
"""

from threats.content.agenda_shape import agenda_shape_summary, agenda_shape_table
from threats.content.brief_charts import precedents_by_year_chart
from threats.content.comparison import comparison_chart
from threats.content.country import (
    chaired_table,
    country_summary,
    hosted_table,
    region_agenda_chart,
    took_part_table,
)
from threats.content.covid import (
    link_evidence_table,
    meeting_formats_chart,
    pandemic_links_chart,
    reported_elsewhere_table,
)
from threats.content.covid_periods import (
    attention_by_era_chart,
    era_composition_chart,
    pandemic_search_effect_table,
    within_series_table,
)
from threats.content.findings import era_findings, headline_findings
from threats.content.indicator_sentences import indicator_summary
from threats.content.indicators import (
    all_indicators_table,
    attention_with_indicator_chart,
    gap_table,
    indicator_facts_table,
    travel_rules_chart,
)
from threats.content.meetings import all_meetings_table
from threats.content.method_agreement import (
    agreement_by_code_table,
    agreement_dot_plot_chart,
    agreement_overall_table,
)
from threats.content.method_coder import coder_by_code_table, coder_overall_table, coder_summary
from threats.content.method_coverage import (
    coverage_summary,
    expected_meetings_chart,
    meetings_by_year_chart,
    missing_editions_table,
    reading_by_year_chart,
    region_years_chart,
    series_coverage_chart,
)
from threats.content.method_files import (
    data_changes_table,
    dataset_files_table,
    how_to_cite_summary,
)
from threats.content.method_robustness import (
    robustness_by_series_table,
    robustness_summary,
    robustness_table,
)
from threats.content.method_sources import source_check_summary, source_checks_table
from threats.content.options import OPTIONS
from threats.content.overview import (
    attention_ranking_chart,
    newest_meetings_table,
)
from threats.content.pooled_change import change_by_period_chart, then_and_now_chart
from threats.content.published import preset_changes_table, published_table
from threats.content.ranked_findings import ranked_sentences
from threats.content.regions import (
    regional_sessions_table,
    regions_by_threat_chart,
    tile_map_chart,
    tile_map_table,
    trend_by_region_chart,
)
from threats.content.responses import (
    first_and_last_seen_table,
    organizations_by_threat_chart,
    responses_by_threat_chart,
    responses_by_year_chart,
    threat_cooccurrence_chart,
)
from threats.content.series import series_agenda_chart, series_meetings_table, series_summary
from threats.content.specs import ERA_OPTIONS, ChartSpec, SentenceSpec, TableSpec
from threats.content.threat import (
    threat_indicators_table,
    threat_meetings_table,
    threat_organizations_table,
    threat_published_table,
    threat_regions_table,
    threat_related_table,
    threat_responses_table,
    threat_summary,
    threat_terms_table,
    threat_ties_table,
)
from threats.content.time_breaks import time_breaks_table
from threats.content.trends import attention_heatmap_chart, attention_lines_chart, presence_table

_COUNTED_ERAS = ("role", "pandemic_search", *ERA_OPTIONS)
_COMPARED_ERAS = ("later", "role", "pandemic_search", *ERA_OPTIONS)
_INDICATOR = ("theme", "indicator", "role")
_COUNTRY = ("country",)
_TILE_MAP = ("colour", "theme", "role")
# In their order on the pages.
_CHARTS_AND_TABLES: tuple[ChartSpec | TableSpec, ...] = (
    ChartSpec("attention-ranked", "overview", attention_ranking_chart, ("all",)),
    TableSpec("newest", "overview", newest_meetings_table),
    ChartSpec("attention-by-year", "trends", attention_heatmap_chart, ("measure", "role")),
    ChartSpec("then-and-now", "trends", then_and_now_chart, ("then", "now", "role")),
    ChartSpec(
        "attention-compared", "trends", attention_lines_chart, ("compare", "measure", "role")
    ),
    TableSpec("presence", "trends", presence_table, ("role",)),
    ChartSpec("form-of-meeting", "covid", meeting_formats_chart, ERA_OPTIONS),
    ChartSpec("change-by-period", "covid", change_by_period_chart, _COUNTED_ERAS),
    ChartSpec("shift-by-era", "covid", attention_by_era_chart, _COMPARED_ERAS),
    ChartSpec("tied-to-the-pandemic", "covid", pandemic_links_chart, ERA_OPTIONS),
    TableSpec("ties", "covid", link_evidence_table, ERA_OPTIONS),
    TableSpec("published", "covid", published_table, _COUNTED_ERAS),
    TableSpec("clear-by-preset", "covid", preset_changes_table, _COUNTED_ERAS),
    TableSpec("reported", "covid", reported_elsewhere_table, ERA_OPTIONS),
    ChartSpec("tile-map", "regions", tile_map_chart, _TILE_MAP),
    TableSpec("tiles", "regions", tile_map_table, _TILE_MAP),
    ChartSpec("regions-by-threat", "regions", regions_by_threat_chart, ("role",)),
    ChartSpec("compare", "regions", comparison_chart, ("compare_by", "values", "role")),
    ChartSpec("trend-by-region", "regions", trend_by_region_chart, ("theme", "role")),
    TableSpec("sessions", "regions", regional_sessions_table),
    ChartSpec("responses-by-threat", "responses", responses_by_threat_chart, ("role",)),
    ChartSpec("responses-by-year", "responses", responses_by_year_chart, ("measure",)),
    TableSpec("seen", "responses", first_and_last_seen_table),
    ChartSpec("threats-together", "responses", threat_cooccurrence_chart, ("role",)),
    ChartSpec("organizations-by-threat", "responses", organizations_by_threat_chart, ("role",)),
    TableSpec("meetings", "meetings", all_meetings_table),
    ChartSpec(
        "attention-beside-measured", "indicators", attention_with_indicator_chart, _INDICATOR
    ),
    TableSpec("indicator", "indicators", indicator_facts_table, _INDICATOR),
    TableSpec("gaps", "indicators", gap_table, ("role",)),
    ChartSpec("travel-rules-and-meetings", "indicators", travel_rules_chart),
    TableSpec("all-indicators", "indicators", all_indicators_table),
    ChartSpec("precedents-by-year", "brief", precedents_by_year_chart),
    ChartSpec("reading-by-year", "data", reading_by_year_chart),
    ChartSpec("meetings-by-year", "data", meetings_by_year_chart),
    ChartSpec("known-of-series", "data", series_coverage_chart),
    ChartSpec("expected-by-year", "data", expected_meetings_chart),
    TableSpec("breaks", "data", time_breaks_table),
    TableSpec("editions", "data", missing_editions_table),
    ChartSpec("region-years", "data", region_years_chart),
    ChartSpec("agreement", "data", agreement_dot_plot_chart),
    TableSpec("agreement-pooled", "data", agreement_overall_table),
    TableSpec("agreement-by-code", "data", agreement_by_code_table),
    TableSpec("coder-pooled", "data", coder_overall_table),
    TableSpec("coder-by-code", "data", coder_by_code_table),
    TableSpec("findings-hold", "data", robustness_table, ("role",)),
    TableSpec("findings-by-series", "data", robustness_by_series_table),
    ChartSpec("make-up-of-eras", "data", era_composition_chart, ("make_up", *ERA_OPTIONS)),
    TableSpec("within-series", "data", within_series_table, ("role", *ERA_OPTIONS)),
    TableSpec("search-effect", "data", pandemic_search_effect_table, ("role", *ERA_OPTIONS)),
    TableSpec("agenda-shape", "data", agenda_shape_table, ("role",)),
    TableSpec("source-checks", "data", source_checks_table),
    TableSpec("files", "data", dataset_files_table),
    TableSpec("changes", "data", data_changes_table),
    TableSpec("threat-meetings", "threat", threat_meetings_table, ("role",)),
    TableSpec("threat-regions", "threat", threat_regions_table, ("role",)),
    TableSpec("threat-responses", "threat", threat_responses_table),
    TableSpec("threat-organizations", "threat", threat_organizations_table, ("role",)),
    TableSpec("threat-related", "threat", threat_related_table, ("role",)),
    TableSpec("threat-ties", "threat", threat_ties_table),
    TableSpec("threat-published", "threat", threat_published_table),
    TableSpec("threat-indicators", "threat", threat_indicators_table),
    TableSpec("threat-terms", "threat", threat_terms_table),
    ChartSpec("region-agenda", "country", region_agenda_chart, _COUNTRY),
    TableSpec("hosted", "country", hosted_table, _COUNTRY),
    TableSpec("chaired", "country", chaired_table, _COUNTRY),
    TableSpec("took-part", "country", took_part_table, _COUNTRY),
    ChartSpec("series-agenda", "series", series_agenda_chart, whole_series=True),
    TableSpec("series-meetings", "series", series_meetings_table, whole_series=True),
)
# What the pages on one threat, country or series have, some of it shared with other pages.
_SUBJECT_ITEMS = {
    "threat": (
        "attention-compared",
        "then-and-now",
        "threat-meetings",
        "threat-regions",
        "threat-responses",
        "threat-organizations",
        "threat-related",
        "threat-ties",
        "threat-published",
        "threat-indicators",
        "threat-terms",
    ),
    "country": ("hosted", "chaired", "took-part", "region-agenda"),
    "series": ("expected-by-year", "series-agenda", "series-meetings"),
}
CHART_SPECS = {spec.name: spec for spec in _CHARTS_AND_TABLES if isinstance(spec, ChartSpec)}
TABLE_SPECS = {spec.name: spec for spec in _CHARTS_AND_TABLES if isinstance(spec, TableSpec)}
# What answers at the addresses of charts that are no more.
CHART_ALIASES = {
    "on-agenda-since": "attention-by-year",
    "participants-by-year": "form-of-meeting",
    "regional-sessions": "trend-by-region",
    "shift-within-series": "shift-by-era",
}
# By the page, or by their own name if a page has several.
SENTENCE_SPECS = {
    "strongest": SentenceSpec("strongest", "overview", ranked_sentences),
    "overview": SentenceSpec("findings", "overview", headline_findings),
    "covid": SentenceSpec(
        "answer", "covid", era_findings, ("role", "pandemic_search", *ERA_OPTIONS)
    ),
    "indicators": SentenceSpec("told", "indicators", indicator_summary, _INDICATOR),
    "data": SentenceSpec("gathered", "data", coverage_summary),
    "counting": SentenceSpec("counting", "data", robustness_summary, ("role",)),
    "shape": SentenceSpec("shape", "data", agenda_shape_summary, ("role",)),
    "coder": SentenceSpec("coder", "data", coder_summary),
    "sources": SentenceSpec("sources", "data", source_check_summary),
    "use": SentenceSpec("use", "data", how_to_cite_summary),
    "threat": SentenceSpec("threat-in-short", "threat", threat_summary, ("role",)),
    "country": SentenceSpec("country-in-short", "country", country_summary, _COUNTRY),
    "series": SentenceSpec("series-in-short", "series", series_summary, whole_series=True),
}


def chart_name(name: str) -> str:
    """Return the name of the chart that answers to a name, which may be an earlier one."""
    return CHART_ALIASES.get(name, name)


def items_on(page: str) -> list[ChartSpec | TableSpec]:
    """Return the charts and tables of a page, in their order on it."""
    specs = {spec.name: spec for spec in _CHARTS_AND_TABLES}
    if page in _SUBJECT_ITEMS:
        return [specs[name] for name in _SUBJECT_ITEMS[page]]
    return [spec for spec in specs.values() if spec.page == page]


def charts_on(page: str) -> list[ChartSpec]:
    """Return the charts of a page, in their order on it."""
    return [spec for spec in items_on(page) if isinstance(spec, ChartSpec)]


def options_on(page: str) -> list[str]:
    """Return the names of the options that a page takes, in their usual order: those of its own
    items, as items of another page have their defaults."""
    own = [spec for spec in items_on(page) if spec.page == page]
    names = {name for spec in own for name in spec.option_names}
    return [name for name in OPTIONS if name in names]
