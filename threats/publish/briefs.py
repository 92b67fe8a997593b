"""The brief of each region as a published page."""

from collections.abc import Iterator

from threats.brief.html_writer import write_html
from threats.brief.writers import dated_brief
from threats.dataset.model import Dataset
from threats.exports.citation import cite_view, source_line, to_citation_text
from threats.exports.urls import View
from threats.publish.addresses import Site
from threats.publish.lists import names_of
from threats.stats.filters import Selection
from threats.stats.selection import select
from threats.text import publish as words
from threats.text.exports import FIGURES_IN_TABLES_NOTE
from threats.text.translate import _


def brief_pages(dataset: Dataset, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the brief of each region."""
    for region, label in names_of(dataset, "region").items():
        yield region_brief(region, label, dataset, site)


def region_brief(region: str, label: str, dataset: Dataset, site: Site) -> tuple[str, bytes]:
    """Return name and content of the brief of a region, which is called by its label."""
    name = f"brief-{region}"
    selected = select(dataset, Selection(region=(region,)))
    view = View("brief", selected, selected.params, site.dashboard or site.address)
    brief = dated_brief(view)
    address = site.live_address("brief", region=region)
    published = site.page_address(name) if site.address else ""
    cited = cite_view(dataset, name, brief.title, address or published)
    page = write_html(
        brief,
        {},
        _(FIGURES_IN_TABLES_NOTE),
        [source_line(view), to_citation_text(cited).strip()],
        address,
        links=[(f"region-{region}.html", label), ("index.html", _(words.STATIC_LABELS["start"]))],
        languages=site.languages_of(name),
        two_sheets=True,
    )
    return f"{name}.html", page.encode("utf-8")
