"""The filter that all pages share."""

import streamlit as st

from threats.app.markdown import escape_markdown
from threats.app.url_state import LIST_FILTERS, fill_filter
from threats.content.pages import HOME_PAGE
from threats.content.registry import options_on
from threats.content.selection_text import describe, empty_reason, meeting_count_phrase
from threats.dataset.model import Dataset
from threats.dataset.store import current_datasets
from threats.stats.selection import READ_IN_FULL, Selected, Selection, filter_choices, year_bounds

DEFAULT_ROLE = "agenda"
FILTER_HELP = {
    "region": "Keeps the meetings held for a region and, of others, the sessions and mentions tied "
    "to it. OSCE-wide: what is tied to no single region.",
    "series": "Meetings that belong together and are held again and again.",
    "certainty": "Sure: the page says it. Inferred: it does not say it outright. In conflict: two "
    "readings differ.",
}


def sidebar_filter(data: Dataset) -> Selection:
    """Draw the filter that all pages share; return what is chosen."""
    labels = filter_choices(data)
    if "filter_years" not in st.session_state:
        fill_filter(data, Selection())
    bounds = year_bounds(data)
    with st.sidebar:
        st.header("Filter", anchor=False)
        _dataset_switch()
        chosen = {
            name: st.multiselect(
                title,
                list(labels[name]),
                format_func=labels[name].get,
                key=f"filter_{name}",
                placeholder="All",
                help=FILTER_HELP.get(name),
            )
            for name, title in list(LIST_FILTERS.items())[:1]
        }
        # A slider needs room to slide.
        years = st.slider("Years", *bounds, key="filter_years") if len({*bounds}) > 1 else bounds
        for name, title in list(LIST_FILTERS.items())[1:]:
            chosen[name] = st.multiselect(
                title,
                list(labels[name]),
                format_func=labels[name].get,
                key=f"filter_{name}",
                placeholder="All",
                help=FILTER_HELP.get(name),
            )
        courses = st.checkbox(
            "Include training courses",
            key="filter_courses",
            help="Courses stay out unless asked for: each names the same long list of threats.",
        )
        whole = st.checkbox(
            "Only pages read whole",
            key="filter_reading",
            help="Most pages could be read only in part; this leaves very few meetings.",
        )
        st.button(
            "Reset filter",
            icon=":material/restart_alt:",
            width="stretch",
            on_click=fill_filter,
            args=(data, Selection()),
        )
    lists = {
        name: tuple(key for key in labels[name] if key in chosen[name]) for name in LIST_FILTERS
    }
    return Selection(
        years=None if tuple(years) == bounds else tuple(years),
        courses=courses,
        reading=READ_IN_FULL if whole else "",
        **lists,
    )


def _dataset_switch() -> None:
    """Draw the choice of the dataset, where there are several."""
    titles = {key: data.descriptor["title"] for key, data in current_datasets().items()}
    if len(titles) > 1:
        st.selectbox("Dataset", list(titles), format_func=titles.get, key="filter_dataset")


def page_links(pages: list, selected: Selected, place) -> None:
    """Draw the links to all pages, each with dataset and filter in its address, and with the role
    of threats counted where the page has that choice."""
    role = st.session_state["values"].get("role", st.session_state.get("kept_role", DEFAULT_ROLE))
    st.session_state["kept_role"] = role
    for page in pages:
        params = selected.params
        if role != DEFAULT_ROLE and "role" in options_on(page.url_path or HOME_PAGE):
            params["role"] = [role]
        place.page_link(page, query_params=params, width="stretch")


def selection_summary(selected: Selected) -> None:
    """Say in words, in the sidebar, what is selected and how many meetings remain."""
    with st.sidebar:
        st.caption(
            f"Selected: {escape_markdown(describe(selected))}. **{meeting_count_phrase(selected)}.**"
        )


def empty_filter_message(selected: Selected) -> None:
    """Say that a filter leaves nothing, and offer the way back."""
    st.info(
        f"{empty_reason(selected)} Take a part of it away in the sidebar, or start again.",
        icon=":material/filter_alt_off:",
    )
    st.button(
        "Show all meetings",
        type="primary",
        on_click=fill_filter,
        args=(selected.dataset, Selection()),
    )
