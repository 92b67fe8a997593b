"""A chart to files that say where they come from."""

import datetime as dt
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader

from threats.dataset import Dataset
from threats.selection import Selection, slug
from threats.views.base import Chart

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)


def file_name(chart: Chart, selection: Selection, suffix: str) -> str:
    """Return a file name that tells chart and filter, such as
    ``attention-by-year_central-asia_2018-2023.csv``."""
    return f"{chart.name}_{slug(selection)}.{suffix}"


def source_line(dataset: Dataset) -> str:
    """Return where figures come from: title and version of the data, licence, the day."""
    title, licence = dataset.descriptor["title"], dataset.descriptor["licenses"][0]["name"]
    return f"Source: {title}, data version {dataset.version}, {licence}, {dt.date.today():%Y-%m-%d}"


def to_csv(chart: Chart, dataset: Dataset) -> bytes:
    """Return the plotted figures as CSV, with what they are beside every row, so that the file
    opens without help in any program. Texts that a spreadsheet would run stay texts."""
    table = chart.table.assign(
        measure=chart.title, filter=chart.subtitle, source=source_line(dataset)
    )
    return _harmless(table).to_csv(index=False, lineterminator="\n").encode("utf-8")


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before texts that start like a formula
    (OWASP, CSV injection)."""
    table = table.copy()
    for name in table.select_dtypes(include=["str", "object", "category"]):
        text = table[name].astype("str")
        table[name] = text.where(~text.str.match(r"^[=+\-@\t\r]"), "'" + text)
    return table


def to_html(chart: Chart, dataset: Dataset, address: str = "", dark: bool = False) -> bytes:
    """Return the chart as one HTML page that needs no network: drawing, figures, notes, source."""
    figure = chart.draw(dark)
    drawing = figure.to_html(
        full_html=False,
        include_plotlyjs=True,
        config={"displaylogo": False, "responsive": True, "displayModeBar": False},
    )
    table = chart.table.astype("object").where(chart.table.notna(), "")
    page = _TEMPLATES.get_template("chart.html").render(
        chart=chart,
        drawing=drawing,
        columns=list(table.columns),
        rows=table.to_numpy().tolist(),
        source=source_line(dataset),
        address=address,
        dark=dark,
    )
    return page.encode("utf-8")
