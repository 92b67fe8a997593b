"""What the page Data and method has of its own: the switch of what is counted, and the documents
of the dataset."""

import re
from dataclasses import replace

import streamlit as st

from threats.app.markdown import internal_link, lazy_expander, part_heading
from threats.app.url_state import fill_filter, option_widget
from threats.content.method_files import DATASET_ARCHIVE_NAME
from threats.content.robustness import Variant, counting_variants
from threats.dataset.dictionary import codebook_markdown, dictionary_markdown
from threats.dataset.model import Dataset
from threats.stats.selection import Selected


def recount_switch(selected: Selected) -> None:
    """Draw the switch that recomputes every figure of every page."""
    series, names = selected.selection.series, selected.dataset.names("series", "short_name")
    with st.container(border=True):
        part_heading("Recompute every figure", anchor="recompute")
        st.caption(
            "This sets the filter at the left, and what counts as being on the agenda here and on "
            "every page that has this choice. Default resets it."
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
            on_change=_apply_series,
        )
        role = option_widget("role", selected)
    now = replace(selected.selection, series=()), role
    for way in counting_variants(selected.selection):
        buttons.button(
            way.name,
            key=f"count_{way.name}",
            type="primary" if (way.selection, way.role) == now else "secondary",
            on_click=_apply_variant,
            args=(selected, way),
        )


def _apply_variant(selected: Selected, variant: Variant) -> None:
    fill_filter(selected.dataset, replace(variant.selection, series=selected.selection.series))
    st.session_state["option_role"] = variant.role


def _apply_series() -> None:
    chosen = st.session_state["count_series"]
    st.session_state["filter_series"] = [chosen] if chosen else []


def dataset_documents(data: Dataset) -> None:
    """Show links to the whole dataset, and codebook and data dictionary, folded up."""
    st.markdown(
        f"{internal_link('The whole dataset as ZIP', f'files/{DATASET_ARCHIVE_NAME}', data.params)} · "
        f"{internal_link('Data Package descriptor', 'files/datapackage.json', data.params)} · "
        "each file by itself in the list of files"
    )
    rules = lazy_expander("Codebook: the rules of coding", "codebook", ":material/rule:")
    if rules.open:
        rules.markdown(_lower_headings(codebook_markdown(data.files)))
    columns = lazy_expander(
        "Data dictionary: every table and column", "dictionary", ":material/menu_book:"
    )
    if columns.open:
        columns.markdown(_lower_headings(dictionary_markdown(data.descriptor)))


def _lower_headings(text: str) -> str:
    """Return Markdown with its headings two levels lower, under those of the page."""
    return re.sub("^#", "###", text, flags=re.MULTILINE)
