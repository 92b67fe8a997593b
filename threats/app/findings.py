"""The findings of the start page as cards."""

import functools
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager

from threats.app.cards import sentences_card
from threats.app.state import PageState
from threats.content.finding_record import RankedFinding
from threats.content.pages import subject_address
from threats.content.ranked_findings import ranked_findings
from threats.content.registry import SENTENCE_SPECS
from threats.exports.urls import build_url
from threats.server.card_component import (
    FINDINGS_COMPONENT,
    FINDINGS_SCRIPT,
    register_card_component,
)
from threats.text import ranked_findings as text
from threats.text.translate import _

MIN_FINDINGS = 3  # with fewer the plain figures say more


def findings_cards(page: PageState) -> None:
    """Show the strongest findings as cards; with few of them also the headline figures."""
    found = ranked_findings(page.selected)
    if found:
        # Each server has its own list of components.
        register_card_component(get_bidi_component_manager())
        _findings_component()(
            key="findings",
            data={
                "title": SENTENCE_SPECS["strongest"].title,
                "help": _(text.STRENGTH_NOTE),
                "findings": [_finding_data(page, finding) for finding in found],
                "labels": {key: _(label) for key, label in text.FINDING_LABELS.items()},
            },
        )
    if len(found) < MIN_FINDINGS:
        sentences_card(page, "overview")


@functools.cache
def _findings_component() -> Any:
    return st.components.v2.component(FINDINGS_COMPONENT, js=FINDINGS_SCRIPT, isolate_styles=False)


def _finding_data(page: PageState, finding: RankedFinding) -> dict[str, Any]:
    """Return what the card of a finding shows; its address has no host, that of the copied sentence
    has one."""
    dataset, params = page.selected.dataset, page.selected.params | finding.params
    address = build_url(page.view.base, finding.page, params)
    return {
        "name": finding.name,
        "headline": finding.headline,
        "bars": finding.bars,
        "basis": text.finding_basis(finding.meetings),
        "strength": text.strength_label(finding.strength),
        "address": build_url("", finding.page, params).removeprefix("/") or "./",
        "threats": [
            [_(text.THREAT_PAGE_LABEL), subject_address("threat", threat, params)]
            for threat in finding.params.get("threat", ())
        ],
        "sentence": text.sourced_sentence(
            finding.sentence, dataset.descriptor["title"], dataset.version, address
        ),
    }
