"""Headings, sentences, tables and charts of a page, each by its name in the registry."""

import functools
from typing import Any

import streamlit as st

from threats.app.downloads import download_menu, print_button
from threats.app.drilldown import handle_click
from threats.app.markdown import (
    escape_markdown,
    explain_terms,
    internal_link,
    lazy_expander,
    part_heading,
    show_notes,
    show_rendered_table,
    to_rendered_table,
)
from threats.app.state import PageState
from threats.charts.mobile import has_many_columns
from threats.charts.theme import DARK, LIGHT, Theme
from threats.content.builder import build_chart, build_item, build_table
from threats.content.model import Chart, cached_figure
from threats.content.notes import reliability_notes
from threats.content.pages import HOME_PAGE, PAGES
from threats.content.ranked_findings import ranked_findings
from threats.content.registry import CHART_SPECS, SENTENCE_SPECS, TABLE_SPECS
from threats.content.selection_text import lens_sentence
from threats.exports.chrome import browser_available
from threats.exports.citation import source_line
from threats.stats.filters import filter_choices
from threats.text import app as text
from threats.text import ranked_findings as findings_text
from threats.text.columns import column_label
from threats.text.translate import _

MAX_UNFOLDED_ROWS = 12
BORDER_FAMILY = "border"


def current_theme() -> Theme:
    """Return the light or dark colours that the reader chose."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def is_narrow() -> bool:
    """Return whether the screen is narrow, according to threats/server/static/access.js."""
    return st.context.cookies.get("narrow") == "1"


def page_heading(page: PageState) -> None:
    """Show title and question of a page, with its downloads."""
    shown = PAGES[page.name]
    st.title(shown.heading)
    st.markdown(escape_markdown(shown.question), help=explain_terms(shown.question) or None)
    if shown.filtered:
        _lens_line(page)
    if shown.printable:
        with st.container(horizontal=True):
            download_menu(page, _(text.SHARE_PAGE_LABEL), "page_taken", page.name)
            print_button(page)


def _lens_line(page: PageState) -> None:
    """Say which meetings are counted, and link to border meetings alone or to all families."""
    is_border = page.selected.selection.family == (BORDER_FAMILY,)
    label = text.ALL_FAMILIES_LABEL if is_border else text.BORDER_LENS_LABEL
    changed = page.selected.with_filter(family=() if is_border else (BORDER_FAMILY,))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(escape_markdown(lens_sentence(page.selected)))
        if BORDER_FAMILY in filter_choices(page.selected.dataset)["family"]:
            st.page_link(
                f"app/pages/{page.name}.py",
                label=_(label),
                icon=":material/filter_alt:",
                query_params=changed.params,
            )


def sentences_card(page: PageState, name: str) -> None:
    """Show a list of sentences under its title."""
    spec = SENTENCE_SPECS[name]
    with st.container(border=True):
        part_heading(spec.title, anchor=spec.name)
        sentences = build_item(spec, page.selected, page.values)
        st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in sentences))
        show_notes(reliability_notes(sentences))


def ranked_findings_card(page: PageState) -> None:
    """Show the strongest findings, each with a link that sets the view."""
    spec = SENTENCE_SPECS["strongest"]
    with st.container(border=True):
        part_heading(spec.title, anchor=spec.name, help_text=_(findings_text.STRENGTH_NOTE))
        lines = [
            f"- {escape_markdown(findings_text.ranked_sentence(found.sentence, found.strength))} "
            + internal_link(
                _(findings_text.SHOW_FINDING_LABEL),
                "" if found.page == HOME_PAGE else found.page,
                page.selected.params | found.params,
            )
            for found in ranked_findings(page.selected)
        ]
        st.markdown("\n".join(lines))


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


def chart_card(page: PageState, name: str, **options: Any) -> None:
    """Show a chart with title, caption, data, downloads and source, or a message without data."""
    chart = build_chart(name, page.selected, page.values, **options)
    if chart is None:
        st.info(CHART_SPECS[name].instead)
        return
    key = f"chart_{name}"
    with st.container(border=True):
        part_heading(chart.title, name, explain_terms(chart.title, chart.subtitle, chart.alt))
        st.caption(escape_markdown(chart.subtitle))
        if chart.cautions:
            st.caption(f":material/warning: {escape_markdown('. '.join(chart.cautions))}.")
        _show_figure(chart, key)
        st.markdown(escape_markdown(chart.alt))
        st.caption(escape_markdown(" ".join(chart.notes)))
        with st.container(horizontal=True):
            download_menu(page, _(text.SHARE_CHART_LABEL), f"{key}_taken", chart, options)
            if not browser_available():
                _camera_format_control(key)
        folded = lazy_expander(_(text.SHOW_DATA_LABEL), f"{key}_figures", ":material/table:")
        if folded.open:
            alt = _(text.CHART_DATA_ALT, title=chart.title)
            headings = {name: column_label(name) for name in chart.table}
            folded.dataframe(
                chart.table, hide_index=True, alt=alt, column_config=headings, placeholder="–"
            )
        st.caption(escape_markdown(source_line(page.view)))


def _show_figure(chart: Chart, key: str) -> None:
    """Draw a chart; a click on a mark chooses the meetings that ``drilldown_panel`` lists."""
    narrow = is_narrow()
    figure = cached_figure(chart, current_theme(), narrow)
    # The container scrolls by its key; see threats/server/static/access.css.
    scrolls = narrow and has_many_columns(figure)
    place = st.container(key=f"wide_{chart.name}") if scrolls else st
    place.plotly_chart(
        figure,
        key=key,
        theme=None,
        alt=chart.alt,
        on_select=functools.partial(handle_click, key),
        selection_mode="points",
        config={"displaylogo": False, **_toolbar_config(key, chart.name)},
    )


def _toolbar_config(key: str, name: str) -> dict[str, Any]:
    """Return the toolbar of a chart: a camera if the server cannot render images."""
    if browser_available():
        return {"displayModeBar": False}
    image_format = st.session_state.get(f"{key}_image", "png")
    options = {"format": image_format, "scale": 2, "filename": name}
    return {"modeBarButtons": [["toImage"]], "toImageButtonOptions": options}


def _camera_format_control(key: str) -> None:
    st.segmented_control(
        _(text.CAMERA_LABEL),
        ["png", "svg"],
        default="png",
        format_func=str.upper,
        key=f"{key}_image",
        required=True,
        label_visibility="collapsed",
        help=_(text.CAMERA_HELP),
    )
