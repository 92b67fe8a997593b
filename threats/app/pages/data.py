"""Data and method: what was gathered, what is missing, and how far to trust it."""

import streamlit as st

from threats.app.cards import page_heading, sentences_card, table_card
from threats.app.chart_card import chart_card
from threats.app.dataset import dataset_status
from threats.app.drilldown import current_drilldown
from threats.app.markdown import page_section
from threats.app.method import dataset_documents, recount_switch
from threats.app.options import emergency_widget, option_widget
from threats.app.state import current_page
from threats.text import app as text
from threats.text.translate import _

page = current_page()
page_heading(page)
dataset_status(page.selected.dataset)
current_drilldown(page)

page_section(_(text.COVERAGE_TITLE), "coverage")
chart_card(page, "reading-by-year")
sentences_card(page, "data")
chart_card(page, "meetings-by-year")
chart_card(page, "known-of-series")
chart_card(page, "expected-by-year")
table_card(page, "breaks")
table_card(page, "editions")
chart_card(page, "region-years")

page_section(_(text.RELIABILITY_TITLE), "reliability")
chart_card(page, "agreement")
table_card(page, "agreement-pooled")
table_card(page, "agreement-by-code")
sentences_card(page, "coder")
table_card(page, "coder-pooled")
table_card(page, "coder-by-code")

page_section(_(text.ROBUSTNESS_TITLE), "sensitivity")
recount_switch(page)
sentences_card(page, "counting")
table_card(page, "findings-hold")
table_card(page, "findings-by-series")
with st.expander(_(text.CHANGE_PERIODS_LABEL), icon=":material/tune:"):
    emergency_widget(page)
    for name in ("make_up", "no_pandemic", "same_series"):
        option_widget(page, name)
chart_card(page, "make-up-of-eras")
table_card(page, "within-series")
table_card(page, "search-effect")
sentences_card(page, "shape")
table_card(page, "agenda-shape")

page_section(_(text.DATA_TITLE), "files")
sentences_card(page, "use")
sentences_card(page, "sources")
table_card(page, "source-checks")
table_card(page, "files")
table_card(page, "changes")
dataset_documents(page.selected.dataset)
