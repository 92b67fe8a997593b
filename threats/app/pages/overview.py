"""Overview: what this is, what stands out now, what is new."""

import streamlit as st

from threats.app.cards import chart_card, page_heading, sentences_card, table_card
from threats.app.drilldown import current_drilldown, drilldown_panel

selected = st.session_state["selected"]
page_heading("overview")
sentences_card("overview", selected)
current_drilldown(selected)
chart_card("attention-ranked", selected)
chart_card("meetings-by-year", selected)
drilldown_panel(selected)
table_card("newest", selected)
