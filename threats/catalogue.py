"""What stands on each page: its charts, tables and sentences, and their options.

A page, a route, a print and the command all take a chart from here by its name, so that they show
the same figures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from threats import cache, findings
from threats.dataset import Dataset
from threats.options import OPTIONS, emergency, read, write
from threats.selection import Selected, Selection, in_words, meetings_in_words
from threats.views import (
    behind,
    coder,
    coverage,
    covid,
    data,
    indicators,
    measured,
    overview,
    precedents,
    record,
    regions,
    reliability,
    responses,
    sources,
    trends,
)
from threats.views.base import Chart, Figures, with_cautions, with_doubts

NOTHING_TOGETHER = "These meetings name nothing together that could be counted."


@dataclass(frozen=True)
class Part:
    """A part of a page: ``make`` takes a selection and, as its arguments, values of options, and if
    it is ``marked`` the cell that the reader points at."""

    name: str
    page: str
    make: Callable[..., Any]
    options: Mapping[str, str] = field(default_factory=dict)
    eras: bool = False
    title: str = ""
    instead: str = ""
    marked: bool = False


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_BESIDE = {"threat": "theme", "indicator": "indicator", "role": "role"}
_TILES = {"colour": "colour", "threat": "theme", "role": "role"}
_SHIFT = _same("later", "role", "pandemic_search", "emergency")
# In the order of the pages; a part with a title is a table.
_PARTS = (
    Part("attention-ranked", "overview", overview.ranking),
    Part("meetings-by-year", "overview", overview.meetings),
    Part("newest", "overview", behind.newest, title="Newest meetings"),
    Part("attention-by-year", "trends", trends.heatmap, _same("measure", "role"), marked=True),
    Part("attention-compared", "trends", trends.lines, _same("compare", "measure", "role")),
    Part("on-agenda-since", "trends", trends.presence, _same("role")),
    Part("shift-by-era", "covid", covid.shift, _SHIFT, eras=True),
    Part("shift-within-series", "covid", covid.within, _SHIFT, eras=True),
    Part(
        "make-up-of-eras",
        "covid",
        covid.make_up,
        {"by": "make_up", "emergency": "emergency"},
        eras=True,
    ),
    Part(
        "search-effect",
        "covid",
        covid.search_effect,
        _same("role"),
        eras=True,
        title="How the search changes the figures of the pandemic itself",
    ),
    Part(
        "tied-to-the-pandemic",
        "covid",
        covid.links,
        eras=True,
        instead="No source ties any of these threats to the pandemic.",
    ),
    Part("ties", "covid", covid.tied, eras=True, title="Evidence and sources of the ties"),
    Part(
        "reported",
        "covid",
        covid.reported,
        eras=True,
        title="What other bodies reported of these threats then",
    ),
    Part(
        "form-of-meeting",
        "covid",
        covid.formats,
        _same("emergency"),
        eras=True,
        instead="No meeting of this filter with a known year was read.",
    ),
    Part(
        "participants-by-year",
        "covid",
        covid.participants,
        _same("emergency"),
        eras=True,
        instead="No source gives a number of participants for these meetings.",
    ),
    Part("tile-map", "regions", regions.tile_map, _TILES),
    Part("tiles", "regions", regions.country_table, _TILES, title="The tiles as a list"),
    Part("regions-by-threat", "regions", regions.region_grid, _same("role")),
    Part(
        "trend-by-region",
        "regions",
        regions.by_region,
        {"threat": "theme", "role": "role"},
        instead="No meeting of this filter has a known agenda and a year.",
    ),
    Part(
        "regional-sessions",
        "regions",
        regions.session_timeline,
        instead="No session of these meetings singles out a region.",
    ),
    Part("sessions", "regions", regions.session_table, title="Sessions on a region"),
    Part(
        "responses-by-threat",
        "responses",
        responses.with_threats,
        _same("role"),
        instead=NOTHING_TOGETHER,
    ),
    Part("responses-by-year", "responses", responses.over_years, _same("measure")),
    Part("seen", "responses", responses.seen, title="First and last seen"),
    Part(
        "threats-together",
        "responses",
        responses.threats_together,
        _same("role"),
        instead=NOTHING_TOGETHER,
    ),
    Part(
        "organizations-by-threat",
        "responses",
        responses.organizations,
        _same("role"),
        instead=NOTHING_TOGETHER,
    ),
    Part("meetings", "meetings", record.all_meetings, title="All meetings"),
    Part(
        "attention-beside-measured",
        "indicators",
        indicators.beside,
        _BESIDE,
        instead="No openly licensed figure is known here for this choice, region and years; "
        "another measured figure or threat may have one.",
    ),
    Part(
        "indicator",
        "indicators",
        measured.about,
        _same("indicator"),
        title="The measured figure and its source",
    ),
    Part(
        "gaps",
        "indicators",
        measured.gap_table,
        _same("role"),
        title="Where a figure rose and attention fell or never came",
    ),
    Part(
        "travel-rules-and-meetings",
        "indicators",
        indicators.travel,
        instead="No meeting of this filter is dated to a month of 2020 to 2022.",
    ),
    Part("all-indicators", "indicators", measured.all_indicators, title="All measured figures"),
    Part(
        "precedents-by-year",
        "brief",
        precedents.timeline,
        instead="No meeting of these years had one of these themes on its agenda.",
    ),
    Part("reading-by-year", "data", coverage.reading_by_year),
    Part("known-of-series", "data", coverage.known_of_series),
    Part("editions", "data", coverage.editions, title="Editions that no meeting here has"),
    Part("region-years", "data", coverage.region_years),
    Part(
        "agreement",
        "data",
        reliability.dots,
        instead="Too few pages were read twice to judge any code.",
    ),
    Part("agreement-pooled", "data", reliability.pooled, title="Agreement over all codes"),
    Part("agreement-by-code", "data", reliability.agreement_table, title="Agreement on each code"),
    Part("coder-pooled", "data", coder.pooled, title="The keyword coder over all codes"),
    Part("coder-by-code", "data", coder.by_code, title="The keyword coder on each code"),
    Part(
        "findings-hold",
        "data",
        reliability.findings_hold,
        _same("role"),
        title="Do the findings hold?",
    ),
    Part(
        "findings-by-series",
        "data",
        reliability.findings_by_series,
        title="Do the findings hold within each series?",
    ),
    Part("source-checks", "data", sources.checks, title="Checks of source pages"),
    Part("files", "data", data.files, title="Files of the dataset"),
    Part("changes", "data", data.changes, title="What changed in the data"),
)
CHARTS = {part.name: part for part in _PARTS if not part.title}
TABLES = {part.name: part for part in _PARTS if part.title}
# By the page, or by a name of their own where a page has several.
SENTENCES = {
    "overview": Part("findings", "overview", findings.headline, title="What stands out"),
    "covid": Part(
        "answer",
        "covid",
        findings.covid,
        _same("role", "pandemic_search"),
        eras=True,
        title="In short",
    ),
    "indicators": Part("told", "indicators", measured.told, _BESIDE, title="In short"),
    "data": Part(
        "gathered", "data", coverage.told, title="What was gathered, and what it cannot tell"
    ),
    "counting": Part(
        "counting",
        "data",
        reliability.how_held,
        _same("role"),
        title="Would other figures say the same?",
    ),
    "coder": Part("coder", "data", coder.told, title="How good is the keyword coder?"),
    "sources": Part(
        "sources", "data", sources.told_of_all, title="Can the source pages still be reached?"
    ),
    "use": Part("use", "data", data.use, title="Use, cite and correct the data"),
}


def parts_of(page: str) -> list[Part]:
    """Return the charts and tables of a page, in their order on it."""
    return [part for part in _PARTS if part.page == page]


def options_of(page: str) -> list[str]:
    """Return the names of the options that a page's parts take, in their usual order."""
    parts = parts_of(page)
    taken = {name for part in parts for name in part.options.values()}
    if any(part.eras for part in parts):
        taken |= {"era_start", "era_end", "no_pandemic"}
    return [name for name in OPTIONS if name in taken]


def read_options(
    page: str, params: Mapping[str, list[str]], selected: Selected
) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a page's options that an address asks for, and what of it means
    nothing here, as ``name=text``."""
    values, problems = {}, []
    for name in options_of(page):
        values[name], wrong = read(OPTIONS[name], params.get(name, ()), selected, values)
        problems += [f"{name}={text[:40]}" for text in wrong]
    return values, problems


def view_params(
    page: str, values: Mapping[str, Any], selected: Selected, **more: list[str]
) -> dict[str, list[str]]:
    """Return the address parameters of a view: the filter and the page's options, without what is
    the default."""
    written = {
        name: write(OPTIONS[name], values[name], selected, values)
        for name in options_of(page)
        if name in values
    }
    params = selected.params | written | more
    return {name: texts for name, texts in params.items() if texts}


def empty(name: str, selected: Selected) -> Figures:
    """Return a chart's figures without a row, for a selection that has nothing to draw."""
    whole = cache.narrowed(selected.dataset, Selection())
    values, _ = read_options(CHARTS[name].page, {}, whole)
    like = chart(name, whole, values)
    told = f"{in_words(selected)} · {meetings_in_words(selected)}"
    return Figures(name=name, title=like.title, subtitle=told, table=like.table.iloc[:0])


def make(
    part: Part,
    selected: Selected,
    values: Mapping[str, Any],
    then: Callable[[Any, Dataset], Any] | None = None,
    **more,
) -> Any:
    """Return what a part makes of a selection with these values of options, or what ``then`` makes
    of that and the dataset, computed once as well; ``more`` are further arguments for the part."""
    days = emergency(values, selected)
    if part.eras:
        selected = cache.with_eras(selected, *days, not values.get("no_pandemic", False))
    values = {**values, "emergency": days}
    arguments = {
        argument: values[name] for argument, name in part.options.items() if name in values
    }
    return cache.view(_told, selected, make=part.make, then=then, **arguments, **more)


def _told(selected: Selected, make: Callable[..., Any], then: Callable | None, **arguments) -> Any:
    """Return what a part makes; a chart with what has to be said of its figures."""
    made = with_cautions(make(selected, **arguments), selected)
    made = with_doubts(made) if isinstance(made, Chart) else made
    return then(made, selected.dataset) if then else made


def chart(name: str, selected: Selected, values: Mapping[str, Any], **more) -> Chart | None:
    """Return a chart by its name; None where the selection has nothing to draw."""
    return make(CHARTS[name], selected, values, **more)


def table(name: str, selected: Selected, values: Mapping[str, Any], **more) -> pd.DataFrame:
    """Return a reader's table by its name."""
    return make(TABLES[name], selected, values, **more)
