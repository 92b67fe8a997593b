"""Responses: which answers are discussed for which threats, since when, and by whom."""

import streamlit as st

from threats import ui
from threats.views import responses

selected = st.session_state["selected"]
st.title("Responses")
st.markdown(
    "Which answers are discussed for which threats, since when, and who takes part? And which "
    "threats are discussed together?"
)
with st.container(horizontal=True, gap="large"):
    measure = ui.choice("measure", "Years by", {"share": "Share", "count": "Number of meetings"})
    role = ui.choice("role", "Count a threat when it was", ui.ROLE_LABELS)
ui.read_mark(selected)
nothing = "These meetings name nothing together that could be counted."
ui.chart_card(ui.view(responses.with_threats, selected, role=role), selected, nothing)
ui.behind(selected, role, responses=True)
ui.chart_card(ui.view(responses.over_years, selected, measure=measure), selected)
ui.table_card("First and last seen", ui.view(responses.seen, selected))
ui.chart_card(ui.view(responses.threats_together, selected, role=role), selected, nothing)
ui.chart_card(ui.view(responses.organizations, selected, role=role), selected, nothing)
