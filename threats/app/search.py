"""The search over everything, at the top of the sidebar."""

import itertools

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from threats.app.language import speak_reader_language
from threats.app.markdown import escape_markdown, untrusted
from threats.app.state import PageState
from threats.content.search import Found, Result, search
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
    speak_reader_language()  # in a run of the fragment alone
    query = st.text_input(
        _(text.SITE_SEARCH_LABEL),
        key=SITE_SEARCH_KEY,
        type="search",
        placeholder=_(text.SITE_SEARCH_PLACEHOLDER),
        help=_(text.SITE_SEARCH_HELP),
    )
    if query:
        found = search(data, query)
        # A screen reader announces it, see threats/server/static/access.js.
        with st.container(key="search_status"):
            st.caption(_status(found, query))
        with st.container(key="site_results", gap=None):
            _show_results(found.results, filter_params)


def _status(found: Found, query: str) -> str:
    """Return how many results there are, and for which words if those have typos corrected."""
    if not found.results:
        return _(text.NO_RESULT_MESSAGE)
    corrected = untrusted(found.query) if found.query != query else ""
    return text.results_sentence(len(found.results), corrected)


def _show_results(results: list[Result], filter_params: dict[str, list[str]]) -> None:
    """Link to results by kind, the kind of the best first."""
    kinds = list(dict.fromkeys(result.kind for result in results))
    ordered = sorted(results, key=lambda result: kinds.index(result.kind))
    for kind, same in itertools.groupby(ordered, lambda result: result.kind):
        st.caption(_(text.RESULT_KIND_LABELS[kind]))
        for result in same:
            kept = filter_params if kind in _KEEPS_FILTER else {}
            st.page_link(
                f"app/pages/{result.page}.py",
                label=escape_markdown(result.label),
                query_params=kept | result.params,
                width="stretch",
            )
