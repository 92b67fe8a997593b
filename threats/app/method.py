"""The switch of what is counted, and the documents of the dataset, on the page Data and method."""

import re
from dataclasses import replace

import streamlit as st

from threats.app.markdown import internal_link, lazy_expander, part_heading
from threats.app.options import option_widget
from threats.app.state import PageState, filter_key, option_key
from threats.app.url_state import fill_filter
from threats.content.method_files import DATASET_ARCHIVE_NAME
from threats.content.robustness import Variant, counting_variants
from threats.dataset.dictionary import codebook_markdown, dictionary_markdown
from threats.dataset.model import Dataset
from threats.stats.selection import Selected
from threats.text import app as text
from threats.text.translate import _

SERIES_KEY = "count_series"


def recount_switch(page: PageState) -> None:
    """Draw the switch that recomputes the figures of every page."""
    selected = page.selected
    series, names = selected.selection.series, selected.dataset.names("series", "short_name")
    with st.container(border=True):
        part_heading(_(text.RECOMPUTE_TITLE), anchor="recompute")
        st.caption(_(text.RECOMPUTE_HELP))
        buttons = st.container(horizontal=True)
        st.session_state[SERIES_KEY] = series[0] if len(series) == 1 else None
        st.selectbox(
            _(text.SINGLE_SERIES_LABEL),
            list(names),
            format_func=lambda series_id: names.get(series_id, ""),
            key=SERIES_KEY,
            index=None,
            placeholder=_(text.SINGLE_SERIES_PLACEHOLDER),
            on_change=_apply_series,
        )
        current = replace(selected.selection, series=()), option_widget(page, "role")
    for variant in counting_variants(selected.selection):
        buttons.button(
            variant.name,
            key=f"count_{variant.name}",
            type="primary" if (variant.selection, variant.role) == current else "secondary",
            on_click=_apply_variant,
            args=(selected, variant),
        )


def _apply_variant(selected: Selected, variant: Variant) -> None:
    fill_filter(selected.dataset, replace(variant.selection, series=selected.selection.series))
    st.session_state[option_key("role")] = variant.role


def _apply_series() -> None:
    chosen = st.session_state[SERIES_KEY]
    st.session_state[filter_key("series")] = [chosen] if chosen else []


def dataset_documents(data: Dataset) -> None:
    """Show links to the whole dataset, and codebook and data dictionary, folded."""
    links = (
        internal_link(_(text.DATASET_ZIP_LABEL), f"files/{DATASET_ARCHIVE_NAME}", data.params),
        internal_link(_(text.DESCRIPTOR_LABEL), "files/datapackage.json", data.params),
        _(text.SINGLE_FILES_NOTE),
    )
    st.markdown(" · ".join(links))
    codebook = lazy_expander(_(text.CODEBOOK_TITLE), "codebook", ":material/rule:")
    if codebook.open:
        codebook.markdown(_lower_headings(codebook_markdown(data.files)))
    dictionary = lazy_expander(_(text.DICTIONARY_TITLE), "dictionary", ":material/menu_book:")
    if dictionary.open:
        dictionary.markdown(_lower_headings(dictionary_markdown(data.descriptor)))


def _lower_headings(markdown: str) -> str:
    """Return Markdown with its headings two levels lower, below those of the page."""
    return re.sub("^#", "###", markdown, flags=re.MULTILINE)
