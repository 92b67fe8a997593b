"""The search over everything, at the top of the sidebar."""

import itertools

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from threats.app.markdown import escape_markdown, untrusted
from threats.app.state import PageState
from threats.content.search import Result, search
from threats.content.search_words import MAX_QUERY_LENGTH
from threats.dataset.model import Dataset
from threats.text import search as text
from threats.text.translate import _

SITE_SEARCH_KEY = "site_search"
_KEEPS_FILTER = ("meeting", "page")


def site_search(page: PageState, place: DeltaGenerator) -> None:
    """Draw the search box, with links to what it finds; a new page starts with an empty box."""
    if page.is_new_link:
        st.session_state[SITE_SEARCH_KEY] = ""
    with place:
        _search_box(page.selected.dataset, page.selected.params)


@st.fragment  # a search draws no chart again
def _search_box(data: Dataset, filter_params: dict[str, list[str]]) -> None:
    query = st.text_input(
        _(text.SITE_SEARCH_LABEL),
        key=SITE_SEARCH_KEY,
        type="search",
        max_chars=MAX_QUERY_LENGTH,
        placeholder=_(text.SITE_SEARCH_PLACEHOLDER),
        help=_(text.SITE_SEARCH_HELP),
    )
    if not query:
        return
    found = search(data, query)
    with st.container(key="site_results", gap="xsmall"):
        if not found.results:
            st.caption(_(text.NO_RESULT_MESSAGE))
        elif found.query != query:
            st.caption(_(text.CORRECTED_MESSAGE, query=untrusted(found.query)))
        # Results of one kind stand together, in the order of the best of them.
        kinds = list(dict.fromkeys(result.kind for result in found.results))
        ordered = sorted(found.results, key=lambda result: kinds.index(result.kind))
        for kind, results in itertools.groupby(ordered, lambda result: result.kind):
            st.caption(_(text.RESULT_KIND_LABELS[kind]))
            for result in results:
                _result_link(result, filter_params)


def _result_link(result: Result, filter_params: dict[str, list[str]]) -> None:
    kept = filter_params if result.kind in _KEEPS_FILTER else {}
    st.page_link(
        f"app/pages/{result.page}.py",
        label=escape_markdown(result.label),
        query_params=kept | result.params,
        width="stretch",
    )
