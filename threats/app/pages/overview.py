"""Start: the strongest findings, the threats on most agendas, the latest meetings."""

from threats.app.cards import page_heading, table_card
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.findings import about_lines, findings_cards
from threats.app.options import option_widget
from threats.app.state import current_page

page = current_page()
page_heading(page)
about_lines(page)
findings_cards(page)
current_drilldown(page)
chart_card(page, "attention-ranked")
option_widget(page, "all")
table_card(page, "newest")
