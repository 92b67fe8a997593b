"""What stands on each page: its charts, tables and sentences, and their options.

A page, a route, a print and the command all take a chart from here by its name, so that they show
the same figures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from threats.content.brief_charts import precedents_by_year_chart
from threats.content.covid import (
    attention_by_era_chart,
    change_within_series_chart,
    era_composition_chart,
    link_evidence_table,
    meeting_formats_chart,
    pandemic_links_chart,
    pandemic_search_effect_table,
    participants_by_year_chart,
    reported_elsewhere_table,
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
    meetings_by_year_chart,
    newest_meetings_table,
)
from threats.content.regions import (
    regional_sessions_chart,
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
from threats.content.trends import attention_heatmap_chart, attention_lines_chart, presence_chart

NO_COOCCURRENCE_TEXT = "These meetings name nothing together that could be counted."


@dataclass(frozen=True)
class ItemSpec:
    """A part of a page: ``make`` takes a selection and, as its arguments, values of options, and if
    it is ``marked`` the cell that the reader points at. The options of ``CountRule`` and the eras
    come with the selection."""

    name: str
    page: str
    make: Callable[..., Any]
    options: Mapping[str, str] = field(default_factory=dict)
    eras: bool = False
    title: str = ""
    instead: str = ""
    marked: bool = False


def _same_name_options(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_INDICATOR_OPTIONS = {"threat": "theme", "indicator": "indicator", "role": "role"}
_TILE_MAP_OPTIONS = {"colour": "colour", "threat": "theme", "role": "role"}
_ERA_OPTIONS = _same_name_options("later", "role", "pandemic_search")
# In the order of the pages; a part with a title is a table.
_ITEM_SPECS = (
    ItemSpec("attention-ranked", "overview", attention_ranking_chart),
    ItemSpec("meetings-by-year", "overview", meetings_by_year_chart),
    ItemSpec("newest", "overview", newest_meetings_table, title="Newest meetings"),
    ItemSpec(
        "attention-by-year",
        "trends",
        attention_heatmap_chart,
        _same_name_options("measure", "role"),
        marked=True,
    ),
    ItemSpec(
        "attention-compared",
        "trends",
        attention_lines_chart,
        _same_name_options("compare", "measure", "role"),
    ),
    ItemSpec("on-agenda-since", "trends", presence_chart, _same_name_options("role")),
    ItemSpec("shift-by-era", "covid", attention_by_era_chart, _ERA_OPTIONS, eras=True),
    ItemSpec("shift-within-series", "covid", change_within_series_chart, _ERA_OPTIONS, eras=True),
    ItemSpec(
        "make-up-of-eras",
        "covid",
        era_composition_chart,
        {"by": "make_up"},
        eras=True,
    ),
    ItemSpec(
        "search-effect",
        "covid",
        pandemic_search_effect_table,
        _same_name_options("role"),
        eras=True,
        title="How the search changes the figures of the pandemic itself",
    ),
    ItemSpec(
        "tied-to-the-pandemic",
        "covid",
        pandemic_links_chart,
        eras=True,
        instead="No source ties any of these threats to the pandemic.",
    ),
    ItemSpec(
        "ties", "covid", link_evidence_table, eras=True, title="Evidence and sources of the ties"
    ),
    ItemSpec(
        "reported",
        "covid",
        reported_elsewhere_table,
        eras=True,
        title="What other bodies reported of these threats then",
    ),
    ItemSpec(
        "form-of-meeting",
        "covid",
        meeting_formats_chart,
        eras=True,
        instead="No meeting of this filter with a known year was read.",
    ),
    ItemSpec(
        "participants-by-year",
        "covid",
        participants_by_year_chart,
        eras=True,
        instead="No source gives a number of participants for these meetings.",
    ),
    ItemSpec("tile-map", "regions", tile_map_chart, _TILE_MAP_OPTIONS),
    ItemSpec("tiles", "regions", tile_map_table, _TILE_MAP_OPTIONS, title="The tiles as a list"),
    ItemSpec("regions-by-threat", "regions", regions_by_threat_chart, _same_name_options("role")),
    ItemSpec(
        "trend-by-region",
        "regions",
        trend_by_region_chart,
        {"threat": "theme", "role": "role"},
        instead="No meeting of this filter has a known agenda and a year.",
    ),
    ItemSpec(
        "regional-sessions",
        "regions",
        regional_sessions_chart,
        instead="No session of these meetings singles out a region.",
    ),
    ItemSpec("sessions", "regions", regional_sessions_table, title="Sessions on a region"),
    ItemSpec(
        "responses-by-threat",
        "responses",
        responses_by_threat_chart,
        _same_name_options("role"),
        instead=NO_COOCCURRENCE_TEXT,
    ),
    ItemSpec(
        "responses-by-year", "responses", responses_by_year_chart, _same_name_options("measure")
    ),
    ItemSpec("seen", "responses", first_and_last_seen_table, title="First and last seen"),
    ItemSpec(
        "threats-together",
        "responses",
        threat_cooccurrence_chart,
        _same_name_options("role"),
        instead=NO_COOCCURRENCE_TEXT,
    ),
    ItemSpec(
        "organizations-by-threat",
        "responses",
        organizations_by_threat_chart,
        _same_name_options("role"),
        instead=NO_COOCCURRENCE_TEXT,
    ),
    ItemSpec("meetings", "meetings", all_meetings_table, title="All meetings"),
    ItemSpec(
        "attention-beside-measured",
        "indicators",
        attention_with_indicator_chart,
        _INDICATOR_OPTIONS,
        instead="No openly licensed figure is known here for this choice, region and years; "
        "another measured figure or threat may have one.",
    ),
    ItemSpec(
        "indicator",
        "indicators",
        indicator_facts_table,
        _same_name_options("indicator"),
        title="The measured figure and its source",
    ),
    ItemSpec(
        "gaps",
        "indicators",
        gap_table,
        _same_name_options("role"),
        title="Where a figure rose and attention fell or never came",
    ),
    ItemSpec(
        "travel-rules-and-meetings",
        "indicators",
        travel_rules_chart,
        instead="No meeting of this filter is dated to a month of 2020 to 2022.",
    ),
    ItemSpec("all-indicators", "indicators", all_indicators_table, title="All measured figures"),
    ItemSpec(
        "precedents-by-year",
        "brief",
        precedents_by_year_chart,
        instead="No meeting of these years had one of these themes on its agenda.",
    ),
    ItemSpec("reading-by-year", "data", reading_by_year_chart),
    ItemSpec("known-of-series", "data", series_coverage_chart),
    ItemSpec("editions", "data", missing_editions_table, title="Editions that no meeting here has"),
    ItemSpec("region-years", "data", region_years_chart),
    ItemSpec(
        "agreement",
        "data",
        agreement_dot_plot_chart,
        instead="Too few pages were read twice to judge any code.",
    ),
    ItemSpec("agreement-pooled", "data", agreement_overall_table, title="Agreement over all codes"),
    ItemSpec("agreement-by-code", "data", agreement_by_code_table, title="Agreement on each code"),
    ItemSpec("coder-pooled", "data", coder_overall_table, title="The keyword coder over all codes"),
    ItemSpec("coder-by-code", "data", coder_by_code_table, title="The keyword coder on each code"),
    ItemSpec(
        "findings-hold",
        "data",
        robustness_table,
        _same_name_options("role"),
        title="Do the findings hold?",
    ),
    ItemSpec(
        "findings-by-series",
        "data",
        robustness_by_series_table,
        title="Do the findings hold within each series?",
    ),
    ItemSpec("source-checks", "data", source_checks_table, title="Checks of source pages"),
    ItemSpec("files", "data", dataset_files_table, title="Files of the dataset"),
    ItemSpec("changes", "data", data_changes_table, title="What changed in the data"),
)
CHART_SPECS = {part.name: part for part in _ITEM_SPECS if not part.title}
TABLE_SPECS = {part.name: part for part in _ITEM_SPECS if part.title}
# By the page, or by a name of their own where a page has several.
SENTENCE_SPECS = {
    "overview": ItemSpec("findings", "overview", headline_findings, title="What stands out"),
    "covid": ItemSpec(
        "answer",
        "covid",
        era_findings,
        _same_name_options("role", "pandemic_search"),
        eras=True,
        title="In short",
    ),
    "indicators": ItemSpec(
        "told", "indicators", indicator_summary, _INDICATOR_OPTIONS, title="In short"
    ),
    "data": ItemSpec(
        "gathered", "data", coverage_summary, title="What was gathered, and what it cannot tell"
    ),
    "counting": ItemSpec(
        "counting",
        "data",
        robustness_summary,
        _same_name_options("role"),
        title="Would other figures say the same?",
    ),
    "coder": ItemSpec("coder", "data", coder_summary, title="How good is the keyword coder?"),
    "sources": ItemSpec(
        "sources", "data", source_check_summary, title="Can the source pages still be reached?"
    ),
    "use": ItemSpec("use", "data", how_to_cite_summary, title="Use, cite and correct the data"),
}


def items_on(page: str) -> list[ItemSpec]:
    """Return the charts and tables of a page, in their order on it."""
    return [part for part in _ITEM_SPECS if part.page == page]


def options_on(page: str) -> list[str]:
    """Return the names of the options that a page's parts take, in their usual order."""
    parts = items_on(page)
    taken = {name for part in parts for name in part.options.values()}
    if any(part.eras for part in parts):
        taken |= {"era_start", "era_end", "no_pandemic"}
    return [name for name in OPTIONS if name in taken]
