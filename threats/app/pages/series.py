"""One series: its editions known and expected, its threats and its meetings."""

from threats.app.cards import sentences_card, table_card
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.state import current_page
from threats.app.subjects import subject_heading

page = current_page()
if subject_heading(page):
    current_drilldown(page)
    chart_card(page, "expected-by-year")
    chart_card(page, "series-agenda")
    sentences_card(page, "series", shown=1)
    table_card(page, "series-meetings")
