"""Data and method: what was gathered, what is missing, and how far to trust it."""

import streamlit as st

from threats.app.cards import chart_card, page_heading, sentences_card, table_card
from threats.app.dataset import dataset_status
from threats.app.drilldown import current_drilldown, drilldown_panel
from threats.app.markdown import page_section
from threats.app.method import dataset_documents, recount_switch

selected = st.session_state["selected"]
page_heading("data")
dataset_status(selected.dataset)
sentences_card("data", selected)
current_drilldown(selected)

page_section("Coverage", "coverage")
chart_card("reading-by-year", selected)
chart_card("known-of-series", selected)
table_card("editions", selected)
chart_card("region-years", selected)

page_section("Reliability of the codes", "reliability")
chart_card("agreement", selected)
table_card("agreement-pooled", selected)
table_card("agreement-by-code", selected)
sentences_card("coder", selected)
table_card("coder-pooled", selected)
table_card("coder-by-code", selected)

page_section("Sensitivity of the findings", "sensitivity")
recount_switch(selected)
sentences_card("counting", selected)
table_card("findings-hold", selected)
table_card("findings-by-series", selected)
drilldown_panel(selected, show_responses=True)

page_section("The data", "files")
sentences_card("use", selected)
sentences_card("sources", selected)
table_card("source-checks", selected)
table_card("files", selected)
table_card("changes", selected)
dataset_documents(selected.dataset)
