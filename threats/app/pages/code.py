"""Analyse a press release: from a press release to rows of the dataset."""

import streamlit as st

from threats.app.cards import page_heading
from threats.app.coder import coder_input, coder_result
from threats.app.state import current_page
from threats.text.coder_page import NO_FILTER_NOTE
from threats.text.translate import _

page = current_page()
page_heading(page)
st.caption(_(NO_FILTER_NOTE))
release = coder_input(page)
if release.strip():
    coder_result(release, page.selected.dataset)
