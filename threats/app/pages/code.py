"""Analyse a press release: from a press release to rows of the dataset."""

import streamlit as st

from threats.app.cards import page_heading
from threats.app.coder import coder_input, coder_result

selected = st.session_state["selected"]
page_heading("code")
st.caption("The filter at the left does not act on this page.")
text = coder_input()
if text.strip():
    coder_result(text, selected.dataset)
