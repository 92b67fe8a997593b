"""The published pages on one threat, region, country or series."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from threats.content.builder import build_item, build_table
from threats.content.findings import headline_findings
from threats.content.meetings import sort_newest_first
from threats.content.pages import PAGES
from threats.content.registry import CHART_SPECS, SENTENCE_SPECS, TABLE_SPECS
from threats.content.subjects import page_description, page_name
from threats.dataset.model import Dataset
from threats.publish.addresses import Site
from threats.publish.lists import names_of
from threats.publish.meetings import meeting_rows
from threats.publish.plan import REGION_CHARTS, THREAT_CHARTS
from threats.publish.render import page_table, render_page
from threats.stats.cooccurrence import threats_on_agenda
from threats.stats.filters import Selection, filter_choices
from threats.stats.selection import select
from threats.text import publish as words
from threats.text.pages import PAGE_HEADINGS
from threats.text.subjects import region_agenda_title
from threats.text.translate import _

LATEST_MEETINGS = 15
_TABLES_OF = {"country": ("hosted", "chaired", "took-part"), "series": ("series-meetings",)}


def subject_pages(dataset: Dataset, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each page on a threat, region, country or series."""
    for kind in ("threat", "region"):
        for key, label in names_of(dataset, kind).items():
            yield _agenda_page(kind, key, label, dataset, site)
    for kind in ("country", "series"):
        for key in names_of(dataset, kind):
            yield record_page(kind, key, dataset, site)


def _agenda_page(
    kind: str, key: str, label: str, dataset: Dataset, site: Site
) -> tuple[str, bytes]:
    """Return the page of a threat or a region."""
    chosen: dict[str, Any] = {kind: (key,)}
    selected = select(dataset, Selection(**chosen))
    meetings = selected.meetings
    if kind == "threat":
        meetings = meetings[meetings["meeting_id"].isin(threats_on_agenda(selected)["meeting_id"])]
    charts = THREAT_CHARTS if kind == "threat" else REGION_CHARTS
    brief = (f"brief-{key}.html", _(PAGE_HEADINGS["brief"]))
    return render_page(
        f"{kind}-{key}",
        dataset,
        site,
        title=label,
        question=PAGES["trends"].question,
        live=site.live_address("trends", **{kind: key}),
        links=[brief] if kind == "region" else [],
        findings=[(_(words.STATIC_LABELS["findings"]), headline_findings(selected))],
        charts=[CHART_SPECS[name] for name in charts],
        query=f"{kind}={key}",
        meetings=meeting_rows(dataset, sort_newest_first(meetings).head(LATEST_MEETINGS)),
    )


def record_page(kind: str, key: str, dataset: Dataset, site: Site) -> tuple[str, bytes]:
    """Return name and content of the page of a country or a series, as the live page says it."""
    selection = Selection(series=(key,)) if kind == "series" else Selection()
    selected = select(dataset, selection)
    values = {"country": key} if kind == "country" else {}
    build = partial(build_table, selected=selected, values=values)
    spec = SENTENCE_SPECS[kind]
    return render_page(
        f"{kind}-{key}",
        dataset,
        site,
        title=page_name(kind, selected, values),
        question=page_description(kind, selected, values),
        live=site.live_address(kind, **{kind: key}),
        findings=[(spec.title, build_item(spec, selected, values))],
        links=_region_links(dataset, key) if kind == "country" else [],
        tables=[
            page_table(TABLE_SPECS[name].title, table)
            for name in _TABLES_OF[kind]
            for table in [build(name)]
            if not table.empty
        ],
    )


def _region_links(dataset: Dataset, country: str) -> list[tuple[str, str]]:
    """Return the link to the page of the region of a country."""
    region = dataset.names("countries", "region")[country]
    label = filter_choices(dataset)["region"][region]
    return [(f"region-{region}.html", region_agenda_title(label))]
