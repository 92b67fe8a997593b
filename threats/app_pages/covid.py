"""COVID-19: what changed with the pandemic, which crimes were tied to it, what stayed."""

import streamlit as st

from threats import cache, ui

selected = st.session_state["selected"]
ui.heading("covid")
answer = st.container()
with st.expander("Change the eras and what is counted", icon=":material/tune:"):
    emergency = ui.emergency_days(selected)
    role = ui.option("role", selected)
    ui.option("later", selected)
    without = ui.option("no_pandemic", selected)
    search = ui.option("pandemic_search", selected)
eras = cache.with_eras(selected, *emergency, not without)
with answer:
    ui.sentences("covid", selected)
mark = ui.read_mark(eras)
ui.chart_card("shift-by-era", selected)
ui.behind(eras, role, eras=True, pandemic_search=search)
ui.chart_card("shift-within-series", selected)
ui.option("make_up", selected)
ui.chart_card("make-up-of-eras", selected)
ui.table_card("search-effect", selected)
ui.chart_card("tied-to-the-pandemic", selected)
ui.table_card("ties", selected, mark=mark)
ui.table_card("reported", selected)
ui.chart_card("form-of-meeting", selected)
ui.chart_card("participants-by-year", selected)
