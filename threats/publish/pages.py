"""The published pages as HTML."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from threats.content.builder import build_item, parse_page_options
from threats.content.findings import headline_findings
from threats.content.meetings import sort_newest_first
from threats.content.method_files import DATASET_ARCHIVE_NAME
from threats.content.pages import PAGES
from threats.content.reader_tables import rows_of
from threats.content.registry import CHART_SPECS, SENTENCE_SPECS, charts_on
from threats.dataset.editions import release_date
from threats.dataset.model import Dataset
from threats.exports.citation import cite_dashboard, to_citation_text
from threats.format import format_range, join, lower_name
from threats.publish.cards import Site
from threats.publish.plan import (
    FILTERED_PAGES,
    REGION_CHARTS,
    THREAT_CHARTS,
    WHOLE_PAGES,
    periods,
)
from threats.stats.cooccurrence import threats_on_agenda
from threats.stats.filters import ANY_REACH, Selection, filter_choices
from threats.stats.selection import Selected, select
from threats.text import publish as words
from threats.text.app import FILTER_LABELS
from threats.text.cards import PLACEHOLDER_LABELS
from threats.text.translate import _

LATEST_MEETINGS = 15
_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _template() -> Any:
    loader = FileSystemLoader(_TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals["_"] = _
    return environment.get_template("page.html")


def page_files(dataset: Dataset, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each page."""
    for name in (*FILTERED_PAGES, *WHOLE_PAGES):
        yield _chart_page(name, dataset, site)
    yield _meetings_page(dataset, site)
    threats, regions = dataset.names("threat_categories"), filter_choices(dataset)["region"]
    for key, label in threats.items():
        yield _subject_page("threat", key, label, THREAT_CHARTS, dataset, site)
    for key, label in regions.items():
        yield _subject_page("region", key, label, REGION_CHARTS, dataset, site)


def _render(name: str, dataset: Dataset, site: Site, **parts: Any) -> tuple[str, bytes]:
    labels = {key: _(label) for key, label in words.STATIC_LABELS.items()}
    shown = {"findings": [], "charts": [], "lists": [], "choices": [], "meetings": [], **parts}
    card_labels = {key: _(label) for key, label in PLACEHOLDER_LABELS.items()}
    script = {key: labels[key] for key in ("live", "behind")} | {"card": card_labels}
    data = {"version": dataset.version, "dashboard": site.dashboard, "labels": script}
    address = site.dashboard or site.address
    version, date = dataset.version, release_date(dataset.descriptor)
    names = [*FILTERED_PAGES, "meetings", *WHOLE_PAGES]
    page = _template().render(
        labels=labels,
        site_data=json.dumps(data, ensure_ascii=False),
        navigation=[("index" if one == "overview" else one, PAGES[one].title) for one in names],
        current=name,
        dashboard=site.dashboard,
        limits=words.limits_note(date, version),
        archive=DATASET_ARCHIVE_NAME,
        citation=to_citation_text(cite_dashboard(dataset, address)).strip(),
        **shown,
    )
    return f"{name}.html", page.encode("utf-8")


def _chart_page(name: str, dataset: Dataset, site: Site) -> tuple[str, bytes]:
    selected, page = select(dataset, Selection()), PAGES[name]
    values, _problems = parse_page_options(name, {}, selected)
    findings = [
        (spec.title, build_item(spec, selected, values))
        for spec in SENTENCE_SPECS.values()
        if spec.page == name
    ]
    return _render(
        "index" if name == "overview" else name,
        dataset,
        site,
        title=page.heading,
        question=page.question,
        live=name,
        findings=findings,
        charts=charts_on(name),
        whole=name in WHOLE_PAGES,
        query=None,
        choices=_choices(dataset) if name in FILTERED_PAGES else [],
        lists=_subject_lists(dataset) if name == "overview" else [],
    )


def _choices(dataset: Dataset) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the filters: parameter, label, and values with their labels."""
    options = {name: list(filter_choices(dataset)[name].items()) for name in ("region", "family")}
    spans = [(f"{first}-{last}", format_range(first, last)) for first, last in periods(dataset)]
    return [
        *((name, _(FILTER_LABELS[name]), values) for name, values in options.items()),
        ("years", _(words.STATIC_LABELS["period"]), spans),
    ]


def _subject_lists(dataset: Dataset) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the links to the pages of threats and of regions, under their headings."""
    names = {
        "threat": dataset.names("threat_categories"),
        "region": filter_choices(dataset)["region"],
    }
    return [
        (
            _(words.STATIC_LABELS[f"{kind}s"]),
            [(f"{kind}-{key}.html", label) for key, label in labels.items()],
        )
        for kind, labels in names.items()
    ]


def _subject_page(
    kind: str, key: str, label: str, charts: tuple[str, ...], dataset: Dataset, site: Site
) -> tuple[str, bytes]:
    """Return the page of a threat or a region."""
    chosen: dict[str, Any] = {kind: (key,)}
    selected = select(dataset, Selection(**chosen))
    meetings = selected.meetings
    if kind == "threat":
        meetings = meetings[meetings["meeting_id"].isin(threats_on_agenda(selected)["meeting_id"])]
    return _render(
        f"{kind}-{key}",
        dataset,
        site,
        title=label,
        question=PAGES["trends"].question,
        live=f"trends?{kind}={key}",
        findings=[(_(words.STATIC_LABELS["findings"]), headline_findings(selected))],
        charts=[CHART_SPECS[name] for name in charts],
        query=f"{kind}={key}",
        meetings=_meeting_rows(selected, sort_newest_first(meetings).head(LATEST_MEETINGS)),
    )


def _meetings_page(dataset: Dataset, site: Site) -> tuple[str, bytes]:
    selected, page = select(dataset, Selection(courses=True, reach=ANY_REACH)), PAGES["meetings"]
    return _render(
        "meetings",
        dataset,
        site,
        title=page.heading,
        question=page.question,
        live="meetings",
        meetings=_meeting_rows(selected, sort_newest_first(selected.meetings)),
        searchable=True,
    )


def _meeting_rows(selected: Selected, meetings: Any) -> list[dict[str, str]]:
    data = selected.dataset
    every = select(data, Selection(courses=True, reach=ANY_REACH))
    names, series = data.names("threat_categories"), data.names("series", "short_name")
    countries = data.names("countries")
    agendas = threats_on_agenda(every).astype("str").groupby("meeting_id")["threat_id"]
    threats = {key: [lower_name(names[one]) for one in sorted(set(ids))] for key, ids in agendas}
    return [
        {
            "key": str(row.meeting_id),
            "date": row.date,
            "title": row.title,
            "place": ", ".join(
                filter(None, [row.city, countries.get(row.country, ""), series[row.series]])
            ),
            "threats": join(threats.get(row.meeting_id, [])),
            "source": row.source_url,
        }
        for row in rows_of(meetings)
    ]
