"""Data and method: what was gathered, what is missing, and how far to trust it."""

import streamlit as st

from threats import ui

selected = st.session_state["selected"]
ui.heading("data")
ui.say_trouble(selected.dataset)
ui.sentences("data", selected)
ui.read_mark(selected)

ui.section("Coverage", "coverage")
ui.chart_card("reading-by-year", selected)
ui.chart_card("known-of-series", selected)
ui.table_card("editions", selected)
ui.chart_card("region-years", selected)

ui.section("Reliability of the codes", "reliability")
ui.chart_card("agreement", selected)
ui.table_card("agreement-pooled", selected)
ui.table_card("agreement-by-code", selected)
ui.sentences("coder", selected)
ui.table_card("coder-pooled", selected)
ui.table_card("coder-by-code", selected)

ui.section("Sensitivity of the findings", "sensitivity")
role = ui.count_otherwise(selected)
ui.sentences("counting", selected)
ui.table_card("findings-hold", selected)
ui.table_card("findings-by-series", selected)
ui.behind(selected, role, responses=True)

ui.section("The data", "files")
ui.sentences("use", selected)
ui.sentences("sources", selected)
ui.table_card("source-checks", selected)
ui.table_card("files", selected)
ui.table_card("changes", selected)
ui.documents(selected.dataset)
