"""Start: the strongest findings, the threats on most agendas, the latest meetings."""

from threats.app.cards import page_heading, table_card
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.findings import findings_cards
from threats.app.options import option_widget
from threats.app.state import current_page
from threats.content.overview import about_sentences

page = current_page()
page_heading(page, *about_sentences(page.selected.dataset))
findings_cards(page)
current_drilldown(page)
chart_card(page, "attention-ranked")
option_widget(page, "all")
table_card(page, "newest")
