"""Figures as CSV and XLSX, and what they are as JSON."""

import datetime as dt
import io
import json
import math
import re
from typing import Any

import pandas as pd

from threats.content.meetings import sort_newest_first
from threats.content.model import Chart, FigureTable
from threats.dataset.cell_checks import is_calendar_date
from threats.dataset.harmless_csv import harmless_csv
from threats.exports.citation import source_line
from threats.exports.urls import View
from threats.language import decimal_comma
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
    return csv_bytes(table)


def to_excel_csv(figures: FigureTable, view: View) -> bytes:
    """Return figures as CSV that a spreadsheet of the reader's region opens by a double click."""
    return csv_bytes(figures.table, for_excel=True)


def csv_bytes(table: pd.DataFrame, for_excel: bool = False) -> bytes:
    """Return a table as CSV without formulas. ``for_excel`` puts a byte order mark first, without
    which Excel takes no file for UTF-8, and follows the reader's region: semicolons between cells
    and decimal commas where numbers have these."""
    if not for_excel:
        return harmless_csv(table)
    if not decimal_comma():
        return harmless_csv(table, encoding="utf-8-sig")
    # Numbers in a column with other things too are texts for pandas.
    mixed = table.select_dtypes(include=["object", "category"], exclude=["str"])
    written = {name: [_with_comma(cell) for cell in mixed[name]] for name in mixed}
    return harmless_csv(table.assign(**written), ";", ",", "utf-8-sig")


def _with_comma(cell: Any) -> Any:
    number = isinstance(cell, float) and math.isfinite(cell)
    return str(cell).replace(".", ",") if number else cell


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
    or a link; dates with a day are dates, others stay text."""
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
    with pd.ExcelWriter(
        file,
        engine="xlsxwriter",
        date_format="yyyy-mm-dd",
        engine_kwargs={"options": options},
    ) as book:
        _with_days(figures.table).to_excel(
            book, sheet_name=_(words.FIGURES_SHEET), index=False, freeze_panes=(1, 0)
        )
        pd.Series(about).to_excel(book, sheet_name=_(words.ABOUT_SHEET), header=False)
        for one in book.sheets.values():
            one.autofit(max_width=400)
    return file.getvalue()


def _with_days(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with each text that is a whole date as a day, which a spreadsheet sorts and
    groups by time."""
    days = {}
    for name in table.select_dtypes(include=["str", "object", "category"]):
        cells = [_as_day(cell) for cell in table[name]]
        if any(isinstance(cell, dt.date) for cell in cells):
            days[name] = pd.Series(cells, table.index, dtype=object)
    return table.assign(**days)


def _as_day(cell: Any) -> Any:
    """Return the day that a text such as "2018-05-31" means, else the cell as it is."""
    whole = isinstance(cell, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell)
    return dt.date.fromisoformat(cell) if whole and is_calendar_date(cell) else cell


def list_source_pages(selected: Selected) -> pd.DataFrame:
    """Return the pages that the meetings of a selection were coded from: ``meeting_id``,
    ``start_date``, ``title``, ``source_url``, newest first."""
    columns = ["meeting_id", "start_date", "title", "source_url"]
    return sort_newest_first(selected.meetings)[columns].reset_index(drop=True)


XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
