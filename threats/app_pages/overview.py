"""Overview: what this is, what stands out now, what is new."""

import streamlit as st

from threats import findings, ui
from threats.views import behind, overview

selected = st.session_state["selected"]
st.title("Which threats do border and security meetings talk about?")
st.markdown(
    "This dashboard shows which transnational threats stood on the agenda of border and security "
    "meetings in the OSCE area, where, since when, and what changed with COVID-19. Every figure "
    "leads to the meetings behind it, and from each of them to the public page it was coded from."
)
with st.container(border=True):
    st.subheader("What stands out", anchor="findings")
    for sentence in ui.view(findings.headline, selected):
        st.markdown(f"- {ui.plain(sentence)}")
ui.read_mark(selected)
ui.chart_card(ui.view(overview.ranking, selected), selected)
ui.chart_card(ui.view(overview.meetings, selected), selected)
ui.behind(selected)
with st.container(border=True):
    st.subheader("Newest meetings", anchor="newest")
    rows = behind.newest_first(selected.meetings).head(8)
    ui.show_table(behind.meeting_table(selected, rows))
