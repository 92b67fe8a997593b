"""One threat: its change, trend, regions, responses, participants and meetings."""

from threats.app.cards import sentences_card, table_card
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.state import current_page
from threats.app.subjects import subject_heading

page = current_page()
if subject_heading(page):
    current_drilldown(page)
    chart_card(page, "attention-compared")
    chart_card(page, "then-and-now")
    sentences_card(page, "threat", shown=1)
    table_card(page, "threat-meetings")
    table_card(page, "threat-regions")
    table_card(page, "threat-responses")
    table_card(page, "threat-organizations")
    table_card(page, "threat-related")
    table_card(page, "threat-ties")
    table_card(page, "threat-published")
    table_card(page, "threat-indicators")
    table_card(page, "threat-terms")
