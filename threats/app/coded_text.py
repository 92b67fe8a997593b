"""A coded text with its marks, and the words for what is coded."""

import streamlit as st

from threats.app.chart_card import current_theme
from threats.coding.highlight import (
    collect_highlights,
    render_highlight_css,
    render_highlight_legend,
    render_highlights,
)
from threats.coding.model import CodedText
from threats.dataset.model import Dataset
from threats.text.coder_page import VALUE_LABELS
from threats.text.translate import _


def code_names(data: Dataset) -> dict[str, dict[str, str]]:
    """Return the name of each threat, response, region and organization by its id."""
    return {
        "threat": data.names("threat_categories"),
        "response": data.names("responses"),
        "region": data.names("regions"),
        "organization": data.names("organizations"),
    }


def value_label(value: str) -> str:
    """Return the words for a value of a column with a list of values."""
    return _(VALUE_LABELS[value]) if value in VALUE_LABELS else value


def show_coded_text(
    coded: CodedText, names: dict[str, dict[str, str]], height: int | None = None
) -> None:
    """Show a text with its marks and their legend; with a height in pixels it scrolls."""
    theme = current_theme()
    tone = {"text": theme.text, "soft": theme.muted, "page": theme.page}
    css = render_highlight_css(tone, theme.shades[0], theme.colours[1])
    highlighted = render_highlights(coded.document.source, collect_highlights(coded, names))
    with st.container(border=True, height=height or "content"):
        st.html(f'{css}<div class="coded">{render_highlight_legend()}</div>')
        st.html(f'<div class="coded">{highlighted}</div>')
