"""COVID-19: what changed, which crimes were linked to the pandemic, what stayed."""

import streamlit as st

from threats.app.cards import page_heading, sentences_card, table_card
from threats.app.chart_card import chart_card
from threats.app.drilldown import current_drilldown
from threats.app.options import emergency_widget, option_widget
from threats.app.state import current_page
from threats.stats.selection import assign_eras, with_series_of_all_eras, without_pandemic
from threats.text import app as text
from threats.text.translate import _

page = current_page()
page_heading(page)
with st.expander(_(text.CHANGE_PERIODS_LABEL), icon=":material/tune:"):
    emergency = emergency_widget(page)
    option_widget(page, "role")
    option_widget(page, "later")
    without = option_widget(page, "no_pandemic")
    same_series = option_widget(page, "same_series")
    option_widget(page, "pandemic_search")
eras = assign_eras(page.selected, *emergency)
if without:
    eras = without_pandemic(eras)
if same_series:
    eras = with_series_of_all_eras(eras)
mark = current_drilldown(page, eras)
chart_card(page, "form-of-meeting")
chart_card(page, "change-by-period")
sentences_card(page, "covid")
table_card(page, "clear-by-preset")
table_card(page, "published")
chart_card(page, "shift-by-era")
chart_card(page, "tied-to-the-pandemic")
table_card(page, "ties", mark=mark)
table_card(page, "reported")
