"""COVID-19: what changed with the pandemic, which crimes were tied to it, what stayed."""

import streamlit as st

from threats.app.cards import chart_card, page_heading, sentences_card, table_card
from threats.app.drilldown import current_drilldown, drilldown_panel
from threats.app.url_state import emergency_widget, option_widget
from threats.stats.selection import assign_eras, without_pandemic

selected = st.session_state["selected"]
page_heading("covid")
answer = st.container()
with st.expander("Change the eras and what is counted", icon=":material/tune:"):
    emergency = emergency_widget(selected)
    option_widget("role", selected)
    option_widget("later", selected)
    without = option_widget("no_pandemic", selected)
    option_widget("pandemic_search", selected)
eras = assign_eras(selected, *emergency)
if without:
    eras = without_pandemic(eras)
with answer:
    sentences_card("covid", selected)
mark = current_drilldown(eras)
chart_card("shift-by-era", selected)
drilldown_panel(eras, show_eras=True)
chart_card("shift-within-series", selected)
option_widget("make_up", selected)
chart_card("make-up-of-eras", selected)
table_card("search-effect", selected)
chart_card("tied-to-the-pandemic", selected)
table_card("ties", selected, mark=mark)
table_card("reported", selected)
chart_card("form-of-meeting", selected)
chart_card("participants-by-year", selected)
