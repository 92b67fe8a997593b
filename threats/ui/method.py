"""What the page Data and method has of its own: the switch of what is counted, and the documents
of the dataset."""

import re
from dataclasses import replace

import streamlit as st

from threats.dataset import Dataset
from threats.dictionary import codebook, markdown
from threats.selection import Selected
from threats.sensitivity import Variant, variants
from threats.ui.address import fill_filter, option
from threats.ui.text import folder, own_link, part_title
from threats.views.data import WHOLE


def count_otherwise(selected: Selected) -> str:
    """Draw the switch that recomputes every figure of every page; return the role chosen."""
    series, names = selected.selection.series, selected.dataset.names("series", "short_name")
    with st.container(border=True):
        part_title("Recompute every figure", anchor="recompute")
        st.caption(
            "This sets the filter at the left, and what counts as being on the agenda here and on "
            "every page that has this choice. As it stands takes it back."
        )
        buttons = st.container(horizontal=True)
        st.session_state["count_series"] = series[0] if len(series) == 1 else None
        st.selectbox(
            "One series alone",
            list(names),
            format_func=names.get,
            key="count_series",
            index=None,
            placeholder="All series, or those of the filter",
            on_change=_set_series,
        )
        role = option("role", selected)
    now = replace(selected.selection, series=()), role
    for way in variants(selected.selection):
        buttons.button(
            way.name,
            key=f"count_{way.name}",
            type="primary" if (way.selection, way.role) == now else "secondary",
            on_click=_set,
            args=(selected, way),
        )
    return role


def _set(selected: Selected, way: Variant) -> None:
    fill_filter(selected.dataset, replace(way.selection, series=selected.selection.series))
    st.session_state["option_role"] = way.role


def _set_series() -> None:
    chosen = st.session_state["count_series"]
    st.session_state["filter_series"] = [chosen] if chosen else []


def documents(data: Dataset) -> None:
    """Show links to the whole dataset, and codebook and data dictionary, folded up."""
    st.markdown(
        f"{own_link('The whole dataset as ZIP', f'files/{WHOLE}', data.params)} · "
        f"{own_link('Data Package descriptor', 'files/datapackage.json', data.params)} · "
        "each file by itself in the list of files"
    )
    rules = folder("Codebook: the rules of coding", "codebook", ":material/rule:")
    if rules.open:
        rules.markdown(_lower(codebook(data.files)))
    columns = folder(
        "Data dictionary: every table and column", "dictionary", ":material/menu_book:"
    )
    if columns.open:
        columns.markdown(_lower(markdown(data.descriptor)))


def _lower(text: str) -> str:
    """Return Markdown with its headings two levels lower, under those of the page."""
    return re.sub("^#", "###", text, flags=re.MULTILINE)
