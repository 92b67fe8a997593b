"""The heading of the pages on one threat, country or series, with the choice of another one."""

import functools
from collections.abc import Mapping

import streamlit as st

from threats.app.cards import page_line
from threats.app.filter import empty_filter_message
from threats.app.markdown import escape_markdown, part_heading, subject_link
from threats.app.options import option_widget
from threats.app.state import PageState, filter_key
from threats.content.builder import build_item
from threats.content.registry import SENTENCE_SPECS
from threats.content.subjects import (
    chosen_subject,
    offered_subjects,
    page_description,
    page_name,
    subject_names,
)
from threats.stats.filters import filter_choices
from threats.text import subjects as text
from threats.text.coverage import WHOLE_SERIES_NOTE
from threats.text.phrases import join_sentences
from threats.text.selection import ALL_REGIONS_LABEL
from threats.text.translate import _


def subject_heading(page: PageState) -> bool:
    """Show what a page is about, with the choice of another one, what is counted and links; return
    whether the rest of the page has anything to show."""
    title = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _choices(page)
    name = page_name(page.name, page.selected, page.values)
    subject = chosen_subject(page.name, page.selected, page.values)
    st.set_page_config(page_title=f"{name} · Threat Themes")
    title.title(escape_markdown(name))
    if not subject:
        _offer(page)
        return False
    if page.name != "country":
        st.caption(escape_markdown(_description(page)))
    with page_line(page, page.name, *(["region"] if page.name == "threat" else [])):
        _further_link(page)
    if page.name == "threat" and page.selected.empty:
        empty_filter_message(page.selected)
        return False
    finding, *_rest = build_item(SENTENCE_SPECS[page.name], page.selected, page.values) or [""]
    st.markdown(f"**{escape_markdown(finding)}**")
    return True


def _description(page: PageState) -> str:
    """Return what a threat or series is, and whether the rest of the filter does not apply."""
    description = page_description(page.name, page.selected, page.values)
    ignored = page.name == "series" and len(page.selected.params) > 1
    return join_sentences(description, _(WHOLE_SERIES_NOTE) if ignored else "")


def _choices(page: PageState) -> None:
    """Draw the choice of another threat (with region and role), country or series."""
    if page.name == "country":
        option_widget(page, "country")
        return
    label = _(text.CHOICE_LABELS[page.name])
    _filter_choice(page, page.name, label, subject_names(page.selected.dataset, page.name))
    if page.name == "threat":
        labels = filter_choices(page.selected.dataset)["region"]
        _filter_choice(page, "region", _(text.REGION_LABEL), labels)
        option_widget(page, "role")


def _filter_choice(page: PageState, name: str, label: str, labels: Mapping[str, str]) -> None:
    """Draw a part of the filter as a choice of one."""
    key, chosen = f"subject_{name}", getattr(page.selected.selection, name)
    st.session_state[key] = chosen[0] if len(chosen) == 1 else None
    st.selectbox(
        label,
        list(labels),
        format_func=lambda value: labels.get(value, value),
        key=key,
        index=None,
        placeholder=_(ALL_REGIONS_LABEL) if name == "region" else label,
        on_change=functools.partial(_apply_choice, name),
    )


def _apply_choice(name: str) -> None:
    chosen = st.session_state[f"subject_{name}"]
    st.session_state[filter_key(name)] = [chosen] if chosen else []


def _offer(page: PageState) -> None:
    """Offer every threat, country or series that the page can be about."""
    part_heading(_(text.CHOOSE_TITLES[page.name]), anchor="choose")
    params = page.selected.params
    st.markdown(
        "\n".join(
            f"- {subject_link(name, page.name, key, params)}"
            for key, name in offered_subjects(page.name, page.selected).items()
        )
    )


def _further_link(page: PageState) -> None:
    """Link a threat to its brief, and a series to its meetings."""
    target, label, icon = {
        "threat": ("brief", text.BRIEF_LINK, ":material/article:"),
        "series": ("meetings", text.SERIES_MEETINGS_LINK, ":material/list:"),
    }.get(page.name, ("", "", ""))
    if target:
        params = page.selected.params
        st.page_link(f"app/pages/{target}.py", label=_(label), icon=icon, query_params=params)
