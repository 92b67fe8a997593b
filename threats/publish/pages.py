"""All published pages; here those with charts for a filter."""

from collections.abc import Iterator

from threats.content.builder import build_item, parse_page_options
from threats.content.pages import HOME_PAGE, PAGES
from threats.content.registry import SENTENCE_SPECS, charts_on
from threats.dataset.model import Dataset
from threats.format import format_range
from threats.publish.addresses import Site
from threats.publish.briefs import brief_pages
from threats.publish.lists import subject_lists
from threats.publish.meetings import meetings_page
from threats.publish.plan import FILTERED_PAGES, WHOLE_PAGES, periods
from threats.publish.render import render_page
from threats.publish.subjects import subject_pages
from threats.stats.filters import Selection, filter_choices
from threats.stats.selection import select
from threats.text import publish as words
from threats.text.app import FILTER_LABELS
from threats.text.translate import _


def page_files(dataset: Dataset, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each page in the reader's language."""
    for name in (*FILTERED_PAGES, *WHOLE_PAGES):
        yield _chart_page(name, dataset, site)
    yield meetings_page(dataset, site)
    yield from subject_pages(dataset, site)
    yield from brief_pages(dataset, site)


def _chart_page(name: str, dataset: Dataset, site: Site) -> tuple[str, bytes]:
    selected, page = select(dataset, Selection()), PAGES[name]
    values, _problems = parse_page_options(name, {}, selected)
    findings = [
        (spec.title, build_item(spec, selected, values))
        for spec in SENTENCE_SPECS.values()
        if spec.page == name
    ]
    return render_page(
        "index" if name == HOME_PAGE else name,
        dataset,
        site,
        title=page.heading,
        question=page.question,
        live=site.live_address(name),
        findings=findings,
        charts=charts_on(name),
        whole=name in WHOLE_PAGES,
        query=None,
        choices=_choices(dataset) if name in FILTERED_PAGES else [],
        lists=subject_lists(dataset) if name == HOME_PAGE else [],
    )


def _choices(dataset: Dataset) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the filters: parameter, label, and values with their labels."""
    options = {name: list(filter_choices(dataset)[name].items()) for name in ("region", "family")}
    spans = [(f"{first}-{last}", format_range(first, last)) for first, last in periods(dataset)]
    return [
        *((name, _(FILTER_LABELS[name]), values) for name, values in options.items()),
        ("years", _(words.STATIC_LABELS["period"]), spans),
    ]
