"""One country: the meetings it hosted, chaired and took part in, and the agenda of its region."""

from threats.app.cards import sentences_card, table_card
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.state import current_page
from threats.app.subjects import subject_heading

page = current_page()
if subject_heading(page):
    current_drilldown(page)
    sentences_card(page, "country", shown=1)
    table_card(page, "hosted")
    table_card(page, "chaired")
    table_card(page, "took-part")
    chart_card(page, "region-agenda")
