"""The card of a chart: all that its place on a page shows, as JSON.

A page, and a site of plain files, show a chart by the address of its card. The addresses in a card
have no host.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from threats.charts.mobile import has_many_columns
from threats.charts.theme import DARK, LIGHT
from threats.content.builder import build_chart
from threats.content.drilldown import drilldown_phrase, meetings_for
from threats.content.model import Chart, cached_figure
from threats.content.registry import CHART_SPECS
from threats.content.selection_text import empty_reason
from threats.dataset.model import Dataset
from threats.downloads import download_url, formats_for
from threats.exports.chrome import browser_available
from threats.exports.citation import CITATION_FORMATS, render_citations, source_line
from threats.exports.embed import embed_html
from threats.exports.formats import IMAGE_FORMATS
from threats.exports.snippets import code_snippets
from threats.exports.urls import View, build_url, file_name
from threats.format import local_number
from threats.stats.drilldown import Drilldown
from threats.text import cards as text
from threats.text.columns import column_label
from threats.text.glossary import terms_in
from threats.text.own_meetings import OWN_MEETINGS_NOTE
from threats.text.phrases import first_sentence
from threats.text.quantities import format_meetings
from threats.text.selection import default_kinds_phrase
from threats.text.translate import _

MAX_CARD_ROWS = 1000
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def card_json(
    name: str, view: View, values: Mapping[str, Any], theme: str = LIGHT.name, narrow: bool = False
) -> bytes:
    """Return the card of a chart as JSON.

    ``title``, ``finding`` (the first sentence of ``caption``), ``subtitle``, ``caption``,
    ``source`` and ``labels`` are texts, ``notes`` is a list of texts, ``terms`` one of pairs of a
    term and its explanation. ``figure`` is what Plotly draws, ``wide`` says whether it scrolls
    sideways, and ``share`` has files, codes and citations. If there is nothing to draw, the card
    has only ``name`` and ``empty``, which says why.
    """
    empty = view.selected.empty
    chart = None if empty else build_chart(name, view.selected, values)
    if chart is None:
        reason = empty_reason(view.selected) if empty else CHART_SPECS[name].instead
        return _to_json({"name": name, "empty": reason})
    figure = cached_figure(chart, THEMES[theme], narrow)
    card = {
        "name": name,
        "title": chart.title,
        # The line above the page says what the filter leaves out by default.
        "subtitle": chart.subtitle.replace(default_kinds_phrase(), ""),
        "finding": first_sentence(chart.alt),
        "caption": chart.alt,
        "notes": [*_own_note(view), *(f"{caution}." for caution in chart.cautions), *chart.notes],
        "source": source_line(view),
        "terms": terms_in(chart.title, chart.subtitle, chart.alt),
        "labels": {key: _(label) for key, label in text.CARD_LABELS.items()},
        "wide": narrow and has_many_columns(figure),
        "share": _share(chart, view),
    }
    # The figure has numbers as arrays, which only Plotly's own encoder knows.
    start = _to_json(card).decode("utf-8").removesuffix("}")
    return f'{start}, "figure": {figure.to_json(validate=False)}}}'.encode()


def _own_note(view: View) -> list[str]:
    return [_(OWN_MEETINGS_NOTE)] if view.selected.dataset.own else []


def _share(chart: Chart, view: View) -> dict[str, Any]:
    """Return files, embed code, citations and lines of code of a chart."""
    images = {file.suffix for file in IMAGE_FORMATS.values()}
    formats = {
        suffix: kind
        for suffix, kind in formats_for(chart.name).items()
        if browser_available() or suffix not in images
    }
    citations = render_citations(view, chart.name, f"{chart.title} ({chart.subtitle})")
    return {
        "files": [
            {
                "label": _(kind.label),
                "help": _(kind.description),
                "address": download_url(replace(view, base=""), chart.name, suffix)[1:],
            }
            for suffix, kind in formats.items()
        ],
        "images": browser_available(),
        "link": view.address(chart.name),
        "embed": build_url(view.base, f"embed/{chart.name}", view.params),
        "embed_html": embed_html(chart, view),
        "code": [
            {"label": label, "text": lines}
            for label, lines in code_snippets(chart, download_url(view, chart.name, "csv"))
        ],
        "cite": citations["txt"].strip(),
        "citations": [
            {
                "label": CITATION_FORMATS[suffix][0],
                "file": file_name(chart.name, view, suffix),
                "text": citations[suffix],
            }
            for suffix in ("bib", "ris", "cff")
        ],
    }


def card_table(name: str, view: View, values: Mapping[str, Any]) -> bytes:
    """Return the figures of a chart as JSON: ``columns`` are headings, ``numeric`` says which
    columns hold numbers, ``rows`` are texts; at most 1,000 rows. Empty if there is no chart."""
    chart = None if view.selected.empty else build_chart(name, view.selected, values)
    table = chart.table.head(MAX_CARD_ROWS) if chart else pd.DataFrame()
    return _to_json(
        {
            "columns": [column_label(column) for column in table],
            "numeric": [pd.api.types.is_numeric_dtype(table[column]) for column in table],
            "rows": [[_cell_text(cell) for cell in row] for row in table.itertuples(index=False)],
        }
    )


def _cell_text(cell: Any) -> str:
    """Return a figure as a reader sees it, with at most four decimals."""
    if cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell)):
        return text.NO_VALUE_SIGN
    if not isinstance(cell, float):
        return str(cell)
    return local_number(f"{cell:.4f}".rstrip("0").rstrip("."))


def card_meetings(name: str, view: View, values: Mapping[str, Any], drilldown: Drilldown) -> bytes:
    """Return the meetings behind a mark of a chart as JSON: ``title`` names mark and number,
    ``columns`` are headings, ``rows`` are cells, each a text or a pair of text and address."""
    counted, _arguments = CHART_SPECS[name].resolve(view.selected, values)
    table = meetings_for(counted, drilldown)
    number = len(table[["Date", "Meeting"]].drop_duplicates())
    title = text.behind_title(drilldown_phrase(counted, drilldown), format_meetings(number))
    cells = _linked_cells(table, view.selected.dataset)
    return _to_json(
        {
            "title": title,
            "columns": [column_label(column) for column in cells],
            "rows": cells.to_numpy().tolist(),
        }
    )


def _linked_cells(table: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Return a table of meetings with a link to each record and to each source."""
    ids = table["meeting_id"]
    records = [build_url("", "meetings", {**dataset.params, "meeting": [one]})[1:] for one in ids]
    meetings = list(map(list, zip(table["Meeting"], records, strict=True)))
    sources = [[_(text.SOURCE_LABEL), address] for address in table["Source"]]
    shown = table.astype(object).assign(Meeting=meetings, Source=sources)
    return shown.drop(columns="meeting_id")


def _to_json(card: Mapping[str, Any]) -> bytes:
    return json.dumps(card, ensure_ascii=False).encode("utf-8")
