"""Regions: who talks about what."""

import streamlit as st

from threats import ui
from threats.selection import options
from threats.views import regions

selected = st.session_state["selected"]
st.title("Regions")
st.markdown("Who talks about what: which region has which threats on the agenda of its meetings?")
names = options(selected.dataset)["threat"]
shown = {threat: names[threat] for threat in selected.threats["threat_id"]}
with st.container(horizontal=True, gap="large"):
    colour = ui.choice(
        "colour",
        "Colour the map by",
        {"share": "Attention to a threat", "count": "Meetings hosted"},
    )
    role = ui.choice("role", "Count a threat when it was", ui.ROLE_LABELS)
threat = ui.pick("theme", "Threat on the map and in the trends", shown)
ui.read_mark(selected)
tiles = ui.view(regions.tile_map, selected, colour=colour, threat=threat, role=role)
ui.chart_card(tiles, selected)
ui.table_card("The tiles as a list", regions.country_table(tiles))
ui.chart_card(ui.view(regions.region_grid, selected, role=role), selected)
ui.behind(selected, role)
ui.chart_card(
    ui.view(regions.by_region, selected, threat=threat, role=role),
    selected,
    instead="No meeting of this filter has a known agenda and a year.",
)
ui.chart_card(
    ui.view(regions.session_timeline, selected),
    selected,
    instead="No session of these meetings singles out a region.",
)
ui.table_card("Sessions on a region", ui.view(regions.session_table, selected))
