"""Content of the page COVID-19: links to the pandemic, and how meetings were held."""

import pandas as pd

from threats.charts.stacked_bars import draw_meeting_formats, draw_pandemic_link_bars
from threats.content.count_captions import (
    formats_caption,
    pandemic_links_caption,
)
from threats.content.meetings import meeting_list_table
from threats.content.model import Chart
from threats.content.notes import chart_cautions, chart_subtitle, unread_notes
from threats.content.reader_tables import reader_table
from threats.content.time_breaks import add_time_breaks
from threats.stats.attention import only_read
from threats.stats.drilldown import Drilldown, click_data
from threats.stats.eras import (
    meetings_by_format,
    pandemic_links,
    pandemic_links_by_year,
)
from threats.stats.selection import Selected
from threats.text import covid as covid_text
from threats.text.labels import PANDEMIC_LINK_LABELS
from threats.text.quantities import format_meetings
from threats.text.translate import _


def pandemic_links_chart(selected: Selected) -> Chart | None:
    """Return the threats that sources linked to the pandemic, by year; None if there are none."""
    names = selected.dataset.names("threat_categories", "label")
    table = pandemic_links_by_year(pandemic_links(selected))
    if table.empty:
        return None
    table = table.assign(
        threat=table["threat_id"].map(names),
        mark=click_data(threat=table["threat_id"], year=table["year"]),
        words=[
            covid_text.pandemic_link_label(n, PANDEMIC_LINK_LABELS[link])
            for n, link in zip(table["meetings"], table["pandemic_link"], strict=True)
        ],
        whole=table.groupby("threat_id")["meetings"].transform("sum"),
    ).sort_values(["whole", "threat_id", "year"], ascending=[False, True, True], ignore_index=True)
    return Chart(
        name="tied-to-the-pandemic",
        title=_(covid_text.LINKS_TITLE),
        subtitle=chart_subtitle(selected, _(covid_text.LINKS_MEASURE)),
        alt=pandemic_links_caption(table, PANDEMIC_LINK_LABELS),
        draw=lambda theme: draw_pandemic_link_bars(table, theme),
        table=table[["threat_id", "threat", "year", "pandemic_link", "meetings"]],
        notes=(_(covid_text.LINKS_NOTE),),
        cautions=chart_cautions(selected),
    )


def meeting_formats_chart(selected: Selected) -> Chart | None:
    """Return how meetings were held, by year; None if no meeting with a year was read."""
    table, read = meetings_by_format(selected), only_read(selected)
    if table.empty:
        return None
    table = table.assign(
        words=[format_meetings(n) for n in table["meetings"]],
        mark=click_data(year=table["year"]),
    )
    chart = Chart(
        name="form-of-meeting",
        title=_(covid_text.FORMATS_TITLE),
        subtitle=chart_subtitle(read, _(covid_text.FORMATS_MEASURE)),
        alt=formats_caption(table),
        draw=lambda theme: draw_meeting_formats(table, selected.emergency, theme),
        table=table[["year", "format", "meetings"]],
        notes=(_(covid_text.FORMATS_NOTE), *unread_notes(selected)),
        cautions=chart_cautions(read, about_agendas=False),
    )
    return add_time_breaks(chart, selected)


def link_evidence_table(selected: Selected, mark: Drilldown | None = None) -> pd.DataFrame:
    """Return the mentions linked to the pandemic as a reader's table, only those of the threat and
    year of the mark if it has them."""
    rows = pandemic_links(selected)
    if mark and mark.threat:
        rows = rows[rows["threat_id"] == mark.threat]
    if mark and mark.year:
        rows = rows[rows["year"] == mark.year]
    names = selected.dataset.names("threat_categories", "label")
    table = meeting_list_table(selected, rows).assign(
        threat=rows["threat_id"].map(names).tolist(),
        threat_id=rows["threat_id"].tolist(),
        link=[_(PANDEMIC_LINK_LABELS[link]) for link in rows["pandemic_link"]],
        evidence=rows["evidence"].tolist(),
    )
    return reader_table(table, covid_text.LINK_EVIDENCE_COLUMNS)


def reported_elsewhere_table(selected: Selected) -> pd.DataFrame:
    """Return what other organizations reported of each threat linked to the pandemic, as a reader's
    table."""
    linked = selected.threats["threat_id"].isin(pandemic_links(selected)["threat_id"])
    threats = selected.threats[linked & (selected.threats["covid_relevance"] != "")]
    labels = threats["threat_id"].map(selected.dataset.names("threat_categories", "label"))
    return reader_table(threats.assign(label=labels), covid_text.REPORTED_COLUMNS)
