"""Trends: how attention to each threat has moved over the years."""

import streamlit as st

from threats import ui
from threats.selection import options
from threats.views import trends

selected = st.session_state["selected"]
st.title("Trends")
st.markdown(
    "How has attention to each threat moved over the years? Attention is the share of meetings "
    "whose agenda named the threat, out of the meetings whose agenda is known."
)
with st.container(horizontal=True, gap="large"):
    measure = ui.choice(
        "measure", "Show", {"share": "Share of meetings", "count": "Number of meetings"}
    )
    role = ui.choice("role", "Count a threat when it was", ui.ROLE_LABELS)
mark = ui.read_mark(selected)
cell = (mark.threat, mark.year) if mark.threat and mark.year else None
ui.chart_card(ui.view(trends.heatmap, selected, measure=measure, role=role, mark=cell), selected)
ui.behind(selected, role)
names = options(selected.dataset)["threat"]
shown = {threat: names[threat] for threat in selected.threats["threat_id"]}
compare = ui.several("compare", "Threats to compare, up to six", shown, trends.MOST_LINES)
ui.chart_card(
    ui.view(trends.lines, selected, compare=compare, measure=measure, role=role), selected
)
ui.chart_card(ui.view(trends.presence, selected, role=role), selected)
