"""The cards of charts as scripts, which also open from a disk, and their files to download."""

import base64
import gzip
import json
from collections.abc import Iterator
from typing import Any

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
from threats.language import DEFAULT_LANGUAGE, language_id
from threats.publish.addresses import Site
from threats.publish.plan import Prepared
from threats.stats.selection import select
from threats.text.translate import _

# Of the charts without a filter; the browser of a reader draws the others.
_IMAGES = ("png", "svg")
_TABLES = ("xlsx", "csv")


def card_files(prepared: Prepared, dataset: Dataset, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files of the charts of a selection, and of its script."""
    selected = select(dataset, prepared.selection)
    cards, tables = {}, {}
    for name in prepared.charts:
        page = CHART_SPECS[name].page
        values, _problems = parse_page_options(page, {}, selected)
        view = View(page, selected, selected.params, site.dashboard or site.address)
        chart = None if selected.empty else build_chart(name, selected, values)
        cards[name] = json.loads(card_json(name, view, values))
        if chart:
            files = dict(_download_files(chart, view, prepared))
            yield from files.items()
            cards[name]["share"] = _share(chart, view, prepared, site, list(files))
            tables[name] = json.loads(card_table(name, view, values))
    yield f"data/{prepared.folder}.js", _script(prepared.folder, _pack(cards, tables))


def _pack(cards: dict[str, Any], tables: dict[str, Any]) -> dict[str, Any]:
    """Return cards and tables by the names of their charts, with labels and colours that are the
    same in all cards once."""
    shared: dict[str, Any] = {}
    for card in cards.values():
        if "figure" in card:
            shared["labels"] = card.pop("labels")
            shared["template"] = card["figure"]["layout"].pop("template")
    return {**shared, "cards": cards, "tables": tables}


def _script(name: str, content: Any) -> bytes:
    """Return a script that hands over data, as pages on a disk cannot fetch. The data are
    compressed, as they would be six times as large."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Without a time, the same data give the same bytes.
    packed = base64.b64encode(gzip.compress(text.encode("utf-8"), mtime=0)).decode("ascii")
    return f"threatThemes({json.dumps(name)},{json.dumps(packed)});\n".encode()


def _download_files(chart: Chart, view: View, prepared: Prepared) -> Iterator[tuple[str, bytes]]:
    for name in _formats(filtered=bool(prepared.query)):
        suffix = CHART_FORMATS[name].suffix
        yield (
            f"files/{prepared.folder}/{chart.name}.{suffix}",
            CHART_FORMATS[name].build(chart, view),
        )


def _formats(filtered: bool) -> tuple[str, ...]:
    """Return the formats of the files of a chart: all in English, as they are large."""
    if language_id() != DEFAULT_LANGUAGE:
        return () if filtered else _TABLES[:1]
    if filtered:
        return _TABLES[:1]
    return _TABLES + (_IMAGES if browser_available() else ())


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
