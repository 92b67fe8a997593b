"""Agenda vs. data: attention to a threat beside what other publishers measured."""

import streamlit as st

from threats.app.cards import chart_card, page_heading, sentences_card, table_card
from threats.app.drilldown import current_drilldown, drilldown_panel
from threats.app.url_state import option_widget

selected = st.session_state["selected"]
page_heading("indicators")
answer = st.container()
with st.container(horizontal=True, gap="medium"):
    option_widget("theme", selected)
    option_widget("indicator", selected)
option_widget("role", selected)
with answer:
    sentences_card("indicators", selected)
current_drilldown(selected)
chart_card("attention-beside-measured", selected)
table_card("indicator", selected)
drilldown_panel(selected)
table_card("gaps", selected)
chart_card("travel-rules-and-meetings", selected)
table_card("all-indicators", selected)
