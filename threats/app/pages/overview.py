"""Key findings: the threats on most agendas, meetings by year, latest meetings."""

from threats.app.cards import (
    page_heading,
    ranked_findings_card,
    sentences_card,
    table_card,
)
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.state import current_page

page = current_page()
page_heading(page)
ranked_findings_card(page)
sentences_card(page, "overview")
current_drilldown(page)
chart_card(page, "attention-ranked")
chart_card(page, "meetings-by-year")
table_card(page, "newest")
