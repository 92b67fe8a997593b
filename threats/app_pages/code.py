"""Code a text: from a press release to rows of the dataset."""

import streamlit as st

from threats import ui

selected = st.session_state["selected"]
ui.heading("code")
st.caption("The filter at the left does not act on this page.")
text = ui.text_to_code()
if text.strip():
    ui.coded_text(text, selected.dataset)
