"""A chart as one HTML file that works without a network."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from threats.content.model import Chart, cached_figure
from threats.content.notes import reliability_notes
from threats.content.pages import subject_address
from threats.content.reader_tables import SUBJECT_COLUMNS, hidden_columns
from threats.exports.citation import source_line
from threats.exports.urls import View, language_links
from threats.format import local_number
from threats.language import language_id
from threats.text.columns import ENGLISH_COLUMNS, column_label
from threats.text.exports import (
    COMPARE_LABEL,
    TODAY_LABEL,
    older_version_notice,
    unknown_parameters_notice,
)
from threats.text.phrases import first_sentence
from threats.text.translate import _, ngettext

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals.update(
    _=_,
    ngettext=ngettext,
    column_label=column_label,
    english_columns=ENGLISH_COLUMNS,
    doubt_notes=reliability_notes,
    first_sentence=first_sentence,
    hidden_columns=hidden_columns,
    subject_columns=SUBJECT_COLUMNS,
    subject_address=subject_address,
    unknown_parameters_notice=unknown_parameters_notice,
    older_version_notice=older_version_notice,
    language_id=language_id,
    language_links=language_links,
    local_number=local_number,
    TODAY_LABEL=TODAY_LABEL,
    COMPARE_LABEL=COMPARE_LABEL,
)


def to_html(chart: Chart, view: View) -> bytes:
    """Return the chart as one HTML page that works without a network."""
    drawing = cached_figure(chart).to_html(
        full_html=False,
        include_plotlyjs=True,
        config={"displaylogo": False, "responsive": True, "displayModeBar": False},
    )
    page = TEMPLATES.get_template("chart.html").render(
        chart=chart,
        view=view,
        drawing=drawing,
        source=source_line(view),
        address=view.address(chart.name),
    )
    return page.encode("utf-8")
