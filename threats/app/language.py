"""The language of a reader's pages, and the switch to another one."""

import json
from xml.sax.saxutils import quoteattr

import streamlit as st

from threats.app.state import reader_state
from threats.dataset.addresses import asked_language
from threats.language import (
    DEFAULT_LANGUAGE,
    LANGUAGE_PARAM,
    LANGUAGES,
    choose_language,
    language_id,
    set_language,
)
from threats.text.app import CONTROL_LABELS, LANGUAGE_LABEL
from threats.text.translate import _, is_complete, translated_languages

_SWITCH_KEY = "language"


def speak_reader_language() -> None:
    """Speak the language of the address in this thread, else that of the last address of this
    reader that named one, else the one that the browser asks for.

    Streamlit runs pages, fragments and callbacks in threads that know nothing of the request.
    """
    reader = reader_state()
    asked = st.query_params.get(LANGUAGE_PARAM, "")
    reader.language = asked_language(asked) or reader.language
    accepted = st.context.headers.get("Accept-Language", "")
    set_language(choose_language(reader.language, accepted, is_complete))


def language_switch() -> None:
    """Draw the choice of the language; a choice changes the address, which is then read again.

    The key of the container tells threats/server/static/access.js the language of the page, and the
    element in it how to name controls that Streamlit names in English.
    """
    languages = translated_languages()
    if len(languages) < 2:
        return
    st.session_state[_SWITCH_KEY] = language_id()
    with st.sidebar.container(key=f"language_{language_id()}", gap=None):
        if language_id() != DEFAULT_LANGUAGE:
            labels = {label: _(label) for label in CONTROL_LABELS}
            st.html(f"<span hidden data-labels={quoteattr(json.dumps(labels))}></span>")
        st.selectbox(
            _(LANGUAGE_LABEL),
            languages,
            format_func=LANGUAGES.__getitem__,
            key=_SWITCH_KEY,
            on_change=_change_language,
            label_visibility="collapsed",
        )


def _change_language() -> None:
    st.query_params[LANGUAGE_PARAM] = st.session_state[_SWITCH_KEY]
