"""The drilldown: the mark of a chart that the reader chose, kept in the address."""

from dataclasses import replace

import streamlit as st

from threats.app.state import PageState, current_page, filter_key, reader_state
from threats.app.url_state import requested_values
from threats.stats.drilldown import Drilldown
from threats.stats.selection import Selected


def handle_click(name: str, key: str) -> None:
    """Choose the mark that the reader clicked in the chart of this name and key, or none.

    A mark of a region alone, such as a tile of the map, sets the filter instead.
    """
    clicked = (st.session_state[key].mark or "").split()
    drilldown = Drilldown.parse(clicked, current_page().selected.dataset)
    if drilldown and drilldown == Drilldown(region=drilldown.region):
        st.session_state[filter_key("region")] = [drilldown.region]
    else:
        reader = reader_state()
        reader.drilldown, reader.mark_card = drilldown, name


def current_drilldown(page: PageState, selected: Selected | None = None) -> Drilldown:
    """Return what the reader chose by a click or by a link, and write it to the address.

    A threat that ``selected`` (by default the page's selection) does not have is dropped.
    """
    reader, selected = page.reader, selected or page.selected
    page.param_names.add("mark")
    if page.reads_address:
        data = selected.dataset
        values = requested_values(page, "mark", lambda one: bool(Drilldown.parse([one], data)))
        reader.drilldown, reader.mark_card = Drilldown.parse(values, data), ""
    found = reader.drilldown
    if found.threat not in set(selected.threats["threat_id"]):
        found = replace(found, threat=None)
    if found.year not in range(selected.years[0], selected.years[1] + 1):
        found = replace(found, year=None)
    reader.drilldown = found
    if found:
        page.params["mark"] = found.to_params()
    return found


def mark_of_card(page: PageState, name: str) -> str:
    """Return the mark whose meetings a chart lists, as click data; empty for all other charts.

    A link does not say which chart it was, so the first one of the page lists them.
    """
    reader = page.reader
    if not reader.drilldown:
        return ""
    reader.mark_card = reader.mark_card or name
    return reader.drilldown.encode() if reader.mark_card == name else ""
