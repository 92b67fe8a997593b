"""Headings, sentences and tables of a page, each by its name in the registry."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from threats.app.downloads import download_menu, print_button
from threats.app.filter import filter_chips
from threats.app.markdown import (
    escape_markdown,
    explain_terms,
    lazy_expander,
    part_heading,
    show_notes,
    show_rendered_table,
    to_rendered_table,
)
from threats.app.state import PageState
from threats.content.builder import build_item, build_table
from threats.content.notes import reliability_notes
from threats.content.pages import PAGES
from threats.content.registry import SENTENCE_SPECS, TABLE_SPECS
from threats.content.selection_text import lens_sentence
from threats.stats.filters import filter_choices
from threats.text import app as text
from threats.text.translate import _

MAX_UNFOLDED_ROWS = 12
BORDER_FAMILY = "border"


def page_heading(page: PageState, *lines: str) -> None:
    """Show the title of a page, with its question on hover, lines below it, what is counted, and
    the downloads."""
    shown = PAGES[page.name]
    explained = "\n\n".join(
        filter(None, [escape_markdown(shown.question), explain_terms(shown.question)])
    )
    st.title(shown.heading, help=explained)
    if lines:
        st.markdown("  \n".join(map(escape_markdown, lines)))
    page_line(page)


def page_line(page: PageState, *hidden_parts: str) -> DeltaGenerator:
    """Show the filter of a page, except some of its parts, what is counted, and its downloads;
    return the line of the latter."""
    shown = PAGES[page.name]
    if shown.filtered:
        filter_chips(page.selected, *hidden_parts)
    line = st.container(horizontal=True, vertical_alignment="center", key="page_line")
    with line:
        if shown.filtered:
            _lens_line(page)
        if shown.printable:
            download_menu(page, _(text.SHARE_LABEL), "page_taken")
            print_button(page)
    return line


def _lens_line(page: PageState) -> None:
    """Say which meetings are counted, and link to border meetings alone or to all families."""
    is_border = page.selected.selection.family == (BORDER_FAMILY,)
    label = text.ALL_FAMILIES_LABEL if is_border else text.BORDER_LENS_LABEL
    changed = page.selected.with_filter(family=() if is_border else (BORDER_FAMILY,))
    st.caption(escape_markdown(lens_sentence(page.selected)))
    if BORDER_FAMILY in filter_choices(page.selected.dataset)["family"]:
        st.page_link(
            f"app/pages/{page.name}.py",
            label=_(label),
            icon=":material/filter_alt:",
            query_params=changed.params | page.params,
        )


def sentences_card(page: PageState, name: str, shown: int = 0) -> None:
    """Show a list of sentences under its title, without the first ones that the page has shown."""
    spec = SENTENCE_SPECS[name]
    sentences = build_item(spec, page.selected, page.values)[shown:]
    if not sentences:
        return
    with st.container(border=True):
        part_heading(spec.title, anchor=spec.name)
        st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in sentences))
        show_notes(reliability_notes(sentences))


def table_card(page: PageState, name: str, **options: Any) -> None:
    """Show a table under its title, folded if it is long; nothing if it has no rows."""
    title = TABLE_SPECS[name].title
    table = build_table(name, page.selected, page.values, postprocess=to_rendered_table, **options)
    if table.rows > MAX_UNFOLDED_ROWS:
        label = text.table_label(title, table.rows)
        folded = lazy_expander(label, f"{name}_rows", ":material/table_rows:")
        if folded.open:
            with folded:
                show_rendered_table(table)
    elif table.rows:
        with st.container(border=True):
            part_heading(title, anchor=name)
            show_rendered_table(table)
