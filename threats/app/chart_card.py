"""The charts of a page, each a component that fetches its card by its address."""

import functools
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager

from threats.app.drilldown import handle_click, mark_of_card
from threats.app.state import PageState
from threats.charts.theme import DARK, LIGHT, Theme
from threats.content.builder import view_params
from threats.content.registry import CHART_ALIASES, CHART_SPECS, charts_on
from threats.server.card_component import CARD_COMPONENT, CARD_SCRIPT, register_card_component
from threats.stats.selection import Selected
from threats.text.cards import PLACEHOLDER_LABELS
from threats.text.translate import _


def current_theme() -> Theme:
    """Return the light or dark colours that the reader chose."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@functools.cache
def _card_component() -> Any:
    return st.components.v2.component(CARD_COMPONENT, js=CARD_SCRIPT, isolate_styles=False)


def chart_card(
    page: PageState, name: str, selected: Selected | None = None, **options: Any
) -> None:
    """Show a chart of a selection, by default that of the page; ``options`` are those by which it
    differs from others of its name.

    The page sends only the address of the card. The browser fetches it and draws it in place.
    """
    # Each server has its own list of components.
    register_card_component(get_bidi_component_manager())
    key = f"chart_{name}"
    _card_component()(
        key=key,
        data={
            "address": card_address(page, name, selected or page.selected, options),
            "anchors": [name, *(old for old, new in CHART_ALIASES.items() if new == name)],
            "version": page.selected.dataset.version,
            "level": 3 if page.in_section else 2,
            "mark": mark_of_card(page, name),
            "labels": {label: _(words) for label, words in PLACEHOLDER_LABELS.items()},
        },
        on_mark_change=functools.partial(handle_click, name, key),
    )


def card_address(page: PageState, name: str, selected: Selected, options: Mapping[str, Any]) -> str:
    """Return the address of a card: the filter, the options of this chart alone, so that no other
    choice fetches it again. The browser adds colours and width."""
    spec = CHART_SPECS[name]
    if spec in charts_on(page.name):
        chosen = {one: page.params[one] for one in spec.option_names if one in page.params}
        params = selected.params | chosen
    else:
        values = {option: options[key] for key, option in spec.options.items() if key in options}
        params = view_params(spec.page, values, selected)
    return f"cards/{name}.json" + (f"?{urlencode(params, doseq=True)}" if params else "")
