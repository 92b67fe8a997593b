"""The cards of charts as scripts, which also open from a disk, and their files to download."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from threats.cards import card_json, card_table
from threats.content.builder import build_chart, parse_page_options
from threats.content.model import Chart
from threats.content.registry import CHART_SPECS
from threats.dataset.model import Dataset
from threats.exports.chrome import browser_available
from threats.exports.citation import CITATION_FORMATS, cite_view
from threats.exports.embed import embed_html
from threats.exports.formats import CHART_FORMATS
from threats.exports.urls import View, build_url
from threats.publish.plan import Prepared
from threats.stats.selection import select
from threats.text.translate import _

# Of the charts without a filter; the browser of a reader draws the others.
_IMAGES = ("png", "svg")
_TABLES = ("xlsx", "csv")


class Site(NamedTuple):
    """Where the files will be, and where the live dashboard is; both may be empty."""

    address: str = ""
    dashboard: str = ""

    def page_address(self, page: str, query: str = "", anchor: str = "") -> str:
        """Return the address of a published page, without a host if the site has none."""
        name = "index" if page == "overview" else page
        base = f"{self.address}/" if self.address else ""
        return f"{base}{name}.html{f'?{query}' if query else ''}{f'#{anchor}' if anchor else ''}"


def card_files(prepared: Prepared, dataset: Dataset, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each script and file of the charts of a selection."""
    selected = select(dataset, prepared.selection)
    for name in prepared.charts:
        page = CHART_SPECS[name].page
        values, _problems = parse_page_options(page, {}, selected)
        view = View(page, selected, selected.params, site.dashboard or site.address)
        chart = None if selected.empty else build_chart(name, selected, values)
        card = json.loads(card_json(name, view, values))
        if chart:
            files = dict(_download_files(chart, view, prepared))
            yield from files.items()
            card["share"] = _share(chart, view, prepared, site, list(files))
            yield _script(
                f"{prepared.folder}/{name}.table", json.loads(card_table(name, view, values))
            )
        yield _script(f"{prepared.folder}/{name}", card)


def _script(name: str, content: Any) -> tuple[str, bytes]:
    """Return path and content of a script that hands over data, as pages on a disk cannot fetch."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"data/{name}.js", f"threatThemes({json.dumps(name)},{text});\n".encode()


def _download_files(chart: Chart, view: View, prepared: Prepared) -> Iterator[tuple[str, bytes]]:
    formats: tuple[str, ...] = _TABLES if not prepared.query else _TABLES[:1]
    if not prepared.query and browser_available():
        formats += _IMAGES
    for name in formats:
        suffix = CHART_FORMATS[name].suffix
        yield (
            f"files/{prepared.folder}/{chart.name}.{suffix}",
            CHART_FORMATS[name].build(chart, view),
        )


def _share(
    chart: Chart, view: View, prepared: Prepared, site: Site, files: list[str]
) -> dict[str, Any]:
    """Return the files, link and citations of a published chart, as the card shows them."""
    labels = {kind.suffix: kind for kind in CHART_FORMATS.values()}
    kinds = [labels[path.rsplit(".", 1)[1]] for path in files]
    link = site.page_address(view.page, prepared.query, chart.name)
    cited = view.address(chart.name, versioned=True) if site.dashboard else link
    title = f"{chart.title} ({chart.subtitle})"
    reference = cite_view(
        view.selected.dataset, chart.name, title, cited if site.address or site.dashboard else ""
    )
    texts = {suffix: form(reference) for suffix, (_label, form) in CITATION_FORMATS.items()}
    return {
        "files": [
            {"label": _(kind.label), "help": _(kind.description), "address": path}
            for kind, path in zip(kinds, files, strict=True)
        ],
        "images": False,
        "link": link,
        "embed": build_url(site.dashboard, f"embed/{chart.name}", view.params)
        if site.dashboard
        else link,
        "embed_html": embed_html(chart, view) if site.dashboard else "",
        "code": [],
        "cite": texts["txt"].strip(),
        "citations": [
            {
                "label": CITATION_FORMATS[suffix][0],
                "file": f"{chart.name}.{suffix}",
                "text": texts[suffix],
            }
            for suffix in ("bib", "ris", "cff")
        ],
    }
