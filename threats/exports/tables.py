"""Figures as CSV and XLSX, and what they are as JSON."""

import io
import json
from typing import Any

import pandas as pd

from threats.content.meetings import sort_newest_first
from threats.content.model import Chart, FigureTable
from threats.dataset.harmless_csv import harmless_csv
from threats.exports.citation import source_line
from threats.exports.urls import View
from threats.stats.selection import Selected
from threats.text import exports as words
from threats.text.columns import column_label
from threats.text.translate import _


def to_csv(figures: FigureTable, view: View, about_in_rows: bool = False) -> bytes:
    """Return figures as CSV; ``to_about`` says what they are. ``about_in_rows`` repeats measure,
    filter, source and address in every row, for programs that read these columns. No text becomes
    a formula."""
    table = figures.table
    if about_in_rows:
        table = table.assign(
            measure=figures.title,
            filter=" · ".join([figures.subtitle, *figures.cautions]),
            source=source_line(view),
            address=view.address(figures.name),
        )
    return harmless_csv(table)


def describe_figures(figures: FigureTable, view: View) -> dict[str, Any]:
    """Return what figures are: title, filter, notes, source, dataset, version and address."""
    return {
        "title": figures.title,
        "filter": figures.subtitle,
        "notes": list(figures.all_notes),
        "source": source_line(view),
        "dataset": view.selected.dataset.id,
        "data_version": view.selected.dataset.version,
        "address": view.address(figures.name),
    }


def to_about(figures: FigureTable, view: View) -> bytes:
    """Return as JSON what the figures of a CSV file are, with the headings of its columns."""
    about = describe_figures(figures, view) | {
        **({"finding": figures.alt} if isinstance(figures, Chart) else {}),
        "columns": {name: column_label(name) for name in figures.table},
        "rows": len(figures.table),
    }
    return json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8")


def to_xlsx(figures: FigureTable, view: View) -> bytes:
    """Return a workbook with a sheet of figures and a sheet about them. No text becomes a formula
    or a link."""
    about = {
        _(words.ABOUT_TITLE): figures.title,
        _(words.ABOUT_FILTER): figures.subtitle,
        **({_(words.ABOUT_FINDING): figures.alt} if isinstance(figures, Chart) else {}),
        **{words.about_note_label(n): note for n, note in enumerate(figures.all_notes, start=1)},
        _(words.ABOUT_SOURCE): source_line(view),
        _(words.ABOUT_ADDRESS): view.address(figures.name),
    }
    # In memory, so that a full disk does not matter.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    file = io.BytesIO()
    with pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
        figures.table.to_excel(
            book, sheet_name=_(words.FIGURES_SHEET), index=False, freeze_panes=(1, 0)
        )
        pd.Series(about).to_excel(book, sheet_name=_(words.ABOUT_SHEET), header=False)
        for one in book.sheets.values():
            one.autofit(max_width=400)
    return file.getvalue()


def list_source_pages(selected: Selected) -> pd.DataFrame:
    """Return the pages that the meetings of a selection were coded from: ``meeting_id``,
    ``start_date``, ``title``, ``source_url``, newest first."""
    columns = ["meeting_id", "start_date", "title", "source_url"]
    return sort_newest_first(selected.meetings)[columns].reset_index(drop=True)


XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
