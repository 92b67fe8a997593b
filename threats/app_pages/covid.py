"""COVID-19: what changed with the pandemic, which crimes were tied to it, what stayed."""

import streamlit as st

from threats import findings, ui
from threats.views import covid

whole = st.session_state["selected"]
st.title("What did COVID-19 change?")
st.markdown(
    "What did the pandemic change on these agendas, which crimes were tied to it, and what stayed? "
    "The eras are before, during and after WHO's emergency of international concern."
)
answer = st.container(border=True)
with st.expander("Change the eras and what is counted", icon=":material/tune:"):
    emergency = ui.emergency_days(whole.dataset)
    role = ui.choice("role", "Count a threat when it was", ui.ROLE_LABELS)
    later = ui.choice("later", "Compare before with", {"after": "After", "during": "During"})
    theme = not ui.flag("no_pandemic", "Leave out the pandemic itself as a theme")
    search = ui.flag("pandemic_search", "Put back meetings found only by pandemic words")
selected = ui.with_eras(whole, *emergency, theme)
with answer:
    st.subheader("In short", anchor="answer")
    for sentence in ui.view(findings.covid, selected, role=role, pandemic_search=search):
        st.markdown(f"- {ui.plain(sentence)}")
options = {"emergency": emergency, "role": role, "pandemic_search": search}
mark = ui.read_mark(selected)
ui.chart_card(ui.view(covid.shift, selected, later=later, **options), selected)
ui.behind(selected, role, eras=True, pandemic_search=search)
ui.chart_card(ui.view(covid.within, selected, later=later, **options), selected)
by = ui.choice("make_up", "Make-up of the eras by", {"series": "Series", "scope": "Region"})
ui.chart_card(ui.view(covid.make_up, selected, emergency=emergency, by=by), selected)
if covid.has_pandemic(selected):
    ui.table_card(
        "How the search changes the figures of the pandemic itself",
        ui.view(covid.search_effect, selected, role=role),
    )
ui.chart_card(
    ui.view(covid.links, selected),
    selected,
    instead="No source ties any of these threats to the pandemic.",
)
ui.table_card("Evidence and sources of the ties", ui.view(covid.tied, selected, mark=mark))
ui.table_card("What other bodies reported of these threats then", ui.view(covid.reported, selected))
ui.chart_card(ui.view(covid.formats, selected, emergency=emergency), selected)
ui.chart_card(
    ui.view(covid.participants, selected, emergency=emergency),
    selected,
    instead="No source gives a number of participants for these meetings.",
)
